// Runs in every page before anything of the page's own. What it sees is in `window.seen`.
(() => {
  if (window !== top) return;
  const seen = { errors: [], violations: [], lines: [], heard: [], shift: 0, shifts: [] };
  Object.defineProperty(window, "seen", { value: seen });

  addEventListener("error", (event) => seen.errors.push(`error: ${event.message}`));
  addEventListener("unhandledrejection", (event) => seen.errors.push(`rejection: ${event.reason}`));
  addEventListener("securitypolicyviolation", (event) =>
    seen.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));

  const names = ["ready", "error", "view", "card-click", "next-click", "share", "shared", "more"];
  for (const name of names) {
    addEventListener(`kabar-${name}`, (event) => seen.heard.push({
      type: event.type, tag: event.target.localName, id: event.target.id, detail: { ...event.detail },
      bubbles: event.bubbles, composed: event.composed, cancelable: event.cancelable,
    }));
  }

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      seen.shift += entry.value;
      for (const { node, previousRect: from, currentRect: to } of entry.sources) {
        seen.shifts.push(`${entry.value.toFixed(4)} ${node?.nodeName}.${node?.className} y ${from.y}+${from.height} to ${to.y}+${to.height}`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });

  // Short names for the tests' scripts.
  const words = {
    one: (selector) => document.querySelector(selector),
    root: (selector) => document.querySelector(selector)?.shadowRoot,
    /** The first match inside the shadow root of the first `host`. */
    inside: (host, selector) => document.querySelector(host)?.shadowRoot?.querySelector(selector),
    all: (host, selector) => [...(document.querySelector(host)?.shadowRoot?.querySelectorAll(selector) ?? [])],
    /** Whether anything of it is laid out. */
    shown: (node) => node.getClientRects().length > 0,
    /** The focused element, inside whatever shadow root it is. */
    focused: () => {
      let node = document.activeElement;
      while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
      return node;
    },
    /** `setTimeout` as it was before a page could replace it. */
    later: setTimeout.bind(window),
    events: (type) => seen.heard.filter((event) => event.type === type),
  };
  for (const [name, value] of Object.entries(words)) Object.defineProperty(seen, name, { value });
})();
