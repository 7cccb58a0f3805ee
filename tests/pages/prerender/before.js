// Notes what stands in the page before Kabar does, and each change to it from then on.
window.ahead = [...document.querySelectorAll("kabar-cards, kabar-share, kabar-next")].map((host) => {
  const nodes = [...host.shadowRoot.querySelectorAll("*")].filter((node) => !node.matches("style, link"));
  const changes = [];
  const note = (verb, node) => changes.push(`${verb} ${node.nodeName.toLowerCase()}`);
  new MutationObserver((records) => {
    for (const { type, target, attributeName, addedNodes, removedNodes } of records) {
      if (type === "attributes") changes.push(`sets ${attributeName} of ${target.nodeName.toLowerCase()}`);
      if (type === "characterData") note("writes", target);
      // The place where the share bar speaks has an empty text, which HTML cannot say.
      [...addedNodes].filter((node) => node.nodeName !== "#text" || node.data).forEach((node) => note("adds", node));
      removedNodes.forEach((node) => note("removes", node));
    }
  }).observe(host.shadowRoot, { subtree: true, childList: true, attributes: true, characterData: true });
  return { host, nodes, changes };
});

// The feed has moved on since, or is gone.
const feed = new URLSearchParams(location.search).get("feed");
if (feed) document.querySelector("kabar-cards").setAttribute("feed", feed);
