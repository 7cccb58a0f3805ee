// Does what chance chose, in one go: what the elements make of it in between is void.
const elements = [...document.querySelectorAll("kabar-cards, kabar-next, kabar-share")];
const kept = (seen.kept ??= []);
for (const { does, which, name, value } of steps) {
  const all = [...elements, ...kept];
  const element = all[which % all.length];
  if (!element) break;
  const controls = element.shadowRoot?.querySelectorAll("a, button") ?? [];
  const actions = {
    set: () => element.setAttribute(name, value),
    remove: () => element.removeAttribute(name),
    property: () => (element[name.replace(/-./g, ([, letter]) => letter.toUpperCase())] = value),
    take: () => {
      element.remove();
      kept.push(element);
    },
    move: () => one("#there").append(element),
    wipe: () => element.shadowRoot?.replaceChildren(),
    write: () => (element.innerHTML = "<p slot=heading>Judul</p>"),
    copy: () => document.body.append(element.cloneNode(true)),
    make: () => Object.assign(document.body.appendChild(document.createElement(element.localName)), { loading: "eager", feed: element.feed }),
    refresh: () => Kabar.refresh(element),
    network: () => Kabar.registerNetwork({ id: value, label: value, href: "https://social.example/?" + value, icon: value }),
    click: () => {
      // A link would lead away, a button may open a window.
      const control = controls[value.length % controls.length];
      control?.addEventListener("click", (event) => event.preventDefault(), { once: true });
      control?.click();
    },
  };
  actions[does]();
}
return new Promise((resolve) => later(resolve, steps[0].wait));
