// What runs around the wasm. `cargo xtask dist` bundles it with wasm-bindgen's
// glue; the loader (www/kabar.js) imports it beside the wasm and the feed. A
// second instance of the wasm gets a second evaluation of this file.
import { discover, initSync, keepWords, languageOf, Widget, wordsFile } from "glue";
import { guardBy, keepURL } from "./guard.js";

const BODY_LIMIT = 2 * 1024 * 1024; // bytes

/** Takes what the loader has, and what it kept of the browser before the page could replace it. */
export default (loader) => {
  keepURL(loader.URL_);
  const { problem_: problem, report_: report, tell_: tell, lost_: lost, linked_: linked, query_: query } = loader;
  const { acquire_: acquire, release_: release, fetch_: fetch, parse_: parse } = loader;
  const { IntersectionObserver_: IntersectionObserver, TextDecoder_: TextDecoder, clearTimeout_: clearTimeout } = loader;

  // ---- The wasm.

  const compile = async (response) => {
    try {
      // The smallest module there is: a policy refuses it as it would the real one, WebKit's only when it is to run.
      new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
    } catch {
      throw problem("wasm-blocked", "add 'wasm-unsafe-eval' to script-src in the page's content security policy");
    }
    const { url, status } = response;
    if (!response.ok) throw problem("wasm-failed", `${url} answered with status ${status}: put all of dist/ there`);
    // A host that serves wasm under another type costs the streaming, not the widget.
    return /^application\/wasm/.test(response.headers.get("content-type"))
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer());
  };

  let begun;
  const running = new Promise((resolve) => (begun = resolve)); // with the wasm's exports

  const start = async (module) => {
    begun(initSync({ module }));
    if (loader.whole_) await rest();
    return runtime;
  };

  const parts = {}; // promises of the modules beyond the first, by their files' names

  /** Brings functions that no first card of a JSON feed waits for. Until then, a call of one of them traps. */
  const bring = (name) =>
    (parts[name] ||= (async () => {
      try {
        const k = await running;
        loader[name] ||= await compile(await fetch(new URL(name, import.meta.url), { __proto__: null, priority: "low" }));
        await WebAssembly.instantiate(loader[name], { k });
      } catch (error) {
        parts[name] = undefined;
        throw error.known_ ? error : problem("wasm-failed", `check the files beside kabar.js: ${error.message}`);
      }
    })());

  let whole = false;
  const rest = async () => {
    await bring("__KABAR_REST__");
    whole = true;
  };
  const markup = () => Promise.all([rest(), bring("__KABAR_MARKUP__")]);

  // ---- Feeds.

  /** Reads what a request brings, so that it is there when the wasm is. */
  const read = async (feed) => {
    const { address_: address } = feed;
    feed.more = (element, next) => more(feed, element, next);
    // Ghost's posts are read by the rest, which may come beside them.
    if (/\/ghost\//.test(address)) rest().catch(() => {});
    try {
      await take(feed, await feed.response_);
    } catch (error) {
      throw error.known_
        ? error
        : feed.late_
          ? problem("feed-timeout", `${address} took over 10 seconds: check its server`)
          : problem("feed-unreachable", `${address} did not answer: check the address, the network, and its Access-Control-Allow-Origin header`);
    } finally {
      clearTimeout(feed.timer_);
      feed.control_.abort(); // lets go of a body that was not read to its end
    }
  };

  /** Reads an answer. Where it is a web page, or a site's API is shut, the feed that the page names is asked for, once. */
  const take = async (feed, response, followed) => {
    const url = response.url || feed.address_;
    let found;
    if (response.ok) {
      // No JSON, most likely: what reads it may come beside its body.
      if (/[xt]ml/.test(response.headers.get("content-type"))) markup().catch(() => {});
      const text = await body(response, url);
      const value = json(text);
      Object.assign(feed, { url, value, markup: text, pages: +response.headers.get("x-wp-totalpages") || undefined });
      if (value !== undefined) return;
      if (!text.includes("<"))
        throw problem("feed-invalid", "the feed is not valid JSON: check that the `feed` attribute names the feed itself and not a page");
      await markup();
      found = followed ? undefined : discover(text, url);
      if (!found) return;
      found = query(new URL(found), 0);
    } else {
      const api = linked("https://api.w.org/")?.split("?")[0];
      found = !followed && api && url.startsWith(api) && linked('alternate"][type="application/rss+xml');
      if (!found) {
        const failure = problem("feed-status", `${url} answered with status ${response.status}: check the feed attribute`);
        failure.status_ = response.status;
        throw failure;
      }
    }
    return take(feed, await fetch(found, { __proto__: null, credentials: "omit", signal: feed.control_.signal }), true);
  };

  /** Asks for the next page of a feed; undefined past the end. */
  const more = async (feed, element, next) => {
    try {
      feed.next_ ||= acquire(query(new URL(next), 0));
      await feed.next_.arrived_;
      return feed.next_;
    } catch (error) {
      release(feed.next_);
      feed.next_ = undefined;
      // WordPress's answer to a page after the last one.
      if (error.status_ === 400) return;
      report(element, error);
      throw error;
    }
  };

  const body = async (response, url) => {
    const reader = response.body?.getReader();
    let decoder;
    let text = "";
    for (let size = 0; ; ) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) return text + (decoder?.decode() ?? "");
      size += value.length;
      if (size > BODY_LIMIT) throw problem("feed-too-large", `${url} is over 2 MiB: publish fewer articles in it`);
      decoder ||= decoderFor(response.headers.get("content-type"), value);
      text += decoder.decode(value, { stream: true });
    }
  };

  /** JSON is UTF-8, whatever its server says. XML says itself what it is, where neither a mark nor the server does. */
  const decoderFor = (type, bytes) => {
    const marks = { 65279: "utf-16be", 65534: "utf-16le" };
    const start = String.fromCharCode(...bytes.subarray(0, 200));
    const label =
      marks[bytes[0] * 256 + bytes[1]] ??
      (/json/.test(type) ? "utf-8" : (/charset="?([\w-]+)/i.exec(type) ?? /^\s*<\?xml[^>]*encoding=.([\w-]+)/.exec(start))?.[1]);
    try {
      return new TextDecoder(label);
    } catch {
      return new TextDecoder();
    }
  };

  /** The value, also where a server writes notices before it or after it; undefined where there is none. */
  const json = (text) => {
    for (const part of [text, /^[ \t]*(?=\{\s*["}]|\[\s*[{\]])[^]*[\]}]/m.exec(text)?.[0]]) {
      try {
        return parse(part);
      } catch {} // the next, or none
    }
  };

  // ---- Elements.

  const widgets = new Map(); // by element
  let dead; // the failure after which nothing of this instance may be called

  /** Calls into the wasm. It throws `code: message` texts; anything else is a trap, after which the instance is void. */
  const call = (action) => {
    if (dead) throw dead;
    try {
      return action();
    } catch (error) {
      const parts = typeof error === "string" && /^([a-z-]+): (.*)$/s.exec(error);
      if (parts) throw problem(parts[1], parts[2]);
      const failure = problem("internal", `please report this: ${error}`);
      failure.trap_ = true;
      dead = failure;
      // For want of the rest, most likely: the next instance waits for it.
      if (whole) loader.traps_ = (loader.traps_ || 0) + 1;
      else loader.whole_ = true;
      const elements = [...widgets.keys()];
      widgets.clear();
      lost(elements, failure);
      throw failure;
    }
  };

  // ---- Words: a file for each language that is not in the wasm.

  const files = new Map(); // a promise of the list, by the file's name

  const words = (name) => {
    if (!files.has(name)) {
      const file = fetch(new URL(`__KABAR_WORDS__/${name}.json`, import.meta.url)).then((response) => response.json());
      file.catch(() => {}); // English does for now
      files.set(name, file);
    }
    return files.get(name);
  };

  // Most pages are in one language, and say which before the wasm can be asked.
  const { lang } = document.documentElement;
  const guess = lang.split("-")[0];
  if ("__KABAR_LANGUAGES__".split(" ").includes(guess)) words(guess);
  try {
    // The first one in a page takes a slow phone 100 ms: now, while it waits for the wasm.
    new Intl.DateTimeFormat(lang, { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format();
  } catch {} // no language: the wasm finds one

  // One element in a task: together they would keep a slow phone from answering its reader.
  let line = Promise.resolve();
  const task = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });

  guardBy((action) => {
    try {
      return call(action);
    } catch {
      return []; // said where the elements start again; the glue looks into what a promise's closure gives
    }
  }, () => whole && !dead);

  // ---- Scripts of which most pages need none.

  const script = (name, element) =>
    import(new URL(name, import.meta.url))
      .then((module) => module.default(loader, element))
      .catch(({ message }) => console.warn(`[kabar] ${message}`));

  // A look that is not in the wasm, or slots: once one element asks, all are looked after.
  let asks;
  const look = (element) =>
    (asks ||= element.getRootNode().querySelector("[theme*=m i],[theme*=dense i],[slot]")) && script("__KABAR_LOOKS__", element);
  look(document);

  /** Brings what rendering an element takes beyond what is there. */
  const prepare = async (element, feed) => {
    const dressed = look(element);
    const turn = line;
    line = line.then(task);
    await turn;
    // What was rendered ahead of time is taken over, for which there is time.
    const ahead = element.shadowRoot.querySelector("style,link");
    if (widgets.has(element) || ahead || feed?.value?.posts) await rest();
    if (feed && feed.value === undefined) await markup();
    const own = element.closest("[lang]:not([lang=''])");
    const name = call(() => wordsFile(element, own || !feed ? undefined : languageOf(feed)));
    await dressed;
    if (!name) return;
    try {
      const list = await words(name);
      keepWords(name, list);
    } catch {} // English does
  };

  /** Renders into an element's shadow root, or renders anew what is there. */
  const show = (element, root, feed) => {
    const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
    const widget = widgets.get(element);
    if (widget) call(() => widget.update(attributes, feed));
    else {
      widgets.set(element, call(() => new Widget(element, root, attributes, feed)));
      root.addEventListener("click", early, true);
      tell(element, "kabar-ready");
      if (!viewed.has(element)) seen.observe(element);
      rest().catch(() => {}); // said when something needs it
    }
    if (matchMedia("(hover),(prefers-contrast)").matches || root.querySelector("article:nth-of-type(7),.more"))
      script("__KABAR_HABITS__", element);
  };

  let refused = false; // the rest does not come

  /** A click waits for what handles it; if that never comes, a link is still a link. */
  const early = (event) => {
    if (whole) return;
    event.stopImmediatePropagation();
    if (refused) return;
    event.preventDefault();
    const [target] = event.composedPath();
    const again = () => target.dispatchEvent(new event.constructor(event.type, event));
    rest().then(again, () => again((refused = true)));
  };

  /** Frees what an element that leaves the page holds. */
  const hide = (element) => {
    seen.unobserve(element);
    const widget = widgets.get(element);
    if (!widgets.delete(element)) return;
    rest()
      .then(() => dead || call(() => widget.free()))
      .catch((error) => report(element, error));
  };

  // Once in an element's life, wherever it moves and whatever instance shows it.
  const viewed = (loader.viewed_ ||= new WeakSet());
  const seen = new IntersectionObserver((entries) =>
    entries.forEach(({ isIntersecting, target }) => {
      if (!isIntersecting) return;
      seen.unobserve(target);
      viewed.add(target);
      tell(target, "kabar-view");
    }),
  );

  const runtime = { compile_: compile, start_: start, read_: read, prepare_: prepare, show_: show, hide_: hide };
  return runtime;
};
