// What a share bar asks for beyond the wasm's own networks and looks: networks
// that are fetched or registered, what only a script can do, sizes, the floating bar.

const BUILT_IN = "__KABAR_BUILT_IN__".split(" ");
const FETCHED = "__KABAR_FETCHED__".split(" ");
const LANGUAGES = "__KABAR_SHARE_LANGUAGES__".split(" ");
const SAFE = /^(https?:\/\/|mailto:|sms:|viber:\/\/)/i;

const files = new Map(); // promises of parsed JSON, by the file's name
const warned = new Set();
const bars = new Map(); // what renders an element anew, by element
const texts = new WeakMap(); // the words of an element's language
const sheet = new CSSStyleSheet();
sheet.replaceSync("__KABAR_SHARE_CSS__");

/** Once, however many elements ask for the same. */
const warn = (text) => {
  if (!warned.has(text)) console.warn(`[kabar] ${text}`);
  warned.add(text);
};

const file = ({ kept_: [fetch], URL_: URL }, name) => {
  if (!files.has(name)) {
    const url = new URL(`__KABAR_NETWORKS__/${name}.json`, import.meta.url);
    const content = fetch(url).then((response) => {
      if (!response.ok) throw `${url} answered with status ${response.status}`;
      return response.json();
    });
    content.catch(() => files.delete(name)); // so that a later try asks again
    files.set(name, content);
  }
  return files.get(name);
};

/** The words in an element's language, English where there are none. */
const words = async (loader, element) => {
  const tag = element.closest("[lang]:not([lang=''])")?.lang || navigator.language;
  const own = tag.toLowerCase().split("-")[0];
  const language = { in: "id", nb: "no", nn: "no" }[own] ?? own;
  return file(loader, `words-${LANGUAGES.includes(language) ? language : "en"}`).catch(() => ({}));
};

/** A record that a page registered, as far as it is one; its address must be none that runs code. */
const checked = ({ id, label, href, icon } = {}) => {
  if (/^[a-z0-9-]+$/.test(id) && label && SAFE.test(href) && /^[Mm][\d\s,.a-z-]+$/i.test(icon)) return { id, label: `${label}`, href, icon };
  warn(`registerNetwork: ${id} needs an id in a-z, 0-9 and -, a label, an href that begins with https:, http:, mailto:, sms: or viber:, and an icon, an SVG path`);
};

/** Shows what is registered from now on in the elements that name it. */
const listen = ({ networks_: records }) => {
  records.push = (record) => {
    records[records.length] = record;
    for (const [element, again] of bars) {
      if (!element.isConnected) bars.delete(element);
      else if (asked(element).includes(record?.id)) again(element);
    }
  };
};

const asked = (element) => (element.getAttribute("networks") ?? "").toLowerCase().match(/[^\s,]+/g) ?? BUILT_IN;

const works = ({ needs }, element) =>
  needs === "touch"
    ? matchMedia("(pointer: coarse)").matches
    : needs !== "image" || element.getAttribute("image") || document.querySelector("meta[property='og:image']")?.content;

/** A network that is not in the wasm; undefined where there is none, or none that works here. */
const network = async (loader, element, id, words) => {
  const own = registered(loader, id);
  if (own) return checked(own);
  if (!FETCHED.includes(id)) {
    warn(`<${element.localName}> networks="${id}" is not known: use some of ${[...BUILT_IN, ...FETCHED].join(" ")}, or register it`);
    return;
  }
  try {
    const row = await file(loader, id);
    return works(row, element) ? { ...row, label: row.label || words[id] || id } : undefined;
  } catch (error) {
    warn(`<${element.localName}> networks="${id}" is left out: ${error.message ?? error}`);
  }
};

/** What a page registered last by this id. */
const registered = ({ networks_: records }, id) => [...records].reverse().find((record) => record?.id === id);

/**
 * What an element gets beyond its attributes: the ids that are known, their rows,
 * the word for more; whether none of them works here; and `shown_`, to be called when it is rendered. `again` renders it anew.
 */
export default async (loader, element, again) => {
  if (!Object.hasOwn(loader.networks_, "push")) listen(loader);
  for (const bar of bars.keys()) if (!bar.isConnected) bars.delete(bar);
  bars.set(element, again);
  const list = await words(loader, element);
  texts.set(element, list);
  const others = asked(element).filter((id) => !BUILT_IN.includes(id));
  const networks = (await Promise.all(others.map((id) => network(loader, element, id, list)))).filter(Boolean);
  const known = (id) => BUILT_IN.includes(id) || networks.some((row) => row.id === id);
  const ids = asked(element).filter(known);
  const none = !ids.length && asked(element).every((id) => FETCHED.includes(id));
  return { networks, more: list.more || "More", ids_: ids.join(" "), none_: none, shown_: (root) => shown(loader, element, root) };
};

const heard = new WeakSet();
const floating = new Set();

const shown = (loader, element, root) => {
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  if (/^floating$/i.test(element.getAttribute("placement"))) {
    if (!floating.size) document.addEventListener("focusin", uncover);
    floating.add(element);
  }
  if (heard.has(element)) return;
  heard.add(element);
  element.addEventListener("kabar-share", async (event) => {
    const { network, url } = event.detail;
    const button = root.querySelector(`button[data-network="${network}"]`);
    if (event.target !== element || BUILT_IN.includes(network) || !button) return;
    await 0; // until all have heard of it, and nobody has cancelled it
    if (event.defaultPrevented) return;
    const done = () => loader.tell_(element, "kabar-shared", { network, url });
    if (network === "print") {
      print();
      return done();
    }
    try {
      const dialogs = await import(new loader.URL_("__KABAR_DIALOGS__", import.meta.url));
      dialogs.default(network, { root, button, url, words: texts.get(element), done });
    } catch (error) {
      warn(`${network} did not open: ${error.message}`);
    }
  });
};

/** Scrolls what has the focus out from under a floating bar: over it, or where the page ends, below it. */
const uncover = () => {
  const { activeElement: focused } = document;
  for (const element of floating) {
    if (!element.isConnected) floating.delete(element);
    if (!/^floating$/i.test(element.getAttribute("placement")) || focused === element) continue;
    const bar = element.shadowRoot.querySelector(".share")?.getBoundingClientRect();
    for (const over of [true, false]) {
      const box = focused.getBoundingClientRect();
      if (!bar || box.left >= bar.right || box.right <= bar.left || box.top >= bar.bottom || box.bottom <= bar.top) break;
      scrollBy({ top: over ? box.bottom - bar.top + 8 : box.top - bar.bottom - 8, behavior: "instant" });
    }
  }
};
