// Every payload calls `top.pwn` with its number, or sends the number to the top
// window where it may not call. `fired` keeps which did.
if (window === top) {
  const fired = new Set();
  const words = { fired, pwn: (number) => fired.add(number) };
  for (const [name, value] of Object.entries(words)) Object.defineProperty(window, name, { value });
  addEventListener("message", ({ data }) => typeof data === "number" && fired.add(data));

  // What Kabar makes, and nothing else, is what its shadow roots may hold.
  const TEXT = "class part lang dir";
  const ALLOWED = {
    a: "href target rel referrerpolicy part data-network data-url aria-label class lang dir",
    article: TEXT,
    aside: `${TEXT} aria-label`,
    button: "type part data-network data-url aria-label",
    div: TEXT,
    h3: "part dir",
    img: "part alt loading decoding referrerpolicy sizes srcset src",
    li: "dir",
    nav: `${TEXT} aria-label`,
    p: TEXT,
    path: "d",
    slot: "name",
    span: "class role id tabindex",
    svg: "viewBox aria-hidden",
    time: "part datetime dir title",
    ul: "part role",
  };
  const SVG = ["svg", "path"];

  const scheme = (address) => {
    try {
      const { protocol, username, password } = new URL(address, document.baseURI);
      return username || password ? "credentials" : protocol;
    } catch {
      return "no address";
    }
  };

  /** What is in the shadow roots of all elements: how much of it, and what should not be there. */
  const audit = () => {
    const bad = [];
    const count = { nodes: 0, links: 0, pictures: 0, cards: 0 };
    for (const host of document.querySelectorAll("kabar-cards, kabar-next, kabar-share")) {
      for (const node of host.shadowRoot.querySelectorAll("*")) {
        const name = node.localName;
        const allowed = Object.hasOwn(ALLOWED, name) ? ALLOWED[name].split(" ") : undefined;
        const space = SVG.includes(name) ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml";
        count.nodes++;
        count.cards += name === "article";
        if (!allowed || node.namespaceURI !== space || node.shadowRoot) bad.push(`element ${name}`);
        for (const attribute of node.attributes) {
          if (!allowed?.includes(attribute.name)) bad.push(`${name} ${attribute.name}=${attribute.value}`);
        }
        const schemes = host.localName === "kabar-share" ? ["https:", "mailto:"] : ["https:", "http:"];
        const addresses = (node.getAttribute("srcset") ?? "").split(/\s+\d+w(?:,|$)/).map((address) => address.trim()).filter(Boolean);
        for (const attribute of ["href", "src"]) if (node.hasAttribute(attribute)) addresses.push(node.getAttribute(attribute));
        for (const address of addresses) {
          count.links += name === "a";
          count.pictures += name === "img";
          if (node.className === "skip" && address === "#past") continue;
          // It is absolute, so no base of the page's can turn it into another.
          if (!schemes.includes(scheme(address)) || !/^(https?:\/\/|mailto:)/.test(address)) bad.push(`${name} to ${address}`);
        }
      }
    }
    return { bad: bad.slice(0, 20), ...count };
  };

  /** Has everything that waits for a reader's act, or for time, happen. */
  const provoke = (root) => {
    for (const node of root.querySelectorAll("*")) {
      for (const { name } of [...node.attributes]) if (/^on/i.test(name)) node.dispatchEvent(new Event(name.slice(2).toLowerCase()));
    }
  };
  for (const [name, value] of Object.entries({ audit, provoke })) Object.defineProperty(window, name, { value });
}
