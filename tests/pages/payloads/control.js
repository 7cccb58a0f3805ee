// What a page does that is not careful: it takes texts for markup and addresses
// for links. `payloads` are in the page already, as `[number, family, text, isAddress]`.
window.done = (async () => {
  const stage = document.body.appendChild(document.createElement("div"));
  const into = (make) => {
    const place = stage.appendChild(document.createElement("div"));
    make(place);
    provoke(place);
    return place;
  };
  for (const [number, , text, isAddress] of payloads) {
    if (isAddress) {
      for (const set of [
        (place, name) => {
          const link = place.appendChild(document.createElement("a"));
          link.setAttribute("href", text);
          link.target = name;
        },
        (place, name) => (place.innerHTML = `<a target="${name}" href="${text}">x</a>`),
      ]) {
        const name = `frame${number}${set.length}${stage.childNodes.length}`;
        into((place) => {
          const frame = document.createElement("iframe");
          frame.name = name;
          stage.append(frame);
          set(place, name);
          place.querySelector("a")?.click();
        });
      }
      continue;
    }
    for (const markup of [text, `<a title="${text}">x</a>`, `<a title='${text}'>x</a>`, `<a title=${text}>x</a>`]) {
      into((place) => (place.innerHTML = markup));
    }
    // Scripts run so, and the content of templates is a page's when it is copied.
    into((place) => place.append(document.createRange().createContextualFragment(text)));
    into((place) => {
      place.innerHTML = text;
      for (const { content } of place.querySelectorAll("template")) place.append(content.cloneNode(true));
    });
    // Written out and parsed again; text taken for markup again.
    for (const again of ["innerHTML", "textContent"]) {
      let written = text;
      for (let round = 0; round < 4; round++) {
        written = into((place) => (place.innerHTML = written))[again];
      }
    }
  }
})();
