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
pub use node::{Growth, Node, State};

/// The style sheet of every shadow root, without comments and blanks.
pub const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/style.css"));

/// Adds cards after those that are shown, and to the state that shows them; they are in the page once `growth`
/// has arrived.
pub fn append(nodes: &mut State, growth: &mut Growth, cards: &mut Cards, new: Vec<Card>) {
    let first = cards.cards.len();
    cards.cards.extend(new);
    growth.add(nodes, article::articles(cards, first));
}

/// An element's content. Built once, then rebuilt from each new state: Leptos
/// patches the nodes that differ.
pub fn widget(view: View) -> Node {
    Node::Element(match view {
        View::Cards(cards) => article::cards(cards),
        View::Share(bar) => share::share_bar(bar),
        View::Next(Some(teaser)) => article::teaser(teaser),
        // Nothing comes next: what the publisher wrote inside is shown.
        View::Next(None) => element("slot"),
    })
}
