// The cards of a list beyond its first screens. www/runtime.js fetches it where
// an element asks for more of them.

const PIECE = 30; // milliseconds of work, after which the page can answer its reader

/** Shows those of an element. `complete` shows some more, and says whether there may be others; `pause` waits until it is our turn again. */
export default async (loader, element, complete, pause) => {
  /**
   * A copy of a card, in which some of its nodes get other values. They are named by their places in document order,
   * each followed by an attribute's name, or by nothing for a text, and the value: one text for all of them, for each
   * text that leaves the wasm costs.
   */
  const copy = (pattern, changes) => {
    const card = pattern.cloneNode(true);
    const walker = document.createTreeWalker(card, 5); // elements and texts
    const parts = changes.split("\0");
    for (let at = 0, part = 0; part + 2 < parts.length; part += 3) {
      for (; at < parts[part]; at++) walker.nextNode();
      const node = walker.currentNode;
      if (parts[part + 1]) node.setAttribute(parts[part + 1], parts[part + 2]);
      else node.data = parts[part + 2];
    }
    return card;
  };

  for (;;) {
    const end = Date.now() + PIECE;
    do if (!complete(copy)) return;
    while (Date.now() < end);
    await pause();
  }
};
