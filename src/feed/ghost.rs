//! The [Content API of Ghost](https://docs.ghost.org/content-api/posts).

use super::text::{LIMIT, collapse, collapse_to, plain_to};
use super::wire::Value;
use super::{FeedError, Image, Item, Resolve, date, html, names, url};
use crate::scan;

/// The keys that are read, beside those that JSON Feed has too.
pub(super) const KEYS: &str = "posts custom_excerpt excerpt plaintext html feature_image feature_image_alt \
    feature_image_caption published_at primary_author visibility meta pagination next errors message";

/// Where a post's date is.
pub(super) const DATES: &[&str] = &["published_at"];

/// Ghost cuts a text that stands for a missing excerpt after so many UTF-16 code
/// units, wherever that is.
const EXCERPT: usize = 500;

/// The item that a post is. One that is for members only is shown as well: its
/// title and its excerpt are public.
// Not inlined: one format is all that a page needs.
#[inline(never)]
pub(super) fn item(post: &Value, resolve: Resolve<'_>) -> Option<Item> {
    let text_of = |name| post.get(name).text();
    let mut text = String::new();
    for name in ["custom_excerpt", "excerpt", "plaintext", "html"] {
        text = match text_of(name) {
            html if name == "html" => plain_to(html, LIMIT),
            text => collapse_to(text, LIMIT),
        };
        if !text.is_empty() {
            if name == "excerpt" && text_of(name).encode_utf16().count() >= EXCERPT {
                if let Some(blank) = scan::last_position(&text, b" ")
                    && blank > text.len() / 2
                {
                    text.truncate(blank);
                }
                text.push('…');
            }
            break;
        }
    }
    let mut authors = names(post.get("authors"), false);
    if authors.is_empty() {
        authors = names(post.get("primary_author"), false);
    }
    let mut tags = Vec::new();
    for tag in post.get("tags").list() {
        let name = collapse(&tag.get("name").label());
        // Internal tags are for the site's own use: <https://ghost.org/help/organizing-content/#private-tags>.
        if !name.is_empty() && !name.starts_with("#") && tag.get("visibility").text() != "internal" {
            tags.push(name);
        }
    }
    Item {
        id: collapse(&post.get("id").label()),
        url: url::resolved(text_of("url"), resolve),
        title: collapse_to(&post.get("title").label(), LIMIT),
        text,
        image: image(post, resolve),
        published: date::rfc3339(text_of("published_at")),
        authors,
        tags,
        language: None,
    }
    .titled()
}

/// Only one size: which others there are is for the site's theme to say.
fn image(post: &Value, resolve: Resolve<'_>) -> Option<Image> {
    let Some(url) = url::resolved(post.get("feature_image").text(), resolve) else {
        return html::first_image(post.get("html").text(), resolve);
    };
    Some(Image {
        url,
        alt: collapse_to(post.get("feature_image_alt").text(), LIMIT),
        caption: plain_to(post.get("feature_image_caption").text(), LIMIT),
        ..Image::default()
    })
}

/// The number of the next page: <https://docs.ghost.org/content-api/pagination>.
pub(super) fn next(top: &Value) -> Option<u32> {
    u32::try_from(top.get("meta").get("pagination").get("next").number()).ok().filter(|page| *page > 0)
}

/// The error that Ghost answers with: <https://docs.ghost.org/content-api/errors>.
pub(super) fn error(top: &Value) -> Option<FeedError> {
    let message = collapse_to(top.get("errors").list().first()?.get("message").text(), 200);
    (!message.is_empty()).then(|| FeedError::refused("Ghost", message, "the `key` and the rest of the address in the `feed` attribute"))
}
