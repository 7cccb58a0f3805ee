// What a page still holds: timers and requests that Kabar's files began, and
// the memories of its wasm; `later` counts the modules after the first.
window.probe = { timers: new Set(), intervals: 0, fetches: 0, memories: new Set(), later: 0, unloads: 0 };
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
    // The later modules work on the first one's memory.
    const memories = Object.values(instance.exports).filter((item) => item instanceof WebAssembly.Memory);
    for (const memory of memories) probe.memories.add(memory);
    if (!memories.length) probe.later++;
    return instance;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...values) => {
      const made = await own.apply(WebAssembly, values);
      keep(made.instance ?? made);
      return made;
    };
  }
  probe.bytes = () => Math.max(0, ...[...probe.memories].map((memory) => memory.buffer.byteLength));
  probe.idle = () => probe.timers.size === 0 && probe.intervals === 0 && probe.fetches === 0;
}
