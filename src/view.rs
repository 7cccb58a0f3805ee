//! The Leptos components: data and one callback in, markup out.
//!
//! Nothing here fetches, and nothing looks at the page. Every string from a
//! feed becomes a text node or an attribute, never markup. An element's whole
//! state is one [`View`] in a signal: when it changes, Leptos patches the nodes
//! that are there.

mod article;
mod model;
mod node;
mod share;

use std::sync::Arc;

use leptos::{prelude::*, tachys::renderer::types::Event};

use node::element;

pub use model::{Card, Cards, More, Page, ShareBar, Target, Teaser, View};
pub use node::Node;

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
}

/// Told of each click before the browser acts on it.
pub type OnClick = Arc<dyn Fn(Click, Event) + Send + Sync>;

/// An element's content, kept up with its state.
pub fn widget(view: ArcRwSignal<View>, on_click: OnClick) -> impl IntoView {
    move || {
        Node::Element(match view.get() {
            View::Cards(cards) => article::cards(cards, &on_click),
            View::Share(bar) => share::share_bar(bar, &on_click),
            View::Next(Some(teaser)) => article::teaser(teaser, &on_click),
            // Nothing comes next: what the publisher wrote inside is shown.
            View::Next(None) => element("slot"),
        })
    }
}
