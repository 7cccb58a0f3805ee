//! Parsed feeds: one for each request, however many elements show it.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use wasm_bindgen::prelude::*;

use super::binding::{FeedRequest, Url};
use crate::feed::{self, Feed, FeedError};

thread_local! {
    static PARSED: RefCell<Vec<(JsValue, Weak<Feed>)>> = const { RefCell::new(Vec::new()) };
    /// The one that was only looked into: it will be shown next.
    static ASKED: RefCell<Option<Rc<Feed>>> = const { RefCell::new(None) };
}

/// The pages of a feed that an element has so far: its hold on them. The last
/// holder's end frees a page.
#[derive(Default)]
pub(super) struct Pages {
    requests: Vec<JsValue>,
    feeds: Vec<Rc<Feed>>,
    /// The addresses that were asked for: a feed that goes round in a circle has an end.
    seen: Vec<String>,
}

impl Pages {
    pub(super) fn feeds(&self) -> &[Rc<Feed>] {
        &self.feeds
    }

    /// Starts with the feed that a request brought. If that is the one they have
    /// already, all pages stay.
    pub(super) fn start(&mut self, request: JsValue) -> Result<Rc<Feed>, JsValue> {
        if self.requests.first() != Some(&request) {
            let feed = read(&request).map_err(|error| thrown(&error))?;
            *self = Self { seen: vec![request.unchecked_ref::<FeedRequest>().url()], requests: vec![request], feeds: vec![feed] };
        }
        ASKED.set(None);
        self.feeds.first().cloned().ok_or_else(|| "internal: there is no feed".into())
    }

    /// The request that brought the last page, and the address of the next one.
    pub(super) fn next(&self) -> Option<(JsValue, String)> {
        let request = self.requests.last()?;
        let feed = self.feeds.last()?;
        let answer: &FeedRequest = request.unchecked_ref();
        let next = feed::next_page(feed, &answer.url(), answer.pages())?;
        (!self.seen.contains(&next)).then(|| (request.clone(), next))
    }

    /// Goes on with a next page, or finds that there is none.
    pub(super) fn add(&mut self, address: String, request: JsValue) -> Result<(), JsValue> {
        self.seen.push(address);
        // Past the end, and told so by a server that answers with an error.
        if request.is_undefined() {
            return Ok(());
        }
        match read(&request) {
            Ok(feed) => {
                self.requests.push(request);
                self.feeds.push(feed);
                Ok(())
            }
            Err(error) if error.is_end() => Ok(()),
            Err(error) => Err(thrown(&error)),
        }
    }
}

/// The feed that a request brought, read once.
fn read(request: &JsValue) -> Result<Rc<Feed>, FeedError> {
    PARSED.with_borrow_mut(|parsed| {
        let mut place = 0;
        while let Some((other, feed)) = parsed.get(place) {
            match feed.upgrade() {
                Some(feed) if other == request => return Ok(feed),
                Some(_) => place += 1,
                None => drop(parsed.swap_remove(place)),
            }
        }
        let feed = Rc::new(parse(request.unchecked_ref())?);
        parsed.push((request.clone(), Rc::downgrade(&feed)));
        Ok(feed)
    })
}

fn parse(request: &FeedRequest) -> Result<Feed, FeedError> {
    let base = request.url();
    let value = request.value();
    if value.is_undefined() {
        return markup(request, &base);
    }
    feed::read(&value, move |url| resolve(url, &base))
}

/// What is no JSON: RSS, Atom, or a page in their place.
fn markup(request: &FeedRequest, base: &str) -> Result<Feed, FeedError> {
    feed::read_xml(&request.markup(), &|url, from| resolve(url, from.unwrap_or(base)))
}

fn resolve(url: &str, base: &str) -> Option<String> {
    Url::new(url, base).ok().map(|url| url.href())
}

fn thrown(error: &FeedError) -> JsValue {
    (error.code().to_owned() + ": " + &error.message()).into()
}

/// The language that the feed of a request says it has, if any.
pub(super) fn language_of(request: &JsValue) -> Option<String> {
    let feed = read(request).ok()?;
    ASKED.set(Some(feed.clone()));
    feed.language.clone()
}

/// The feed that an HTML page names, for a publisher who gave the site's address; undefined
/// where it names none. Both are texts.
#[wasm_bindgen]
pub fn discover(html: &JsValue, base: &JsValue) -> JsValue {
    let (html, base) = (html.as_string().unwrap_or_default(), base.as_string().unwrap_or_default());
    feed::discover(&html, &|url, from| resolve(url, from.unwrap_or(&base))).map_or(JsValue::UNDEFINED, JsValue::from)
}
