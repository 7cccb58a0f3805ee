//! Which article the page is, and which one comes next.

use std::cmp::Reverse;

use crate::feed::Item;

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
    "utm_", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "mc_cid", "mc_eid", "_ga", "_gl",
];

/// Whether two absolute addresses are those of one article.
///
/// Compared without scheme, fragment, tracking parameters and trailing slash.
/// Both must be as the browser's `URL` writes them, with the host in lower case.
pub fn same_article(a: &str, b: &str) -> bool {
    let (a, b) = (Address::new(a), Address::new(b));
    a.place == b.place && a.query().eq(b.query())
}

struct Address<'a> {
    place: &'a str,
    query: &'a str,
}

impl<'a> Address<'a> {
    fn new(url: &'a str) -> Self {
        let url = url.split('#').next().unwrap_or_default();
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        Self { place: place.trim_end_matches('/'), query }
    }

    fn query(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.query.split('&').filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            let tracks = |tracking: &&str| if tracking.ends_with('_') { name.starts_with(*tracking) } else { name == *tracking };
            !pair.is_empty() && !TRACKING.iter().any(|tracking| tracks(&tracking))
        })
    }
}

/// The place of the article that the page is.
///
/// `page_urls` are the addresses the page may have, most trusted first: the
/// first that is in the feed decides.
pub fn current(items: &[Item], page_urls: &[String]) -> Option<usize> {
    page_urls.iter().find_map(|page| items.iter().position(|item| is_at(item, page)))
}

fn is_at(item: &Item, page: &str) -> bool {
    item.url.as_deref().is_some_and(|url| same_article(url, page))
}

/// The places of all items by date; those without one keep the feed's order, after the others.
pub fn sorted(items: &[Item], newest_first: bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items.len()).collect();
    // The sort is stable, so that equal dates keep the feed's order.
    if newest_first {
        places.sort_by_key(|place| Reverse(items[*place].published));
    } else {
        places.sort_by_key(|place| (items[*place].published.is_none(), items[*place].published));
    }
    places
}

/// The place of the article that comes next, `None` where none does.
///
/// Where the page is not in the feed, that is the newest article which is not
/// this page. Articles without an address are passed over, for a reader cannot
/// go there, and so is a second entry of the page's own. With `wrap`, the first
/// article follows the last.
pub fn next(items: &[Item], page_urls: &[String], order: Order, wrap: bool) -> Option<usize> {
    let is_page = |place: usize| page_urls.iter().any(|page| is_at(&items[place], page));
    let can_follow = |place: &usize| items[*place].url.is_some() && !is_page(*place);
    let Some(current) = current(items, page_urls) else {
        return sorted(items, true).into_iter().find(can_follow);
    };
    let places = match order {
        Order::Feed => (0..items.len()).collect(),
        Order::Older => sorted(items, true),
        // The same line walked the other way, so that equal dates are neither skipped nor repeated.
        Order::Newer => sorted(items, true).into_iter().rev().collect(),
    };
    let here = places.iter().position(|place| *place == current)?;
    let (before, after) = places.split_at(here);
    let first = if wrap { before } else { &[] };
    after.iter().chain(first).copied().find(can_follow)
}
