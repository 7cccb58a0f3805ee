// What a page still holds: timers and requests that Kabar's files began, and
// the memories of its wasm.
window.probe = { timers: new Set(), intervals: 0, fetches: 0, memories: new Set(), made: 0, unloads: 0 };
{
  const { setTimeout, clearTimeout, setInterval, fetch, addEventListener } = window;
  const ours = () => new Error().stack.includes("/dist/");
  window.setTimeout = (action, ...rest) => {
    const id = setTimeout((...values) => (probe.timers.delete(id), action(...values)), ...rest);
    if (ours()) probe.timers.add(id);
    return id;
  };
  window.clearTimeout = (id) => (probe.timers.delete(id), clearTimeout(id));
  window.setInterval = (...values) => ((probe.intervals += ours()), setInterval(...values));
  window.fetch = async (...values) => {
    probe.fetches++;
    try {
      return await fetch(...values);
    } finally {
      probe.fetches--;
    }
  };
  window.addEventListener = (name, ...rest) => {
    if (/unload$/.test(name)) probe.unloads++;
    addEventListener(name, ...rest);
  };
  const keep = (instance) => {
    // A set: the second module works on the first one's memory.
    for (const item of Object.values(instance.exports)) if (item instanceof WebAssembly.Memory) probe.memories.add(item);
    return instance;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...values) => {
      const made = await own.apply(WebAssembly, values);
      probe.made++;
      keep(made.instance ?? made);
      return made;
    };
  }
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct: (target, values) => keep(new target(...values)),
  });
  probe.bytes = () => Math.max(0, ...[...probe.memories].map((memory) => memory.buffer.byteLength));
  probe.idle = () => probe.timers.size === 0 && probe.intervals === 0 && probe.fetches === 0;
}
