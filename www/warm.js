// On a reader's later visits, and with the hints in the page's head, the wasm is
// there before the feed. A browser compiles each of its functions when it is
// first called: so they are called while there is nothing else to do, and not
// when a reader waits for the cards.
import { Widget } from "glue";
import { task } from "./turns.js";

const ARTICLE = {
  id: "a",
  url: "/a",
  title: "A",
  summary: "A &amp; b",
  content_html: "<p>A</p>",
  date_published: "2020-01-01T00:00:00Z",
  authors: [{ name: "A" }],
  tags: ["a"],
};

/** Renders an article of no feed for an element into nothing, and gives the widget. */
export const warm = (element) => new Widget(element, new DocumentFragment(), {}, { url: location.href, value: { items: [ARTICLE] } });

/** Makes a format of dates: the first one in a page takes a cheap phone 60 to 100 ms. Half of it is what a collator, too, has of the language: in two tasks. */
export const warmDates = async (language) => {
  try {
    await task();
    new Intl.Collator(language);
    await task();
    new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
  } catch {} // no language: the wasm finds one
};
