//! The one model that every feed format is read into.

/// A feed: what a publisher's site says of its articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// The feed's name; empty where it has none.
    pub title: String,
    /// The site that the feed belongs to, resolved and filtered.
    pub home_page_url: Option<String>,
    /// A BCP 47 tag, as the feed writes it.
    pub language: Option<String>,
    /// The articles, in the feed's own order.
    pub items: Vec<Item>,
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
}

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub i64);
