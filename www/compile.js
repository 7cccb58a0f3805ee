// From a response to a module.

/** Gives what compiles a response's wasm. It throws what `problem` makes of a page's policy that does not let wasm run. */
export const compiler = (problem) => {
  let blocked; // known before the wasm is there
  try {
    // The smallest module there is: a policy refuses it as it would the real one, WebKit's only when it is to run.
    new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
  } catch {
    blocked = problem("wasm-blocked", "add 'wasm-unsafe-eval' to script-src in the page's content security policy");
  }
  return async (response) => {
    if (blocked) throw blocked;
    // A host that serves wasm under another type costs the streaming, not the widget.
    return /^application\/wasm/.test(response.headers.get("content-type"))
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer());
  };
};
