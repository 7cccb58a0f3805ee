//! [JSON Feed](https://www.jsonfeed.org/version/1.1/), 1.0 and 1.1, and what calls
//! itself that in the wild.

use serde::de::Deserializer;

use super::text::{self, LIMIT, collapse, collapse_to};
use super::wire::Value;
use super::{Feed, FeedError, Image, Item, Resolve, date, html, url};

/// All keys that are read, wherever they stand; a feed's large extensions are
/// not even looked at. `version` says nothing that the fields don't, and `expired`
/// only that nothing new will come: what the feed lists is still there to be read.
const KEYS: [&str; 23] = [
    // The top level: <https://www.jsonfeed.org/version/1.1/#top-level-a-name-top-level-a>.
    "title",
    "home_page_url",
    "language",
    "authors",
    // 1.0's; since 1.1 a list in `authors`. Feeds write either in both.
    "author",
    "items",
    // And `items`: <https://www.jsonfeed.org/version/1.1/#items-a-name-items-a>.
    "id",
    "url",
    "external_url",
    "content_html",
    "content_text",
    "summary",
    "image",
    "banner_image",
    "date_published",
    "date_modified",
    "tags",
    "attachments",
    // Kabar's own words on an item's picture, for which the format has no place.
    "_kabar",
    "alt",
    "caption",
    // An author's, and an attachment's.
    "name",
    "mime_type",
];

#[derive(Default)]
struct Items {
    usable: Vec<Item>,
    listed: usize,
}

/// Reads a JSON Feed.
pub(super) fn read<'de, D: Deserializer<'de>>(value: D, resolve: Resolve<'_>) -> Result<Feed, FeedError> {
    let mut items = Items::default();
    // Each entry becomes its item at once, so that no more than one entry's whole
    // content is held.
    let mut sink = |entry: Value| {
        items.listed += 1;
        items.usable.extend(item(&entry, resolve));
    };
    let top = Value::read(value, |key| KEYS.contains(&key), Some(&mut sink)).ok();
    feed(top, items, resolve)
}

fn feed(top: Option<Value>, items: Items, resolve: Resolve<'_>) -> Result<Feed, FeedError> {
    let Some(top) = top else {
        return Err(FeedError::not_a_feed("its JSON is broken"));
    };
    let Value::Object(_) = top else {
        return Err(FeedError::not_a_feed("it is not an object"));
    };
    let Value::List(_) = top.get("items") else {
        return Err(FeedError::not_a_feed("it has no `items` list"));
    };
    if items.usable.is_empty() {
        return Err(FeedError::empty(items.listed));
    }
    let language = some(collapse(top.get("language").text()));
    let authors = authors(&top);
    let mut items = items.usable;
    // Only now: an object's keys are in no order, and `items` may come first.
    for item in &mut items {
        if item.authors.is_empty() {
            item.authors.clone_from(&authors);
        }
        if item.language.is_none() {
            item.language.clone_from(&language);
        }
    }
    Ok(Feed {
        title: collapse_to(&top.get("title").label(), LIMIT),
        home_page_url: url::resolved(top.get("home_page_url").text(), resolve),
        language,
        items,
    })
}

/// The item, if there is anything of the entry to show.
fn item(entry: &Value, resolve: Resolve<'_>) -> Option<Item> {
    let text_of = |name| entry.get(name).text();
    let id = collapse(&entry.get("id").label());
    let url = url::resolved(text_of("url"), resolve)
        .or_else(|| url::resolved(text_of("external_url"), resolve))
        // An id that is no whole URL would resolve to one that leads nowhere.
        .or_else(|| url::resolved(&id, resolve).filter(|_| is_web_url(&id)));
    let mut text = collapse_to(text_of("summary"), LIMIT);
    if text.is_empty() {
        text = collapse_to(text_of("content_text"), LIMIT);
    }
    if text.is_empty() {
        text = text::plain_to(text_of("content_html"), LIMIT);
    }
    let mut title = collapse_to(&entry.get("title").label(), LIMIT);
    if title.is_empty() {
        title = text::headline(&text);
    }
    if let Some((_, address)) = url.as_deref().and_then(|url| url.split_once(':'))
        && title.is_empty()
    {
        address.trim_matches('/').clone_into(&mut title);
    }
    if title.is_empty() {
        return None;
    }
    Some(Item {
        url,
        title,
        text,
        image: image(entry, resolve),
        published: date::rfc3339(text_of("date_published")).or_else(|| date::rfc3339(text_of("date_modified"))),
        authors: authors(entry),
        tags: names(entry.get("tags")),
        language: some(collapse(text_of("language"))),
        id,
    })
}

fn image(entry: &Value, resolve: Resolve<'_>) -> Option<Image> {
    let attached = entry.get("attachments").list().iter().filter(|attachment| {
        let mime_type = attachment.get("mime_type").text().trim_ascii_start();
        starts_with(mime_type, "image/")
    });
    let mut image = [entry.get("image"), entry.get("banner_image")]
        .into_iter()
        .chain(attached.map(|attachment| attachment.get("url")))
        .find_map(|written| url::resolved(written.text(), resolve))
        .map(|url| Image { url, ..Image::default() })
        .or_else(|| html::first_image(entry.get("content_html").text(), resolve))?;
    let extension = entry.get("_kabar");
    let alt = collapse_to(extension.get("alt").text(), LIMIT);
    if !alt.is_empty() {
        image.alt = alt;
    }
    image.caption = collapse_to(extension.get("caption").text(), LIMIT);
    Some(image)
}

/// A feed's or an entry's authors.
fn authors(of: &Value) -> Vec<String> {
    let authors = names(of.get("authors"));
    if authors.is_empty() { names(of.get("author")) } else { authors }
}

/// The labels without blanks.
fn names(value: &Value) -> Vec<String> {
    let mut names = value.labels();
    for name in &mut names {
        *name = collapse_to(name, LIMIT);
    }
    names.retain(|name| !name.is_empty());
    names
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn is_web_url(text: &str) -> bool {
    starts_with(text, "http://") || starts_with(text, "https://")
}

/// In whatever case.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}
