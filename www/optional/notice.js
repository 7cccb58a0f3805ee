// What an element says of a feed that did not come: with `on-error`, a text or a
// button in place of its articles; with `cache`, how old the ones that it shows are.
import WORDS from "./notice.json";

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
]; // in seconds

const STYLE = `p{margin:.75em 0 0;font-size:.875em}
button{font:inherit;min-height:24px;padding:.375em 1em;border:1px solid;border-radius:99px;background:none;color:inherit;cursor:pointer}
button:disabled{opacity:.6;cursor:default}`;

/** Puts the notice into an element's shadow root, in place of an older one. `kept` is when the articles that are shown came, in milliseconds; undefined where none are. */
export default (loader, element, kept) => {
  const root = element.shadowRoot;
  const language = element.closest("[lang]:not([lang=''])")?.lang || navigator.language;
  const [failed, again, updated] = WORDS[known(language)];
  const notice = document.createElement("p");
  notice.part = "notice";
  notice.dir = "auto";
  notice.setAttribute("role", "status");
  if (kept) {
    const time = document.createElement("time");
    time.dateTime = new Date(kept).toISOString();
    time.textContent = age(kept, language);
    notice.append(updated.split("{}")[0], time, updated.split("{}")[1]);
  } else {
    // What the publisher wrote inside says enough.
    const says = ({ nodeType, slot, data }) => (nodeType === Node.ELEMENT_NODE ? !slot : nodeType === Node.TEXT_NODE && data.trim());
    if (![...element.childNodes].some(says)) notice.append(failed, " ");
    if (/^retry$/i.test(element.getAttribute("on-error"))) notice.append(button(element, again));
    if (!notice.hasChildNodes()) return;
  }
  root.querySelector("[part=notice]")?.remove();
  root.append(notice);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
};

const button = (element, text) => {
  const button = document.createElement("button");
  button.type = "button";
  button.part = "button";
  button.textContent = text;
  button.addEventListener("click", () => {
    button.disabled = true; // until it is replaced, by what came or by another notice
    const goOn = () => element.shadowRoot.querySelector("a[href]")?.focus();
    element.addEventListener("kabar-ready", goOn, { once: true });
    element.addEventListener("kabar-error", () => element.removeEventListener("kabar-ready", goOn), { once: true });
    window.Kabar.refresh(element);
  });
  return button;
};

/** The key in `WORDS` for a BCP 47 tag. */
const known = (tag) => {
  const [first] = tag.toLowerCase().split("-");
  if (first === "zh") return /hant|tw|hk|mo/i.test(tag) ? "zh-Hant" : "zh-Hans";
  const other = { nb: "no", nn: "no", tl: "fil", in: "id", iw: "he" }[first] ?? first;
  return Object.hasOwn(WORDS, other) ? other : "en";
};

/** Such as "3 hours ago", in the browser's words for a language. */
const age = (time, language) => {
  const seconds = (Date.now() - time) / 1000;
  const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? UNITS.at(-1);
  let format;
  try {
    format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  } catch {
    format = new Intl.RelativeTimeFormat(); // the tag is none
  }
  return format.format(-Math.floor(seconds / length), unit);
};
