//! The browser's side, the one place that knows of both page and components.
//!
//! The loader (`www/kabar.js`) makes one [`Widget`] for each element, tells it
//! of new attributes, and frees it when the element leaves the page. What goes
//! wrong is thrown as a text, `code: message`; the loader reports it.

mod binding;
mod clicks;
mod dates;
mod feeds;
mod page;
mod value;
mod words;

use std::any::Any;

use leptos::{mount::mount_to_renderer, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, HtmlElement, ShadowRoot};

use crate::{
    config::{Attributes, Config, Element},
    view::{self, Cards, Page, ShareBar, Teaser, View},
};
use clicks::Clicks;
use feeds::Feeds;
use serde::Deserialize;
use value::Source;
pub use words::{keep_words, words_file};

/// One mounted element. Dropped, it leaves no node, listener or timer behind.
#[wasm_bindgen]
pub struct Widget {
    element: Element,
    host: HtmlElement,
    view: ArcRwSignal<View>,
    feeds: Feeds,
    warned: Vec<String>,
    /// Held, not used: when it is dropped, Leptos takes its nodes and effects away.
    _mounted: Box<dyn Any>,
}

#[wasm_bindgen]
impl Widget {
    /// Renders into an element's shadow root.
    ///
    /// `attributes` is an object of names and texts; `feed` is the loader's
    /// request, `{url, text}`, or undefined for an element without a feed. Two
    /// elements that give the same request share one parsed feed.
    ///
    /// # Errors
    ///
    /// Throws `code: message` where there is nothing to render; the shadow root
    /// is then as it was.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement, root: ShadowRoot, attributes: JsValue, feed: JsValue) -> Result<Self, JsValue> {
        let name = host.local_name();
        let element =
            Element::ALL.into_iter().find(|element| element.name() == name).ok_or("config: this is not one of Kabar's elements")?;
        let mut feeds = Feeds::default();
        let mut warned = Vec::new();
        let content = content(element, &host, attributes, feed, &mut feeds, &mut warned)?;

        // What was rendered ahead of time brings its style along, and nothing else does.
        let ahead = root.query_selector("style,link").ok().flatten();
        adopt_style(&root)?;
        match &ahead {
            Some(style) => style.remove(),
            None => root.replace_children_with_node_0(),
        }
        let view = ArcRwSignal::new(content);
        let clicks = Clicks::new(host.clone(), view.clone());
        let mounted = mount(&root, view.clone(), clicks, ahead.is_some());
        Ok(Self { element, host, view, feeds, warned, _mounted: mounted })
    }

    /// Shows what new attributes, or a new answer to the feed's request, ask for.
    /// Nodes that stay the same are not touched.
    ///
    /// # Errors
    ///
    /// Throws `code: message` where there is nothing to render; what was shown stays.
    pub fn update(&mut self, attributes: JsValue, feed: JsValue) -> Result<(), JsValue> {
        let content = content(self.element, &self.host, attributes, feed, &mut self.feeds, &mut self.warned)?;
        self.view.set(content);
        Ok(())
    }
}

fn mount(root: &ShadowRoot, view: ArcRwSignal<View>, clicks: Clicks, ahead: bool) -> Box<dyn Any> {
    let clicks = SendWrapper::new(clicks);
    let on_click = std::sync::Arc::new(move |click, event: JsValue| clicks.handle(click, event.unchecked_ref()));
    // Leptos mounts into an element; of a shadow root it uses only what every node has.
    let root = root.unchecked_ref();
    let ahead = ahead.then(|| Clone::clone(root));
    Box::new(mount_to_renderer(root, move || view::Live { view, on_click, ahead }))
}

/// What an element is to show. `warned` are the warnings that it has had.
fn content(
    element: Element,
    host: &HtmlElement,
    attributes: JsValue,
    feed: JsValue,
    feeds: &mut Feeds,
    warned: &mut Vec<String>,
) -> Result<View, JsValue> {
    let attributes: Attributes = Attributes::deserialize(Source(attributes)).map_err(|_| "internal: the attributes are no object")?;
    let (config, mut warnings) = Config::read(element, &attributes);
    let view = if element == Element::Share {
        let shared = page::shared(&config);
        let locale = page::locale(host, &config, None);
        let can_share = page::can_share(&shared);
        View::Share(ShareBar::new(&config, shared, can_share, locale.words))
    } else {
        let feed = feeds.read(feed)?;
        let locale = page::locale(host, &config, feed.language.as_deref());
        let urls = page::urls(&config.current);
        let page = Page { urls: &urls, locale: locale.words, format_date: &dates::date_format(&locale, &config, &mut warnings) };
        if element == Element::Cards {
            let cards = Cards::new(&feed, &config, page);
            if cards.cards.is_empty() {
                return Err(
                    "feed-empty: the feed has no article to show here: check the `tag` attribute, or wait for a second article".into()
                );
            }
            View::Cards(cards)
        } else {
            View::Next(Teaser::new(&feed, &config, page))
        }
    };
    // Said once, however often the element is updated while its mistake stays.
    for warning in &warnings {
        if !warned.contains(warning) {
            web_sys::console::warn_1(&("[kabar] ".to_owned() + warning).into());
        }
    }
    *warned = warnings;
    Ok(view)
}

thread_local! {
    /// One sheet for all shadow roots; `None` where the browser cannot make one.
    static STYLE: Option<CssStyleSheet> = CssStyleSheet::new().ok().inspect(|sheet| {
        // A sheet without rules is the worst that can come of a refusal.
        let _ = sheet.replace_sync(view::STYLE);
    });
}

fn adopt_style(root: &ShadowRoot) -> Result<(), JsValue> {
    STYLE.with(|style| match style {
        Some(style) => {
            root.unchecked_ref::<binding::StyledRoot>().set_adopted_style_sheets(&js_sys::Array::of1(style));
            Ok(())
        }
        None => Err("wasm-unsupported: this browser has no constructable style sheets".into()),
    })
}
