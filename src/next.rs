//! Which article the page is, and which one comes next.

use crate::feed::{Date, Item, Items};

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
pub fn current(items: &Items, page_urls: &[String]) -> Option<usize> {
    let mut found = None;
    let mut trusted = page_urls.len();
    for place in 0..items.listed() {
        // Mostly the page is the first one looked for, and the feed's rest need not be read.
        if trusted == 0 {
            break;
        }
        let item = items.get(place);
        if let Some(rank) = page_urls[..trusted].iter().position(|page| item.is_some_and(|item| is_at(item, page))) {
            (found, trusted) = (Some(place), rank);
        }
    }
    found
}

/// Whether an article is at an address.
pub(crate) fn is_at(item: &Item, address: &str) -> bool {
    item.url.as_deref().is_some_and(|url| same_article(url, address))
}

/// The places of all articles by date. Equal dates keep the feed's order, and so do
/// articles without a date, which follow the others in both directions.
pub fn sorted(items: &Items, newest_first: bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items.listed()).collect();
    // One sort for both directions: a sort's code is big, and there is one for each closure.
    places.sort_by_key(|place| {
        let published = items.published(*place);
        // Turned round, a number keeps its place among its equals, and `!` cannot overflow.
        (published.is_none(), published.map_or(0, |Date(time)| if newest_first { !time } else { time }))
    });
    places
}

/// The article that comes next, `None` where none does.
///
/// Where the page is not in the feed, that is the newest article. Passed over are
/// articles without an address, for a reader cannot go there, those that `keep`
/// refuses, and a second entry of the page's own. With `wrap`, the first article
/// follows the last.
///
/// [`Order::Newer`] walks the line of [`Order::Older`] the other way, so that
/// neither skips or repeats one of several articles with the same date. At the
/// older end of that line are the articles without a date.
pub fn next<'a>(items: &'a Items, page_urls: &[String], order: Order, wrap: bool, keep: &dyn Fn(&Item) -> bool) -> Option<&'a Item> {
    let mut places = match order {
        Order::Feed => (0..items.listed()).collect(),
        Order::Older | Order::Newer => sorted(items, true),
    };
    if order == Order::Newer {
        places.reverse();
    }
    let current = current(items, page_urls);
    let own = current.and_then(|place| items.get(place)?.url.as_deref());
    let can_follow = |place: usize| {
        let item = items.get(place)?;
        let url = item.url.as_deref()?;
        let is_other = own.is_none_or(|own| !same_article(url, own));
        (is_other && keep(item)).then_some(item)
    };
    let Some(here) = places.iter().position(|place| Some(*place) == current) else {
        return sorted(items, true).into_iter().find_map(can_follow);
    };
    let (before, after) = places.split_at(here);
    let first = if wrap { before } else { &[] };
    after.iter().chain(first).copied().find_map(can_follow)
}
