//! What a share bar is made of.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, HtmlElement};

use super::{
    binding::{self, object},
    page, sheet, style,
};
use crate::{
    config::Config,
    feed::Value,
    share::{Extras, Network, Shared},
    view::{BAR_STYLE, ShareBar, View},
};

thread_local! {
    /// One sheet for all share bars.
    static STYLE: Option<CssStyleSheet> = sheet(BAR_STYLE);
    /// The networks of this page that are not compiled in.
    static NETWORKS: RefCell<Vec<&'static Network>> = const { RefCell::new(Vec::new()) };
}

/// The sheets of a share bar's shadow root.
#[inline(never)]
pub(super) fn styles() -> Result<js_sys::Array, JsValue> {
    let sheets = js_sys::Array::of1(&style()?);
    // The first one was made, so this is.
    if let Some(style) = STYLE.with(Clone::clone) {
        sheets.push(&style);
    }
    Ok(sheets)
}

/// The share bar of an element.
// Never inlined: it comes with what only share bars need.
#[inline(never)]
pub(super) fn view(host: &HtmlElement, config: &Config, extras: &Extras) -> View {
    let shared = shared(config);
    let locale = page::locale(host, config, None);
    let can_share = can_share(&shared);
    View::Share(ShareBar::new(config, shared, can_share, locale.words, extras))
}

/// What the share bar shares: what the attributes say, else what the page says.
fn shared(config: &Config) -> Shared {
    let mut shared = config.shared.clone();
    let fill = |field: &mut String, value: Option<String>| {
        if field.is_empty() {
            *field = value.unwrap_or_default();
        }
    };
    shared.url = page::urls(&shared.url).into_iter().next().unwrap_or_default();
    fill(&mut shared.title, page::attribute("meta[property='og:title']", "content"));
    fill(&mut shared.title, Some(page::document().title()));
    fill(&mut shared.image, page::attribute("meta[property='og:image']", "content"));
    shared.image = page::resolve(&shared.image).unwrap_or_default();
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
fn can_share(shared: &Shared) -> bool {
    // Throws where the browser has no `canShare`: then it cannot.
    binding::can_share(&share_data(shared, &shared.url)).unwrap_or(false)
}
