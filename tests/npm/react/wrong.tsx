// What the types must refuse: tsc fails where one of these is no error.
import "kabar/react";

// @ts-expect-error no such layout
export const layout = <kabar-cards layout="gird" />;
// @ts-expect-error no number
export const limit = <kabar-cards limit="six" />;
// @ts-expect-error not an attribute of the share bar
export const feed = <kabar-share feed="/feed.json" />;
// @ts-expect-error no such element
export const element = <kabar-card />;
// @ts-expect-error the event of a card's click has no code
export const event = <kabar-cards onkabar-card-click={(event) => event.detail.code} />;
