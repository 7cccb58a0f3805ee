// What runs around the wasm. `cargo xtask dist` bundles it with wasm-bindgen's
// glue; the loader (www/kabar.js) imports it beside the wasm and the feed. A
// second instance of the wasm gets a second evaluation of this file.
import { initSync, Widget } from "glue";

const BODY_LIMIT = 2 * 1024 * 1024; // bytes

/** Takes what the loader has and what it kept of the browser before the page could replace it. */
export default ({ Problem, report, tell, lost, viewed, IntersectionObserver, TextDecoder, clearTimeout, parse }) => {
  // ---- Feeds.

  /** Reads what a request brings, so that it is there when the wasm is. */
  const read = async (feed) => {
    const { address } = feed;
    try {
      const response = await feed.response;
      if (!response.ok) throw new Problem("feed-status", `${address} answered with status ${response.status}: check the feed attribute`);
      feed.url = response.url || address;
      feed.value = json(await body(response, address));
    } catch (error) {
      throw error instanceof Problem
        ? error
        : feed.late
          ? new Problem("feed-timeout", `${address} took over 10 seconds: check its server`)
          : new Problem("feed-unreachable", `${address} did not answer: check the address, the network, and its Access-Control-Allow-Origin header`);
    } finally {
      clearTimeout(feed.timer);
      feed.control.abort(); // lets go of a body that was not read to its end
    }
  };

  const body = async (response, address) => {
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.length;
      if (size > BODY_LIMIT) throw new Problem("feed-too-large", `${address} is over 2 MiB: publish fewer articles in it`);
      text += decoder.decode(value, { stream: true });
    }
  };

  const json = (text) => {
    try {
      return parse(text);
    } catch {
      throw new Problem("feed-invalid", "the feed is not valid JSON: check that the `feed` attribute names the feed itself and not a page");
    }
  };

  // ---- Elements.

  const widgets = new Map(); // by element

  /** Calls into the wasm. It throws `code: message` texts; anything else is a trap, after which the instance is void. */
  const call = (action) => {
    try {
      return action();
    } catch (error) {
      const parts = typeof error === "string" && /^([a-z-]+): (.*)$/s.exec(error);
      if (parts) throw new Problem(parts[1], parts[2]);
      const failure = new Problem("internal", `please report this: ${error}`);
      failure.trap = true;
      const elements = [...widgets.keys()];
      widgets.clear();
      lost(elements, failure);
      throw failure;
    }
  };

  /** Renders into an element's shadow root, or renders anew what is there. */
  const show = (element, root, feed) => {
    const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
    const widget = widgets.get(element);
    if (widget) return call(() => widget.update(attributes, feed));
    widgets.set(element, call(() => new Widget(element, root, attributes, feed)));
    tell(element, "kabar-ready");
    if (!viewed.has(element)) seen.observe(element);
  };

  /** Frees what an element that leaves the page holds. */
  const hide = (element) => {
    seen.unobserve(element);
    const widget = widgets.get(element);
    widgets.delete(element);
    try {
      call(() => widget?.free());
    } catch (error) {
      report(element, error);
    }
  };

  const seen = new IntersectionObserver((entries) =>
    entries.forEach(({ isIntersecting, target }) => {
      if (!isIntersecting) return;
      seen.unobserve(target);
      viewed.add(target);
      tell(target, "kabar-view");
    }),
  );

  return { start: (module) => initSync({ module }), read, show, hide };
};
