// The configurator: the form, the preview, the snippet and the address, held together.
import { coded, control, make, ordered, property } from "./controls.js";
import { preview } from "./preview.js";
import { elementsOf, snippetOf, styleOf, whyNotATag } from "./snippet.js";
import { read, withKeys, write } from "./state.js";

const $ = (id) => document.getElementById(id);
const json = (place) => fetch(new URL(place, import.meta.url)).then((response) => response.json());

const TYPING = 500; // milliseconds until what is being typed is asked for

const [options, hashes] = await Promise.all([json("../../docs/options.json"), json("../../dist/integrity.json").catch(() => ({}))]);
const rows = withKeys(options.attributes);
const here = new URL("../../dist/kabar.js", import.meta.url).href;
const demo = new URL("../feed.json", import.meta.url).href;
const firstVisit = () => (location.hash.length > 1 ? location.hash : `#${new URLSearchParams({ feed: demo })}`);

let state = read(firstVisit(), rows, options.properties);
const shows = []; // each puts what the state has into its control

// ---- The address: each choice is a step that one can go back from.

let last = "";
/** Writes the state into the address; changes of one control in a row are one step. */
const remember = (key) => {
  const address = write(state);
  if (address === location.hash || (address === "#" && !location.hash)) return;
  history[key === last ? "replaceState" : "pushState"](null, "", address);
  last = key;
};

// ---- The frame.

const frame = $("preview");
let update = () => {};

/** The frame is as wide as was chosen, and drawn smaller where the page has no room for that. */
const fit = () => {
  const room = $("stage").clientWidth;
  const scale = Math.min(1, room / state.width);
  const height = Math.max(240, frame.contentDocument?.getElementById("place")?.offsetHeight ?? 0);
  Object.assign(frame.style, { width: `${state.width}px`, height: `${height}px`, transform: `scale(${scale})` });
  // What is drawn smaller takes its whole space still.
  frame.style.marginBlockEnd = `${Math.ceil(height * (scale - 1))}px`;
  $("scale").textContent = scale < 1 ? `Drawn at ${Math.round(scale * 100)} % of its size, to fit here.` : "";
};

/** After the frame's and the page's own layout, which it changes. */
let fitting;
const fitSoon = () => (fitting ??= requestAnimationFrame(() => ((fitting = undefined), fit())));

const say = (findings) =>
  $("findings").replaceChildren(
    ...findings.map(({ level, code, title, text }) => {
      const line = make("p", { className: level }, make("strong", {}, text ? `${title}.` : title), " ", ...coded(text));
      if (code) line.append(" ", make("a", { href: `../docs/errors.html#${code}` }, `More on ${code}`));
      return line;
    }),
  );

// ---- What is shown of the state.

const snippet = () => {
  const script = state.script || here;
  return snippetOf(state, rows, { script, integrity: hashes["kabar.js"] });
};

const show = () => {
  const dark = state.page ? state.page === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  for (const put of shows) put();
  for (const radio of document.querySelectorAll("input[type=radio]")) {
    radio.checked = radio.value === { width: String(state.width), page: dark ? "dark" : "light", form: state.form }[radio.name];
  }
  for (const [id, value] of [["feed", state.feed], ["script", state.script || here], ["width", state.width]]) {
    if (document.activeElement !== $(id)) $(id).value = value;
  }
  $("width-said").textContent = `${state.width} px`;
  const why = whyNotATag(state, rows);
  $("form-said").replaceChildren(...(state.form === "tag" ? coded(why) : []));
  $("snippet").textContent = snippet();
  for (const group of document.querySelectorAll("details[data-on]")) {
    group.hidden = !group.dataset.on.split(" ").some((name) => state.elements.includes(name));
  }
  update({ elements: elementsOf(state, rows), style: styleOf(state), dark });
  fit();
};

/** Takes a choice. */
const choose = (key, change) => {
  settle();
  change();
  remember(key);
  show();
};

/** The same for what is typed: once the typing rests, or another control is used. */
let timer;
let pending;
const settle = () => {
  clearTimeout(timer);
  const last = pending;
  pending = undefined;
  if (last) choose(last.key, last.change);
};
const typed = (key, change) => {
  if (pending?.key !== key) settle();
  clearTimeout(timer);
  pending = { key, change };
  timer = setTimeout(settle, TYPING);
};

