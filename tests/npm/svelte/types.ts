// What an editor asks the types of a Svelte template.
import "kabar/svelte";
import type { SvelteHTMLElements } from "svelte/elements";

type Cards = SvelteHTMLElements["kabar-cards"];

export const right: Cards = { feed: "/feed.json", limit: 3, layout: "list", "onkabar-card-click": (event) => event.detail.url };
// @ts-expect-error no such layout
export const wrong: Cards = { layout: "gird" };
