//! What is in an element's shadow root, and how it is kept up with its state.
//!
//! Leptos's own way is a signal, and an effect that renders when it changes. An
//! element has one state and one place that changes it: the signal, the effect
//! and what keeps the books of both would be 10 kB of wasm that find out what is
//! known already.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use leptos::prelude::{Mountable, Render};
use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

use super::clicks::Clicks;
use crate::view::{self, Card, Node, OnClick, View};

/// The nodes that are shown, with the state that they show. Dropped, it takes
/// them and their listeners away.
pub(super) struct Shown {
    pub(super) view: View,
    nodes: <Node as Render>::State,
    on_click: OnClick,
}

impl Shown {
    /// Renders into a root; what it has in it is taken over. `clicks` makes what handles the clicks, which must not keep this alive.
    pub(super) fn new(root: &ShadowRoot, view: View, clicks: impl FnOnce(Weak<RefCell<Self>>) -> Clicks) -> Rc<RefCell<Self>> {
        Rc::new_cyclic(|this| {
            let clicks = clicks(this.clone());
            let on_click: OnClick = Rc::new(move |click, event: JsValue| clicks.handle(click, event.unchecked_ref()));
            let node = view::widget(&view, &on_click);
            // Leptos mounts into an element; of a shadow root it uses only what every node has.
            let parent = root.unchecked_ref();
            let nodes = if root.has_child_nodes() {
                node.take_over(parent)
            } else {
                let mut nodes = node.build();
                nodes.mount(parent, None);
                nodes
            };
            RefCell::new(Self { view, nodes, on_click })
        })
    }

    /// Shows further cards; what is shown is not touched.
    pub(super) fn append(&mut self, new: Vec<Card>) {
        if let View::Cards(cards) = &mut self.view {
            view::append(&mut self.nodes, cards, new, &self.on_click);
        }
    }

    /// Shows another state.
    pub(super) fn set(&mut self, view: View) {
        view::widget(&view, &self.on_click).rebuild(&mut self.nodes);
        self.view = view;
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.nodes.unmount();
    }
}
