// What is wrong with a feed, in words that say what to do: from what Kabar
// says, from what it shows, and from a look at the address where that helps.

const CORS =
  "Its server answers, but lets no page of another site read it. On a page of the same site it will work. For any other page, let the server send the header `Access-Control-Allow-Origin: *` with the feed.";

const STATUS = {
  401: "The feed is not public, and Kabar sends no password and no cookie: use an address that needs neither.",
  403: "The server refuses it: the feed is not public, or a firewall or plugin shuts it. Allow it for everyone.",
  404: "There is nothing at this address: check its path for a letter too many or too few.",
  410: "The server says that it is gone for good: look for the feed’s new address.",
  429: "The server has been asked too often: let it keep the feed in a cache.",
};

/** What an error of Kabar's means, after a look at the address. */
export const explain = async ({ code, message }, address) => {
  const bad = (title, text) => ({ level: "bad", code, title, text });
  if (code === "feed-unreachable") {
    if (location.protocol === "https:" && address.startsWith("http:")) {
      return bad("Insecure address", "A page that is https may not read a feed that is http: give the feed’s https address.");
    }
    const opaque = { mode: "no-cors", credentials: "omit" };
    const answers = await fetch(address, opaque).then(() => true, () => false);
    if (answers) return bad("Not readable from other sites (CORS)", CORS);
    return bad("No answer", "Nothing answers there. Open the address in a browser: if that fails too, the host’s name is wrong or its server is down.");
  }
  if (code === "feed-status") {
    const status = /status (\d+)/.exec(message)?.[1] ?? "";
    const server = status >= 500 ? "The server itself failed: look in its log." : "The server refuses: open the address in a browser to see why.";
    return bad(`Status ${status}`, STATUS[status] ?? server);
  }
  if (code === "feed-invalid") return bad("Not a feed", `${message}. Give the address of the feed itself, or of a page whose head names it.`);
  const words = {
    config: ["Not an address", `${message}. An address begins with https://.`],
    "feed-timeout": ["Too slow", "It took over 10 seconds. Let the server keep the feed in a cache, or put fewer articles into it."],
    "feed-too-large": ["Too large", "It is over 2 MiB. Put fewer articles into it, or summaries in place of whole texts."],
    "feed-empty": ["No articles", `${message}. Check what you chose under “tag”, and that the feed’s items have an address and a title.`],
  };
  return bad(...(words[code] ?? ["It failed", message]));
};

/** What can be said of the articles, from the cards that Kabar made of them. */
export const judge = (cards) => {
  const count = cards.length;
  const lack = (selector) => cards.filter((card) => !card.querySelector(selector)).length;
  const found = [{ level: "good", title: `${count} ${count === 1 ? "article" : "articles"}`, text: "The feed can be read." }];
  const note = (missing, title, text) => {
    if (missing) found.push({ level: "note", title: `${missing} of ${count} without ${title}`, text });
  };
  note(lack("time"), "a date", "They cannot be put in order. Give each a date: `date_published`, `pubDate` or `updated`, such as 2019-03-25T16:40:00+07:00.");
  note(lack("img"), "a picture", "Their cards are text only. Give each a picture: `image` in JSON Feed, `media:content` or `enclosure` in RSS, a featured image in WordPress.");
  note(lack("[part~=excerpt]"), "a text", "Their cards have a headline only. Give each a `summary` or `description`.");
  const future = cards.filter((card) => new Date(card.querySelector("time")?.dateTime ?? 0) > Date.now() + 86_400_000).length;
  if (future) found.push({ level: "note", title: `${future} of ${count} dated in the future`, text: "Check the clock and the time zone of what writes the feed." });
  return found;
};

/** What to say of pictures that do not load. */
export const noPictures = (count) => ({
  level: "note",
  title: `${count} ${count === 1 ? "picture does" : "pictures do"} not load`,
  text: "Open one in a browser. Its host may refuse pages of other sites, or the address may be wrong.",
});
