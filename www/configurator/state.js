// What was chosen, and its place in the page's address.

const OWN = { feed: "", elements: "kabar-share kabar-next kabar-cards", form: "tag", script: "", width: "360", page: "" };

const short = (elements) => elements.replaceAll("kabar-", "");

/** The rows of the table, each with a key: its name, with its elements where the name stands twice. */
export const withKeys = (rows) =>
  rows.map((row, place) => {
    const again = rows.slice(0, place).some((other) => other.name === row.name);
    return { ...row, key: again ? `${row.name}-${short(row.on.join("-"))}` : row.name };
  });

/** Reads an address's fragment. What it does not name is as it is by default; what is not known is passed over. */
export const read = (fragment, rows, properties) => {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const own = (name) => given.get(name) ?? OWN[name];
  const known = OWN.elements.split(" ");
  const elements = own("elements").split(" ").map((word) => (word.startsWith("kabar-") ? word : `kabar-${word}`));
  const pick = (list) => Object.fromEntries(list.filter((name) => given.has(name)).map((name) => [name, given.get(name)]));
  return {
    feed: own("feed"),
    elements: elements.filter((name) => known.includes(name)),
    form: own("form"),
    script: own("script"),
    width: +own("width") || +OWN.width,
    page: own("page"),
    values: pick(rows.map((row) => row.key).filter((key) => key !== "feed")),
    properties: pick(properties.map(({ name }) => name)),
  };
};

/** Writes the fragment of what is not as it is by default. */
export const write = (state) => {
  const all = new URLSearchParams();
  for (const name of Object.keys(OWN)) {
    const value = name === "elements" ? state.elements.join(" ") : String(state[name]);
    if (value !== OWN[name]) all.set(name, name === "elements" ? short(value) : value);
  }
  for (const [name, value] of Object.entries({ ...state.values, ...state.properties })) all.set(name, value);
  const text = all.toString();
  return text ? `#${text}` : "#";
};
