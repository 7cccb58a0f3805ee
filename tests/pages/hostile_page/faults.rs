//! What pages do to the globals that a script finds: libraries, polyfills,
//! trackers, and worse.

/// A fault: what it is, and the script that does it.
pub(super) type Fault = (&'static str, &'static str);

/// Makes a fault's script throw where anything calls what it puts in place.
const REQUESTS: &[Fault] = &[
    ("`fetch` throws", "window.fetch = () => { throw new Error('not yours'); };"),
    ("`fetch` rejects", "window.fetch = () => Promise.reject(new TypeError('no network'));"),
    (
        "`fetch` never answers for wasm",
        "const own = fetch; window.fetch = (url, ...rest) => /wasm/.test(url) ? Promise.reject(new Error('blocked')) : own(url, ...rest);",
    ),
    ("`fetch` gives no response", "window.fetch = async () => ({});"),
    (
        "`fetch` is a wrapper",
        "const own = fetch; window.fetch = function (...words) { return own.apply(this, words).then((answer) => answer.clone()); };",
    ),
    ("`fetch` is gone", "delete window.fetch; window.fetch = undefined;"),
    (
        "`Response.prototype` is patched",
        "Response.prototype.text = Response.prototype.json = Response.prototype.arrayBuffer = () => { throw new Error('mine'); };",
    ),
    ("`TextDecoder` throws", "window.TextDecoder = class { constructor() { throw new Error('mine'); } };"),
    (
        "`TextDecoder` is a poor polyfill",
        "window.TextDecoder = class { decode(bytes) { return bytes ? String.fromCharCode(...bytes) : ''; } };",
    ),
    ("`TextEncoder` is gone", "window.TextEncoder = undefined;"),
    ("`URL` is a function", "const Own = URL; window.URL = function (...words) { return new Own(...words); };"),
    ("`URL` throws", "window.URL = class { constructor() { throw new Error('mine'); } };"),
    ("`AbortController` is gone", "window.AbortController = undefined;"),
    ("`JSON.parse` throws", "JSON.parse = () => { throw new SyntaxError('mine'); };"),
    ("`JSON.parse` gives something else", "JSON.parse = () => ({ version: 'x' });"),
    ("`JSON.stringify` throws", "JSON.stringify = () => { throw new Error('mine'); };"),
    (
        "`WebAssembly` is patched",
        "WebAssembly.instantiate = WebAssembly.compile = WebAssembly.compileStreaming = () => { throw new Error('mine'); };",
    ),
];

