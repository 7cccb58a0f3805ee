// The looks besides the default one, and what the slots need: a publisher's own
// heading, and what is shown for an empty list. www/runtime.js fetches it where an element of the page
// asks for either, beside the wasm.

const TIME_LIMIT = 3_000; // milliseconds: after that the default look is as good

const slotted = new CSSStyleSheet();
slotted.replaceSync("::slotted(*){grid-column:1/-1}");

const sheets = {}; // promises, by the look's name
const worn = new WeakMap(); // the sheet of each element, if it has one

/** The sheet of a look; undefined, with one warning, where it does not come. */
const fetchSheet = async ({ kept_: [fetch], URL_: URL }, look) => {
  const url = new URL(`__KABAR_THEMES__/${look}.css`, import.meta.url);
  try {
    // Without a limit in Chrome before 103, which has no such signal.
    const response = await fetch(url, { __proto__: null, signal: AbortSignal.timeout?.(TIME_LIMIT) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await response.text());
    return sheet;
  } catch (error) {
    console.warn(`[kabar] the look "${look}" did not arrive, the default one is shown: check ${url}: ${error.message}`);
  }
};

/** Puts the element's sheets after the widget's own. */
const wear = ({ currentTarget: element }) => {
  const root = element.shadowRoot;
  const others = root.adoptedStyleSheets.filter((sheet) => !looks.has(sheet));
  const sheet = worn.get(element);
  root.adoptedStyleSheets = [...others, slotted, ...(sheet ? [sheet] : [])];
};
const looks = new Set([slotted]);

/** Shows the publisher's own words where the fallback would be, once it is known that there are no articles. */
const empty = ({ currentTarget: element, target, detail }) => {
  const root = element.shadowRoot;
  if (target !== element || detail.code !== "feed-empty" || !root.querySelector("slot:not([name])")) return;
  if (!element.querySelector(":scope > [slot=empty]")) return;
  const slots = ["heading", "empty"].map((name) => {
    const slot = document.createElement("slot");
    slot.name = name;
    return slot;
  });
  root.replaceChildren(...slots);
};

/** Readies an element for its next render, which waits for it; for the document, fetches what its elements ask for. */
export default async (loader, element) => {
  const look = ({ attributes: { theme } }) => /minimal|magazine|dense/i.exec(theme?.value)?.[0].toLowerCase();
  const load = (look) => look && (sheets[look] ||= fetchSheet(loader, look));
  if (element === document) {
    document.querySelectorAll("kabar-cards,kabar-share,kabar-next").forEach((element) => load(look(element)));
    return;
  }
  if (!worn.has(element)) {
    worn.set(element);
    // Both come in the same task as what they follow: nothing is drawn in between.
    element.addEventListener("kabar-ready", wear);
    element.addEventListener("kabar-error", empty);
  }
  const sheet = await load(look(element));
  if (sheet) looks.add(sheet);
  worn.set(element, sheet);
  const ready = { currentTarget: element };
  wear(ready);
  // An element that starts again after a failure has told that it is ready before.
  setTimeout(wear, 0, ready);
};
