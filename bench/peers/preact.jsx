// The widget as one would write it with Preact.

import { Fragment, h, render } from "preact";
import { useState } from "preact/hooks";
import style from "widget.css";

import { cards, load, next } from "./feed.js";
import { place } from "./place.js";
import { COPIED, DIRECTION, LABEL, LANGUAGE, NEXT, targets } from "./share.js";

const script = document.currentScript;

const Part = ({ name, children }) =>
  children && (
    <p class={name} part={name} dir="auto">
      {children}
    </p>
  );

const Article = ({ tag: Tag, card }) => (
  <Tag class="card" part="card" lang={card.lang}>
    {card.image && (
      <img part="image" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer" src={card.image} />
    )}
    <h3 part="title" dir="auto">
      <a href={card.url} referrerpolicy="strict-origin-when-cross-origin">
        {card.title}
      </a>
    </h3>
    <div class="meta">
      <time part="date" datetime={card.datetime} dir="auto">
        {card.date}
      </time>
      <Part name="author">{card.author}</Part>
    </div>
    <Part name="excerpt">{card.excerpt}</Part>
    {card.tags.length > 0 && (
      <ul part="tags" role="list">
        {card.tags.map((tag) => (
          <li dir="auto">{tag}</li>
        ))}
      </ul>
    )}
  </Tag>
);

const Cards = ({ list }) => (
  <div class="cards" part="cards" lang={LANGUAGE} dir={DIRECTION}>
    <slot name="heading" />
    {list.map((card) => (
      <Article key={card.url} tag="article" card={card} />
    ))}
  </div>
);

const Label = ({ children }) => (
  <slot name="heading">
    <p class="label" part="heading">
      {children}
    </p>
  </slot>
);

const Next = ({ card }) => (
  <aside class="next" part="next" lang={LANGUAGE} dir={DIRECTION} aria-label={NEXT}>
    <Label>{NEXT}</Label>
    <Article tag="div" card={card} />
  </aside>
);

const Target = ({ target, onCopy }) => {
  const same = { part: "button", "data-network": target.id, "data-url": target.url, "aria-label": target.description };
  const inside = (
    <Fragment>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={target.icon} />
      </svg>
      <span class="name">{target.name}</span>
    </Fragment>
  );
  return target.href ? (
    <a href={target.href} target={target.newTab ? "_blank" : undefined} rel="noopener noreferrer nofollow" {...same}>
      {inside}
    </a>
  ) : (
    <button type="button" onClick={() => onCopy(target.url)} {...same}>
      {inside}
    </button>
  );
};

const Share = () => {
  const [status, setStatus] = useState("");
  const copy = async (url) => {
    await navigator.clipboard.writeText(url);
    setStatus(COPIED);
  };
  return (
    <nav class="share" part="share" lang={LANGUAGE} dir={DIRECTION} aria-label={LABEL}>
      <Label>{LABEL}</Label>
      {targets().map((target) => (
        <Target key={target.id} target={target} onCopy={copy} />
      ))}
      <span class="status" role="status">
        {status}
      </span>
    </nav>
  );
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);

const define = (name, attributes, content) => {
  class Element extends HTMLElement {
    static observedAttributes = attributes;

    connectedCallback() {
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.update();
    }

    attributeChangedCallback() {
      if (this.shadowRoot) this.update();
    }

    async update() {
      render(await content(this), this.shadowRoot);
    }
  }
  customElements.define(name, Element);
};

const feedOf = (element) => new URL(element.getAttribute("feed"), document.baseURI).href;

define("peer-cards", ["feed", "limit", "order"], async (element) => {
  const feed = feedOf(element);
  const list = cards(await load(feed), feed, Number(element.getAttribute("limit")), element.getAttribute("order"));
  return <Cards list={list} />;
});
define("peer-share", [], () => <Share />);
define("peer-next", ["feed"], async (element) => {
  const feed = feedOf(element);
  return <Next card={next(await load(feed), feed)} />;
});
place(script);