const TIME: &[Fault] = &[
    ("`Promise.prototype.then` gives nothing", "Promise.prototype.then = () => {};"),
    ("`Promise.prototype.then` is a wrapper", "const own = Promise.prototype.then; Promise.prototype.then = function (...words) { return own.apply(this, words); };"),
    ("`Promise` is a subclass", "window.Promise = class extends Promise { then(...words) { return super.then(...words); } };"),
    ("`Promise` is a polyfill without `all`", "const Own = Promise; window.Promise = function (act) { return new Own(act); }; window.Promise.resolve = (value) => Own.resolve(value);"),
    ("`queueMicrotask` throws", "window.queueMicrotask = () => { throw new Error('mine'); };"),
    ("`queueMicrotask` is gone", "window.queueMicrotask = undefined;"),
    ("`setTimeout` is a wrapper", "const own = setTimeout; window.setTimeout = (act, ...rest) => own(() => act(), ...rest);"),
    ("`IntersectionObserver` is gone", "window.IntersectionObserver = undefined;"),
    ("Zone.js: `Promise`, listeners and timers are patched", "
        const Own = Promise, then = Promise.prototype.then, listen = EventTarget.prototype.addEventListener, later = setTimeout;
        class ZoneAwarePromise { constructor(act) { this.own = new Own(act); } then(...words) { return then.apply(this.own, words); }
            catch(word) { return this.then(undefined, word); } finally(word) { return this.own.finally(word); }
            static resolve(value) { return new this((done) => done(value)); } static reject(value) { return new this((_, no) => no(value)); }
            static all(list) { return new this((done, no) => Own.all([...list].map((one) => one?.own ?? one)).then(done, no)); } }
        window.Promise = ZoneAwarePromise;
        Own.prototype.then = function (yes, no) { return then.call(this, yes && ((value) => yes(value)), no && ((value) => no(value))); };
        EventTarget.prototype.addEventListener = function (name, act, options) {
            return listen.call(this, name, typeof act === 'function' ? function (event) { return act.call(this, event); } : act, options); };
        window.setTimeout = (act, ...rest) => later(typeof act === 'function' ? () => act() : act, ...rest);"),
];

const PROTOTYPES: &[Fault] = &[
    ("`Array.prototype` has more, enumerable", "Array.prototype.remove = function () { return 'mine'; }; Array.prototype.last = 1;"),
    (
        "`Array.prototype` methods throw",
        "for (const name of ['map', 'filter', 'push', 'includes', 'forEach', 'join', 'find']) Array.prototype[name] = () => { throw new Error(name); };",
    ),
    (
        "`Array.prototype` methods give nothing",
        "for (const name of ['map', 'filter', 'push', 'includes', 'forEach', 'join', 'find']) Array.prototype[name] = () => {};",
    ),
    ("`Array.from` and `Array.isArray` throw", "Array.from = Array.isArray = () => { throw new Error('mine'); };"),
    (
        "Prototype.js: `toJSON` on all prototypes",
        "for (const type of [Array, String, Object, Number, Date]) type.prototype.toJSON = function () { return '\"mine\"'; };",
    ),
    ("`Object.prototype` has more, enumerable", "Object.prototype.extra = function () { return 'mine'; }; Object.prototype.each = 1;"),
    (
        "`Object.prototype` has the names of options",
        "Object.assign(Object.prototype, { method: 'POST', mode: 'same-origin', headers: { x: '1' }, cache: 'only-if-cached', detail: 1, bubbles: false, once: true, capture: true });",
    ),
    (
        "`Object.prototype` has the names that Kabar uses",
        "Object.assign(Object.prototype, { known: true, said: true, trap: true, late: true, next: { users: 9 }, show: 'x', target: '#none', items: [], title: 'mine' });",
    ),
    ("`Object.prototype.get` and `set` are functions", "Object.prototype.get = Object.prototype.set = function () { return 'mine'; };"),
    ("`Object.defineProperty` throws", "Object.defineProperty = () => { throw new Error('mine'); };"),
    (
        "`String.prototype` methods throw",
        "for (const name of ['split', 'replace', 'match', 'startsWith', 'includes', 'trim']) String.prototype[name] = () => { throw new Error(name); };",
    ),
    (
        "`Function.prototype.call`, `apply` and `bind` throw",
        "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw new Error('mine'); };",
    ),
    (
        "`Map.prototype` and `Set.prototype` methods throw",
        "for (const type of [Map, WeakMap, Set, WeakSet]) type.prototype.get = type.prototype.has = () => { throw new Error('mine'); };",
    ),
    (
        "`Map`, `Symbol`, `Reflect` and `WeakSet` are gone",
        "window.Map = window.Symbol = window.Reflect = window.WeakSet = window.FinalizationRegistry = undefined;",
    ),
    (
        "all prototypes are frozen",
        "for (const type of [Object, Array, Function, Promise, String, Map, Event, EventTarget, Node, Element, HTMLElement, Response]) { Object.freeze(type.prototype); Object.freeze(type); }",
    ),
    ("`Error` is another", "window.Error = function () { return 'mine'; }; window.TypeError = window.Error;"),
    ("`Intl` is gone", "window.Intl = undefined;"),
    ("`Intl.DateTimeFormat` throws", "Intl.DateTimeFormat = class { constructor() { throw new RangeError('mine'); } };"),
    ("`Uint8Array` and `DataView` are others", "window.Uint8Array = window.DataView = class {};"),
];

const PAGE: &[Fault] = &[
    ("`customElements.define` throws", "customElements.define = () => { throw new Error('mine'); };"),
    ("`customElements.define` does nothing", "customElements.define = () => {};"),
    (
        "`customElements.define` is a wrapper",
        "const own = customElements.define; customElements.define = function (...words) { return own.apply(customElements, words); };",
    ),
    ("`customElements` is gone", "Object.defineProperty(window, 'customElements', { value: undefined });"),
    (
        "AMD: `define.amd`",
        "window.define = () => { throw new Error('Mismatched anonymous define()'); }; window.define.amd = {}; window.require = window.define;",
    ),
    (
        "CommonJS: `module`, `exports`, `require`",
        "window.module = { exports: {} }; window.exports = module.exports; window.require = () => { throw new Error('no module'); }; window.global = window; window.process = { env: {} };",
    ),
    ("`CSSStyleSheet` is gone", "window.CSSStyleSheet = undefined;"),
    (
        "`document.createElement` is a wrapper",
        "const own = document.createElement; document.createElement = function (...words) { return own.apply(document, words); };",
    ),
    ("`document.querySelector` gives nothing", "document.querySelector = Document.prototype.querySelector = () => null;"),
    (
        "`appendChild` and `insertBefore` are wrappers",
        "for (const name of ['appendChild', 'insertBefore']) { const own = Node.prototype[name]; Node.prototype[name] = function (...words) { return own.apply(this, words); }; }",
    ),
    (
        "`appendChild` and `insertBefore` are wrappers that give nothing",
        "for (const name of ['appendChild', 'insertBefore']) { const own = Node.prototype[name]; Node.prototype[name] = function (...words) { own.apply(this, words); }; }",
    ),
    ("`addEventListener` throws", "EventTarget.prototype.addEventListener = () => { throw new Error('mine'); };"),
    (
        "`CustomEvent` is a polyfill",
        "window.CustomEvent = function (name, options) { const event = document.createEvent('CustomEvent'); event.initCustomEvent(name, options.bubbles, options.cancelable, options.detail); return event; };",
    ),
    ("`console` is gone", "window.console = undefined;"),
    ("`attachShadow` throws", "Element.prototype.attachShadow = () => { throw new Error('mine'); };"),
    ("an element of the page has the id Kabar", "document.documentElement.id = 'Kabar';"),
    (
        "listeners of Kabar's events throw nothing and cancel all",
        "for (const name of ['kabar-ready', 'kabar-error', 'click']) addEventListener(name, (event) => event.preventDefault(), true);",
    ),
    (
        "a default policy of Trusted Types",
        "window.trustedTypes?.createPolicy('default', { createHTML: (text) => text, createScript: (text) => text, createScriptURL: (text) => text });",
    ),
];

/// What stands around a script in the page, gone or in trouble.
const AROUND: &[Fault] = &[
    (
        "what the navigator can do throws when it is read",
        "for (const name of ['share', 'canShare', 'userAgent', 'language']) Object.defineProperty(navigator, name, { get() { throw new Error('mine'); } });",
    ),
    (
        "`localStorage` and `sessionStorage` throw when they are read",
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('mine', 'SecurityError'); } });",
    ),
    ("`crypto` is gone", "Object.defineProperty(window, 'crypto', { value: undefined });"),
    ("`matchMedia` is gone", "window.matchMedia = undefined;"),
    ("`MessageChannel` is gone", "window.MessageChannel = undefined;"),
    ("`ResizeObserver` and `MutationObserver` are gone", "window.ResizeObserver = window.MutationObserver = undefined;"),
    ("`IntersectionObserver` throws", "window.IntersectionObserver = class { constructor() { throw new Error('mine'); } };"),
    ("`IntersectionObserver` never says a word", "window.IntersectionObserver = class { observe() {} unobserve() {} disconnect() {} };"),
    (
        "`requestAnimationFrame` and `requestIdleCallback` never call",
        "window.requestAnimationFrame = window.requestIdleCallback = () => 1;",
    ),
    ("`performance` is gone", "Object.defineProperty(window, 'performance', { value: undefined });"),
    ("`Date.now` throws", "Date.now = () => { throw new Error('mine'); };"),
    (
        "`Date` is another",
        "const Own = Date; window.Date = function (...words) { return new Own(...words); }; window.Date.now = () => 86400000; window.Date.prototype = Own.prototype;",
    ),
    (
        "`Reflect`'s functions throw",
        "for (const name of ['get', 'set', 'construct', 'apply', 'ownKeys']) Reflect[name] = () => { throw new Error('mine'); };",
    ),
    ("`document.createElement` throws", "document.createElement = () => { throw new Error('mine'); };"),
    ("`document.createElement` gives nothing", "document.createElement = () => {};"),
    (
        "`append`, `after` and `replaceChildren` throw",
        "for (const type of [Element, Document, DocumentFragment]) for (const name of ['append', 'after', 'replaceChildren']) type.prototype[name] = () => { throw new Error('mine'); };",
    ),
    ("`textContent` cannot be set", "Object.defineProperty(Node.prototype, 'textContent', { set() { throw new Error('mine'); } });"),
    ("`closest` and `matches` throw", "Element.prototype.closest = Element.prototype.matches = () => { throw new Error('mine'); };"),
    ("`getBoundingClientRect` throws", "Element.prototype.getBoundingClientRect = () => { throw new Error('mine'); };"),
    (
        "`setAttribute` and `getAttribute` are wrappers",
        "for (const name of ['setAttribute', 'getAttribute']) { const own = Element.prototype[name]; Element.prototype[name] = function (...words) { return own.apply(this, words.map(String)); }; }",
    ),
    ("`cloneNode` throws", "Node.prototype.cloneNode = () => { throw new Error('mine'); };"),
    (
        "`attachShadow` makes closed roots",
        "const own = Element.prototype.attachShadow; Element.prototype.attachShadow = function () { return own.call(this, { mode: 'closed' }); };",
    ),
    (
        "`adoptedStyleSheets` cannot be set",
        "Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', { get: () => [], set() { throw new Error('mine'); } });",
    ),
    (
        "`HTMLElement` is a function, as an adapter for ES5 makes it",
        "const Own = HTMLElement; window.HTMLElement = function () { return Reflect.construct(Own, [], this.constructor); }; HTMLElement.prototype = Own.prototype; Object.setPrototypeOf(HTMLElement, Own);",
    ),
    ("`Kabar` is taken and cannot be written", "Object.defineProperty(window, 'Kabar', { value: 1 });"),
    (
        "the document and the navigator are frozen",
        "for (const object of [document, document.documentElement, document.head, navigator, customElements, Intl, Math, JSON]) try { Object.freeze(object); } catch { /* Firefox freezes no document */ }",
    ),
];

