//! What the buttons do, and the events that tell the page that it is done.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use gloo_timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CustomEvent, CustomEventInit, Element, HtmlElement, ShadowRoot};

use super::{
    binding::{self, object},
    content::Content,
    shown::Shown,
};
use crate::{
    locale::Word,
    share,
    view::{ShareBar, View},
};

/// How long a confirmation stays to be read, in milliseconds.
const STATUS_TIME: u32 = 5_000;

/// What the buttons of one element do.
#[derive(Clone)]
pub(super) struct Buttons {
    pub(super) content: Rc<RefCell<Content>>,
    pub(super) host: HtmlElement,
    pub(super) root: ShadowRoot,
    shown: Weak<RefCell<Shown>>,
    /// Clears the confirmation, or brings more; dropped with the element, and with it the timer.
    timer: Rc<RefCell<Option<Timeout>>>,
}

impl Buttons {
    /// For what a root holds. It does not keep that alive.
    pub(super) fn new(content: Rc<RefCell<Content>>, root: ShadowRoot, shown: &Rc<RefCell<Shown>>) -> Self {
        let host = content.borrow().host.clone();
        Self { content, host, root, shown: Rc::downgrade(shown), timer: Rc::default() }
    }

    /// Does what a button is for; see [`super::Widget::press`].
    pub(super) fn press(&self, button: Element, by_hand: bool, copied: Option<Promise>) {
        let Some(shown) = self.shown.upgrade() else { return };
        let shown = shown.borrow();
        // Not borrowed any more once the element changes.
        match &shown.view {
            View::Cards(cards) if button.class_name() == "more" => {
                let count = cards.cards.len();
                drop(shown);
                self.more(count, by_hand, button);
            }
            View::Share(bar) => {
                let mut bar = bar.clone();
                drop(shown);
                if let Some(network) = button.get_attribute("data-network") {
                    self.share(&bar, &network, copied);
                } else if button.class_name() == "others" {
                    bar.open = !bar.open;
                    self.show(View::Share(bar));
                }
            }
            View::Cards(_) | View::Next(_) => {}
        }
    }

    fn share(&self, bar: &ShareBar, network: &str, copied: Option<Promise>) {
        let Some(target) = bar.targets.iter().find(|target| target.network.id == network) else { return };
        let url = target.url.clone();
        match (target.network.action, copied) {
            (share::Action::Native, _) => {
                self.when_done(binding::share(&super::share::share_data(&bar.shared, &url)), network, url, None);
            }
            (share::Action::Copy, Some(copied)) => {
                let failed = bar.locale[Word::CopyFailed].to_owned() + " " + &url;
                let says = (&bar.locale[Word::Copied], failed);
                self.when_done(Ok(copied), network, url, Some(says));
            }
            // A link needs nothing; www/optional/share.js heard of the others.
            _ => {}
        }
    }

    /// Waits for the browser to share or copy, then says how it went, where there
    /// is something to say: a reader who closes the share sheet needs no message.
    fn when_done(&self, started: Result<Promise, JsValue>, network: &str, url: String, says: Option<(&'static str, String)>) {
        let this = self.clone();
        let network = JsValue::from_str(network);
        spawn_local(async move {
            let done = match started {
                Ok(promise) => JsFuture::from(promise).await,
                Err(error) => Err(error),
            };
            if !this.host.is_connected() {
                return;
            }
            if done.is_ok() {
                this.tell("kabar-shared", &[("network", &network), ("url", &url.into())]);
            }
            match (says, done) {
                (Some((copied, _)), Ok(_)) => {
                    this.say(copied.to_owned());
                    this.later(STATUS_TIME, |this| this.say(String::new()));
                }
                // The address stays, for the reader to copy by hand.
                (Some((_, failed)), Err(_)) => this.say(failed),
                (None, _) => {}
            }
        });
    }

    /// Does something after so many milliseconds, unless the element has gone by then.
    pub(super) fn later(&self, milliseconds: u32, action: impl FnOnce(&Self) + 'static) {
        // What the timer has must not hold the timer.
        let this = Self { timer: Rc::default(), ..self.clone() };
        self.timer.replace(Some(Timeout::new(milliseconds, move || action(&this))));
    }

    fn say(&self, text: String) {
        // An element that has gone takes no more news.
        let Some(shown) = self.shown.upgrade() else { return };
        let view = shown.borrow().view.clone();
        if let View::Share(mut bar) = view {
            bar.status = text;
            self.show(View::Share(bar));
        }
    }

    /// Shows another state, if the element is still there.
    pub(super) fn show(&self, view: View) {
        if let Some(shown) = self.shown.upgrade() {
            shown.borrow_mut().set(view);
        }
    }

    /// Sends an event from the element.
    pub(super) fn tell(&self, name: &str, detail: &[(&str, &JsValue)]) {
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_detail(&object(detail));
        // Fails only where an event has no name.
        let _ = CustomEvent::new_with_event_init_dict(name, &init).and_then(|event| self.host.dispatch_event(&event));
    }
}
