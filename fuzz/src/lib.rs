//! The modules that take a stranger's text, without the rest of Kabar: as a
//! dependency it would bring all of Leptos, and minutes of building with it.
#![allow(dead_code, unused_imports)]

#[path = "../../src"]
mod kabar {
    pub mod feed;
    pub mod scan;
    pub mod share;
}

pub use kabar::*;

/// What a feed's URLs are resolved against, by the crate that follows the same
/// standard as the browser's `URL`.
pub fn resolve(written: &str) -> Option<String> {
    resolve_from(written, None)
}

/// The same, where the text may name another base.
pub fn resolve_from(written: &str, base: Option<&str>) -> Option<String> {
    let base = base.unwrap_or("https://news.example/feeds/feed");
    url::Url::parse(base).ok()?.join(written).ok().map(String::from)
}

/// Whatever a feed says, its model is fit to be shown.
pub fn keeps_promises(read: Result<feed::Feed, feed::FeedError>) {
    let Ok(feed) = read else { return };
    assert!(feed.items.iter().next().is_some() && is_plain(&feed.title));
    for item in feed.items.iter().cloned() {
        assert!(!item.title.is_empty() && is_plain(&item.title));
        assert!(is_plain(&item.text) && item.text.chars().count() <= 2_001);
        assert!(item.authors.iter().chain(&item.tags).all(|name| !name.is_empty() && is_plain(name)));
        let mut urls: Vec<_> = item.url.into_iter().collect();
        if let Some(image) = item.image {
            assert!(is_plain(&image.alt) && is_plain(&image.caption));
            urls.push(image.url);
        }
        assert!(urls.iter().all(|url| feed::url::safe(url)), "{urls:?}");
    }
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
