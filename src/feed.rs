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
mod items;
mod jsonfeed;
mod model;
mod paging;
pub mod text;
pub mod url;
mod wire;
mod wordpress;
mod xml;

pub use error::FeedError;
pub use items::Items;
pub use model::{Date, Feed, Format, Image, Item, More, Source};
pub use paging::next_page;
pub(crate) use wire::Value;
pub use wire::{Json, Look};

use crate::scan;
use text::{LIMIT, collapse, collapse_to};

/// Resolves a URL against the feed's own as the browser's `URL` does: gives its
/// `href`, or nothing where the URL is invalid. Handed in, because std has no
/// URL parser and the browser's is the one whose opinion counts.
pub type Resolve<'a> = &'a dyn Fn(&str) -> Option<String>;

/// [`Resolve`] with a base, which is resolved already: nothing for the URL that
/// the text itself came from. XML and HTML can name another one.
pub type ResolveFrom<'a> = &'a dyn Fn(&str, Option<&str>) -> Option<String>;

/// Reads a feed. Its parsed JSON itself says which format it is in:
///
/// - an object with an `items` list: a [JSON Feed](https://www.jsonfeed.org/version/1.1/),
///   1.0 or 1.1. Keys that the specification does not name are ignored, but for
///   one: an item's `_kabar` object, whose plain texts `alt` and `caption`
///   describe its picture.
/// - a list, or a single post: the [REST API of `WordPress`](https://developer.wordpress.org/rest-api/reference/posts/).
/// - an object with a `posts` list: the [Content API of Ghost](https://docs.ghost.org/content-api/posts).
///
/// `resolve` resolves a URL against the feed's own as the browser's `URL` does.
/// It is kept, for an article is read when it is first asked for.
///
/// # Errors
///
/// `feed-invalid` if the value is none of these, or the error that `WordPress` or
/// Ghost answers with in place of one; `feed-empty` if it holds no article that
/// can be shown. [`FeedError::is_end`] tells the end of the pages apart.
pub fn read<J: Json>(json: &J, resolve: impl Fn(&str) -> Option<String> + 'static) -> Result<Feed, FeedError> {
    let (format, entries, length) = listed(json)?;
    let is_key = if format == Format::JsonFeed { is_key_of_json_feed } else { is_key };
    let mut fields = Vec::new();
    for name in &OWN {
        if let Some(field) = json.field(name) {
            fields.push(((*name).to_owned(), Value::read(&field, is_key)));
        }
    }
    let top = Value::Object(fields);
    let title = top.get("title").label();
    let html = format == Format::JsonFeed && entries.at(0).is_some_and(|entry| jsonfeed::is_html(&Value::read(&entry, is_key)));
    let own = Feed {
        title: if html { text::plain_to(&title, LIMIT) } else { collapse_to(&title, LIMIT) },
        home_page_url: url::resolved(top.get("home_page_url").text(), &resolve),
        language: language(&top),
        format,
        more: url::resolved(top.get("next_url").text(), &resolve).map(More::Url).or_else(|| ghost::next(&top).map(More::Page)),
        items: Items::default(),
    };
    let dates = match format {
        Format::JsonFeed => jsonfeed::DATES,
        Format::Ghost => ghost::DATES,
        _ => wordpress::DATES,
    };
    let mut published = Vec::new();
    published.resize(length, None);
    for name in dates {
        let mut all = true;
        for (date, text) in published.iter_mut().zip(scan::pieces(&entries.texts(name), b"\0")) {
            *date = date.or_else(|| date::rfc3339(text));
            all &= date.is_some();
        }
        if all {
            break;
        }
    }
    let (authors, language) = (authors(&top, false), own.language.clone());
    #[expect(clippy::assigning_clones, reason = "`clone_from` is another copy of the same code")]
    let items = Items::later(&published, move |place| {
        let mut item = item(format, &Value::read(&entries.at(place)?, is_key), &resolve)?;
        if item.authors.is_empty() {
            item.authors = authors.clone();
        }
        if item.language.is_none() {
            item.language = language.clone();
        }
        Some(item)
    });
    if !(0..items.listed()).any(|place| items.get(place).is_some()) {
        return Err(FeedError::empty(items.listed()));
    }
    Ok(Feed { items, ..own })
}

/// What a feed says of itself.
const OWN: [&str; 7] = ["title", "home_page_url", "language", "authors", "author", "next_url", "meta"];

/// The format that a value is in, the entries that it lists, and how many they are.
fn listed<J: Json>(json: &J) -> Result<(Format, J, usize), FeedError> {
    if let Look::List(length) = json.look() {
        return Ok((Format::WordPress, json.clone(), length));
    }
    for (name, format) in &[("items", Format::JsonFeed), ("posts", Format::Ghost)] {
        if let Some(entries) = json.field(name)
            && let Look::List(length) = entries.look()
        {
            return Ok((*format, entries, length));
        }
    }
    single(json)
}

/// A single post; else the error that a value is, or why it is no feed.
// Never inlined: www/runtime.js knows what lists nothing, and brings what is needed for it.
#[inline(never)]
fn single<J: Json>(json: &J) -> Result<(Format, J, usize), FeedError> {
    let top = Value::read(json, is_key);
    if wordpress::is_post(&top) {
        return Ok((Format::WordPress, json.alone(), 1));
    }
    Err(match top {
        Value::Object(_) => {
            let error = wordpress::error(&top).or_else(|| ghost::error(&top));
            error.unwrap_or_else(|| FeedError::not_a_feed("it has no list of `items` or `posts`"))
        }
        _ => FeedError::not_a_feed("it is not an object or a list"),
    })
}

/// All keys that are read, wherever they stand; a feed's large extensions are not
/// even looked at.
#[inline(never)]
fn is_key(key: &str) -> bool {
    is_key_of_json_feed(key) || scan::lists(wordpress::KEYS, key) || scan::lists(ghost::KEYS, key)
}

fn is_key_of_json_feed(key: &str) -> bool {
    scan::lists(jsonfeed::KEYS, key)
}

/// The article that an entry is, if there is anything to show.
fn item(format: Format, entry: &Value, resolve: Resolve<'_>) -> Option<Item> {
    match format {
        Format::JsonFeed => jsonfeed::item(entry, resolve),
        Format::Ghost => ghost::item(entry, resolve),
        _ => wordpress::item(entry, resolve),
    }
}

/// A feed's or an entry's authors, which may be HTML.
fn authors(of: &Value, html: bool) -> Vec<String> {
    let authors = names(of.get("authors"), html);
    if authors.is_empty() { names(of.get("author"), html) } else { authors }
}

/// The labels, made plain if they are HTML, without blanks.
fn names(value: &Value, html: bool) -> Vec<String> {
    let mut names = Vec::new();
    for label in &value.labels() {
        let name = if html { text::plain_to(label, LIMIT) } else { collapse_to(label, LIMIT) };
        if !name.is_empty() {
            names.push(name);
        }
    }
    names
}

/// A feed's or an entry's language.
fn language(of: &Value) -> Option<String> {
    tag(of.get("language").text())
}

/// A BCP 47 tag, which servers write as their own systems do: `id_ID`.
fn tag(written: &str) -> Option<String> {
    let tag = collapse(&scan::replaced(written, "_", "-"));
    if tag.is_empty() { None } else { Some(tag) }
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
