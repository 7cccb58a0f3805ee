//! The browser's side, the one place that knows of both page and components.
//!
//! The loader (`www/kabar.js`) makes one [`Widget`] for each element, tells it
//! of new attributes, and frees it when the element leaves the page. What goes
//! wrong is thrown as a text, `code: message`; the loader reports it.

mod binding;
mod buttons;
mod content;
mod dates;
mod feeds;
mod more;
mod page;
mod share;
mod shown;
mod value;
mod words;

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, Element, HtmlElement, ShadowRoot};

use crate::view;
use buttons::Buttons;
use content::Content;
pub use feeds::discover;
use shown::Shown;
pub use words::{keep_words, words_file};

/// std's own allocator weighs 4 kB; this one is as quick.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// How many cards [`Widget::complete`] shows: some milliseconds' work for a cheap phone.
const PIECE: usize = 20;

/// One mounted element. Dropped, it leaves no node or timer behind.
#[wasm_bindgen]
pub struct Widget {
    content: Rc<RefCell<Content>>,
    shown: Rc<RefCell<Shown>>,
    /// Once one was pressed.
    buttons: OnceCell<Buttons>,
}

#[wasm_bindgen]
impl Widget {
    /// Renders into an element's shadow root.
    ///
    /// `attributes` is an object of names and texts; `feed` is the runtime's
    /// request, or undefined for an element without a feed. Two elements that
    /// give the same request share one parsed feed.
    ///
    /// # Errors
    ///
    /// Throws `code: message` where there is nothing to render; the shadow root
    /// is then as it was.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement, root: ShadowRoot, attributes: JsValue, feed: JsValue) -> Result<Self, JsValue> {
        let mut content = Content::new(host, &attributes)?;
        let view = content.take(feed)?;
        // What was rendered ahead of time brings its style along, and nothing else does.
        let ahead = root.query_selector("style,link").ok().flatten();
        let styles = if content.is_share() { share::styles()? } else { js_sys::Array::of1(&style()?) };
        root.unchecked_ref::<binding::StyledRoot>().set_adopted_style_sheets(&styles);
        match ahead {
            Some(style) => style.remove(),
            None => root.replace_children_with_node_0(),
        }
        let content = Rc::new(RefCell::new(content));
        let shown = Rc::new(RefCell::new(Shown::new(&root, view)));
        Ok(Self { content, shown, buttons: OnceCell::new() })
    }

    /// Shows what new attributes, or a new answer to the feed's request, ask for.
    /// Nodes that stay the same are not touched.
    ///
    /// # Errors
    ///
    /// Throws `code: message` where there is nothing to render; what was shown stays.
    pub fn update(&mut self, attributes: JsValue, feed: JsValue) -> Result<(), JsValue> {
        let mut content = self.content.borrow_mut();
        content.set(&attributes);
        let view = content.take(feed)?;
        drop(content);
        self.shown.borrow_mut().set(view);
        Ok(())
    }

    /// Does what a button in the shadow root is for. www/clicks.js has told the
    /// page that it was pressed, and calls this within the reader's click where
    /// it can: a browser opens its share sheet only then.
    ///
    /// `by_hand` is false where the runtime itself presses; `copied` is a promise
    /// that the address is on the clipboard, from the button for that.
    // Not `&mut`: a page's own share sheet may press another while this runs.
    pub fn press(&self, button: Element, by_hand: bool, copied: Option<js_sys::Promise>) {
        let new = || Buttons::new(self.content.clone(), button.get_root_node().unchecked_into(), &self.shown);
        self.buttons.get_or_init(new).press(button, by_hand, copied);
    }

    /// Says in the console which of the attributes' values are not known.
    pub fn warn(&self) {
        self.content.borrow_mut().warn();
    }

    /// Shows some more of the cards that were asked for; false once all are shown.
    /// `copy` is www/optional/fill.js's, which copies a card with other values.
    pub fn complete(&mut self, copy: &js_sys::Function) -> bool {
        let cards = self.content.borrow_mut().later(PIECE);
        let any = !cards.is_empty();
        let copy =
            |pattern: &web_sys::Node, changes: &str| Some(copy.call2(&JsValue::NULL, pattern, &changes.into()).ok()?.unchecked_into());
        self.shown.borrow_mut().complete(cards, &copy);
        any
    }
}

thread_local! {
    /// One sheet for all shadow roots; `None` where the browser cannot make one.
    static STYLE: Option<CssStyleSheet> = sheet(view::STYLE);
}

fn sheet(text: &str) -> Option<CssStyleSheet> {
    CssStyleSheet::new().ok().inspect(|sheet| {
        // A sheet without rules is the worst that can come of a refusal.
        let _ = sheet.replace_sync(text);
    })
}

fn style() -> Result<JsValue, JsValue> {
    STYLE.with(Clone::clone).map(JsValue::from).ok_or_else(|| "wasm-unsupported: this browser has no constructable style sheets".into())
}
