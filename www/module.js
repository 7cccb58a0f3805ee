// The package's entry, for `import "kabar"`. A bundler moves this script and
// renames what is beside it, but knows each `new URL("…", import.meta.url)` by
// its form. So the files are listed here, and the loader (www/kabar.js), which
// `cargo xtask dist` puts in, has this in place of `URL` and finds them by their names.
const files = __KABAR_FILES__;

class FileURL extends URL {
  constructor(address, base) {
    super(files[address] ?? address, base);
  }
}

// A server that renders the page has no elements.
if (typeof document !== "undefined") {
  __KABAR_LOADER__;
}