/// What is tried before the script only.
const BEFORE: &[Fault] = &[(
    "`Promise.prototype.then` and `catch` throw",
    "Promise.prototype.then = Promise.prototype.catch = () => { throw new Error('mine'); };",
)];

/// What is tried after it only, when all that is there has been kept.
const AFTER: &[Fault] = &[
    ("`Array`'s iterator throws", "Array.prototype[Symbol.iterator] = () => { throw new Error('mine'); };"),
    ("`Array`'s iterator is gone", "delete Array.prototype[Symbol.iterator];"),
    (
        "`Object`'s functions throw",
        "for (const name of ['keys', 'values', 'entries', 'assign', 'fromEntries', 'create', 'getPrototypeOf', 'is', 'freeze']) Object[name] = () => { throw new Error(name); };",
    ),
    (
        "`RegExp.prototype` methods throw",
        "for (const name of ['exec', 'test', Symbol.match, Symbol.replace, Symbol.split]) RegExp.prototype[name] = () => { throw new Error('mine'); };",
    ),
];

/// All of them, for before the script or after it.
pub(super) fn all(before: bool) -> impl Iterator<Item = &'static Fault> {
    [REQUESTS, TIME, PROTOTYPES, PAGE, AROUND, if before { BEFORE } else { AFTER }].into_iter().flatten()
}
