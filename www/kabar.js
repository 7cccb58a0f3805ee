// Kabar's loader: it defines the elements, and starts the wasm, the script around
// it (www/runtime.js) and the feed at the same moment. It never looks inside a feed.
//
// `__KABAR_…__` are constants that `cargo xtask dist` fills in.
((run) => {
  try {
    run();
  } catch (error) {
    console.error("[kabar] internal: " + error); // whatever a page has broken, nothing thrown reaches it
  }
})(() => {
  // Checked against the table in src/config/attributes.rs by tests/tidy.rs.
  const ATTRIBUTES = {
    "kabar-cards":
      "tag format dates on-error show heading lang timezone theme loading beacon feed excerpt-words cache current order open layout more exclude-current limit",
    "kabar-share": "text image networks variant placement lang timezone theme loading beacon label visible hashtags utm title url via size",
    "kabar-next":
      "tag format dates on-error show heading lang timezone theme loading beacon feed excerpt-words cache current order open label wrap",
  };

  // Kept before anyone can replace them.
  const { fetch, customElements, console, AbortController, WebAssembly, document, CustomEvent, CSSStyleSheet, IntersectionObserver, URL, Kabar } = window;

  const script = document.currentScript || document.querySelector("script[data-kabar]");
  const key = JSON.stringify(script?.dataset);
  if (Kabar?.place) {
    // The elements are there already. A second tag that asks for something
    // else gets it; the same tag again is a mistake, and does nothing.
    if (Kabar.version !== __KABAR_VERSION__) console.warn(`[kabar] ${Kabar.version} is here, not ${__KABAR_VERSION__}`);
    return Kabar.place(script, key);
  }

  /** A failure, in words for the person who must act. What else is thrown has no `said_`. */
  const problem = (code, message) => ({ code, message, said_: 0 });

  /** The same for whatever was thrown. */
  const known = (error, code, advice) => (error?.said_ >= 0 ? error : problem(code, advice + ": " + error));

  const failed = (error) => {
    throw known(error, "wasm-failed", "check the files beside kabar.js");
  };

  /** Says a failure: one console line, however many elements it meets, and one event from each. */
  const report = (element, error) => {
    error = known(error, "internal", "please report this");
    const { code, message } = error;
    if (!error.said_++) console.error(`[kabar] ${code}: ${message}`);
    tell(element, "kabar-error", { code, message });
  };

  const tell = (element, name, detail) =>
    element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));

  // ---- The wasm and the scripts around it: one module and one instance for the page.

  // A module with a table of externref, the newest of what the wasm is built on
  // (FEATURES in xtask/src/wasm.rs): a browser that takes it has the others too.
  const NEWEST = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 4, 4, 1, 111, 0, 0]);

  const tooOld = problem("wasm-unsupported", "this browser is too old"); // said once
  const base = script?.src || document.baseURI;
  let wasm; // a promise of the response, kept: a second instance needs no second download
  let runtime; // a promise of www/runtime.js, with the glue in it
  let instances = 0;

  /** Starts what is not there yet: the runtime and the wasm, side by side. */
  const start = () => {
    if (loader.instance_) return;
    if (!reserved || !WebAssembly?.validate(NEWEST)) throw tooOld;
    wasm ||= fetch(new URL(__KABAR_WASM__, base), { __proto__: null, integrity: __KABAR_WASM_HASH__ });
    // A fragment makes the browser evaluate the same file anew, without asking for it again.
    runtime = import(new URL(__KABAR_GLUE__, base) + (instances++ ? "#" + instances : ""))
      .then((module) => module.default(loader))
      .catch(failed);
    loader.instance_ = Promise.all([runtime, wasm])
      .then(([runtime, response]) => runtime.start_(response))
      .catch(failed);
    loader.instance_.catch(() => {}); // said by those who wait for it
  };

  const BEGIN = Symbol(); // a name that only the loader has, for what it calls on elements from outside their class

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
    } else if (/\/ghost\/api.*posts/.test(url)) {
      add("include", "authors,tags");
      add("limit", enough);
    }
    return url.href;
  };

  /** The address to ask for an element's feed: the one it names, else one that the page itself has. A tag's `dataset` will do. */
  const address = (element) => {
    const site = linked("https://api.w.org/");
    const text = element.feed || alternate("feed+json") || (site && site + "wp/v2/posts") || alternate("rss+xml") || alternate("atom+xml");
    if (!text) throw problem("config", `<${element.localName}> needs a feed attribute`);
    let url;
    try {
      url = new URL(text, document.baseURI);
    } catch {} // said below
    if (!/^https?:/.test(url)) throw problem("config", `feed="${text}" is no web address`);
    // Works on every WordPress, whatever its addresses look like.
    if (/^wordpress$/i.test(element.format) && !WORDPRESS.test(url)) url.searchParams.set("rest_route", "/wp/v2/posts");
    return query(url, +element.limit || 0);
  };

  /**
   * What the runtimes get: all that they share, and what the browser had before the page could replace it. `instance_` is
   * a promise of the runtime, once its wasm runs; it takes it back when that traps.
   */
  const loader = {
    report_: report,
    release_: release,
    kept_: [fetch, IntersectionObserver, JSON.parse, clearTimeout, setTimeout, CustomEvent, TextDecoder],
    URL_: URL,
    failed_: failed,
    acquire_: acquire,
    problem_: problem,
    networks_: [],
    tell_: tell,
    linked_: linked,
    begin_: (element) => element[BEGIN](),
    query_: query,
  };

  // ---- The elements.

  const reserved = document.adoptedStyleSheets && new CSSStyleSheet();

  /** Has a root show what the publisher wrote inside; gives nothing. */
  const slotted = (root) => {
    const slot = document.createElement("slot");
    root.replaceChildren(slot);
    return slot.id;
  };

  /** What every element does; a subclass for each name. Its state is out of the page's reach. */
  const define = (name) => {
    if (customElements.get(name)) return;
    const names = ATTRIBUTES[name].split(" ");

    class KabarElement extends HTMLElement {
      #feed;
      #turn; // of the last start, undefined before it: what an older one brings is void
      static observedAttributes = names;

      // The one that WebKit makes by itself spreads, which a page may have broken.
      constructor() {
        super();
      }

      connectedCallback() {
        try {
          // Values that a framework set before the element was defined.
          for (const [name, value] of Object.entries(this)) {
            delete this[name];
            this[name] = value;
          }
          if (!this.shadowRoot) {
            slotted(document.createDocumentFragment()); // throws where a page has broken it: with a shadow root, what is inside would be gone
            slotted(this.attachShadow({ mode: "open" })); // which a page may have made closed
          }
          if (!this.#fallback() && reserved) this.shadowRoot.adoptedStyleSheets = [reserved];
          // The observer's first word comes late on a busy phone: what is near is seen at once.
          if (/^eager$/i.test(this.loading) || this.getBoundingClientRect().top < 2 * innerHeight) this[BEGIN]();
          else near.observe(this);
        } catch (error) {
          report(this, error); // without a shadow root, what is inside is seen
        }
      }

      disconnectedCallback() {
        near.unobserve(this);
        release(this.#feed);
        this.#turn = this.#feed = undefined;
        loader.hide_?.(this);
        this.#fallback();
      }

      /** Renders anew, if it has begun; many changes in one go are one. */
      async attributeChangedCallback(_, before, after) {
        if (before === after || !this.#turn) return;
        const turn = (this.#turn = {});
        await 0;
        if (turn === this.#turn) this[BEGIN]();
      }

      /** Fetches what is needed and not there yet, and renders. */
      async [BEGIN](again) {
        const former = this.#feed;
        const turn = (this.#turn = {});
        near.unobserve(this);
        try {
          const url = "feed" in this && address(this);
          start();
          if (again) feeds.delete(url);
          if (url) this.#feed = acquire(url);
          release(former);
          const ready = await loader.instance_;
          await ready.show_(this, this.#feed, () => turn === this.#turn);
        } catch (error) {
          if (turn !== this.#turn) return;
          if (error.again_) return this[BEGIN]();
          if (!loader.shows_?.(this)) {
            this.#fallback(); // a trap in mid-render has taken it away
            this.shadowRoot.adoptedStyleSheets = [];
          }
          report(this, error);
        }
      }

      /** Shows what the publisher wrote inside, unless there is what was rendered ahead of time: its style is with it until the wasm takes it over. */
      #fallback() {
        return this.shadowRoot?.querySelector("style,link") || (this.shadowRoot && slotted(this.shadowRoot));
      }
    }

    for (const attribute of names) {
      Object.defineProperty(KabarElement.prototype, property(attribute), {
        get() {
          return this.getAttribute(attribute) ?? "";
        },
        set(value) {
          if (value == null) this.removeAttribute(attribute);
          else this.setAttribute(attribute, value);
        },
      });
    }
    customElements.define(name, KabarElement);
  };

  const property = (attribute) => attribute.replace(/-./g, ([, letter]) => letter.toUpperCase());

  // ---- The script tag.

  const placed = [];

  /** Puts the elements that a script tag names after it, or into its target. */
  const place = (tag, key) => {
    const { show, target } = tag?.dataset ?? {};
    if (!show || placed.includes(key)) return;
    let parent;
    try {
      parent = document.querySelector(target);
    } catch {} // no selector
    if (target ? !parent : tag.closest("head")) {
      if (document.readyState === "loading") {
        return document.addEventListener("DOMContentLoaded", () => place(tag, key)); // which comes once
      }
      return report(tag, problem("config", "name a data-target"));
    }
    placed.push(key);
    let last = tag;
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
      if (parent) parent.append(element);
      else last.after(element);
      last = element;
    }
  };

  // What follows takes a slow phone some 20 ms. If what stands before the tag is near the viewport, so will be the cards that
  // the tag puts there, and what they ask for is on its way by then.
  let early;
  try {
    const { dataset } = script;
    const { bottom } = script.previousElementSibling.getBoundingClientRect(); // 0 where nothing is shown
    if (/cards/.test(dataset.show) && !dataset.target && bottom && bottom < 2 * innerHeight) {
      start();
      early = acquire(address(dataset));
    }
  } catch {} // the elements say it

  // Space for what is to come, so that the page below moves as little as can be.
  reserved?.replaceSync(":host{display:block;min-height:20rem}:host(kabar-next){min-height:12rem}:host(kabar-share){min-height:2.75rem}");
  const near = new IntersectionObserver(
    (entries) => entries.forEach((entry) => entry.isIntersecting && entry.target[BEGIN]()),
    { rootMargin: "100%" },
  );

  Object.keys(ATTRIBUTES).forEach(define);
  window.Kabar = {
    version: __KABAR_VERSION__,
    /** Fetches the element's feed again and shows what is new. */
    refresh: (element) => element[BEGIN](true),
    /** Adds a share network, for elements that name its id. */
    registerNetwork: (network) => loader.networks_.push(network),
    place,
  };
  place(script, key);
  release(early);
});
