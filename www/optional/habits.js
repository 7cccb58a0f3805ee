// What readers are used to from other pages, where it takes a script: text that
// can be selected although all of a card is its link, and a way past a long
// list; with the rules for paper and for more contrast. www/runtime.js fetches it
// after the first card, where there is a mouse, a list that is long or may become
// so, or a reader who wants contrast.

const sheet = new CSSStyleSheet();
sheet.replaceSync("__KABAR_LATE_RULES__");

const LONG = "article:nth-of-type(7)"; // more than six cards
const DRAG = 5; // CSS pixels: who moves the mouse further than that between down and up selects

/** The text that stands above its card's link, and that link. */
const raised = (event) => {
  const text = event.target.closest?.(".excerpt,.caption");
  const link = text?.parentNode.querySelector("a[href]");
  return link && { text, link };
};

/** A click on the link, with the keys that the reader holds. */
const follow = (link, { ctrlKey, shiftKey, altKey, metaKey }, extra) =>
  link.dispatchEvent(
    new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, view: window, ctrlKey, shiftKey, altKey, metaKey, ...extra }),
  );

const selectable = (root) => {
  let down;
  const lower = (low) => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet).concat(low ? [] : sheet);
  };
  root.addEventListener("mousedown", (event) => {
    down = event;
    const on = raised(event);
    if (!on) return;
    // The browser's own scrolling by the middle button is not what a link does.
    if (event.button === 1) event.preventDefault();
    // The menu of the link, unless it is for what is selected.
    if (event.button === 2 && !String(getSelection()).trim()) {
      lower(true);
      addEventListener("contextmenu", () => setTimeout(lower), { once: true });
    }
  });
  root.addEventListener("click", (event) => {
    const on = raised(event);
    const still = down && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < DRAG;
    if (on && still && event.button === 0) follow(on.link, event);
  });
  root.addEventListener("auxclick", (event) => {
    const on = raised(event);
    // A link opens a new tab so, on any system.
    if (on && event.button === 1) follow(on.link, event, { ctrlKey: true, metaKey: true });
  });
};

let texts;

/** A link that the keyboard comes upon before the list, and that leads behind it. */
const skip = async ({ kept_: [fetch], URL_: URL }, root) => {
  const past = document.createElement("span");
  past.id = "past";
  // A stop only while the reader is there; Chromium goes from -1 back to the start of the shadow root.
  past.onblur = () => past.removeAttribute("tabindex");
  const link = document.createElement("a");
  link.className = "skip";
  link.href = "#past";
  // A fragment names nothing inside of a shadow root.
  link.onclick = (event) => {
    event.preventDefault();
    past.tabIndex = 0;
    past.focus();
  };
  root.prepend(link);
  root.append(past);
  const { lang, dir } = root.querySelector(".cards");
  Object.assign(link, { lang, dir });
  texts ||= fetch(new URL("__KABAR_SKIP__", import.meta.url)).then((response) => response.json());
  const table = await texts;
  link.textContent = table[lang] ?? table.en;
};

const known = new WeakSet();

/** Looks after what an element shows now. */
const lookAfter = (loader, element) => {
  const root = element.shadowRoot;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  if (root.querySelector(LONG) && !root.querySelector(".skip")) skip(loader, root).catch(() => root.querySelector(".skip")?.remove());
  if (known.has(element)) return;
  known.add(element);
  selectable(root);
  element.addEventListener("kabar-more", () => lookAfter(loader, element));
};

export default lookAfter;
