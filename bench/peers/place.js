// How a peer's script tag puts its elements into the page.

/** Puts the elements that the script tag names after it, with its other values. */
export const place = (script) => {
  const { show, ...attributes } = script.dataset;
  const elements = show.split(" ").map((word) => {
    const element = document.createElement(`peer-${word}`);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  });
  script.after(...elements);
};
