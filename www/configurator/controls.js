// The controls of the form, made from the table of attributes.

/** An element with properties and children. */
export const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "for" || key === "list") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
};

/** Text with `code` in it. */
export const coded = (text) => text.split("`").map((part, place) => (place % 2 ? make("code", {}, part) : part));

const field = (label, control, doc) => {
  const id = `set-${control.dataset.key}`;
  control.id = id;
  control.setAttribute("aria-describedby", `${id}-doc`);
  return make("div", { className: "field" }, make("label", { for: id }, label), control, make("p", { className: "doc", id: `${id}-doc` }, ...coded(doc)));
};

const plain = (row, type, given) => {
  const input = make("input", { type, placeholder: row.default });
  if (type === "text") input.spellcheck = false;
  Object.assign(input, given);
  input.dataset.key = row.key;
  return input;
};

/** One word of some: the first choice leaves the attribute out. */
const select = (row, set) => {
  const others = row.words.filter((word) => word !== row.default);
  const control = make("select", {}, make("option", { value: "" }, row.default), ...others.map((word) => make("option", { value: word }, word)));
  control.dataset.key = row.key;
  control.addEventListener("change", () => set(control.value || undefined));
  return { node: field(row.name, control, row.doc), show: (value) => (control.value = value ?? "") };
};

const text = (row, set, suggestions) => {
  const number = row.kind === "number";
  const control = plain(row, number ? "number" : "text", number ? { min: row.bounds[0], max: row.bounds[1] } : {});
  control.addEventListener("input", () => set(control.checkValidity() && control.value.trim() ? control.value.trim() : undefined));
  const node = field(row.name, control, row.doc);
  if (suggestions) {
    const list = make("datalist", { id: `suggest-${row.key}` }, ...suggestions.map((value) => make("option", { value })));
    control.setAttribute("list", list.id);
    node.append(list);
  }
  let none;
  if (row.doc.includes("empty for none")) {
    none = make("input", { type: "checkbox" });
    none.addEventListener("change", () => set(none.checked ? "" : control.value.trim() || undefined));
    node.append(make("label", { className: "none" }, none, `no ${row.name}`));
  }
  const show = (value) => {
    control.value = value ?? "";
    if (none) none.checked = value === "";
    control.disabled = value === "" && Boolean(none);
  };
  return { node, show };
};

/** Some words of a list, in the list's order. */
const words = (row, set) => {
  const boxes = row.words.map((word) => make("input", { type: "checkbox", value: word }));
  const changed = () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    const usual = row.default.split(" ");
    const same = chosen.length === usual.length && chosen.every((word) => usual.includes(word));
    set(same || !chosen.length ? undefined : chosen.join(" "));
  };
  for (const box of boxes) box.addEventListener("change", changed);
  const labels = boxes.map((box) => make("label", {}, box, box.value));
  const node = make("fieldset", { className: "choice", "data-key": row.key }, make("legend", {}, row.name), ...labels, make("p", { className: "doc" }, ...coded(row.doc)));
  const show = (value) => {
    const chosen = (value ?? row.default).split(" ");
    for (const box of boxes) box.checked = chosen.includes(box.value);
  };
  return { node, show };
};

/**
 * Some words in an order of one's own: by dragging, by buttons, by Alt with the
 * arrow keys. `icon` gives what stands before a word, or nothing.
 */
export const ordered = ({ key, name, words, doc, usual, icon }, set) => {
  let order = [...words];
  let told; // what was last chosen here
  const said = make("span", { className: "said", role: "status" });
  const items = new Map();
  const list = make("ol", { className: "ordered" });
  const chosen = () => order.filter((word) => items.get(word).box.checked);
  const tell = () => {
    told = chosen().join(" ");
    set(told === usual ? undefined : told);
  };
  /** Puts the items where they belong; what has the focus keeps it, which moving would take. */
  const place = () => {
    const nodes = order.map((word) => items.get(word).node);
    if (nodes.every((node, index) => list.children[index] === node)) return;
    const focused = document.activeElement;
    list.append(...nodes);
    if (list.contains(focused)) focused.focus();
  };
  const move = (word, to) => {
    const from = order.indexOf(word);
    if (to < 0 || to >= order.length || to === from) return;
    order.splice(from, 1);
    order.splice(to, 0, word);
    place();
    said.textContent = `${word}: ${to + 1} of ${order.length}`;
    tell();
  };
  let dragged;
  for (const word of words) {
    const box = make("input", { type: "checkbox", value: word });
    box.addEventListener("change", tell);
    const button = (sign, by, way) => {
      const control = make("button", { type: "button", "aria-label": `Move ${word} ${way}` }, sign);
      control.addEventListener("click", () => move(word, order.indexOf(word) + by));
      return control;
    };
    const label = make("label", {}, box, ...(icon?.(word) ?? []), word);
    const node = make("li", { draggable: true }, label, button("↑", -1, "up"), button("↓", 1, "down"));
    node.dataset.word = word;
    node.addEventListener("keydown", (event) => {
      const by = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      move(word, order.indexOf(word) + by);
    });
    node.addEventListener("dragstart", () => (dragged = word));
    node.addEventListener("dragover", (event) => dragged && event.preventDefault());
    node.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged) move(dragged, order.indexOf(word));
    });
    node.addEventListener("dragend", () => (dragged = undefined));
    items.set(word, { node, box });
  }
  const node = make("fieldset", {}, make("legend", {}, name), list, said, make("p", { className: "doc" }, ...coded(doc)));
  node.dataset.key = key;
  const show = (value) => {
    const first = (value ?? usual).split(" ").filter((word) => items.has(word));
    // What is not chosen stays where it was put, while all is as it was left.
    if (first.join(" ") !== told) {
      told = first.join(" ");
      order = [...first, ...words.filter((word) => !first.includes(word))];
    }
    for (const [word, { box }] of items) box.checked = first.includes(word);
    place();
  };
  return { node, show };
};

const SVG = "http://www.w3.org/2000/svg";

/** A network's icon, also where the network itself does not work: on another device, or without a picture. */
const networkIcon = (path) => {
  const svg = document.createElementNS(SVG, "svg");
  const drawn = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return [svg];
};

/** The control of a row of the table. */
export const control = (row, set, { suggestions, icons }) => {
  if (row.name === "networks") {
    return ordered({ ...row, usual: row.default, doc: `${row.doc}; drag, or press Alt with an arrow key`, icon: (id) => networkIcon(icons[id]) }, set);
  }
  if (row.kind === "word") return select(row, set);
  if (row.kind === "words") return words(row, set);
  return text(row, set, suggestions);
};

/** The control of a custom property: any text that a style sheet takes, and a palette for colours. */
export const property = ({ name, doc }, set) => {
  const row = { key: name, default: "" };
  const input = plain(row, "text");
  // What ends a declaration would end it in the page, too.
  const fits = (value) => !/[;{}<]/.test(value);
  const changed = () => set(input.value.trim() && fits(input.value) ? input.value.trim() : undefined);
  input.addEventListener("input", changed);
  const node = field(name, input, doc);
  let palette;
  if (/color$|background$/.test(name)) {
    palette = make("input", { type: "color", "aria-label": `${name}, from a palette` });
    palette.addEventListener("input", () => {
      input.value = palette.value;
      changed();
    });
    input.after(palette);
    node.classList.add("colour");
  }
  const show = (value) => {
    input.value = value ?? "";
    if (palette && /^#[0-9a-f]{6}$/i.test(input.value)) palette.value = input.value;
  };
  return { node, show };
};
