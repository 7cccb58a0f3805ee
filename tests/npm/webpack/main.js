import "kabar";

document.addEventListener("kabar-ready", () => (document.body.dataset.ready = "yes"));
