//! [JSON Feed](https://www.jsonfeed.org/version/1.1/), 1.0 and 1.1, and what calls
//! itself that in the wild.

use super::text::{LIMIT, collapse, collapse_to, plain_to};
use super::wire::Value;
use super::{Image, Item, Resolve, authors, date, html, language, names, url, wordpress};
use crate::scan;

/// The keys that are read: the top level's and the items'
/// (<https://www.jsonfeed.org/version/1.1/#top-level-a-name-top-level-a>), an author's, an
/// attachment's, and `_kabar` with Kabar's own words on an item's picture, for which the
/// format has no place. `author` is 1.0's; since 1.1 there is a list in `authors`, and feeds
/// write either in both. `version` says nothing that the fields don't, and `expired` only
/// that nothing new will come: what the feed lists is still there to be read.
pub(super) const KEYS: &str = "title home_page_url next_url language authors author items id url external_url content_html \
    content_text summary image banner_image date_published date_modified tags attachments _kabar alt caption name mime_type";

/// Where an entry's date is, best first.
pub(super) const DATES: &[&str] = &["date_published", "date_modified"];

/// The item that an entry is. If its texts are HTML, they are made plain.
// Not inlined: one format is all that a page needs.
#[inline(never)]
pub(super) fn item(entry: &Value, resolve: Resolve<'_>) -> Option<Item> {
    let is_html = is_html(entry);
    let text_of = |name| entry.get(name).text();
    let id = collapse(&entry.get("id").label());
    let url = url::resolved(text_of("url"), resolve)
        .or_else(|| url::resolved(text_of("external_url"), resolve))
        // An id that is no whole URL would resolve to one that leads nowhere.
        .or_else(|| url::resolved(&id, resolve).filter(|_| is_web_url(&id)));
    let mut text = String::new();
    for name in &["summary", "content_text", "content_html"] {
        text = match text_of(name) {
            // Where the text still is HTML, the HTML itself says more.
            _ if is_html && *name == "content_text" => continue,
            html if is_html => wordpress::excerpt(html, text_of("url")),
            html if *name == "content_html" => plain_to(html, LIMIT),
            text => collapse_to(text, LIMIT),
        };
        if !text.is_empty() {
            break;
        }
    }
    Item {
        url,
        title: collapse_to(&entry.get("title").label(), LIMIT),
        text,
        image: image(entry, resolve),
        published: DATES.iter().find_map(|name| date::rfc3339(text_of(name))),
        authors: authors(entry, is_html),
        tags: names(entry.get("tags"), is_html),
        language: language(entry),
        id,
    }
    .titled()
}

/// Whether an entry's plain texts are HTML after all: the `jsonfeed` plugin of
/// `WordPress`, <https://github.com/manton/jsonfeed-wp>, takes the tags out of
/// `content_html` to get `content_text`, and leaves the character references.
///
/// It is told by that: a reference in the text that stands in the HTML as well.
/// Whoever means the reference itself has escaped its `&` there. And it is told
/// by the id, which is the post's guid.
pub(super) fn is_html(entry: &Value) -> bool {
    let (text, html) = (entry.get("content_text").text(), entry.get("content_html").text());
    // The plugin writes both, or, where a post is empty, neither.
    if text.is_empty() != html.is_empty() {
        return false;
    }
    let query = scan::parted(entry.get("id").text(), "?").1;
    query.starts_with("p=") || query.starts_with("post_type=") || !text.is_empty() && wordpress::left_references(text, html)
}

fn image(entry: &Value, resolve: Resolve<'_>) -> Option<Image> {
    let mut url = url::resolved(entry.get("image").text(), resolve).or_else(|| url::resolved(entry.get("banner_image").text(), resolve));
    for attachment in entry.get("attachments").list() {
        if url.is_none() && starts_with(scan::trim(attachment.get("mime_type").text()), "image/") {
            url = url::resolved(attachment.get("url").text(), resolve);
        }
    }
    let mut image = match url {
        Some(url) => Image { url, ..Image::default() },
        None => html::first_image(entry.get("content_html").text(), resolve)?,
    };
    let extension = entry.get("_kabar");
    let alt = collapse_to(extension.get("alt").text(), LIMIT);
    if !alt.is_empty() {
        image.alt = alt;
    }
    image.caption = collapse_to(extension.get("caption").text(), LIMIT);
    Some(image)
}

fn is_web_url(text: &str) -> bool {
    starts_with(text, "http://") || starts_with(text, "https://")
}

/// In whatever case.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}
