//! The one model that every feed format is read into.

use super::{items::Items, text};
use crate::scan;

/// A feed: what a publisher's site says of its articles.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// The feed's name; empty where it has none.
    pub title: String,
    /// The site that the feed belongs to, resolved and filtered.
    pub home_page_url: Option<String>,
    /// A BCP 47 tag, as the feed writes it.
    pub language: Option<String>,
    /// The articles, in the feed's own order.
    pub items: Items,
    /// What it was read from.
    pub format: Format,
    /// Where it goes on, if it says so. `WordPress` says it in a header of the
    /// response: <https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/>.
    pub more: Option<More>,
}

/// The formats that feeds come in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// [JSON Feed](https://www.jsonfeed.org/version/1.1/).
    #[default]
    JsonFeed,
    /// A list of posts from the [REST API of `WordPress`](https://developer.wordpress.org/rest-api/reference/posts/).
    WordPress,
    /// A list of posts from the [Content API of Ghost](https://docs.ghost.org/content-api/posts).
    Ghost,
    /// RSS or Atom.
    Rss,
}

impl Format {
    /// The word for it in the `format` attribute.
    pub const fn name(self) -> &'static str {
        match self {
            Self::JsonFeed => "jsonfeed",
            Self::WordPress => "wordpress",
            Self::Ghost => "ghost",
            Self::Rss => "rss",
        }
    }
}

/// Where the feed's next articles are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum More {
    /// At this address, absolute, `http` or `https`: a JSON Feed's `next_url`.
    Url(String),
    /// At the feed's own address with `page` set to this number: Ghost's
    /// `meta.pagination.next`.
    Page(u32),
}

/// One article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The feed's id for it; empty where it has none. Not unique in practice.
    pub id: String,
    /// Where the article is read: absolute, `http` or `https`.
    pub url: Option<String>,
    /// Plain text, never empty: a missing title falls back to the text's first
    /// words, and where there is no text either, to the URL without its scheme.
    pub title: String,
    /// Plain text with whitespace collapsed; empty where there is none. At most
    /// 2,000 characters, and ended by `…` where it was longer: excerpts need no more.
    pub text: String,
    /// The picture.
    pub image: Option<Image>,
    /// When it was published.
    pub published: Option<Date>,
    /// Names, without blanks; the feed's where the item has none.
    pub authors: Vec<String>,
    /// Tags or categories, without blanks.
    pub tags: Vec<String>,
    /// A BCP 47 tag; the feed's where the item has none.
    pub language: Option<String>,
}

impl Item {
    /// Whether two entries are one article: by their addresses, else by their ids.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (&self.url, &other.url) {
            (Some(one), Some(two)) => one == two,
            _ => !self.id.is_empty() && self.id == other.id,
        }
    }

    /// The item with a title, if there is anything to make one of.
    pub(super) fn titled(mut self) -> Option<Self> {
        if self.title.is_empty() {
            self.title = text::headline(&self.text);
        }
        if let Some(url) = &self.url
            && self.title.is_empty()
        {
            let address = scan::parted(url, ":").1;
            self.title.push_str(scan::without_first(scan::without_last(address, b"/"), b"/"));
        }
        if self.title.is_empty() { None } else { Some(self) }
    }
}

/// A picture that stands for an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// Absolute, `http` or `https`.
    pub url: String,
    /// What the picture shows, plain text; empty where the feed does not say,
    /// for then the headline beside it says more than a guess would.
    pub alt: String,
    /// Plain text; empty where the feed does not say.
    pub caption: String,
    /// The same picture in other sizes, narrowest first; none or more than one.
    pub sources: Vec<Source>,
}

/// A size of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Absolute, `http` or `https`, and fit for a `srcset`: no comma at its end.
    pub url: String,
    /// In pixels, never zero.
    pub width: u32,
}

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub i64);
