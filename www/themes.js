// Fills each section of the page of looks with the same elements, in its own look.
const { content } = document.getElementById("elements");

for (const section of document.querySelectorAll("main > section")) {
  const copy = document.importNode(content, true);
  for (const element of copy.querySelectorAll("kabar-cards, kabar-share, kabar-next")) {
    element.setAttribute("theme", `${section.id} ${element.getAttribute("theme") ?? ""}`.trim());
  }
  copy.querySelector("aside").setAttribute("aria-label", `Kolom samping, ${section.id}`);
  section.append(copy);
}
