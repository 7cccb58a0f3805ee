//! What can be wrong with a feed's content.

use std::fmt;

use crate::scan;

/// Why a feed's text gave no articles. Its [`code`](FeedError::code) is one of
/// the error codes of the public surface; its message says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedError(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// Why the value is no feed.
    NotAFeed(&'static str),
    /// Who answers with an error in place of a feed, which one, and what to check.
    Refused(&'static str, String, &'static str),
    /// How many entries the feed lists, none of them usable.
    Empty(usize),
    /// The page that was asked for comes after the last one.
    PastTheEnd,
}

impl FeedError {
    pub(super) fn not_a_feed(why: &'static str) -> Self {
        Self(Kind::NotAFeed(why))
    }

    pub(super) fn refused(who: &'static str, what: String, check: &'static str) -> Self {
        Self(Kind::Refused(who, what, check))
    }

    pub(super) fn empty(listed: usize) -> Self {
        Self(Kind::Empty(listed))
    }

    pub(super) fn past_the_end() -> Self {
        Self(Kind::PastTheEnd)
    }

    /// The `code` of the `kabar-error` event: `feed-invalid` or `feed-empty`.
    pub fn code(&self) -> &'static str {
        match self.0 {
            Kind::NotAFeed(_) | Kind::Refused(..) => "feed-invalid",
            Kind::Empty(_) | Kind::PastTheEnd => "feed-empty",
        }
    }

    /// Whether the feed says that there are no more articles. After the first
    /// page that is no error, but the end.
    pub fn is_end(&self) -> bool {
        matches!(self.0, Kind::Empty(0) | Kind::PastTheEnd)
    }
}

impl FeedError {
    /// What is wrong and what to do about it. Not made by [`fmt::Display`], whose
    /// printer of numbers is 700 bytes of wasm.
    pub fn message(&self) -> String {
        let mut message = String::new();
        match &self.0 {
            Kind::NotAFeed(why) => scan::add(
                &mut message,
                &["the feed cannot be read: ", why, "; check that the `feed` attribute names the feed itself and not a page"],
            ),
            Kind::Refused(who, what, check) => {
                scan::add(&mut message, &["the feed cannot be read: ", who, " answers with the error `", what, "`; check ", check]);
            }
            Kind::Empty(0) => message.push_str(
                "the feed has no articles: its list is empty; \
                 check that articles are published and that the feed includes them",
            ),
            Kind::Empty(listed) => {
                let listed = scan::decimal(i64::try_from(*listed).unwrap_or(i64::MAX));
                scan::add(
                    &mut message,
                    &[
                        "the feed has no articles to show: it lists ",
                        &listed,
                        " and none has a URL, a title or a text; check what writes the feed",
                    ],
                );
            }
            Kind::PastTheEnd => message.push_str("the feed has no such page: it ends before; check the `page` in the `feed` attribute"),
        }
        message
    }
}

impl fmt::Display for FeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for FeedError {}
