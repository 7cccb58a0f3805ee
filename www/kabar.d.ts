/** Types of Kabar's elements and of `window.Kabar`. Attribute names and values are those of the README's table. */

/** A failure's code; the README says for each what to do. */
export type KabarErrorCode =
  | "config"
  | "feed-unreachable"
  | "feed-status"
  | "feed-timeout"
  | "feed-too-large"
  | "feed-invalid"
  | "feed-empty"
  | "wasm-unsupported"
  | "wasm-blocked"
  | "wasm-failed"
  | "internal";

/** What every element has. A property is its attribute's text, empty where there is none. */
export interface KabarElement extends HTMLElement {
  lang: string;
  timezone: string;
  /** A word for the colours, one for the look, or both: `magazine dark`. */
  theme: string;
  loading: string;
  beacon: string;
}

/** What the elements that show articles have. */
export interface KabarArticlesElement extends KabarElement {
  cache: string;
  feed: string;
  format: string;
  dates: string;
  show: string;
  excerptWords: string;
  tag: string;
  order: string;
  current: string;
  open: string;
  heading: string;
  onError: string;
}

/** `<kabar-cards>` */
export interface KabarCardsElement extends KabarArticlesElement {
  limit: string;
  layout: string;
  more: string;
  excludeCurrent: string;
}

/** `<kabar-next>` */
export interface KabarNextElement extends KabarArticlesElement {
  wrap: string;
  label: string;
}

/** `<kabar-share>` */
export interface KabarShareElement extends KabarElement {
  networks: string;
  visible: string;
  size: string;
  placement: string;
  url: string;
  title: string;
  text: string;
  image: string;
  via: string;
  hashtags: string;
  utm: string;
  variant: string;
  label: string;
}

/** The events, by name. All bubble and are composed. */
export interface KabarEventMap {
  /** Rendered for the first time since it came into the page. */
  "kabar-ready": CustomEvent<null>;
  /** A failure; the fallback, or what was shown before, stays. */
  "kabar-error": CustomEvent<{ code: KabarErrorCode; message: string }>;
  /** Seen by the reader; once. */
  "kabar-view": CustomEvent<null>;
  "kabar-card-click": CustomEvent<{ url: string; index: number }>;
  "kabar-next-click": CustomEvent<{ url: string }>;
  /** Before a share target is opened; cancel it and nothing happens. */
  "kabar-share": CustomEvent<{ network: string; url: string }>;
  /** After further cards came. */
  "kabar-more": CustomEvent<{ count: number }>;
  /** After a share target was opened, the link copied, or the share sheet closed with success. */
  "kabar-shared": CustomEvent<{ network: string; url: string }>;
}

/** A share network of a page's own. */
export interface KabarNetwork {
  /** What `networks` and the events call it: a to z, 0 to 9 and hyphens. The networks that are shown by default keep their ids. */
  id: string;
  /** Its name, as readers see it. */
  label: string;
  /**
   * The address to open, beginning with `https://`, `http://`, `mailto:`, `sms:` or `viber://`. `{url}`, `{title}`,
   * `{text}`, `{subject}`, `{image}`, `{via}` and `{hashtags}` stand for what is shared, percent-encoded; a parameter without any is left out.
   */
  href: string;
  /** The data of an SVG path in a box of 24 by 24, filled by the even-odd rule. */
  icon: string;
}

/** `window.Kabar` */
export interface KabarGlobal {
  readonly version: string;
  /** Fetches the element's feed again and shows what is new. */
  refresh(element: KabarElement): Promise<void>;
  /** Adds a share network; elements that name its id show it, those that are there already too. */
  registerNetwork(network: KabarNetwork): void;
  /** Not for pages: a second copy of the script hands its tag to the first one here. */
  place(tag: HTMLScriptElement, key: string): void;
}

declare global {
  interface Window {
    readonly Kabar: KabarGlobal;
  }
  interface HTMLElementTagNameMap {
    "kabar-cards": KabarCardsElement;
    "kabar-share": KabarShareElement;
    "kabar-next": KabarNextElement;
  }
  interface GlobalEventHandlersEventMap extends KabarEventMap {}
}
