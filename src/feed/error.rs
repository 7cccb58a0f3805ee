//! What can be wrong with a feed's content.

use std::fmt;

/// Why a feed's text gave no articles. Its [`code`](FeedError::code) is one of
/// the error codes of the public surface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedError(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    NotAFeed(&'static str),
    Expired,
    Empty,
}
