// What a feed's bytes say.

/** JSON is UTF-8, whatever its server says. XML says itself what it is, where neither a mark nor the server does; not UTF-16, or it could not be read. */
export const decoderFor = (TextDecoder, type, bytes) => {
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

/** The value of a JSON text, also where a server writes notices before it or after it; undefined where there is none. */
export const valueOf = (parse, text) => {
  for (const part of [text, /^[ \t]*(?=\{\s*["}]|\[\s*[{\]])[^]*[\]}]/m.exec(text)?.[0]]) {
    try {
      return parse(part);
    } catch {} // the next, or none
  }
};
