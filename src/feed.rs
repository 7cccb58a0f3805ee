//! From a feed's wire value to the one [`Feed`] model.
//!
//! A feed is a stranger's text. So every field is read on its own: one of the
//! wrong type is absent, and one bad item costs one item. What comes out is
//! plain text and absolute `http` or `https` URLs, and nothing else.

pub mod date;
mod entity;
mod error;
mod html;
mod jsonfeed;
mod model;
pub mod text;
pub mod url;
mod wire;
mod xml;

pub use error::FeedError;
pub use model::{Date, Feed, Image, Item};
pub(crate) use wire::Value;

/// Resolves a URL against the feed's own as the browser's `URL` does: gives its
/// `href`, or nothing where the URL is invalid. Handed in, because std has no
/// URL parser and the browser's is the one whose opinion counts.
pub type Resolve<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads a [JSON Feed](https://www.jsonfeed.org/version/1.1/), 1.0 or 1.1, off
/// any self-describing deserializer: the browser's parsed JSON, or a
/// `serde_json::Value`.
///
/// Keys that the specification does not name are ignored, but for one: an item's
/// `_kabar` object, whose plain texts `alt` and `caption` describe its picture.
///
/// # Errors
///
/// `feed-invalid` if the value is no JSON Feed, `feed-empty` if it holds no
/// article that can be shown.
pub fn read<'de, D: serde::Deserializer<'de>>(value: D, resolve: Resolve<'_>) -> Result<Feed, FeedError> {
    jsonfeed::read(value, resolve)
}

/// [`Resolve`] with a base, which is resolved already: nothing for the URL that
/// the text itself came from. XML and HTML can name another one.
pub type ResolveFrom<'a> = &'a dyn Fn(&str, Option<&str>) -> Option<String>;

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
