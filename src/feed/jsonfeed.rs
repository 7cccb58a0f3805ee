//! [JSON Feed](https://www.jsonfeed.org/version/1.1/), 1.0 and 1.1, and what calls
//! itself that in the wild.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::text::{self, LIMIT, collapse, collapse_to};
use super::wire::{Label, Labels, Object, Objects, Text, absent};
use super::{Feed, FeedError, Image, Item, Resolve, date, html, url};

/// One of `items`: <https://www.jsonfeed.org/version/1.1/#items-a-name-items-a>.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    id: Label,
    url: Text,
    external_url: Text,
    title: Label,
    content_html: Text,
    content_text: Text,
    summary: Text,
    image: Text,
    banner_image: Text,
    date_published: Text,
    date_modified: Text,
    authors: Labels,
    /// 1.0's; since 1.1 a list in `authors`. Feeds write either in both.
    author: Labels,
    tags: Labels,
    language: Text,
    attachments: Objects<Attachment>,
    #[serde(rename = "_kabar")]
    kabar: Object<Extension>,
}

/// One of an item's `attachments`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Attachment {
    url: Text,
    mime_type: Text,
}

/// Kabar's own words on an item's picture, for which the format has no place.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Extension {
    alt: Text,
    caption: Text,
}

/// The top level: <https://www.jsonfeed.org/version/1.1/#top-level-a-name-top-level-a>.
/// `version` says nothing that the fields don't, and `expired` only that nothing
/// new will come: what the feed lists is still there to be read.
#[derive(Default)]
struct Top {
    is_object: bool,
    title: String,
    home_page_url: String,
    language: String,
    authors: Vec<String>,
    author: Vec<String>,
    items: Option<Items>,
}

#[derive(Default)]
struct Items {
    usable: Vec<Item>,
    listed: usize,
}

/// Reads a JSON Feed.
pub(super) fn read<'de, D: Deserializer<'de>>(value: D, resolve: Resolve<'_>) -> Result<Feed, FeedError> {
    match value.deserialize_any(TopVisitor(resolve)) {
        Ok(top) => feed(top, resolve),
        Err(_) => Err(FeedError::not_a_feed("its JSON is broken")),
    }
}

fn feed(top: Top, resolve: Resolve<'_>) -> Result<Feed, FeedError> {
    if !top.is_object {
        return Err(FeedError::not_a_feed("it is not an object"));
    }
    let Some(items) = top.items else {
        return Err(FeedError::not_a_feed("it has no `items` list"));
    };
    if items.usable.is_empty() {
        return Err(FeedError::empty(items.listed));
    }
    let language = some(collapse(&top.language));
    let authors = names(top.authors, top.author);
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
    Ok(Feed { title: collapse_to(&top.title, LIMIT), home_page_url: url::resolved(&top.home_page_url, resolve), language, items })
}

impl Entry {
    /// The item, if there is anything of it to show.
    fn item(self, resolve: Resolve<'_>) -> Option<Item> {
        let id = collapse(&self.id.0);
        let url = url::resolved(&self.url.0, resolve)
            .or_else(|| url::resolved(&self.external_url.0, resolve))
            // An id that is no whole URL would resolve to one that leads nowhere.
            .or_else(|| url::resolved(&id, resolve).filter(|_| is_web_url(&id)));
        let mut text = collapse_to(&self.summary.0, LIMIT);
        if text.is_empty() {
            text = collapse_to(&self.content_text.0, LIMIT);
        }
        if text.is_empty() {
            text = text::plain_to(&self.content_html.0, LIMIT);
        }
        let mut title = collapse_to(&self.title.0, LIMIT);
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
            image: self.image(resolve),
            published: date::rfc3339(&self.date_published.0).or_else(|| date::rfc3339(&self.date_modified.0)),
            authors: names(self.authors.0, self.author.0),
            tags: names(self.tags.0, Vec::new()),
            language: some(collapse(&self.language.0)),
            id,
        })
    }

    fn image(&self, resolve: Resolve<'_>) -> Option<Image> {
        let attached = self.attachments.0.iter().filter(|attachment| {
            let mime_type = attachment.mime_type.0.trim_ascii_start();
            mime_type.get(..6).is_some_and(|kind| kind.eq_ignore_ascii_case("image/"))
        });
        let mut image = [&self.image, &self.banner_image]
            .into_iter()
            .chain(attached.map(|attachment| &attachment.url))
            .find_map(|written| url::resolved(&written.0, resolve))
            .map(|url| Image { url, ..Image::default() })
            .or_else(|| html::first_image(&self.content_html.0, resolve))?;
        if let Some(extension) = &self.kabar.0 {
            let alt = collapse_to(&extension.alt.0, LIMIT);
            if !alt.is_empty() {
                image.alt = alt;
            }
            image.caption = collapse_to(&extension.caption.0, LIMIT);
        }
        Some(image)
    }
}

/// The names without blanks; `others` if there are none.
fn names(texts: Vec<String>, others: Vec<String>) -> Vec<String> {
    for texts in [texts, others] {
        let mut names = Vec::new();
        for text in texts {
            names.extend(some(collapse_to(&text, LIMIT)));
        }
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn is_web_url(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

struct TopVisitor<'a>(Resolve<'a>);

impl<'de> Visitor<'de> for TopVisitor<'_> {
    type Value = Top;

    absent!(bool i64 u64 f64 str null seq);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feed")
    }

    // By hand, since a derived struct could not hand `resolve` on to `items`.
    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Top, A::Error> {
        let mut top = Top { is_object: true, ..Top::default() };
        while let Some(Text(key)) = object.next_key()? {
            match key.as_str() {
                "title" => top.title = object.next_value::<Label>()?.0,
                "home_page_url" => top.home_page_url = object.next_value::<Text>()?.0,
                "language" => top.language = object.next_value::<Text>()?.0,
                "authors" => top.authors = object.next_value::<Labels>()?.0,
                "author" => top.author = object.next_value::<Labels>()?.0,
                "items" => top.items = object.next_value_seed(ItemsVisitor(self.0))?,
                _ => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(top)
    }
}

/// Turns each entry into its item at once, so that no more than one entry's
/// whole content is held.
struct ItemsVisitor<'a>(Resolve<'a>);

impl<'de> DeserializeSeed<'de> for ItemsVisitor<'_> {
    type Value = Option<Items>;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ItemsVisitor<'_> {
    type Value = Option<Items>;

    absent!(bool i64 u64 f64 str null map);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Items::default();
        while let Some(Object::<Entry>(entry)) = list.next_element()? {
            items.listed += 1;
            items.usable.extend(entry.and_then(|entry| entry.item(self.0)));
        }
        Ok(Some(items))
    }
}
