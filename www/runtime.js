// What runs around the wasm. `cargo xtask dist` bundles it with wasm-bindgen's
// glue; the loader (www/kabar.js) imports it beside the wasm and the feed. A
// second instance of the wasm gets a second evaluation of this file.
import { discover, imports, instance, keepWords, tools, Widget, wordsFile } from "glue";
import { learn, textOf } from "./body.js";
import { clicked } from "./clicks.js";
import { compiler } from "./compile.js";
import { guardBy, keepURL } from "./guard.js";
import { ended, inTurn, task } from "./turns.js";
import { warm, warmDates } from "./warm.js";

const TIME_LIMIT = 10_000; // milliseconds

/** Takes what the loader has, and what it kept of the browser before the page could replace it. */
export default (loader) => {
  keepURL(loader.URL_);
  const { problem_: problem, failed_: failed, report_: report, tell_: tell, linked_: linked, query_: query } = loader;
  const [fetch, IntersectionObserver, parse, clearTimeout, setTimeout, CustomEvent, TextDecoder] = loader.kept_;

  // ---- The wasm.

  const compile = compiler(problem);

  let begun;
  const running = new Promise((resolve) => (begun = resolve)); // with the wasm's exports

  const start = async (response) => {
    loader.module_ ||= compile(response); // kept for a second instance
    begun(await instance(await loader.module_));
    if (loader.whole_) await Promise.all([markup(), shareBar(), teaser()]);
    return runtime;
  };

  /** What the later modules take from the first: functions have numbers, counted from the end of its table. */
  const shared = (exports, name) => exports[name] ?? exports["-0"].get(exports["-0"].length - 1 - name);

  const parts = {}; // promises of the modules beyond the first, by their files' names
  let fragment = "";

  /** Brings functions that no first card of a JSON feed waits for. Until then, a call of one of them traps. `late` is the script with what they call and no others do. */
  const bring = (name, integrity, late) =>
    (parts[name] ||= (async () => {
      const more = late && import(new URL(late, import.meta.url) + fragment).catch(failed);
      more?.catch(() => {}); // said below
      try {
        loader[name] ||= await compile(await fetch(new URL(name, import.meta.url), { __proto__: null, priority: "low", integrity }));
        const all = { ...imports(), k: new Proxy(await running, { get: shared }) };
        if (more) Object.assign(all["./kabar_bg.js"], (await more).default(tools()));
        await WebAssembly.instantiate(loader[name], all);
      } catch (error) {
        parts[name] = undefined;
        fragment += "#"; // a browser may keep the failure of an import for the address
        failed(error);
      }
    })());

  let whole = false;
  const leaving = new Set(); // widgets that wait for the rest, which frees them
  const rest = async () => {
    await bring("__KABAR_REST__", "__KABAR_REST_HASH__", "__KABAR_LATE__");
    whole = true;
    for (const widget of leaving) {
      leaving.delete(widget);
      if (!dead) call(() => widget.free());
    }
  };
  const wordpress = () => bring("__KABAR_WORDPRESS__", "__KABAR_WORDPRESS_HASH__");
  const shareBar = () => bring("__KABAR_SHARE_BAR__", "__KABAR_SHARE_BAR_HASH__");
  const teaser = () => bring("__KABAR_NEXT__", "__KABAR_NEXT_HASH__");
  const markup = () => Promise.all([rest(), wordpress(), bring("__KABAR_MARKUP__", "__KABAR_MARKUP_HASH__")]);

  /** Runs a script that only some pages need (www/optional): its own default function, which gets the loader first. */
  const optional = async (name, ...values) => {
    const script = await import(new URL(name, import.meta.url)).catch(failed);
    return script.default(loader, ...values);
  };

  // ---- Feeds.

  /** Reads what a request brings, so that it is there when the wasm is. */
  const read = async (feed) => {
    const { address_: address } = feed;
    feed.more = (element, next) => optional("__KABAR_MORE__", element, feed, next);
    const timer = setTimeout(() => feed.control_.abort((late = true)), TIME_LIMIT);
    let late;
    // What reads these may come beside them; Ghost's posts take the rest as well.
    if (/\/ghost\//.test(address)) rest().catch(() => {});
    if (/\/ghost\/|wp(\/|%2F)v2/i.test(address)) wordpress().catch(() => {});
    try {
      await take(feed, await feed.response_);
    } catch (error) {
      throw error.said_ >= 0
        ? error
        : late
          ? problem("feed-timeout", `${address} took over 10 seconds: check its server`)
          : problem("feed-unreachable", `${address} did not answer: check the address, the network, and its Access-Control-Allow-Origin header`);
    } finally {
      clearTimeout(timer);
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
      const text = await textOf(response, url, TextDecoder, problem);
      Object.assign(feed, { url, markup: text, pages: +response.headers.get("x-wp-totalpages") || undefined });
      learn(parse, feed);
      if (feed.value !== undefined) {
        if (feed.rare_) rest().catch(() => {});
        if (feed.plugin_) wordpress().catch(() => {});
        return;
      }
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
      dead = problem("internal", `please report this: ${error}`);
      // A call of a function that is not there yet: the next instance waits for all of them.
      if (!loader.whole_ && /null/.test(error)) loader.whole_ = true;
      else loader.traps_ = (loader.traps_ || 0) + 1;
      dead.again_ = !(loader.traps_ > 1);
      // Its elements start again, with an instance of their own or with none.
      loader.instance_ = dead.again_ ? undefined : Promise.reject(dead);
      loader.instance_?.catch(() => {}); // each element that waits for it says so itself
      const elements = [...widgets.keys()];
      widgets.clear();
      elements.forEach((element) => loader.begin_(element));
      throw dead;
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
  warmDates(lang);

  // ---- Share targets and looks beyond those in the wasm.

  const extras = new WeakMap(); // what www/optional/share.js adds, by element

  const share = async (element) => {
    const asks = ["visible", "size", "placement"].some((name) => element.hasAttribute(name));
    extras.delete(element);
    if (asks || !/^[\s,]*((__KABAR_BUILT_IN_PATTERN__)([\s,]+|$))*$/i.test(element.getAttribute("networks") ?? "")) {
      try {
        extras.set(element, await optional("__KABAR_SHARE__", element, again));
      } catch (error) {
        report(element, error); // without them
      }
    } else {
      // What cuts a title that is too long for a post is in the rest. None is, by its bytes, that `title_for` in src/share.rs leaves whole.
      const said = (name) => element.getAttribute(name) ?? "";
      const isLong = (title) => new TextEncoder().encode(title + (said("via") + said("hashtags")).repeat(2)).length > 230;
      const own = document.querySelector("meta[property='og:title']")?.content;
      if (!isLong(own) && !isLong(document.title) && !isLong(said("title")) && !isLong(said("text"))) return;
    }
    await rest();
  };

  const again = (element) => showInTurn(element, undefined, () => widgets.has(element)).catch((error) => report(element, error));

  // A share bar and a teaser have modules of their own, which may come beside the others.
  if (document.querySelector("kabar-share")) shareBar().catch(() => {});
  if (document.querySelector("kabar-next")) teaser().catch(() => {});

  guardBy((action) => {
    try {
      return call(action);
    } catch {
      return []; // said where the elements start again; the glue looks into what a promise's closure gives
    }
  }, () => whole && !dead);

  let asks; // for a look that is not in the wasm, or has slots: once one element does, all are looked after
  const ASKING = "[theme*=m i],[theme*=dense i],[slot]";
  const look = (element) => (asks ||= element.matches?.(ASKING) || element.querySelector(ASKING)) && extra("__KABAR_LOOKS__", element);
  let warmed; // the widget that www/warm.js made, in a list
  /** Waits for an element's feed, and brings what else rendering takes beyond what is there. */
  const prepare = async (element, feed) => {
    const isNext = element.localName === "kabar-next";
    await look(element);
    if (feed?.arrived_) {
      if (/^(session|local)$/i.test(element.cache)) {
        const showKept = async (kept) => {
          learn(parse, kept);
          await showInTurn(element, kept, () => !feed.url && element.isConnected && !widgets.has(element));
        };
        extra("__KABAR_CACHE__", element, feed, showKept, (time) => extra("__KABAR_NOTICE__", element, time));
      }
      if (!warmed && !feed.url && !isNext) {
        warmed = [];
        try {
          warmed.push(call(() => warm(element)));
        } catch {} // the feed's articles fail as well, and say so
      }
      await feed.arrived_;
    }
    // What was rendered ahead of time is taken over, for which there is time.
    const ahead = element.shadowRoot.querySelector("style,link");
    const value = feed?.value;
    const list = value?.items ?? value;
    // It is asked whether there are further pages, unless there is more in this one. Ghost's posts, and what is no feed, have no place 0.
    const asks = value !== undefined && (!list?.[0] || (element.more && (element.tag || !list[+(element.limit || 6) + 1])));
    if (widgets.has(element) || ahead || feed?.rare_ || asks || /^r/i.test(element.getAttribute("dates"))) await rest();
    if (!feed) {
      // Where the wasm is there before the feed, the bar would be seen, and pushed down by the cards.
      const stays = ahead || widgets.has(element) || /^f/i.test(element.getAttribute("placement"));
      const above = [...document.querySelectorAll("kabar-cards,kabar-next")].filter((other) => !stays && other.compareDocumentPosition(element) & 4);
      await Promise.all([shareBar(), share(element), ended(above.map((other) => coming.get(other)), setTimeout, clearTimeout)]);
    } else {
      if (isNext) await teaser();
      if (value === undefined) await markup();
      // All that is no JSON Feed, or WordPress's own.
      else if (list === value || feed.plugin_) await wordpress();
    }
    // This reads the feed. Where the wasm came last, its functions are called for the first time, and compiled: a task of its own.
    const name = call(() => wordsFile(element, feed));
    if (!warmed) await task();
    if (!name) return;
    try {
      const list = await words(name);
      keepWords(name, list);
    } catch {} // English does
  };

  const coming = new WeakMap(); // a promise that it is shown, by element

  /** Brings what an element needs, and shows it in its turn if it is still wanted then. */
  const showInTurn = (element, feed, wanted) => {
    const shown = prepare(element, feed).then(() => inTurn(() => wanted() && show(element, feed)));
    coming.set(element, shown);
    return shown;
  };

  /** Renders into an element's shadow root, or renders anew what is there. */
  const show = (element, feed) => {
    const root = element.shadowRoot;
    const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
    let widget = widgets.get(element);
    if (widget && !root.firstElementChild) {
      // Wiped by the page: what is patched would not be seen.
      widgets.delete(element);
      call(() => widget.free());
      widget = undefined;
    }
    const added = extras.get(element);
    if (added?.none_) {
      // Networks for a phone, and this is none: what the publisher wrote inside is shown.
      hide(element);
      root.replaceChildren(document.createElement("slot"));
      return;
    }
    if (added) attributes.networks = added.ids_;
    feed ||= added;
    if (widget) call(() => widget.update(attributes, feed));
    else {
      if (!heard.has(root)) root.addEventListener("click", click, true);
      heard.add(root);
      widgets.set(element, call(() => new Widget(element, root, attributes, feed)));
      if (!ready.has(element)) tell(element, "kabar-ready");
      ready.add(element);
      if (!viewed.has(element)) seen.observe(element);
    }
    fill(element);
    added?.shown_(root);
    if (/^s/i.test(element.more)) extra("__KABAR_MORE__", element);
    if (element.hasAttribute("beacon")) extra("__KABAR_BEACON__", element);
    if (window.matchMedia?.("(hover),(prefers-contrast)").matches || root.querySelector("article:nth-of-type(7),.more")) extra("__KABAR_HABITS__", element);
  };

  /** Shows what did not fit into the first screens. */
  const fill = async (element) => {
    const widget = widgets.get(element);
    try {
      await rest(); // for clicks as well
      if (widgets.get(element) === widget) call(() => widget.warn());
    } catch {
      return; // said when something needs it, or where its elements start again
    }
    const complete = (copy) => {
      try {
        return !dead && widgets.get(element) === widget && call(() => widget.complete(copy));
      } catch {} // its elements start again
    };
    // As many as src/browser/content.rs shows at once: fewer are all that there are.
    if (element.shadowRoot.querySelector("article:nth-of-type(24)")) extra("__KABAR_FILL__", element, complete, task);
  };

  /** The same for a script that nothing waits for. */
  const extra = (name, element, ...values) => optional(name, element, ...values).catch((error) => report(element, error));

  look(document); // beside the wasm
  const shows = (element) => {
    try {
      return widgets.has(element);
    } catch {} // a page's own Map: nothing was shown with it
  };

  /** Does what a button is for: within its click, unless that has yet to come. */
  const press = async (element, button, ...values) => {
    try {
      if (!whole) await rest();
    } catch (error) {
      return report(element, error);
    }
    try {
      // Unless the element shows another by now.
      if (button.isConnected) call(() => widgets.get(element)?.press(button, ...values));
    } catch {} // its elements start again
  };
  const click = clicked(CustomEvent, tell, shows, press);
  const heard = new WeakSet(); // shadow roots: a page may wrap `addEventListener` anew each time

  /** Frees what an element that leaves the page holds. */
  const hide = (element) => {
    seen.unobserve(element);
    ready.delete(element);
    const widget = widgets.get(element);
    if (!widgets.delete(element)) return;
    for (const one of [widget, ...(warmed?.splice(0) ?? [])]) leaving.add(one);
    rest().catch((error) => report(element, error));
  };

  const ready = (loader.ready_ ||= new WeakSet()); // since they came into the page
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

  // For the page, whichever instance runs.
  if (!loader.unreached_) {
    const unreached = (loader.unreached_ = new Set()); // elements
    const failed = ({ target, detail: { code } }) => {
      if (code === "feed-unreachable") unreached.add(target);
      // Not for a file of Kabar's own: the script may be the one that does not come.
      if (/^feed/.test(code) && !loader.shows_(target) && /^(message|retry)$/i.test(target.onError)) extra("__KABAR_NOTICE__", target);
    };
    addEventListener("kabar-error", failed, true);
    addEventListener("online", () => {
      for (const element of unreached) if (element.isConnected) loader.begin_(element);
      unreached.clear();
    });
  }

  const runtime = { start_: start, read_: read, show_: showInTurn };
  Object.assign(loader, { shows_: shows, hide_: hide });
  return runtime;
};
