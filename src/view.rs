//! The Leptos components: data and one callback in, markup out.
//!
//! Nothing here fetches, and nothing looks at the page. Every string from a
//! feed becomes a text node or an attribute, never markup. An element's whole
//! state is one [`View`] in a signal: when it changes, Leptos patches the nodes
//! that are there.
//!
//! No element here is wholly static: Leptos makes an `InertElement` of a static
//! subtree, and that sets `template.innerHTML`, which Trusted Types forbid.

mod article;
mod model;
mod share;

use std::sync::Arc;

use leptos::prelude::*;

pub use model::{Card, Cards, Page, ShareBar, Target, Teaser, View};

/// The style sheet of every shadow root, without comments and blanks.
pub const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/style.css"));

/// What a reader clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Click {
    /// The link of the card at this place, or of the teaser.
    Article(usize),
    /// The share target at this place.
    Share(usize),
}

/// Told of each click before the browser acts on it.
pub type OnClick = Arc<dyn Fn(Click, leptos::ev::MouseEvent) + Send + Sync>;

/// An element's content, kept up with its state.
pub fn widget(view: RwSignal<View>, on_click: OnClick) -> impl IntoView {
    move || {
        let on_click = on_click.clone();
        match view.get() {
            View::Cards(cards) => article::cards(cards, on_click).into_any(),
            View::Share(bar) => share::share_bar(bar, on_click).into_any(),
            View::Next(Some(teaser)) => article::teaser(teaser, on_click).into_any(),
            // Nothing comes next: what the publisher wrote inside is shown.
            View::Next(None) => leptos::html::slot().into_any(),
        }
    }
}
