// The widget by hand: templates that are cloned, no library.

import style from "widget.css";

import { cards, load, next } from "./feed.js";
import { place } from "./place.js";
import { COPIED, DIRECTION, LABEL, LANGUAGE, NEXT, targets } from "./share.js";

const script = document.currentScript;

const template = (markup) => {
  const element = document.createElement("template");
  element.innerHTML = markup;
  return element.content.firstElementChild;
};

const HEADING = '<slot name="heading"><p class="label" part="heading"></p></slot>';

// In the order of their places in a card; what an article has not is taken out.
const LIST = template(`<div class="cards" part="cards" lang="${LANGUAGE}" dir="${DIRECTION}"><slot name="heading"></slot></div>`);
const CARD =
  '<img part="image" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer">' +
  '<h3 part="title" dir="auto"><a referrerpolicy="strict-origin-when-cross-origin"></a></h3>' +
  '<div class="meta"><time part="date" dir="auto"></time><p class="author" part="author" dir="auto"></p></div>' +
  '<p class="excerpt" part="excerpt" dir="auto"></p><ul part="tags" role="list"></ul>';
const ARTICLE = template(`<article class="card" part="card">${CARD}</article>`);
const TEASER = template(
  `<aside class="next" part="next" lang="${LANGUAGE}" dir="${DIRECTION}">${HEADING}<div class="card" part="card">${CARD}</div></aside>`,
);
const TAG = template('<li dir="auto"></li>');
const ICON = '<svg viewBox="0 0 24 24" aria-hidden="true"><path></path></svg><span class="name"></span>';
const LINK = template(`<a rel="noopener noreferrer nofollow" part="button">${ICON}</a>`);
const BUTTON = template(`<button type="button" part="button">${ICON}</button>`);
const BAR = template(
  `<nav class="share" part="share" lang="${LANGUAGE}" dir="${DIRECTION}">${HEADING}<span class="status" role="status"></span></nav>`,
);

const fill = (element, text) => {
  if (text) element.textContent = text;
  else element.remove();
};

const article = (element, card) => {
  const [image, title, meta, excerpt, tags] = element.children;
  element.lang = card.lang;
  if (card.image) image.src = card.image;
  else image.remove();
  const link = title.firstElementChild;
  link.href = card.url;
  link.textContent = card.title;
  const [time, author] = meta.children;
  time.setAttribute("datetime", card.datetime);
  time.textContent = card.date;
  fill(author, card.author);
  fill(excerpt, card.excerpt);
  for (const tag of card.tags) {
    const item = TAG.cloneNode(true);
    item.textContent = tag;
    tags.append(item);
  }
  if (!card.tags.length) tags.remove();
  return element;
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);

class PeerElement extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.update();
  }

  attributeChangedCallback() {
    if (this.shadowRoot) this.update();
  }

  get feed() {
    return new URL(this.getAttribute("feed"), document.baseURI).href;
  }
}

class PeerCards extends PeerElement {
  static observedAttributes = ["feed", "limit", "order"];
  #list = LIST.cloneNode(true);
  #shown = new Map(); // the elements by their article's address

  async update() {
    const { feed } = this;
    const content = await load(feed);
    const before = this.#shown;
    this.#shown = new Map();
    for (const card of cards(content, feed, Number(this.getAttribute("limit")), this.getAttribute("order"))) {
      this.#shown.set(card.url, before.get(card.url) ?? article(ARTICLE.cloneNode(true), card));
    }
    this.#list.replaceChildren(this.#list.firstChild, ...this.#shown.values());
    if (!this.#list.parentNode) this.shadowRoot.append(this.#list);
  }
}

class PeerShare extends PeerElement {
  update() {
    const bar = BAR.cloneNode(true);
    bar.ariaLabel = LABEL;
    const [label, status] = bar.children;
    label.firstElementChild.textContent = LABEL;
    for (const { id, name, icon, href, newTab, url, description } of targets()) {
      const element = (href ? LINK : BUTTON).cloneNode(true);
      element.dataset.network = id;
      element.dataset.url = url;
      element.ariaLabel = description;
      element.querySelector("path").setAttribute("d", icon);
      element.lastElementChild.textContent = name;
      if (href) element.href = href;
      else {
        element.addEventListener("click", async () => {
          await navigator.clipboard.writeText(url);
          status.textContent = COPIED;
        });
      }
      if (newTab) element.target = "_blank";
      status.before(element);
    }
    this.shadowRoot.append(bar);
  }
}

class PeerNext extends PeerElement {
  async update() {
    const { feed } = this;
    const teaser = TEASER.cloneNode(true);
    teaser.ariaLabel = NEXT;
    const [label, element] = teaser.children;
    label.firstElementChild.textContent = NEXT;
    article(element, next(await load(feed), feed));
    this.shadowRoot.append(teaser);
  }
}

customElements.define("peer-cards", PeerCards);
customElements.define("peer-share", PeerShare);
customElements.define("peer-next", PeerNext);
place(script);
