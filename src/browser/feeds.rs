//! Parsed feeds: one for each request, however many elements show it.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use wasm_bindgen::prelude::*;

use super::{
    binding::{FeedRequest, Url},
    value::Source,
};
use crate::feed::{self, Feed};

thread_local! {
    static PARSED: RefCell<Vec<(JsValue, Weak<Feed>)>> = const { RefCell::new(Vec::new()) };
}

/// An element's hold on its feed: the last holder's end frees the feed.
#[derive(Default)]
pub(super) struct Feeds(Option<Rc<Feed>>);

impl Feeds {
    /// The feed that a request brought.
    pub(super) fn read(&mut self, request: JsValue) -> Result<Rc<Feed>, JsValue> {
        let feed = PARSED.with_borrow_mut(|parsed| {
            parsed.retain(|(_, feed)| feed.strong_count() > 0);
            if let Some(feed) = parsed.iter().find(|(other, _)| *other == request).and_then(|(_, feed)| feed.upgrade()) {
                return Ok(feed);
            }
            let feed = Rc::new(parse(request.unchecked_ref())?);
            parsed.push((request, Rc::downgrade(&feed)));
            Ok::<_, JsValue>(feed)
        })?;
        self.0 = Some(feed.clone());
        Ok(feed)
    }
}

fn parse(request: &FeedRequest) -> Result<Feed, JsValue> {
    let base = request.url();
    let resolve = |url: &str| Url::new(url, &base).ok().map(|url| url.href());
    feed::read(Source(request.value()), &resolve).map_err(|error| JsValue::from(&format!("{}: {error}", error.code())))
}
