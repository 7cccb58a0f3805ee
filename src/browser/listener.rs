//! A click listener that goes when it is dropped.
//!
//! Leptos's own keeps its callback on one thread by asking for the thread's id,
//! and with that come std's threads and a second allocator: 2 kB of wasm.

use wasm_bindgen::prelude::*;
use web_sys::{Event, ShadowRoot};

/// Held as long as the clicks in a shadow root are to be told: one listener,
/// however many cards and buttons are in it.
pub(super) struct Listener {
    root: ShadowRoot,
    callback: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// Hears of a click on its way down, so that also those are told that do not bubble.
    pub(super) fn new(root: ShadowRoot, tell: impl Fn(&Event) + 'static) -> Self {
        // It may be called while it runs: a page that is told of a click may click itself.
        let callback = Closure::<dyn Fn(Event)>::new(move |event| tell(&event));
        // Both fail only where an event has no name.
        let _ = root.add_event_listener_with_callback_and_bool("click", callback.as_ref().unchecked_ref(), true);
        Self { root, callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.root.remove_event_listener_with_callback_and_bool("click", self.callback.as_ref().unchecked_ref(), true);
    }
}
