// What a feed's bytes say.

const LIMIT = 2 * 1024 * 1024; // bytes

/** JSON is UTF-8, whatever its server says. XML says itself what it is, where neither a mark nor the server does; not UTF-16, or it could not be read. */
const decoderFor = (TextDecoder, type, bytes) => {
  const marks = { 65279: "utf-16be", 65534: "utf-16le" };
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const label =
    marks[bytes[0] * 256 + bytes[1]] ??
    (/json/.test(type) ? "utf-8" : (/charset="?([\w-]+)/i.exec(type) ?? /^\s*<\?xml[^>]*encoding\s*=\s*.(?!utf-16)([\w-]+)/i.exec(start))?.[1]);
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
};

/** The text of an answer, which is read up to the limit. */
export const textOf = async (response, url, TextDecoder, problem) => {
  const reader = response.body?.getReader();
  let decoder;
  let text = "";
  for (let size = 0; ; ) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return text + (decoder?.decode() ?? "");
    size += value.length;
    if (size > LIMIT) throw problem("feed-too-large", `${url} is over 2 MiB: publish fewer articles in it`);
    decoder ||= decoderFor(TextDecoder, response.headers.get("content-type"), value);
    text += decoder.decode(value, { stream: true });
  }
};

/** Whether one of its texts has what only the rest can read: the less common character references, scripts that put no blanks between words. */
const RARE =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]|\\u(0e|10|17|[3-9])|(&|\\u0026)(?!(amp|lt|gt|quot|nbsp|hellip);|[a-zA-Z\d]+=)[a-zA-Z\d]{2}/;

/** Adds to a feed what its text holds: its value, and what it takes to read that. */
export const learn = (parse, feed) => {
  const { markup: text } = feed;
  feed.value = valueOf(parse, text);
  feed.rare_ = RARE.test(text);
  // WordPress's plugin for JSON feeds writes both texts, or has posts' numbers for ids.
  feed.plugin_ = /[?]p(ost_type)?=/.test(text) || (text.includes('"content_text"') && text.includes('"content_html"'));
};

/** The value of a JSON text, also where a server writes notices before it or after it; undefined where there is none. */
const valueOf = (parse, text) => {
  try {
    return parse(text);
  } catch {} // the next, or none
  try {
    return parse(/^[ \t]*(?=\{\s*["}]|\[\s*[{\]])[^]*[\]}]/m.exec(text)?.[0]);
  } catch {}
};
