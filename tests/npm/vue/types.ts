// What an editor asks the types of a Vue template.
import "kabar/vue";
import type { GlobalComponents } from "vue";

type Cards = InstanceType<GlobalComponents["kabar-cards"]>["$props"];

export const right: Cards = { feed: "/feed.json", limit: 3, layout: "list", "excerpt-words": "20" };
// @ts-expect-error no such layout
export const wrong: Cards = { layout: "gird" };