// ---- The form.

const assign = (list, key) => (value) => {
  const change = () => {
    if (value === undefined) delete list()[key];
    else list()[key] = value;
  };
  if (document.activeElement?.matches("input[type=text], input[type=number]")) typed(key, change);
  else choose(key, change);
};

const suggestions = { lang: options.languages, timezone: Intl.supportedValuesOf?.("timeZone") };

const group = (title, on, controls) => {
  const details = make("details", {}, make("summary", {}, title), ...controls.map(({ node }) => node));
  details.dataset.on = on.join(" ");
  $("groups").append(details);
};

const elements = ordered(
  { key: "elements", name: "Elements", words: options.elements, usual: "", doc: "in the order of the page; drag, or press Alt with an arrow key" },
  (value) => choose("elements", () => (state.elements = (value ?? "").split(" ").filter(Boolean))),
);
shows.push(() => elements.show(state.elements.join(" ")));
$("groups").append(elements.node);

const sets = new Map(); // rows by the elements that have them
for (const row of rows.filter((row) => row.name !== "feed")) {
  const on = row.on.join(" ");
  sets.set(on, [...(sets.get(on) ?? []), row]);
}
const few = (on) => (on.length === options.elements.length ? "All elements" : on.map((name) => ({ "kabar-cards": "Cards", "kabar-share": "Share bar", "kabar-next": "Next post" })[name] ?? name).join(" and "));
for (const [on, list] of [...sets].sort(([one], [other]) => other.split(" ").length - one.split(" ").length)) {
  const controls = list.map((row) => {
    const made = control(row, assign(() => state.values, row.key), { suggestions: suggestions[row.name], icons: options.icons });
    shows.push(() => made.node.contains(document.activeElement) && document.activeElement.matches("input[type=text], input[type=number]") || made.show(state.values[row.key]));
    return made;
  });
  group(few(on.split(" ")), on.split(" "), controls);
}
group(
  "Colours and type",
  options.elements,
  options.properties.map((row) => {
    const made = property(row, assign(() => state.properties, row.name));
    shows.push(() => made.node.contains(document.activeElement) || made.show(state.properties[row.name]));
    return made;
  }),
);

/** An address as people type it. */
const address = (text) => (/^([a-z]+:|\/|\.)/i.test(text) || !text ? text : `https://${text}`);

$("feed").addEventListener("input", () => typed("feed", () => (state.feed = address($("feed").value.trim()))));
$("script").addEventListener("input", () => typed("script", () => (state.script = $("script").value.trim() === here ? "" : $("script").value.trim())));
$("width").addEventListener("input", () => choose("width", () => (state.width = +$("width").value)));
$("choices").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("change", ({ target }) => {
  if (target.type !== "radio") return;
  choose(target.name, () => (state[target.name] = target.name === "width" ? +target.value : target.value));
});

const copy = (text, what) =>
  navigator.clipboard.writeText(text()).then(
    () => ($("copied").textContent = `${what} copied`),
    () => ($("copied").textContent = "The browser does not let this page copy: select the text and copy it."),
  );
$("copy").addEventListener("click", () => copy(snippet, "Snippet"));
$("link").addEventListener("click", () => copy(() => location.href, "Link"));

// ---- Begin, and go back.

addEventListener("popstate", () => {
  clearTimeout(timer);
  pending = undefined;
  last = "";
  document.activeElement?.blur();
  state = read(firstVisit(), rows, options.properties);
  show();
});
new ResizeObserver(fitSoon).observe($("stage"));

const begin = () => {
  update = preview(frame, say, fitSoon);
  show();
  // What was chosen before is not hidden from who comes by a link.
  for (const group of document.querySelectorAll("details")) {
    group.open = [...group.querySelectorAll("[data-key]")].some(({ dataset: { key } }) => key in state.values || key in state.properties);
  }
};
if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.getElementById("place")) begin();
else frame.addEventListener("load", begin, { once: true });
