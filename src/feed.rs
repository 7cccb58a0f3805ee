//! From a feed's wire value to the one [`Feed`] model.
//!
//! A feed is a stranger's text. So every field is read on its own: one of the
//! wrong type is absent, and one bad item costs one item. What comes out is
//! plain text and absolute `http` or `https` URLs, and nothing else.

pub mod date;
mod entity;
mod error;
mod ghost;
mod html;
mod jsonfeed;
mod model;
mod paging;
pub mod text;
pub mod url;
mod wire;
mod wordpress;
mod xml;

pub use error::FeedError;
pub use model::{Date, Feed, Format, Image, Item, More, Source};
pub use paging::next_page;
pub(crate) use wire::Value;

use text::{LIMIT, collapse, collapse_to};

/// Resolves a URL against the feed's own as the browser's `URL` does: gives its
/// `href`, or nothing where the URL is invalid. Handed in, because std has no
/// URL parser and the browser's is the one whose opinion counts.
pub type Resolve<'a> = &'a dyn Fn(&str) -> Option<String>;

/// [`Resolve`] with a base, which is resolved already: nothing for the URL that
/// the text itself came from. XML and HTML can name another one.
pub type ResolveFrom<'a> = &'a dyn Fn(&str, Option<&str>) -> Option<String>;

/// Reads a feed off any self-describing deserializer: the browser's parsed JSON,
/// or a `serde_json::Value`. The value itself says which format it is in:
///
/// - an object with an `items` list: a [JSON Feed](https://www.jsonfeed.org/version/1.1/),
///   1.0 or 1.1. Keys that the specification does not name are ignored, but for
///   one: an item's `_kabar` object, whose plain texts `alt` and `caption`
///   describe its picture.
/// - a list, or a single post: the [REST API of `WordPress`](https://developer.wordpress.org/rest-api/reference/posts/).
/// - an object with a `posts` list: the [Content API of Ghost](https://docs.ghost.org/content-api/posts).
///
/// # Errors
///
/// `feed-invalid` if the value is none of these, or the error that `WordPress` or
/// Ghost answers with in place of one; `feed-empty` if it holds no article that
/// can be shown. [`FeedError::is_end`] tells the end of the pages apart.
pub fn read<'de, D: serde::Deserializer<'de>>(value: D, resolve: Resolve<'_>) -> Result<Feed, FeedError> {
    let mut items = Items::default();
    // Each entry becomes its item at once, so that no more than one entry's whole
    // content is held.
    let top = Value::read(value, is_key, Some(&mut |list, entry| items.add(list, &entry, resolve))).ok();
    feed(top.as_ref(), items, resolve)
}

/// All keys that are read, wherever they stand; a feed's large extensions are not
/// even looked at.
fn is_key(key: &str) -> bool {
    [jsonfeed::KEYS, wordpress::KEYS, ghost::KEYS].iter().any(|keys| keys.contains(&key))
}

/// The items so far.
#[derive(Default)]
struct Items {
    usable: Vec<Item>,
    listed: usize,
    /// Whether the texts of any were HTML.
    html: bool,
}

impl Items {
    /// Adds the item that an entry of this list is, if there is anything to show.
    fn add(&mut self, list: &str, entry: &Value, resolve: Resolve<'_>) {
        self.listed += 1;
        let item = match list {
            "items" => {
                let html = jsonfeed::is_html(entry);
                self.html |= html;
                jsonfeed::item(entry, html, resolve)
            }
            "posts" => ghost::item(entry, resolve),
            _ => wordpress::item(entry, resolve),
        };
        self.usable.extend(item);
    }
}

fn feed(top: Option<&Value>, mut items: Items, resolve: Resolve<'_>) -> Result<Feed, FeedError> {
    let Some(top) = top else {
        return Err(FeedError::not_a_feed("its JSON is broken"));
    };
    let format = match (top, top.get("items"), top.get("posts")) {
        (Value::List(_), ..) => Format::WordPress,
        (_, Value::List(_), _) => Format::JsonFeed,
        (_, _, Value::List(_)) => Format::Ghost,
        _ if wordpress::is_post(top) => {
            items.add("", top, resolve);
            Format::WordPress
        }
        (Value::Object(_), ..) => {
            let error = wordpress::error(top).or_else(|| ghost::error(top));
            return Err(error.unwrap_or_else(|| FeedError::not_a_feed("it has no list of `items` or `posts`")));
        }
        _ => return Err(FeedError::not_a_feed("it is not an object or a list")),
    };
    if items.usable.is_empty() {
        return Err(FeedError::empty(items.listed));
    }
    let language = language(top);
    let authors = authors(top, false);
    let title = top.get("title").label();
    let html = items.html;
    let mut items = items.usable;
    // Only now: an object's keys are in no order, and the list may come first.
    for item in &mut items {
        if item.authors.is_empty() {
            item.authors.clone_from(&authors);
        }
        if item.language.is_none() {
            item.language.clone_from(&language);
        }
    }
    Ok(Feed {
        title: if html { text::plain_to(&title, LIMIT) } else { collapse_to(&title, LIMIT) },
        home_page_url: url::resolved(top.get("home_page_url").text(), resolve),
        language,
        items,
        format,
        more: url::resolved(top.get("next_url").text(), resolve).map(More::Url).or_else(|| ghost::next(top).map(More::Page)),
    })
}

/// A feed's or an entry's authors, which may be HTML.
fn authors(of: &Value, html: bool) -> Vec<String> {
    let authors = names(of.get("authors"), html);
    if authors.is_empty() { names(of.get("author"), html) } else { authors }
}

/// The labels, made plain if they are HTML, without blanks.
fn names(value: &Value, html: bool) -> Vec<String> {
    let mut names = value.labels();
    for name in &mut names {
        *name = if html { text::plain_to(name, LIMIT) } else { collapse_to(name, LIMIT) };
    }
    names.retain(|name| !name.is_empty());
    names
}

/// A feed's or an entry's language.
fn language(of: &Value) -> Option<String> {
    Some(collapse(of.get("language").text())).filter(|language| !language.is_empty())
}

/// Reads RSS and Atom, of every version and however badly written: 0.9x,
/// [1.0](https://web.resource.org/rss/1.0/spec) and
/// [2.0](https://www.rssboard.org/rss-specification);
/// [0.3](https://www.ietf.org/archive/id/draft-ietf-atompub-format-00.txt) and
/// [1.0](https://www.rfc-editor.org/rfc/rfc4287).
///
/// # Errors
///
/// `feed-invalid` if the text is neither, say an HTML page, in which
/// [`discover`] may find the feed; `feed-empty` if it holds no article that can
/// be shown.
// Never inlined: what it needs is apart from the rest, so that a page without XML
// need not load it.
#[inline(never)]
pub fn read_xml(text: &str, resolve: ResolveFrom<'_>) -> Result<Feed, FeedError> {
    xml::read(text, resolve)
}

/// The feed that an HTML page names: a JSON Feed, else the posts of a `WordPress`
/// REST API, else RSS or Atom. Absolute, `http` or `https`.
#[inline(never)]
pub fn discover(html: &str, resolve: ResolveFrom<'_>) -> Option<String> {
    xml::discover(html, resolve)
}
