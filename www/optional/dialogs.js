// The dialogs of a share bar: the QR code of an address, and the reader's Mastodon server.
import { matrix } from "../qr.js";

const SVG = "http://www.w3.org/2000/svg";
const STORED = "kabar-mastodon";

/** Opens a dialog; `done` is called when the address has been shared. */
export default (network, context) => (network === "qr" ? qr(context) : mastodon(context));

/** An element with these properties and children: never markup. */
const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const open = ({ root, button, words }, heading, content) => {
  const { lang, dir } = root.querySelector(".share");
  const title = make("h2", { id: "kabar-dialog", textContent: heading });
  const close = make("button", { type: "button", textContent: words.close || "Close", onclick: () => dialog.close() });
  close.part = "button";
  const dialog = make("dialog", { lang, dir }, title, content, close);
  dialog.part = "dialog";
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.addEventListener("close", () => {
    dialog.remove();
    button.focus();
  });
  root.append(dialog);
  dialog.showModal();
  return dialog;
};

const qr = (context) => {
  const { url, words, done } = context;
  const rows = matrix(new TextEncoder().encode(url));
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const size = rows.length + 8; // with the quiet zone of four modules that the standard asks for
  svg.setAttribute("viewBox", `-4 -4 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", url);
  path.setAttribute("d", rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
  svg.append(path);
  open(context, words.qr || "QR code", make("div", { className: "qr" }, svg, make("p", { textContent: words.scan || "" })));
  done();
};

/** The host in what a reader writes: a name, an address, an account. Undefined where there is none. */
const host = (text) => {
  try {
    const { hostname, host } = new URL(`https://${text.trim().replace(/^https?:\/\//i, "").split("/")[0].replace(/^.*@/, "")}`);
    return hostname.includes(".") ? host : undefined;
  } catch {} // none
};

const stored = () => {
  try {
    return localStorage.getItem(STORED) ?? "";
  } catch {
    return ""; // the reader's browser keeps nothing
  }
};

const store = (text) => {
  try {
    if (text) localStorage.setItem(STORED, text);
    else localStorage.removeItem(STORED);
  } catch {} // then it is asked for again
};

const mastodon = (context) => {
  const { button, words, done } = context;
  const before = stored();
  const input = make("input", { value: before, placeholder: "mastodon.social", required: true, autocapitalize: "off", spellcheck: false, inputMode: "url" });
  const remember = make("input", { type: "checkbox", checked: !!before });
  const form = make(
    "form",
    {},
    make("label", {}, words.instance || "Your Mastodon server", input),
    make("label", { className: "check" }, remember, words.remember || "Remember it on this device"),
    Object.assign(make("button", { textContent: words.go || "Share" }), { part: "button" }),
  );
  input.addEventListener("input", () => input.setCustomValidity(!input.value || host(input.value) ? "" : words.wrong || "This is not a server's name"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const instance = host(input.value);
    if (!instance) return;
    store(remember.checked ? instance : "");
    const href = button.dataset.href.replace("{instance}", instance);
    make("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }).click();
    done();
    dialog.close();
  });
  const dialog = open(context, "Mastodon", form);
  input.focus();
};
