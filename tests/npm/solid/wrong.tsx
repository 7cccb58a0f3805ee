/** @jsxImportSource solid-js */
// What the types must refuse: tsc fails where one of these is no error.
import "kabar/solid";

// @ts-expect-error no such layout
export const layout = () => <kabar-cards layout="gird" />;
// @ts-expect-error not an attribute of the share bar
export const feed = () => <kabar-share feed="/feed.json" />;
// @ts-expect-error the event of a card's click has no code
export const event = () => <kabar-cards on:kabar-card-click={(event) => event.detail.code} />;
