// What all peers do with a feed: fetch it once, and cut its items to what a card shows.

const requests = new Map();

/** One request for a feed's address, however many elements show it. */
export const load = (url) => {
  if (!requests.has(url)) requests.set(url, fetch(url, { credentials: "omit" }).then((response) => response.json()));
  return requests.get(url);
};

// The order and the page's own address, as the widget's defaults want them.
const sorted = (items, order) => {
  const time = new Map(items.map((item) => [item, Date.parse(item.date_published)]));
  const sign = order === "oldest" ? 1 : -1;
  return [...items].sort((one, other) => sign * (time.get(one) - time.get(other)));
};

const pageUrl = () => document.querySelector("link[rel=canonical]")?.href ?? location.href;

const excerpt = (text) => {
  const words = text.split(/\s+/);
  return words.length > 30 ? `${words.slice(0, 30).join(" ")} […]` : text;
};

let format;
const formatDate = (date) => {
  const options = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
  format ??= new Intl.DateTimeFormat(document.documentElement.lang, options);
  return format.format(date);
};

/** An address of the feed's, if a link may lead there. */
const webUrl = (text, base) => {
  try {
    const url = new URL(text, base);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
};

const card = (feed, item, base) => {
  const date = new Date(item.date_published);
  return {
    url: webUrl(item.url, base),
    title: item.title,
    image: item.image ? webUrl(item.image, base) : null,
    datetime: date.toISOString().replace(".000", ""),
    date: formatDate(date),
    author: (item.authors ?? feed.authors ?? []).map((author) => author.name).join(", "),
    excerpt: excerpt(item.summary ?? item.content_text ?? ""),
    tags: item.tags ?? [],
    lang: item.language ?? feed.language,
  };
};

/** The cards: `limit` of the feed's items in this order, without the page's own. */
export const cards = (feed, base, limit, order) => {
  const own = pageUrl();
  const list = [];
  for (const item of sorted(feed.items, order)) {
    if (list.length === limit) break;
    if (webUrl(item.url, base) !== own) list.push(card(feed, item, base));
  }
  return list;
};

/** The article published before the page's own; else the newest. */
export const next = (feed, base) => {
  const items = sorted(feed.items, "newest");
  const own = pageUrl();
  const item = items[items.findIndex((item) => webUrl(item.url, base) === own) + 1];
  return item && card(feed, item, base);
};
