// Keeps what a page writes to the console, where the driver does not tell.
for (const name of ["debug", "error", "info", "log", "trace", "warn"]) {
  const own = console[name];
  console[name] = (...words) => {
    seen.lines.push(words.join(" "));
    own.apply(console, words);
  };
}
