// What a page does that is not careful: it takes texts for markup and addresses
// for links. `payloads` are in the page already, as `[number, family, text, isAddress]`.
window.attack = () => {
  const stage = document.body.appendChild(document.createElement("div"));
  const into = (make) => {
    const place = stage.appendChild(document.createElement("div"));
    make(place);
    provoke(place);
    return place;
  };
  /** Follows a link, made from an address, in a frame of its own. */
  const follow = (make) => {
    const frame = document.createElement("iframe");
    frame.name = `frame${stage.childNodes.length}`;
    stage.append(frame);
    into((place) => make(place, frame.name)).querySelector("a")?.click();
  };
  const attribute = (place, name, text) => {
    const link = place.appendChild(document.createElement("a"));
    link.setAttribute("href", text);
    link.target = name;
  };
  const markup = (place, name, text) => (place.innerHTML = `<a target="${name}" href="${text}">x</a>`);

  const ways = [
    (text) => into((place) => (place.innerHTML = text)),
    // Scripts run so, and the content of a template is a page's when it is copied.
    (text) => into((place) => place.append(document.createRange().createContextualFragment(text))),
    (text) =>
      into((place) => {
        place.innerHTML = text;
        for (const { content } of place.querySelectorAll("template")) place.append(content?.cloneNode(true) ?? "");
      }),
    (text) => into((place) => (place.innerHTML = `<a title="${text}">x</a>`)),
    (text) => into((place) => (place.innerHTML = `<a title='${text}'>x</a>`)),
    (text) => into((place) => (place.innerHTML = `<a title=${text}>x</a>`)),
    // Written out and parsed again; text taken for markup again.
    ...["innerHTML", "textContent"].map((again) => (text) => {
      for (let round = 0; round < 4; round++) text = into((place) => (place.innerHTML = text))[again];
    }),
  ];
  for (const [number, family, text, isAddress] of payloads) {
    if (isAddress) {
      if (!["javascript:", "data:"].includes(family)) continue;
      follow((place, name) => attribute(place, name, text));
      if (text.includes("&")) follow((place, name) => markup(place, name, text));
      continue;
    }
    for (const way of ways) if (!fired.has(number)) way(text);
  }
};
