// Counts for the publisher's own statistics, of elements with a `beacon`
// attribute. Sent to the address in it, and to nobody else.

const NAMES = { "kabar-view": "view", "kabar-card-click": "card-click", "kabar-next-click": "next-click", "kabar-shared": "share" };

const counted = new WeakSet(); // elements
const counts = new Map(); // by address: objects of numbers by name, not yet sent

/** Counts from now on what a reader does with an element. */
export default (loader, element) => {
  const { problem_: problem, report_: report, viewed_: viewed, linked_: linked, URL_: URL } = loader;
  if (counted.has(element)) return;
  counted.add(element);

  const add = (name) => {
    const text = element.getAttribute("beacon");
    if (!text) return;
    let address;
    try {
      address = new URL(text, document.baseURI).href;
    } catch {} // said below
    if (!/^https?:/.test(address)) return report(element, problem("config", `beacon="${text}" is no web address`));
    if (!counts.has(address)) counts.set(address, {});
    const numbers = counts.get(address);
    numbers[name] = (numbers[name] || 0) + 1;
  };
  for (const [event, name] of Object.entries(NAMES)) element.addEventListener(event, () => add(name));
  if (viewed.has(element)) add("view"); // before this script was here

  if (listening) return;
  listening = true;
  const away = ({ type }) => (type === "pagehide" || document.hidden) && send(linked);
  for (const event of ["visibilitychange", "pagehide"]) addEventListener(event, away, true);
};

let listening = false;

/** As the page goes out of sight: the last moment at which every browser still sends, and one request for a visit. */
const send = (linked) => {
  // The path alone: what stands behind it may be the reader's.
  const page = linked("canonical") || location.origin + location.pathname;
  for (const [address, numbers] of counts) {
    if (navigator.sendBeacon(address, JSON.stringify({ page, ...numbers }))) counts.delete(address);
  }
};
