//! What can be wrong with a feed's content.

use std::fmt;

/// Why a feed's text gave no articles. Its [`code`](FeedError::code) is one of
/// the error codes of the public surface; its message says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedError(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// Why the value is no feed.
    NotAFeed(&'static str),
    /// How many entries the feed lists, none of them usable.
    Empty(usize),
}

impl FeedError {
    pub(super) fn not_a_feed(why: &'static str) -> Self {
        Self(Kind::NotAFeed(why))
    }

    pub(super) fn empty(listed: usize) -> Self {
        Self(Kind::Empty(listed))
    }

    /// The `code` of the `kabar-error` event: `feed-invalid` or `feed-empty`.
    pub fn code(&self) -> &'static str {
        match self.0 {
            Kind::NotAFeed(_) => "feed-invalid",
            Kind::Empty(_) => "feed-empty",
        }
    }
}

impl fmt::Display for FeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::NotAFeed(why) => {
                f.write_str("the feed is not a JSON Feed: ")?;
                f.write_str(why)?;
                f.write_str("; check that the `feed` attribute names the feed itself and not a page")
            }
            Kind::Empty(0) => f.write_str(
                "the feed has no articles: its `items` list is empty; \
                 check that articles are published and that the feed includes them",
            ),
            Kind::Empty(listed) => {
                f.write_str("the feed has no articles to show: `items` has ")?;
                fmt::Display::fmt(&listed, f)?;
                f.write_str(" and none has a URL, a title or a text; check what writes the feed")
            }
        }
    }
}

impl std::error::Error for FeedError {}
