//! What the page says of itself: its addresses, its language, what it shares.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement};

use super::{
    binding::{self, Url, object},
    words,
};
use crate::{
    config::Config,
    feed::Value,
    locale::Locale,
    scan,
    share::{Extras, Network, Shared},
};

thread_local! {
    /// The networks of this page that are not compiled in.
    static NETWORKS: RefCell<Vec<&'static Network>> = const { RefCell::new(Vec::new()) };
}

/// The language that dates are written in, and the words that go with it.
pub(super) struct PageLocale {
    pub(super) tag: String,
    pub(super) words: &'static Locale,
}

fn document() -> Option<Document> {
    web_sys::window().and_then(|window| window.document())
}

/// The attribute of the first element that a selector finds, if not blank.
fn attribute(selector: &str, name: &str) -> Option<String> {
    let element = document()?.query_selector(selector).ok()??;
    let text = element.get_attribute(name)?;
    let text = scan::trim(&text);
    if text.is_empty() { None } else { Some(text.to_owned()) }
}

/// An address as the page resolves it.
fn resolve(url: &str) -> Option<String> {
    let base = document()?.base_uri().ok()??;
    Url::new(url, &base).ok().map(|url| url.href())
}

/// The addresses that the page may have in a feed, most trusted first: the
/// `current` attribute, the canonical link, `og:url`, the location.
pub(super) fn urls(current: &str) -> Vec<String> {
    let mut urls = Vec::new();
    for written in &[current, &said("link[rel~=canonical]", "href"), &said("meta[property='og:url']", "content")] {
        if !written.is_empty()
            && let Some(url) = resolve(written)
        {
            urls.push(url);
        }
    }
    if let Some(url) = location() {
        urls.push(url);
    }
    urls
}

/// The same as [`attribute`]; empty where there is none.
fn said(selector: &str, name: &str) -> String {
    attribute(selector, name).unwrap_or_default()
}

fn location() -> Option<String> {
    web_sys::window()?.location().href().ok()
}

/// What the share bar shares: what the attributes say, else what the page says.
pub(super) fn shared(config: &Config) -> Shared {
    let mut shared = config.shared.clone();
    let fill = |field: &mut String, value: Option<String>| {
        if field.is_empty() {
            *field = value.unwrap_or_default();
        }
    };
    shared.url = urls(&shared.url).into_iter().next().unwrap_or_default();
    fill(&mut shared.title, attribute("meta[property='og:title']", "content"));
    fill(&mut shared.title, document().map(|document| document.title()));
    fill(&mut shared.image, attribute("meta[property='og:image']", "content"));
    shared.image = resolve(&shared.image).unwrap_or_default();
    shared
}

/// Takes what www/optional/share.js gives: an object of `networks`, rows like those of
/// src/share/networks.json, and `more`, a text.
#[inline(never)]
pub(super) fn take_extras(extras: &mut Extras, given: JsValue) {
    let given = Value::read(&given, |_| true);
    let rows = given.get("networks").list();
    extras.networks = NETWORKS.with_borrow_mut(|known| rows.iter().map(|row| Network::read(row, known)).collect());
    extras.more = given.get("more").label();
}

/// What `navigator.share` takes.
pub(super) fn share_data(shared: &Shared, url: &str) -> JsValue {
    let (title, text, url) = (shared.title.as_str().into(), shared.text.as_str().into(), url.into());
    let mut entries = vec![("url", &url), ("title", &title)];
    if !shared.text.is_empty() {
        entries.push(("text", &text));
    }
    object(&entries)
}

/// Whether the device has a share sheet of its own that takes this.
pub(super) fn can_share(shared: &Shared) -> bool {
    // Throws where the browser has no `canShare`: then it cannot.
    binding::can_share(&share_data(shared, &shared.url)).unwrap_or(false)
}

/// The language of an element: its own `lang` or the nearest in the page, then
/// the feed's, then the browser's.
pub(super) fn language(host: &HtmlElement, own: &str, feed: Option<&str>) -> String {
    if !own.is_empty() {
        return own.to_owned();
    }
    if let Ok(Some(nearest)) = host.closest("[lang]:not([lang=''])") {
        return nearest.get_attribute("lang").unwrap_or_default();
    }
    if let Some(feed) = feed {
        return feed.to_owned();
    }
    web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_default()
}

/// An element's language, and the words that there are for it so far.
pub(super) fn locale(host: &HtmlElement, config: &Config, feed: Option<&str>) -> PageLocale {
    let tag = language(host, &config.lang, feed);
    PageLocale { words: words::find(&tag), tag }
}
