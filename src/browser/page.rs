//! What the page says of itself: its addresses and its language.

use web_sys::{Document, HtmlElement};

use super::{
    binding::{DOCUMENT, Url},
    words,
};
use crate::{config::Config, locale::Locale, scan};

/// The language that dates are written in, and the words that go with it.
pub(super) struct PageLocale {
    pub(super) tag: String,
    pub(super) words: &'static Locale,
}

pub(super) fn document() -> Document {
    DOCUMENT.with(Clone::clone)
}

/// The attribute of the first element that a selector finds, if not blank.
pub(super) fn attribute(selector: &str, name: &str) -> Option<String> {
    let element = document().query_selector(selector).ok()??;
    let text = element.get_attribute(name)?;
    let text = scan::trim(&text);
    if text.is_empty() { None } else { Some(text.to_owned()) }
}

/// An address as the page resolves it.
pub(super) fn resolve(url: &str) -> Option<String> {
    let base = document().base_uri().ok()??;
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
    document().location()?.href().ok()
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
    document().default_view().and_then(|window| window.navigator().language()).unwrap_or_default()
}

/// An element's language, and the words that there are for it so far.
pub(super) fn locale(host: &HtmlElement, config: &Config, feed: Option<&str>) -> PageLocale {
    let tag = language(host, &config.lang, feed);
    PageLocale { words: words::find(&tag), tag }
}
