//! The modules that take a stranger's text, without the rest of Kabar: as a
//! dependency it would bring all of Leptos, and minutes of building with it.
#![allow(dead_code, unused_imports)]

#[path = "../../src"]
mod kabar {
    pub mod feed;
    pub mod share;
}

pub use kabar::*;

/// What a feed's URLs are resolved against, by the crate that follows the same
/// standard as the browser's `URL`.
pub fn resolve(written: &str) -> Option<String> {
    let base = url::Url::parse("https://news.example/feeds/feed").ok()?;
    base.join(written).ok().map(String::from)
}

/// Whether a text is what the model calls plain: one line, without blanks at its
/// ends or characters that would change the page around it.
pub fn is_plain(text: &str) -> bool {
    let unwanted = |char: char| {
        char.is_control()
            || char.is_whitespace() && char != ' '
            || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    text.trim() == text && !text.contains("  ") && !text.contains(unwanted)
}
