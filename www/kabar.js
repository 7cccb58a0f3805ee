// Kabar's loader: it defines the elements, and starts the wasm, the script around
// it (www/runtime.js) and the feed at the same moment. It never looks inside a feed.
//
// `__KABAR_…__` are constants that `cargo xtask dist` fills in.
(async () => {
  // Checked against the table in src/config/attributes.rs by tests/tidy.rs.
  const ATTRIBUTES = {
    "kabar-cards":
      "feed format lang timezone dates theme loading beacon show excerpt-words tag order current open heading limit layout exclude-current more",
    "kabar-share": "lang timezone theme loading beacon networks url title text image via hashtags utm variant label",
    "kabar-next":
      "feed format lang timezone dates theme loading beacon show excerpt-words tag order current open heading wrap label",
  };
  const TIME_LIMIT = 10_000; // milliseconds

  // Kept before anyone can replace them.
  const { document, customElements, console, WebAssembly, AbortController, CSSStyleSheet, CustomEvent, IntersectionObserver, URL, setTimeout } = window;
  const fetch = window.fetch.bind(window);

  const script = document.currentScript || document.querySelector("script[data-kabar]");
  const key = script ? JSON.stringify({ ...script.dataset }) : "";
  if (window.Kabar?.place) {
    // The elements are there already. A second tag that asks for something
    // else gets it; the same tag again is a mistake, and does nothing.
    if (window.Kabar.version !== __KABAR_VERSION__) console.warn(`[kabar] ${window.Kabar.version} is here, not ${__KABAR_VERSION__}`);
    window.Kabar.place(script, key);
    return;
  }

  /** A failure, in words for the person who must act. */
  const problem = (code, message) => ({ code, message, known_: true });

  /** Says a failure: one console line, however many elements it meets, and one event from each. */
  const report = (element, error) => {
    if (!error.known_) error = problem("internal", `please report this: ${error}`);
    if (!error.said_) console.error(`[kabar] ${error.code}: ${error.message}`);
    error.said_ = true;
    tell(element, "kabar-error", { code: error.code, message: error.message });
  };

  const tell = (element, name, detail) =>
    element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));

  // ---- The wasm and the scripts around it: one module and one instance for the page.

  const base = script?.src || document.baseURI;
  let compiled; // a promise of the module, kept: a second instance needs no second download
  let runtime; // a promise of www/runtime.js, with the glue in it
  let instance; // a promise of the same, once its wasm runs
  let end; // the failure after which no instance is started any more
  let instances = 0;

  /** Starts what is not there yet: the runtime and the wasm, side by side. */
  const start = () => {
    if (instance) return;
    if (!WebAssembly) throw problem("wasm-unsupported", "this browser has no WebAssembly");
    const failed = (error) => {
      throw error.known_ ? error : problem("wasm-failed", `check the files beside kabar.js: ${error.message}`);
    };
    const wasm = compiled || fetch(new URL(__KABAR_WASM__, base));
    // A fragment makes the browser evaluate the same file anew, without asking for it again.
    runtime = import(new URL(__KABAR_GLUE__, base) + (instances++ ? `#${instances}` : ""))
      .then((module) => module.default(loader))
      .catch(failed);
    compiled ||= Promise.all([runtime, wasm]).then(([runtime, response]) => runtime.compile_(response));
    instance = Promise.all([runtime, compiled])
      .then(([runtime, module]) => runtime.start_(module))
      .catch(failed);
    instance.catch(() => {}); // said by those who wait for it
  };

  /** The instance has trapped, and is void; its elements start again, unless there is no use in it. */
  const lost = (elements, failure) => {
    instance = loader.traps_ > 1 ? Promise.reject((end = failure)) : undefined;
    instance?.catch(() => {}); // each element that waits for it says so itself
    elements.forEach((element) => element[ABANDON]());
  };

  // Names that only the loader has, for what it calls on elements from outside their class.
  const BEGIN = Symbol();
  const ABANDON = Symbol();

  // ---- Feeds: one request for each address, however many elements show it.

  const feeds = new Map();

  const acquire = (url) => {
    let feed = feeds.get(url);
    if (!feed) {
      const control = new AbortController();
      feed = {
        address_: url,
        users_: 0,
        control_: control,
        timer_: setTimeout(() => control.abort((feed.late_ = true)), TIME_LIMIT),
        response_: fetch(url, { __proto__: null, credentials: "omit", signal: control.signal }),
      };
      feed.response_.catch(() => {}); // said by the one who reads it
      feed.arrived_ = runtime.then((runtime) => runtime.read_(feed));
      feed.arrived_.catch(() => feeds.get(url) === feed && feeds.delete(url)); // so that a later try asks again
      feeds.set(url, feed);
    }
    feed.users_++;
    return feed;
  };

  const release = (feed) => {
    if (!feed || --feed.users_) return;
    feed.control_.abort();
    release(feed.next_);
    if (feeds.get(feed.address_) === feed) feeds.delete(feed.address_);
  };

  const linked = (relation) => document.querySelector(`link[rel~="${relation}"]`)?.href;
  const alternate = (type) => linked(`alternate"][type="application/${type}`);

  const WORDPRESS = /wp(\/|%2F)v2\1./i;

  /** The feed's address with what its API must be asked for, and the number of articles that are enough. */
  const query = (url, limit) => {
    const add = (name, value) => url.searchParams.has(name) || url.searchParams.set(name, value);
    const enough = Math.min(Math.max(limit + 2, 10), 100); // the page's own article is left out, and one comes next
    if (WORDPRESS.test(url)) {
      add("_embed", "author,wp:featuredmedia,wp:term");
      add("per_page", enough);
    } else if (/\/ghost\/api\/.*posts/.test(url)) {
      add("include", "authors,tags");
      add("limit", enough);
    }
    return url.href;
  };

  /** The address to ask for an element's feed: the one it names, else one that the page itself has. */
  const address = (element) => {
    const site = linked("https://api.w.org/");
    const text = element.getAttribute("feed") || alternate("feed+json") || (site && `${site}wp/v2/posts`) || alternate("rss+xml") || alternate("atom+xml");
    if (!text) throw problem("config", `<${element.localName}> needs a feed attribute`);
    let url;
    try {
      url = new URL(text, document.baseURI);
    } catch {} // said below
    if (!/^https?:/.test(url)) throw problem("config", `feed="${text}" is no web address`);
    // Works on every WordPress, whatever its addresses look like.
    if (/^wordpress$/i.test(element.getAttribute("format")) && !WORDPRESS.test(url)) url.searchParams.set("rest_route", "/wp/v2/posts");
    return query(url, +element.getAttribute("limit") || 0);
  };

  /** What the runtimes get: all that they share, and what the browser had before the page could replace it. */
  const loader = {
    URL_: URL,
    problem_: problem,
    report_: report,
    tell_: tell,
    lost_: lost,
    linked_: linked,
    query_: query,
    acquire_: acquire,
    release_: release,
    fetch_: fetch,
    parse_: JSON.parse,
    IntersectionObserver_: IntersectionObserver,
    TextDecoder_: TextDecoder,
    clearTimeout_: clearTimeout,
  };

  // ---- The elements.

  const near = new IntersectionObserver(
    (entries) =>
      entries.forEach(({ isIntersecting, target }) => {
        if (!isIntersecting) return;
        near.unobserve(target);
        target[BEGIN]();
      }),
    { rootMargin: "100%" },
  );

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
      #shownBy; // the runtime whose widget is in the shadow root
      #feed; // the one that is shown
      #awaited; // the one that is on its way
      #turn = 0; // goes up with each start and stop: what an older one brings is void
      #begun = false;

      connectedCallback() {
        // Values that a framework set before the element was defined.
        for (const [name, value] of Object.entries(this)) {
          delete this[name];
          this[name] = value;
        }
        this.#root ||= this.shadowRoot ?? this.attachShadow({ mode: "open" });
        try {
          if (!this.#fallback()) this.#root.adoptedStyleSheets = [(reserved ||= reserve(name))];
        } catch {} // a browser without constructable style sheets: said by the wasm
        // The observer's first word comes late on a busy phone: what is near is seen at once.
        if (/^eager$/i.test(this.getAttribute("loading")) || this.getBoundingClientRect().top < 2 * innerHeight) this[BEGIN]();
        else near.observe(this);
      }

      disconnectedCallback() {
        near.unobserve(this);
        this.#turn++;
        this.#begun = false;
        release(this.#awaited);
        release(this.#feed);
        this.#awaited = this.#feed = undefined;
        this.#shownBy?.hide_(this);
        this[ABANDON]();
      }

      attributeChangedCallback(_, before, after) {
        if (before !== after) this.#again();
      }

      /** Renders anew, if it has begun; many calls in one go are one. */
      async #again() {
        if (!this.#begun) return;
        const turn = ++this.#turn;
        await 0;
        if (turn === this.#turn) this[BEGIN]();
      }

      /** Fetches what is needed and not there yet, and renders. */
      async [BEGIN](again) {
        const turn = ++this.#turn;
        const former = this.#awaited;
        this.#begun = true;
        try {
          const url = names[0] === "feed" && address(this);
          start();
          if (url) {
            if (again) feeds.delete(url);
            this.#awaited = acquire(url);
          }
          release(former);
          const [ready] = await Promise.all([instance, this.#awaited?.arrived_]);
          await ready.prepare_(this, this.#awaited);
          if (turn !== this.#turn) return;
          ready.show_(this, this.#root, this.#awaited);
          this.#shownBy = ready;
          release(this.#feed);
          this.#feed = this.#awaited;
          this.#awaited = undefined;
        } catch (error) {
          if (turn !== this.#turn) return;
          if (error.trap_ && error !== end) return this[BEGIN]();
          release(this.#awaited);
          this.#awaited = undefined;
          if (!this.#shownBy) {
            this.#fallback(); // a trap in mid-render has taken it away
            this.#root.adoptedStyleSheets = [];
          }
          report(this, error);
        }
      }

      /** What was shown is gone, and nothing of it may be called. All starts again, if it is still wanted. */
      [ABANDON]() {
        this.#shownBy = undefined;
        this.#fallback();
        this.#again();
      }

      /** Shows what the publisher wrote inside, unless there is what was rendered ahead of time: its style is with it until the wasm takes it over. */
      #fallback() {
        return this.#root.querySelector("style,link") || this.#root.replaceChildren(document.createElement("slot"));
      }
    }

    for (const attribute of names) {
      Object.defineProperty(KabarElement.prototype, property(attribute), {
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
      return report(tag, problem("config", "name a data-target, or move the script to the body"));
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
  window.Kabar = {
    version: __KABAR_VERSION__,
    /** Fetches the element's feed again and shows what is new. */
    refresh: (element) => element[BEGIN](true),
    place,
  };
  place(script, key);
  // Runs at once, for nothing waits in it; a promise keeps from the page what a page has broken.
})().catch((error) => console.error(`[kabar] internal: ${error}`));
