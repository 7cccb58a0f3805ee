// From what was chosen to a snippet, and to the same elements as data.

const escape = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

const short = (element) => element.replace("kabar-", "");

/** What was set for a row of the table; undefined where nothing was. */
const valueOf = (state, row) => (row.key === "feed" ? state.feed || undefined : state.values[row.key]);

/** The elements chosen, in order, each with the attributes that were set for it. */
export const elementsOf = (state, rows) =>
  state.elements.map((name) => {
    const attributes = rows
      .filter((row) => row.on.includes(name) && valueOf(state, row) !== undefined)
      .map((row) => [row.name, valueOf(state, row)]);
    return { name, attributes };
  });

/** The custom properties that were set, as a rule; empty where there is none. */
export const styleOf = (state) => {
  const set = Object.entries(state.properties);
  if (!set.length) return "";
  return `${state.elements.join(", ")} {\n${set.map(([name, value]) => `  ${name}: ${value};\n`).join("")}}`;
};

/** Why one tag cannot say what was chosen; empty where it can. */
export const whyNotATag = (state, rows) => {
  const set = rows.filter((row) => valueOf(state, row) !== undefined && row.on.some((name) => state.elements.includes(name)));
  // On the tag `data-show` names elements.
  if (set.some((row) => row.name === "show")) return "`data-show` names elements on the tag, so `show` needs the elements themselves.";
  const twice = set.find((row) =>
    rows.some((other) => other !== row && other.name === row.name && other.on.some((name) => state.elements.includes(name))),
  );
  return twice ? `\`${twice.name}\` means another thing on each element, so it needs the elements themselves.` : "";
};

/** The snippet: what to paste. */
export const snippetOf = (state, rows, { script, integrity }) => {
  const source = [`async src="${escape(script)}"`, ...(integrity ? [`integrity="${escape(integrity)}"`, 'crossorigin="anonymous"'] : [])];
  const style = styleOf(state);
  const lines = style ? ["<style>", ...style.split("\n").map((line) => `  ${line}`), "</style>"] : [];
  const elements = elementsOf(state, rows);
  if (state.form === "tag" && !whyNotATag(state, rows)) {
    const data = new Map([["show", elements.map(({ name }) => short(name)).join(" ")]]);
    for (const { attributes } of elements) for (const [name, value] of attributes) data.set(name, value);
    const words = [...data].map(([name, value]) => `data-${name}="${escape(value)}"`);
    lines.push(`<script ${[...source, ...words].join("\n  ")}></script>`);
  } else {
    for (const { name, attributes } of elements) {
      const words = attributes.map(([key, value]) => ` ${key}="${escape(value)}"`).join("");
      lines.push(`<${name}${words}></${name}>`);
    }
    lines.push(`<script ${source.join("\n  ")}></script>`);
  }
  return `${lines.join("\n")}\n`;
};
