// A promise or a timer calls a closure in the wasm with nobody
// around to catch what it throws; here they all go by way of the runtime.
let by;
let alive;

/** Says what each call of a closure goes by way of, and whether the instance can still free what JavaScript's own garbage collection finds. */
export const guardBy = (call, isAlive) => ([by, alive] = [call, isAlive]);

/** Stands for `new WebAssembly.Instance` in wasm-bindgen's glue: xtask/src/glue.rs puts it there. Chrome before 114 makes none above 4 KB but by a promise. */
export const instantiate = async (module, imports) => {
  const exports = { ...(await WebAssembly.instantiate(module, imports)).exports };
  const guard = (names, guarded) => {
    for (const name of names.split(" ")) {
      const own = exports[name];
      exports[name] = (...values) => guarded(() => own(...values));
    }
  };
  // The names of what wasm-bindgen calls closures with, and of what it frees with, as `cargo xtask dist` has shortened them.
  guard("__KABAR_CLOSURES__", (action) => by(action));
  guard("__KABAR_FREES__", (action) => alive() && by(action));
  return { exports };
};

// What else the glue looks up each time it needs it: out of the page's reach.
export const queueMicrotask = async (task) => {
  await 0;
  task();
};
export let URL;
export const keepURL = (own) => (URL = own);
