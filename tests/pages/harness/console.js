// Keeps what a page writes to the console, where the driver does not tell. A frame
// has nowhere to keep it: its console is left as it is.
for (const name of window === top ? ["debug", "error", "info", "log", "trace", "warn"] : []) {
  const own = console[name];
  console[name] = (...words) => {
    seen.lines.push(words.join(" "));
    own.apply(console, words);
  };
}
