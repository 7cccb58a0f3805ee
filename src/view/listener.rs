//! A click listener that goes when it is dropped.
//!
//! Leptos's own keeps its callback on one thread by asking for the thread's id,
//! and with that come std's threads and a second allocator: 2 kB of wasm.

use leptos::{
    tachys::renderer::types::Element,
    wasm_bindgen::{JsCast, closure::Closure},
};

use super::{Click, OnClick};

/// Held as long as the clicks of an element are to be told.
pub(super) struct Listener {
    pub(super) click: Click,
    node: Element,
    callback: Closure<dyn FnMut(leptos::tachys::renderer::types::Event)>,
}

impl Listener {
    pub(super) fn new(node: &Element, (click, tell): (Click, OnClick)) -> Self {
        let callback = Closure::new(move |event| tell(click, event));
        // Both fail only where an event has no name.
        let _ = node.add_event_listener_with_callback("click", callback.as_ref().unchecked_ref());
        Self { click, node: node.clone(), callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.node.remove_event_listener_with_callback("click", self.callback.as_ref().unchecked_ref());
    }
}
