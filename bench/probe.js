// Runs in every measured page before the page's own scripts, and looks at all
// widgets in the same way: at each frame, whether what is waited for is laid out.

(() => {
  if (!location.pathname.startsWith("/page/")) return;

  const { requestAnimationFrame, setTimeout, performance, PerformanceObserver } = window;
  performance.setResourceTimingBufferSize(5000);

  const entries = {};
  const watch = (type, options) => {
    const list = (entries[type] = []);
    new PerformanceObserver((news) => list.push(...news.getEntries())).observe({ type, buffered: true, ...options });
  };
  watch("longtask");
  watch("layout-shift");
  watch("first-input");
  watch("event", { durationThreshold: 16 });

  const root = (word) => document.querySelector(`kabar-${word}, peer-${word}`)?.shadowRoot;
  const isLaidOut = (node) => node?.getBoundingClientRect().height > 0;
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  /** The time of the first frame in which a test is true; the layout it asks for is in that time. */
  const frame = (test, seconds = 60) =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (test()) resolve(performance.now());
        else if (performance.now() > seconds * 1000) reject(new Error(`not shown within ${seconds} s: ${test}`));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });

  const card = frame(() => isLaidOut(root("cards")?.querySelector("article.card :is(h2, h3)")));
  const link = frame(() => isLaidOut((root("share") ?? document.querySelector(".shareon"))?.querySelector("a[href]")));
  const next = frame(() => isLaidOut(root("next")?.querySelector(".card")));
  for (const promise of [card, link, next]) promise.catch(() => {}); // a page without that part does not ask for it

  /** What a reader waits for on arrival: times in milliseconds from the start of the navigation. */
  const arrival = async () => {
    const times = { card: await card, link: await link, next: await next };
    await pause(300); // the observers tell of what is past
    const before = entries.longtask.filter((task) => task.startTime < times.card);
    return {
      ...times,
      paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      blocking: before.reduce((sum, task) => sum + Math.max(0, task.duration - 50), 0),
      longest: before.reduce((most, task) => Math.max(most, task.duration), 0),
      shift: entries["layout-shift"].reduce((sum, shift) => sum + shift.value, 0),
    };
  };

  /** When the first share link works, on a page that has nothing but the bar. */
  const bar = async () => ({ link: await link });

  let shown;

  /** A fresh list of cards, from its feed in hand to the last card laid out. */
  const list = async (feed, limit) => {
    shown?.remove();
    await pause(200);
    const name = document.querySelector("kabar-cards, peer-cards").localName;
    const element = document.createElement(name);
    const url = new URL(feed, location.href).href;
    for (const [name, value] of Object.entries({ feed: url, limit, order: "newest", loading: "eager" })) {
      element.setAttribute(name, value);
    }
    document.body.prepend(element);
    shown = element;
    const end = await all(limit);
    return end - performance.getEntriesByName(url).at(-1).responseEnd;
  };

  const cards = () => shown.shadowRoot?.querySelectorAll("article.card") ?? [];

  const all = (count) => frame(() => cards().length === count && isLaidOut(cards()[count - 1]), performance.now() / 1000 + 60);

  /** From a list's new attribute to the frame that shows it. */
  const change = async (name, value, count, title) => {
    const begin = performance.now();
    shown.setAttribute(name, value);
    const first = () => cards()[0].querySelector("h3").textContent;
    const end = await frame(
      () => cards().length === count && first().endsWith(title) && isLaidOut(cards()[count - 1]),
      begin / 1000 + 60,
    );
    return end - begin;
  };

  /** How long the browser takes to parse a feed. */
  const parse = async (feed) => {
    const text = await (await fetch(feed)).text();
    const begin = performance.now();
    JSON.parse(text);
    return performance.now() - begin;
  };

  const BUTTONS = {
    copy: () => root("share").querySelector('[data-network="copy"]'),
    more: () => root("cards").querySelector("button.more"),
  };

  /** Where a button is, for a click. */
  const button = (name) => {
    const button = BUTTONS[name]();
    button.scrollIntoView({ block: "center" });
    const { x, y, width, height } = button.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };

  const DONE = {
    copy: () => root("share").querySelector(".status").textContent,
    more: () => root("cards").querySelectorAll("article.card").length > 10,
  };

  /** From the click to the next paint, once it has done what it is for. */
  const clicked = async (name) => {
    await frame(DONE[name], performance.now() / 1000 + 20);
    await pause(200);
    return Math.max(...[...entries["first-input"], ...entries.event].map((entry) => entry.duration));
  };

  // Every instance's memories. They are kept alive, as the widget that made them keeps them.
  const memories = [];
  const note = ({ exports }) => memories.push(...Object.values(exports).filter((one) => one instanceof WebAssembly.Memory));
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...values) => {
      const result = await original.apply(WebAssembly, values);
      note(result.instance ?? result);
      return result;
    };
  }

  /** The bytes of all memories of wasm instances. */
  const memory = () => [...new Set(memories)].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);

  /** The three shadow roots as text, the attributes in alphabetical order and without comments: to compare widgets. */
  const markup = () => {
    const write = (node) => {
      if (node.id === "past") return ""; // where a link past Kabar's list leads: it comes after all that is measured
      if (node.nodeType === Node.TEXT_NODE) return node.data.trim();
      if (node.nodeType !== Node.ELEMENT_NODE) return "";
      const attributes = [...node.attributes].map(({ name, value }) => ` ${name}="${value}"`).sort();
      return `\n<${node.localName}${attributes.join("")}>${[...node.childNodes].map(write).join("")}`;
    };
    return ["cards", "share", "next"].map((word) => [...root(word).childNodes].map(write).join("")).join("\n");
  };

  window.probe = { arrival, bar, list, change, parse, button, clicked, memory, markup };
})();
