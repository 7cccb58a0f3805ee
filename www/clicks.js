// What must happen within a reader's own click, also before the last of the wasm
// is there, which has what the buttons do: Safari opens a window, and writes to
// the clipboard, only then. A click that is made again later does neither.

/** Resolves when the text is on the clipboard; rejects where a browser has none, or lets no page write to it. */
const copy = async (text) => navigator.clipboard.writeText(text);

const isCard = ({ localName }) => localName === "article";

/** A listener for the clicks in a shadow root, which tells the page of them. `press` does what a button is for, as soon as it can. */
export const clicked = (CustomEvent, tell, shows, press) => (event) => {
  const { currentTarget: root, target, bubbles } = event;
  const { host } = root;
  const control = target.closest?.("a[href],button");
  // What a publisher puts into a slot is in another tree.
  if (control?.getRootNode() !== root || !shows(host)) return;
  const isLink = control.localName === "a";
  const { network, url } = control.dataset;
  let copied;
  if (network) {
    const share = new CustomEvent("kabar-share", { bubbles: true, composed: true, cancelable: true, detail: { network, url } });
    if (!host.dispatchEvent(share)) return event.preventDefault();
    if (isLink) tell(host, "kabar-shared", { network, url });
    if (network === "copy") (copied = copy(url)).catch(() => {}); // src/browser/buttons.rs says it
  } else if (isLink) {
    const detail = { url: control.getAttribute("href") };
    const card = control.closest("article");
    if (host.localName === "kabar-next") tell(host, "kabar-next-click", detail);
    // By its place among the cards: a page may have put other things between them, and taken cards out.
    else if (card) tell(host, "kabar-card-click", { ...detail, index: [...card.parentNode.children].filter(isCard).indexOf(card) });
  }
  if (!isLink) press(host, control, bubbles, copied);
};
