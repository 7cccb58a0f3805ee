// The widget as one would write it with Lit.

import { LitElement, html, nothing, svg, unsafeCSS } from "lit";
import style from "widget.css";

import { cards, load, next } from "./feed.js";
import { place } from "./place.js";
import { COPIED, DIRECTION, LABEL, LANGUAGE, NEXT, targets } from "./share.js";

const script = document.currentScript;

const part = (name, text) => (text ? html`<p class=${name} part=${name} dir="auto">${text}</p>` : nothing);

const image = (card) =>
  card.image
    ? html`<img part="image" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer" src=${card.image} />`
    : nothing;

const tags = (card) =>
  card.tags.length > 0
    ? html`<ul part="tags" role="list">${card.tags.map((tag) => html`<li dir="auto">${tag}</li>`)}</ul>`
    : nothing;

const inside = (card) => html`${image(card)}<h3 part="title" dir="auto"><a href=${card.url} referrerpolicy="strict-origin-when-cross-origin">${card.title}</a></h3
  ><div class="meta"><time part="date" datetime=${card.datetime} dir="auto">${card.date}</time>${part("author", card.author)}</div
  >${part("excerpt", card.excerpt)}${tags(card)}`;

const label = (text) => html`<slot name="heading"><p class="label" part="heading">${text}</p></slot>`;

/** What cards and teaser have in common. */
class FeedElement extends LitElement {
  static styles = unsafeCSS(style);
  static properties = { feed: {}, limit: { type: Number }, order: {}, content: { state: true } };

  get url() {
    return new URL(this.feed, document.baseURI).href;
  }

  willUpdate(changed) {
    if (changed.has("feed")) load(this.url).then((content) => (this.content = content));
  }
}

class PeerCards extends FeedElement {
  render() {
    if (!this.content) return nothing;
    const list = cards(this.content, this.url, this.limit, this.order);
    return html`<div class="cards" part="cards" lang=${LANGUAGE} dir=${DIRECTION}><slot name="heading"></slot>${list.map(
      (card) => html`<article class="card" part="card" lang=${card.lang}>${inside(card)}</article>`,
    )}</div>`;
  }
}

class PeerNext extends FeedElement {
  render() {
    if (!this.content) return nothing;
    const card = next(this.content, this.url);
    return html`<aside class="next" part="next" lang=${LANGUAGE} dir=${DIRECTION} aria-label=${NEXT}>${label(NEXT)}<div
      class="card" part="card" lang=${card.lang}>${inside(card)}</div></aside>`;
  }
}

class PeerShare extends LitElement {
  static styles = unsafeCSS(style);
  static properties = { status: { state: true } };

  constructor() {
    super();
    this.status = ""; // a class field would hide Lit's own property
  }

  async copy(url) {
    await navigator.clipboard.writeText(url);
    this.status = COPIED;
  }

  target({ id, name, icon, href, newTab, url, description }) {
    const inside = html`<svg viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${icon}></path>`}</svg
      ><span class="name">${name}</span>`;
    return href
      ? html`<a href=${href} target=${newTab ? "_blank" : nothing} rel="noopener noreferrer nofollow"
          part="button" data-network=${id} data-url=${url} aria-label=${description}>${inside}</a>`
      : html`<button type="button" part="button" data-network=${id} data-url=${url} aria-label=${description}
          @click=${() => this.copy(url)}>${inside}</button>`;
  }

  render() {
    return html`<nav class="share" part="share" lang=${LANGUAGE} dir=${DIRECTION} aria-label=${LABEL}>${label(LABEL)}${targets().map((target) =>
      this.target(target),
    )}<span class="status" role="status">${this.status}</span></nav>`;
  }
}

customElements.define("peer-cards", PeerCards);
customElements.define("peer-share", PeerShare);
customElements.define("peer-next", PeerNext);
place(script);
