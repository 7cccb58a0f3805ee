//! What is in an element's shadow root, and how it is kept up with its state.
//!
//! Leptos's own way is a signal, and an effect that renders when it changes. An
//! element has one state and one place that changes it: the signal, the effect
//! and what keeps the books of both would be 10 kB of wasm that find out what is
//! known already.

use leptos::prelude::{Mountable, Render};
use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

use crate::view::{self, Card, Copy, Growth, Node, View};

/// The nodes that are shown, with the state that they show. Dropped, it takes
/// them away.
pub(super) struct Shown {
    pub(super) view: View,
    nodes: <Node as Render>::State,
    growth: Growth,
    /// How many of the cards are of the newest state.
    count: usize,
}

impl Shown {
    /// Renders into a root; what it has in it is taken over.
    pub(super) fn new(root: &ShadowRoot, view: View) -> Self {
        let node = view::widget(&view);
        // Leptos mounts into an element; of a shadow root it uses only what every node has.
        let parent = root.unchecked_ref();
        let nodes = if root.has_child_nodes() {
            node.take_over(parent)
        } else {
            let mut nodes = node.build();
            nodes.mount(parent, None);
            nodes
        };
        let count = if let View::Cards(cards) = &view { cards.cards.len() } else { 0 };
        Self { view, nodes, growth: Growth::default(), count }
    }

    /// Shows further cards; none ends the list.
    pub(super) fn complete(&mut self, new: Vec<Card>, copy: Copy<'_>) {
        if let View::Cards(cards) = &mut self.view {
            let count = new.len();
            view::complete(&mut self.nodes, &mut self.growth, cards, self.count, new, copy);
            self.count += count;
        }
    }

    /// Shows another state.
    pub(super) fn set(&mut self, view: View) {
        self.count = view::rebuild(&mut self.nodes, &mut self.growth, &mut self.view, view);
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.nodes.unmount();
    }
}
