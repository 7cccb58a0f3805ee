// The hostile page is in a frame: what it does to its own globals does nothing
// to the observer's, which is the page around it.
if (window !== top) {
  // Before anything of the page's own. Only what is kept here is called later.
  const { note } = top;
  for (const name of ["error", "unhandledrejection"]) {
    addEventListener(name, (event) => note("uncaught", `${event.message ?? event.reason}`));
  }
  for (const name of ["card-click", "next-click", "share", "shared", "error"]) {
    addEventListener(`kabar-${name}`, ({ target, detail }) => note(name, detail.code ?? detail.network ?? "", target));
  }
  console.error = console.warn = (line) => note("line", `${line}`);
  // A frame without focus may not write to the clipboard.
  Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => note("copied", text) } });
} else {
  let noted = [];
  const heard = (kind, target) => noted.some((entry) => entry.kind === kind && (!target || entry.target === target));
  const until = async (condition, limit) => {
    const end = performance.now() + limit;
    for (;;) {
      if (condition()) return true;
      if (performance.now() > end) return false;
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const WITHIN = 1000; // milliseconds, beyond what the page takes without a fault

  /** What an element is: "alive", "fallback", or what is wrong with it. */
  const state = async (element) => {
    const root = element.shadowRoot;
    const find = (selector) => root.querySelector(selector);
    const own = element.querySelector("a");
    const shown = (node) => node.getClientRects().length > 0;
    if (!root) return shown(own) ? "fallback" : "nothing is shown";
    if (find("slot:not([name])")) {
      if (root.querySelectorAll("*").length > 1) return "half rendered";
      if (!shown(own)) return "the fallback is not shown";
      return heard("error", element) ? "fallback" : "a fallback that was never explained";
    }
    if (shown(own)) return "both the fallback and more";
    if (element.localName === "kabar-share") {
      const link = find("a[data-network=whatsapp]");
      if (!link?.href.startsWith("https://wa.me/?text=")) return "a dead share link";
      find("button[data-network=copy]").click();
      if (!(await until(() => heard("shared", element) && heard("copied"), WITHIN))) return "a dead copy button";
      if (!(await until(() => find("[role=status]").textContent, WITHIN))) return "a copy button that says nothing";
      return "alive";
    }
    const link = find("h3 a");
    if (!link?.textContent.trim() || !/^https?:/.test(link.href)) return "a dead article link";
    link.target = "_self";
    link.addEventListener("click", (event) => event.preventDefault());
    link.click();
    const kind = element.localName === "kabar-next" ? "next-click" : "card-click";
    if (!(await until(() => heard(kind, element), WITHIN))) return "a click that nothing hears";
    if (element.localName === "kabar-next") return "alive";
    if (root.querySelectorAll("article").length !== 6) return "not all cards";
    element.setAttribute("limit", "3");
    if (!(await until(() => root.querySelectorAll("article").length === 3, WITHIN))) return "deaf to its attributes";
    return "alive";
  };

  /** Visits a page in a frame, and tells what came of it. */
  const visit = async (address) => {
    noted = [];
    const frame = document.createElement("iframe");
    frame.style.cssText = "width: 900px; height: 3000px";
    frame.src = address;
    document.body.replaceChildren(frame);
    const begin = performance.now();
    await new Promise((done) => (frame.onload = done));
    const elements = [...frame.contentDocument.querySelectorAll("kabar-cards, kabar-share, kabar-next")];
    // What has no shadow root now, after the script, gets none any more.
    const settled = (element) => heard("error", element) || !element.shadowRoot?.querySelector("slot:not([name])");
    await until(() => elements.every(settled), 4000);
    const time = performance.now() - begin;
    const states = [];
    for (const element of elements) states.push(await state(element));
    // Errors that come late: rejections are told of after the microtasks.
    await new Promise((done) => setTimeout(done, 30));
    const of = (kind) => noted.filter((entry) => entry.kind === kind).map(({ text }) => text);
    return { time, states, uncaught: of("uncaught"), lines: of("line"), codes: of("error") };
  };
  Object.defineProperty(window, "note", { value: (kind, text, target) => noted.push({ kind, text, target }) });
  Object.defineProperty(window, "visit", { value: visit });
}
