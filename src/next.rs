//! Which article the page is, and which one comes next.

use crate::feed::{Date, Item};

/// Which article follows the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The one published before it.
    Older,
    /// The one published after it.
    Newer,
    /// The one that stands after it in the feed.
    Feed,
}

/// Query parameters that say where a reader came from and not what is read.
/// A name that ends in `_` stands for all that begin with it.
const TRACKING: &[&str] = &[
    "utm_", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "mc_cid", "mc_eid", "_ga",
    "_gl",
];

/// Whether two absolute addresses are those of one article.
///
/// Compared without scheme, fragment, tracking parameters and the path's
/// trailing slash. Both must be as the browser's `URL` writes them, with the
/// host in lower case and no default port.
pub fn same_article(a: &str, b: &str) -> bool {
    let (a, b) = (Address::new(a), Address::new(b));
    a.place == b.place && a.query().eq(b.query())
}

/// An address without what does not say which article it is.
struct Address<'a> {
    /// Host and path.
    place: &'a str,
    query: &'a str,
}

impl<'a> Address<'a> {
    fn new(url: &'a str) -> Self {
        let url = url.split('#').next().unwrap_or_default();
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let place = place.split_once("://").map_or(place, |(_, rest)| rest);
        Self { place: place.strip_suffix('/').unwrap_or(place), query }
    }

    /// Its parameters, in order: `name=value`.
    fn query(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair))
    }
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    TRACKING.iter().any(|tracking| if tracking.ends_with('_') { name.starts_with(tracking) } else { name == *tracking })
}

/// The place of the article that the page is.
///
/// `page_urls` are the addresses the page may have, most trusted first: the
/// `current` attribute, the canonical link, `og:url`, the location. The first
/// that is in the feed decides.
pub fn current(items: &[Item], page_urls: &[String]) -> Option<usize> {
    page_urls.iter().find_map(|page| items.iter().position(|item| is_at(item, page)))
}

fn is_at(item: &Item, page: &str) -> bool {
    item.url.as_deref().is_some_and(|url| same_article(url, page))
}

/// The places of all items by date. Equal dates keep the feed's order, and so do
/// items without a date, which follow the others in both directions.
pub fn sorted(items: &[Item], newest_first: bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items.len()).collect();
    // One sort for both directions: a sort's code is big, and there is one for each closure.
    places.sort_by_key(|place| {
        // Turned round, a number keeps its place among its equals, and `!` cannot overflow.
        let date = items[*place].published.map_or(0, |Date(time)| if newest_first { !time } else { time });
        (items[*place].published.is_none(), date)
    });
    places
}

/// The place of the article that comes next, `None` where none does.
///
/// Where the page is not in the feed, that is the newest article. Articles
/// without an address are passed over, for a reader cannot go there, and so is a
/// second entry of the page's own. With `wrap`, the first article follows the
/// last.
///
/// [`Order::Newer`] walks the line of [`Order::Older`] the other way, so that
/// neither skips or repeats one of several articles with the same date. At the
/// older end of that line are the articles without a date.
pub fn next(items: &[Item], page_urls: &[String], order: Order, wrap: bool) -> Option<usize> {
    let mut places = match order {
        Order::Feed => (0..items.len()).collect(),
        Order::Older | Order::Newer => sorted(items, true),
    };
    if order == Order::Newer {
        places.reverse();
    }
    let current = current(items, page_urls);
    let own = current.and_then(|place| items[place].url.as_deref());
    let can_follow = |place: &usize| match (items[*place].url.as_deref(), own) {
        (Some(url), Some(own)) => !same_article(url, own),
        (url, _) => url.is_some(),
    };
    let Some(here) = places.iter().position(|place| Some(*place) == current) else {
        return sorted(items, true).into_iter().find(can_follow);
    };
    let (before, after) = places.split_at(here);
    let first = if wrap { before } else { &[] };
    after.iter().chain(first).copied().find(can_follow)
}
