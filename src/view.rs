//! The Leptos components: data and one callback in, markup out.
//!
//! Nothing here fetches, and nothing looks at the page. Every string from a
//! feed becomes a text node or an attribute, never markup. An element's whole
//! state is one [`View`]: when it changes, Leptos patches the nodes that are there.

mod article;
#[cfg(not(target_arch = "wasm32"))]
mod html;
mod listener;
mod model;
mod node;
mod share;

use leptos::tachys::renderer::types::Event;

use node::element;

pub use model::{Card, Cards, More, Page, Selection, ShareBar, Target, Teaser, View};
pub use node::{Node, State};

/// The style sheet of every shadow root, without comments and blanks.
pub const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/style.css"));

/// What a reader clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Click {
    /// The link of the card at this place, or of the teaser.
    Article(usize),
    /// The share target at this place.
    Share(usize),
    /// The button that brings more cards.
    More,
    /// The button that shows further share targets, or hides them.
    Others,
}

/// Told of each click before the browser acts on it.
#[cfg(target_arch = "wasm32")]
pub type OnClick = std::rc::Rc<dyn Fn(Click, Event)>;

/// Told of each click: on the host there are none, but Leptos renders on threads.
#[cfg(not(target_arch = "wasm32"))]
pub type OnClick = std::sync::Arc<dyn Fn(Click, Event) + Send + Sync>;

/// Adds cards after those that are shown, and to the state that shows them.
pub fn append(nodes: &mut State, cards: &mut Cards, new: Vec<Card>, on_click: &OnClick) {
    let first = cards.cards.len();
    cards.cards.extend(new);
    nodes.append(article::articles(cards, first, on_click));
}

/// An element's content. Built once, then rebuilt from each new state: Leptos
/// patches the nodes that differ.
pub fn widget(view: &View, on_click: &OnClick) -> Node {
    Node::Element(match view {
        View::Cards(cards) => article::cards(cards, on_click),
        View::Share(bar) => share::share_bar(bar, on_click),
        View::Next(Some(teaser)) => article::teaser(teaser, on_click),
        // Nothing comes next: what the publisher wrote inside is shown.
        View::Next(None) => element("slot"),
    })
}
