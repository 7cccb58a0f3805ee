// The preview: a page of its own in a frame, so that its width is a real one.
import { explain, judge, noPictures } from "./findings.js";

const LOOKED_AT = 30; // articles

/** Fills the frame's page by what was chosen. `say` gets what was found of the feed. */
export const preview = (frame, say, grown) => {
  const page = frame.contentDocument;
  const { CSSStyleSheet, ResizeObserver } = frame.contentWindow;
  const [place, probePlace] = ["place", "probe"].map((id) => page.getElementById(id));
  const sheet = new CSSStyleSheet();
  page.adoptedStyleSheets = [sheet];
  let shown = "";
  let probed = "";
  let turn = 0;

  // The frame stays where it is, whatever is pressed in it.
  frame.contentWindow.addEventListener(
    "click",
    (event) => event.composedPath().some((node) => node.localName === "a") && event.preventDefault(),
    true,
  );
  new ResizeObserver(grown).observe(place);

  const put = (element, attributes) => {
    const names = attributes.map(([name]) => name);
    for (const { name } of [...element.attributes]) if (!names.includes(name)) element.removeAttribute(name);
    for (const [name, value] of attributes) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };

  /** Looks at the feed by cards that nobody sees: all formats look the same in them. */
  const probe = (elements) => {
    const articles = elements.find(({ name }) => name !== "kabar-share");
    const wanted = (articles?.attributes ?? []).filter(([name]) => ["feed", "format"].includes(name));
    const key = articles ? JSON.stringify(wanted) : "";
    if (key === probed) return;
    probed = key;
    const mine = ++turn;
    probePlace.replaceChildren();
    if (!articles) return say([]);
    say([{ level: "wait", title: "Looking at the feed …", text: "" }]);
    const cards = page.createElement("kabar-cards");
    const fixed = { loading: "eager", limit: LOOKED_AT, "exclude-current": "false", show: "image title date excerpt" };
    put(cards, [...wanted, ...Object.entries(fixed)]);
    const tell = (findings) => mine === turn && say(findings);
    cards.addEventListener("kabar-error", async ({ detail }) => tell([await explain(detail, wanted.find(([name]) => name === "feed")?.[1] ?? "")]));
    cards.addEventListener("kabar-ready", () => {
      const findings = judge([...cards.shadowRoot.querySelectorAll("article.card")]);
      tell(findings);
      // Told once more for each that fails: there are few.
      const failed = new Set();
      place.addEventListener("error", listener, true);
      for (const element of place.children) element.shadowRoot?.addEventListener("error", listener, true);
      function listener({ target }) {
        if (target.localName !== "img") return;
        failed.add(target.src);
        tell([...findings, noPictures(failed.size)]);
      }
    });
    probePlace.append(cards);
  };

  return ({ elements: chosen, style, dark }) => {
    // What the stage hides is near for no observer; here it is to be seen at once.
    const elements = chosen.map(({ name, attributes }) => ({
      name,
      attributes: [...attributes.filter(([name]) => name !== "loading"), ["loading", "eager"]],
    }));
    page.documentElement.dataset.page = dark ? "dark" : "light";
    sheet.replaceSync(style);
    const names = elements.map(({ name }) => name).join(" ");
    if (names !== shown) {
      place.replaceChildren(
        ...elements.map(({ name, attributes }) => {
          const element = page.createElement(name);
          put(element, attributes);
          return element;
        }),
      );
      shown = names;
    } else elements.forEach(({ attributes }, index) => put(place.children[index], attributes));
    probe(elements);
  };
};
