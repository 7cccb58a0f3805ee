//! The Leptos components: data in, markup out.
//!
//! Nothing here fetches, and nothing looks at the page. Every string from a
//! feed becomes a text node or an attribute, never markup. An element's whole
//! state is one [`View`]: when it changes, Leptos patches the nodes that are there.

mod article;
#[cfg(not(target_arch = "wasm32"))]
mod html;
mod model;
mod node;
mod share;

use node::element;

pub use model::{Card, Cards, More, Page, Selection, ShareBar, Target, Teaser, View};
pub use node::{Copy, Growth, Node, State};

/// The style sheet of every shadow root, without comments and blanks.
pub const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/style.css"));

/// What a share bar has beside it.
pub const BAR_STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/bar.css"));

/// Shows another state in place of one that is shown. Where its cards go on in
/// pieces, the old ones stay until they come: returns how many are new.
pub fn rebuild(nodes: &mut State, growth: &mut Growth, shown: &mut View, mut view: View) -> usize {
    let node = widget(&view);
    let (mut count, mut stay) = (0, false);
    if let View::Cards(new) = &mut view {
        count = new.cards.len();
        if let View::Cards(old) = shown
            && new.continues
            && old.more.is_none()
        {
            stay = true;
            // What is as it was is left alone, but where all links or headings change.
            let same = (old.heading, old.open_new) == (new.heading, new.open_new);
            for card in old.cards.drain(count.min(old.cards.len())..) {
                new.cards.push(if same { card } else { Card::default() });
            }
        }
    }
    growth.rebuild(nodes, node, count, stay);
    *shown = view;
    count
}

/// Shows further cards after the `count` that are of the newest state: first in
/// place of older ones, then after them. None ends the list.
pub fn complete(nodes: &mut State, growth: &mut Growth, cards: &mut Cards, count: usize, mut new: Vec<Card>, copy: Copy<'_>) {
    if new.is_empty() {
        cards.cards.truncate(count);
        return growth.end(nodes, count);
    }
    let there = cards.cards.len();
    let added = new.split_off(new.len().min(there - count));
    for (place, new) in (count..).zip(new) {
        // Most often only the list got longer.
        if cards.cards[place] != new {
            cards.cards[place] = new;
            Growth::patch(nodes, place, article::articles(&cards.cards[place..=place], cards));
        }
    }
    cards.cards.extend(added);
    growth.add(nodes, article::articles(&cards.cards[there..], cards), copy);
}

/// An element's content. Built once, then rebuilt from each new state: Leptos
/// patches the nodes that differ.
pub fn widget(view: &View) -> Node {
    Node::Element(match view {
        View::Cards(cards) => article::cards(cards),
        View::Share(bar) => share::share_bar(bar),
        View::Next(Some(teaser)) => article::teaser(teaser),
        // Nothing comes next: what the publisher wrote inside is shown.
        View::Next(None) => element("slot"),
    })
}
