//! What happens on a click, and the events that tell the page of it.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use gloo_timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CustomEvent, CustomEventInit, Element, Event, HtmlElement, ShadowRoot};

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

/// Handles the clicks of one element.
#[derive(Clone)]
pub(super) struct Clicks {
    pub(super) content: Rc<RefCell<Content>>,
    pub(super) host: HtmlElement,
    pub(super) root: ShadowRoot,
    shown: Weak<RefCell<Shown>>,
    /// Clears the confirmation, or brings more; dropped with the element, and with it the timer.
    timer: Rc<RefCell<Option<Timeout>>>,
}

impl Clicks {
    pub(super) fn new(content: Rc<RefCell<Content>>, root: ShadowRoot, shown: Weak<RefCell<Shown>>) -> Self {
        let host = content.borrow().host.clone();
        Self { content, host, root, shown, timer: Rc::default() }
    }

    /// Tells the page, and does what a link alone cannot.
    pub(super) fn handle(&self, event: &Event) {
        let Some((shown, control)) = self.shown.upgrade().zip(self.control(event)) else { return };
        let shown = shown.borrow();
        // Not borrowed any more once the page is told: it may change the element.
        match &shown.view {
            View::Cards(cards) if control.class_name() == "more" => {
                let count = cards.cards.len();
                drop(shown);
                self.more(count, event.bubbles(), control);
            }
            View::Cards(_) => {
                drop(shown);
                let Some(place) = place(&control) else { return };
                // The link's own: a page may have taken cards out.
                let url = control.get_attribute("href").into();
                #[expect(clippy::cast_possible_truncation, reason = "a list in a page is shorter than 4,294,967,296 cards")]
                let index = (place as u32).into();
                self.tell("kabar-card-click", &[("url", &url), ("index", &index)], false);
            }
            View::Next(Some(teaser)) => {
                let url = teaser.card.url.as_deref().into();
                drop(shown);
                self.tell("kabar-next-click", &[("url", &url)], false);
            }
            View::Share(bar) => {
                let mut bar = bar.clone();
                drop(shown);
                if let Some(network) = control.get_attribute("data-network") {
                    self.share(&bar, &network, event);
                } else if control.class_name() == "others" {
                    bar.open = !bar.open;
                    self.show(View::Share(bar));
                }
            }
            View::Next(None) => {}
        }
    }

    /// The link or button of the widget's own that an event is for: what a publisher
    /// puts into a slot is in another tree.
    fn control(&self, event: &Event) -> Option<Element> {
        let target: Element = event.target()?.unchecked_into();
        let control = target.closest("a[href],button").ok()??;
        control.get_root_node().is_same_node(Some(&self.root)).then_some(control)
    }

    fn share(&self, bar: &ShareBar, network: &str, event: &Event) {
        let Some(target) = bar.targets.iter().find(|target| target.network.id == network) else { return };
        let id = target.network.id;
        if !self.tell_shared("kabar-share", id, &target.url, true) {
            event.prevent_default();
            return;
        }
        match target.network.action {
            share::Action::Link(..) => {
                self.tell_shared("kabar-shared", id, &target.url, false);
            }
            // www/optional/share.js heard of it, and says when it is done.
            share::Action::Script(_) => {}
            // Within the click: a browser opens its share sheet only for a user's own act.
            share::Action::Native => {
                self.when_done(binding::share(&super::share::share_data(&bar.shared, &target.url)), id, target.url.clone(), None);
            }
            share::Action::Copy => {
                let failed = bar.locale[Word::CopyFailed].to_owned() + " " + &target.url;
                let says = (&bar.locale[Word::Copied], failed);
                self.when_done(binding::write_clipboard(&target.url), id, target.url.clone(), Some(says));
            }
        }
    }

    /// Waits for the browser to share or copy, then says how it went, where there
    /// is something to say: a reader who closes the share sheet needs no message.
    fn when_done(&self, started: Result<Promise, JsValue>, network: &'static str, url: String, says: Option<(&'static str, String)>) {
        let this = self.clone();
        spawn_local(async move {
            let done = match started {
                Ok(promise) => JsFuture::from(promise).await,
                Err(error) => Err(error),
            };
            if !this.host.is_connected() {
                return;
            }
            if done.is_ok() {
                this.tell_shared("kabar-shared", network, &url, false);
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

    fn tell_shared(&self, name: &str, network: &str, url: &str, cancelable: bool) -> bool {
        self.tell(name, &[("network", &network.into()), ("url", &url.into())], cancelable)
    }

    /// Sends an event from the element; false where a listener cancelled it.
    pub(super) fn tell(&self, name: &str, detail: &[(&str, &JsValue)], cancelable: bool) -> bool {
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_cancelable(cancelable);
        init.set_detail(&object(detail));
        CustomEvent::new_with_event_init_dict(name, &init).and_then(|event| self.host.dispatch_event(&event)).unwrap_or(true)
    }
}

/// The place of a link's card among those of its list; a page may have put other
/// things between them.
fn place(link: &Element) -> Option<usize> {
    let card = link.closest("article").ok()??;
    let (mut before, mut place) = (card.previous_element_sibling(), 0);
    while let Some(sibling) = before {
        place += usize::from(sibling.local_name() == "article");
        before = sibling.previous_element_sibling();
    }
    Some(place)
}
