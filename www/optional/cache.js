// The last good answer of a feed, kept in the reader's browser for elements with
// `cache="session"` or `cache="local"`: shown at once, until the feed's own
// request brings a new one. What is kept is as little trusted as a feed.

const PREFIX = "kabar:";
const VERSION = 1; // of the entry's shape; entries of another version are taken away
const KEY = `${PREFIX}${VERSION}:`;
const MOST = 4; // feeds
const LONGEST = 1_000_000; // characters of a feed
const OLDEST = 30 * 86_400_000; // milliseconds

/**
 * Shows what is kept of an element's feed, and keeps what its request brings.
 * `show` takes a feed to show until then; `notice` says when that came, if the request fails.
 */
export default async (loader, element, feed, show, notice) => {
  const storage = open(element);
  if (!storage) return;
  // One for all elements of the feed: the wasm reads it once.
  feed.kept_ ??= feed.url ? false : (read(storage, feed) ?? false);
  feed.stored_ ??= feed.arrived_.then(
    () => write(storage, feed),
    () => {}, // said by the elements
  );
  try {
    if (feed.kept_) await show(feed.kept_);
  } catch (error) {
    if (error.again_) return loader.begin_(element); // the instance was lost, as for want of the rest
    return remove(storage, KEY + feed.address_); // it was no feed, or is one no more
  }
  await feed.stored_;
  // What an older request has left.
  if (feed.url) element.shadowRoot.querySelector("[part=notice]")?.remove();
  else if (feed.kept_ && element.isConnected) notice(feed.kept_.time);
};

/** The store that an element asks for; undefined where there is none, as with cookies blocked. */
const open = (element) => {
  try {
    return /^local$/i.test(element.getAttribute("cache")) ? window.localStorage : window.sessionStorage;
  } catch {} // the feed's own request is on its way
};

const read = (storage, feed) => {
  try {
    const entry = JSON.parse(storage.getItem(KEY + feed.address_));
    const { url, text, pages, time } = entry;
    const age = Date.now() - time;
    if (!/^https?:/.test(url) || typeof text !== "string" || !(age >= 0 && age < OLDEST)) throw 0;
    return { url, markup: text, pages: +pages || undefined, time, more: feed.more };
  } catch {
    remove(storage, KEY + feed.address_); // nothing, or not what was written
  }
};

const write = (storage, feed) => {
  const { address_: address, url, markup: text, pages } = feed;
  if (text.length > LONGEST) return remove(storage, KEY + address);
  const entry = JSON.stringify({ url, text, pages, time: Date.now() });
  try {
    const others = Object.keys(storage).filter((key) => key.startsWith(PREFIX) && key !== KEY + address);
    const old = others.filter((key) => !key.startsWith(KEY));
    const newest = others.filter((key) => key.startsWith(KEY)).sort((one, other) => time(storage, other) - time(storage, one));
    for (const key of [...old, ...newest.slice(MOST - 1)]) storage.removeItem(key);
    storage.setItem(KEY + address, entry);
  } catch {
    remove(storage, KEY + address); // full, or shut: no older one stays either
  }
};

const time = (storage, key) => {
  try {
    return JSON.parse(storage.getItem(key)).time || 0;
  } catch {
    return 0;
  }
};

const remove = (storage, key) => {
  try {
    storage.removeItem(key);
  } catch {} // shut
};
