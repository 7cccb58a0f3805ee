// Kabar's loader: it defines the elements, starts the wasm and the feed at the
// same moment, and hands the one the other's text. It never looks inside a feed.
//
// `__KABAR_…__` are constants that `cargo xtask dist` fills in.
(() => {
  "use strict";

  // Checked against the table in src/config/attributes.rs by tests/tidy.rs.
  const ATTRIBUTES = {
    "kabar-cards":
      "feed format lang timezone theme loading limit layout show excerpt-words exclude-current tag order current open heading",
    "kabar-share": "lang timezone theme loading networks url title text image via hashtags utm variant label",
    "kabar-next":
      "feed format lang timezone theme loading show excerpt-words tag order current wrap open heading label",
  };
  const BODY_LIMIT = 2 * 1024 * 1024; // bytes
  const TIME_LIMIT = 10_000; // milliseconds

  // Kept before anyone can replace them.
  const { document, customElements, console, WebAssembly, AbortController, setTimeout, clearTimeout } = window;
  const fetch = window.fetch.bind(window);

  const script = document.currentScript || document.querySelector("script[data-kabar]");
  const key = script ? JSON.stringify({ ...script.dataset }) : "";
  if (window.Kabar) {
    // The elements are there already. A second tag that asks for something
    // else gets it; the same tag again is a mistake, and does nothing.
    window.Kabar.place?.(script, key);
    return;
  }

  /** A failure for which the person who must act has been told what to do. */
  class Problem {
    constructor(code, message) {
      this.code = code;
      this.message = message;
    }
  }
  const problem = (code, message) => new Problem(code, message);

  /** Says a failure: one console line, however many elements it meets, and one event from each. */
  const report = (element, error) => {
    if (!(error instanceof Problem)) error = problem("internal", `please report this: ${error}`);
    if (!error.said) console.error(`[kabar] ${error.code}: ${error.message}`);
    error.said = true;
    tell(element, "kabar-error", { code: error.code, message: error.message });
  };

  const tell = (element, name, detail) =>
    element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));

  // ---- The wasm: one module and one instance for the page.

  const base = script?.src || document.baseURI;
  let compiled; // a promise of the module, kept: a second instance needs no second download
  let instance; // a promise of the glue around the running instance
  let instances = 0;

  const compile = async () => {
    if (!WebAssembly) throw problem("wasm-unsupported", "this browser has no WebAssembly");
    try {
      // The smallest module there is: a policy refuses it before anything is downloaded.
      new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    } catch {
      throw problem("wasm-blocked", "add 'wasm-unsafe-eval' to script-src in the page's content security policy");
    }
    const url = new URL(__KABAR_WASM__, base);
    const response = await fetch(url);
    if (!response.ok) throw problem("wasm-failed", `${url} answered with status ${response.status}: put all of dist/ there`);
    // A host that serves wasm under another type costs the streaming, not the widget.
    return /^application\/wasm/.test(response.headers.get("content-type"))
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer());
  };

  const instantiate = async () => {
    compiled ||= compile();
    // A fragment makes the browser evaluate the same file anew, without asking for it again.
    const url = new URL(__KABAR_GLUE__, base) + (instances++ ? `#${instances}` : "");
    try {
      const [module_or_path, glue] = await Promise.all([compiled, import(url)]);
      await glue.default({ module_or_path });
      return glue;
    } catch (error) {
      throw error instanceof Problem ? error : problem("wasm-failed", `check the files beside kabar.js: ${error.message}`);
    }
  };

  /** Calls into the wasm. It throws `code: message` texts; anything else is a trap, after which the instance is void. */
  const call = (action) => {
    try {
      return action();
    } catch (error) {
      const parts = typeof error === "string" && /^([a-z-]+): (.*)$/s.exec(error);
      if (parts) throw problem(parts[1], parts[2]);
      const failure = problem("internal", `please report this: ${error}`);
      failure.trap = true;
      // Once: a second trap would only be followed by a third.
      instance = instances > 1 ? Promise.reject(failure) : undefined;
      instance?.catch(() => {}); // each element that waits for it says so itself
      const lost = [...mounted];
      mounted.clear();
      for (const element of lost) element[ABANDON]();
      throw failure;
    }
  };

  const mounted = new Set();

  // Names that only the loader has, for what it calls on elements from outside their class.
  const BEGIN = Symbol("begin");
  const ABANDON = Symbol("abandon");

  // ---- Feeds: one request for each address, however many elements show it.

  const feeds = new Map();

  const acquire = (url) => {
    let feed = feeds.get(url);
    if (!feed) {
      const control = new AbortController();
      feed = { url, users: 0, stop: () => control.abort() };
      feed.arrived = download(feed, control);
      feed.arrived.catch(() => feeds.get(url) === feed && feeds.delete(url)); // so that a later try asks again
      feed.release = () => {
        if (--feed.users) return;
        feed.stop();
        if (feeds.get(url) === feed) feeds.delete(url);
      };
      feeds.set(url, feed);
    }
    feed.users++;
    return feed;
  };

  const download = async (feed, control) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      control.abort();
    }, TIME_LIMIT);
    const { url } = feed;
    try {
      const response = await fetch(url, { credentials: "omit", signal: control.signal });
      if (!response.ok) throw problem("feed-status", `${url} answered with status ${response.status}: check the feed attribute`);
      feed.url = response.url || url;
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      let text = "";
      for (let size = 0; ; ) {
        const { done, value } = await reader.read();
        if (done) break;
        size += value.length;
        if (size > BODY_LIMIT) throw problem("feed-too-large", `${url} is over 2 MiB: publish fewer articles in it`);
        text += decoder.decode(value, { stream: true });
      }
      feed.text = text + decoder.decode();
    } catch (error) {
      throw error instanceof Problem
        ? error
        : late
          ? problem("feed-timeout", `${url} took over 10 seconds: check its server`)
          : problem("feed-unreachable", `${url} did not answer: check the address, the network, and its Access-Control-Allow-Origin header`);
    } finally {
      clearTimeout(timer);
      control.abort(); // lets go of a body that was not read to its end
    }
  };

  const feedAddress = (element) => {
    const text = element.getAttribute("feed") || document.querySelector('link[rel~="alternate"][type="application/feed+json"]')?.href;
    if (!text) throw problem("config", `<${element.localName}> needs a feed attribute`);
    try {
      const url = new URL(text, document.baseURI);
      if (/^https?:$/.test(url.protocol)) return url.href;
    } catch {} // said below
    throw problem("config", `feed="${text}" is not a web address`);
  };

  // ---- The elements.

  /** Acts once when a watched element comes within the margin of the viewport. */
  const watch = (rootMargin, act) => {
    const observer = new IntersectionObserver(
      (entries) =>
        entries.forEach(({ isIntersecting, target }) => {
          if (!isIntersecting) return;
          observer.unobserve(target);
          act(target);
        }),
      { rootMargin },
    );
    return observer;
  };
  const near = watch("100% 0px", (element) => element[BEGIN]());
  const viewed = new WeakSet(); // once in an element's life, wherever it moves
  const seen = watch("0px", (element) => {
    viewed.add(element);
    tell(element, "kabar-view");
  });

  // Space for what is to come, so that the page below moves as little as can be.
  const reserve = (name) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:host{display:block;min-height:${{ "kabar-cards": 20, "kabar-share": 2.75, "kabar-next": 12 }[name]}rem}`);
    return sheet;
  };

  /** What every element does; a subclass for each name. Its state is out of the page's reach. */
  const define = (name) => {
    if (customElements.get(name)) return;
    const names = ATTRIBUTES[name].split(" ");
    let reserved;

    class KabarElement extends HTMLElement {
      static observedAttributes = names;
      #root;
      #widget;
      #feed; // the one that is shown
      #awaited; // the one that is on its way
      #turn = 0; // goes up with each start and stop: what an older one brings is void
      #begun = false;
      #pending = false;
      #told = false;

      connectedCallback() {
        // Values that a framework set before the element was defined.
        for (const name of names.map(property)) {
          if (Object.hasOwn(this, name)) {
            const value = this[name];
            delete this[name];
            this[name] = value;
          }
        }
        try {
          this.#root ||= this.attachShadow({ mode: "open" });
          this.#root.adoptedStyleSheets = [(reserved ||= reserve(name))];
        } catch {
          report(this, problem("wasm-unsupported", "this browser has no constructable style sheets"));
          return;
        }
        this.#fallback();
        if (this.getAttribute("loading")?.toLowerCase() === "eager") this[BEGIN]();
        else near.observe(this);
      }

      disconnectedCallback() {
        near.unobserve(this);
        seen.unobserve(this);
        this.#turn++;
        this.#begun = this.#told = false;
        this.#release();
      }

      attributeChangedCallback(_, before, after) {
        if (!this.#begun || this.#pending || before === after) return;
        this.#pending = true; // many changes in one go are one update
        queueMicrotask(() => {
          this.#pending = false;
          if (this.#begun) this[BEGIN]();
        });
      }

      /** Fetches what is needed and not there yet, and renders. */
      async [BEGIN](again = false) {
        const turn = ++this.#turn;
        const former = this.#awaited;
        this.#begun = true;
        try {
          if (names[0] === "feed") {
            const url = feedAddress(this);
            if (again) feeds.delete(url);
            this.#awaited = acquire(url);
          }
          former?.release();
          const [glue] = await Promise.all([(instance ||= instantiate()), this.#awaited?.arrived]);
          if (turn !== this.#turn) return;
          const attributes = Object.fromEntries([...this.attributes].map(({ name, value }) => [name, value]));
          call(() => {
            if (this.#widget) this.#widget.update(attributes, this.#awaited);
            else this.#widget = new glue.Widget(this, this.#root, attributes, this.#awaited);
          });
          mounted.add(this);
          this.#feed?.release();
          this.#feed = this.#awaited;
          this.#awaited = undefined;
          if (!this.#told) {
            this.#told = true;
            tell(this, "kabar-ready");
            if (!viewed.has(this)) seen.observe(this);
          }
        } catch (error) {
          if (turn !== this.#turn) return;
          this.#awaited?.release();
          this.#awaited = undefined;
          if (error.trap && !instance) return this[BEGIN]();
          if (!this.#widget) {
            this.#fallback(); // a trap in mid-render has taken it away
            this.#root.adoptedStyleSheets = [];
          }
          report(this, error);
        }
      }

      /** The instance is gone: nothing of it may be called, and all starts again. */
      [ABANDON]() {
        this.#widget = undefined;
        this.#fallback();
        queueMicrotask(() => this.#begun && this[BEGIN]());
      }

      #fallback() {
        this.#root.replaceChildren(document.createElement("slot"));
      }

      #release() {
        const widget = this.#widget;
        this.#widget = undefined;
        mounted.delete(this);
        this.#awaited?.release();
        this.#feed?.release();
        this.#awaited = this.#feed = undefined;
        if (!widget) return;
        try {
          call(() => widget.free());
        } catch (error) {
          report(this, error);
        }
        this.#fallback();
      }
    }

    for (const attribute of names) {
      Object.defineProperty(KabarElement.prototype, property(attribute), {
        configurable: true,
        enumerable: true,
        get() {
          return this.getAttribute(attribute) ?? "";
        },
        set(value) {
          if (value === null || value === undefined) this.removeAttribute(attribute);
          else this.setAttribute(attribute, value);
        },
      });
    }
    customElements.define(name, KabarElement);
  };

  const property = (attribute) => attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

  // ---- The script tag.

  const placed = new Set();

  /** Puts the elements that a script tag names after it, or into its target. */
  const place = (tag, key) => {
    const { show, target } = tag?.dataset ?? {};
    if (!show || placed.has(key)) return;
    placed.add(key);
    const parent = target && document.querySelector(target);
    if (target ? !parent : tag.closest("head")) {
      if (document.readyState === "loading") {
        placed.delete(key);
        return document.addEventListener("DOMContentLoaded", () => place(tag, key), { once: true });
      }
      return report(tag, problem("config", "the page has no data-target: name one, or move the script tag to the body"));
    }
    const elements = [];
    for (const word of show.match(/[^\s,]+/g) ?? []) {
      const names = ATTRIBUTES[`kabar-${word}`];
      if (!names) {
        report(tag, problem("config", `data-show="${word}": use cards, share or next`));
        continue;
      }
      const element = document.createElement(`kabar-${word}`);
      for (const name of names.split(" ")) {
        const value = tag.getAttribute(`data-${name}`);
        // The tag's own `data-show` names elements, not an article's parts.
        if (value !== null && name !== "show") element.setAttribute(name, value);
      }
      elements.push(element);
    }
    if (parent) parent.append(...elements);
    else tag.after(...elements);
  };

  Object.keys(ATTRIBUTES).forEach(define);
  window.Kabar = Object.freeze({
    version: __KABAR_VERSION__,
    /** Fetches the element's feed again and shows what is new. */
    refresh: (element) => element[BEGIN](true),
    place,
  });
  place(script, key);
})();
