// Stands for `WebAssembly.Instance` in wasm-bindgen's glue: xtask/src/glue.rs puts
// it there. A listener, a promise or a timer calls a closure in the wasm with
// nobody around to catch what it throws; here they all go by way of the runtime.
let by;

/** Says what each call of a closure goes by way of. */
export const guardBy = (call) => (by = call);

export function GuardedInstance(module, imports) {
  this.exports = { ...new window.WebAssembly.Instance(module, imports).exports };
  // The names of what wasm-bindgen calls closures with, as `cargo xtask dist` has shortened them.
  for (const name of "__KABAR_CLOSURES__".split(" ")) {
    const own = this.exports[name];
    this.exports[name] = (...values) => by(() => own(...values));
  }
}
