//! Where a feed goes on.

use super::{Feed, Format, More};
use crate::scan;

/// The address of a feed's next page, if there is one.
///
/// `address` is the one that the feed was asked for at; `pages` is how many
/// there are, where the answer says so: `WordPress` does in its header
/// `X-WP-TotalPages`, <https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/>.
/// Where that header cannot be read, a page that is full has another after it.
pub fn next_page(feed: &Feed, address: &str, pages: Option<u32>) -> Option<String> {
    match &feed.more {
        Some(More::Url(url)) => Some(url.clone()),
        Some(More::Page(page)) => Some(at_page(address, *page)),
        None if feed.format == Format::WordPress => {
            let page = parameter(address, "page").unwrap_or(1);
            let full = || parameter(address, "per_page").is_some_and(|most| feed.items.listed() >= most as usize);
            pages.map_or_else(full, |pages| page < pages).then(|| at_page(address, page.saturating_add(1)))
        }
        None => None,
    }
}

fn query(address: &str) -> (&str, &str) {
    scan::parted(scan::parted(address, "#").0, "?")
}

fn parameter(address: &str, name: &str) -> Option<u32> {
    let value = |pair: &str| scan::integer(pair.strip_prefix(name)?.strip_prefix("=")?);
    scan::pieces(query(address).1, b"&").find_map(|pair| u32::try_from(value(pair)?).ok())
}

fn at_page(address: &str, page: u32) -> String {
    let (path, query) = query(address);
    let mut next = path.to_owned() + "?";
    for pair in scan::pieces(query, b"&") {
        if !pair.starts_with("page=") {
            scan::add(&mut next, &[pair, "&"]);
        }
    }
    next + "page=" + &scan::decimal(page.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Item;

    fn feed(format: Format, items: usize, more: Option<More>) -> Feed {
        Feed { format, more, items: vec![Item::default(); items].into_iter().collect(), ..Feed::default() }
    }

    #[test]
    fn pages_of_wordpress() {
        let posts = |items| feed(Format::WordPress, items, None);
        let first = "https://warta.example/wp-json/wp/v2/posts?per_page=10&_embed=author";
        let second = "https://warta.example/wp-json/wp/v2/posts?per_page=10&_embed=author&page=2";
        assert_eq!(next_page(&posts(10), first, Some(2)).as_deref(), Some(second));
        assert_eq!(next_page(&posts(10), second, Some(2)), None);
        assert_eq!(next_page(&posts(10), second, Some(3)).as_deref(), Some(&*second.replace("page=2", "page=3")));
        // The header is not always there to be read.
        assert_eq!(next_page(&posts(10), first, None).as_deref(), Some(second));
        assert_eq!(next_page(&posts(9), first, None), None);
        let plain = "https://warta.example/?rest_route=%2Fwp%2Fv2%2Fposts&page=4&per_page=3#x";
        let next = "https://warta.example/?rest_route=%2Fwp%2Fv2%2Fposts&per_page=3&page=5";
        assert_eq!(next_page(&posts(3), plain, None).as_deref(), Some(next));
    }

    #[test]
    fn what_the_feed_says() {
        let url = feed(Format::JsonFeed, 1, Some(More::Url("https://warta.example/2.json".into())));
        assert_eq!(next_page(&url, "https://warta.example/feed.json", None).as_deref(), Some("https://warta.example/2.json"));
        let page = feed(Format::Ghost, 1, Some(More::Page(2)));
        let next = next_page(&page, "https://warta.example/ghost/api/content/posts/?key=a&page=1", None);
        assert_eq!(next.as_deref(), Some("https://warta.example/ghost/api/content/posts/?key=a&page=2"));
        assert_eq!(next_page(&feed(Format::Rss, 20, None), "https://warta.example/feed/", Some(3)), None);
    }
}
