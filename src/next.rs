//! Which article the page is, and which one comes next.

use crate::{
    feed::{Date, Item, Items},
    scan::{self, Pieces},
};

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
const TRACKING: &str = "utm_ fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igshid mc_cid mc_eid _ga _gl";

/// Whether two absolute addresses are those of one article.
///
/// Compared without scheme, fragment, tracking parameters and the path's
/// trailing slash. Both must be as the browser's `URL` writes them, with the
/// host in lower case and no default port.
pub fn same_article(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (Address::new(a), Address::new(b));
    if a.place != b.place {
        return false;
    }
    loop {
        let parameter = a.parameter();
        if parameter != b.parameter() {
            return false;
        }
        if parameter.is_none() {
            return true;
        }
    }
}

/// An address without what does not say which article it is.
struct Address<'a> {
    /// Host and path.
    place: &'a str,
    query: Pieces<'a>,
}

impl<'a> Address<'a> {
    fn new(url: &'a str) -> Self {
        let (place, query) = scan::parted(scan::parted(url, "#").0, "?");
        let place = scan::find(place, "://").map_or(place, |scheme| &place[scheme + 3..]);
        Self { place: place.strip_suffix("/").unwrap_or(place), query: scan::pieces(query, b"&") }
    }

    /// The next of its parameters: `name=value`.
    fn parameter(&mut self) -> Option<&'a str> {
        self.query.find(|pair| !is_tracking(pair))
    }
}

fn is_tracking(pair: &str) -> bool {
    let name = &pair[..scan::until(pair, b"=")];
    scan::pieces(TRACKING, b" ").any(|tracking| if tracking.ends_with("_") { name.starts_with(tracking) } else { name == tracking })
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

/// The places of all articles, as the feed lists them.
pub(crate) fn listed(items: &Items) -> Vec<usize> {
    (0..items.listed()).collect()
}

/// The places of all articles by date. Equal dates keep the feed's order, and so do
/// articles without a date, which follow the others in both directions.
pub fn sorted(items: &Items, newest_first: bool) -> Vec<usize> {
    let mut places = listed(items);
    // Most feeds are in this order already, and std's small sort does not notice.
    if (1..places.len()).any(|place| rank(items, newest_first, place - 1) > rank(items, newest_first, place)) {
        // One sort for both directions: a sort's code is big, and there is one for each closure.
        // The one that keeps equals in their order is bigger than the place in the key.
        places.sort_unstable_by_key(|place| (rank(items, newest_first, *place), *place));
    }
    places
}

/// What an article is sorted by: the lower, the earlier it comes. Without a date it is
/// what no date is: the last year that one can have is 9999.
// Never inlined: in the check and in the sort it would be some hundred bytes more.
#[inline(never)]
fn rank(items: &Items, newest_first: bool, place: usize) -> i64 {
    // Turned round, a number keeps its place among its equals, and `!` cannot overflow.
    items.published(place).map_or(i64::MAX, |Date(time)| if newest_first { !time } else { time })
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
        Order::Feed => listed(items),
        Order::Older | Order::Newer => sorted(items, true),
    };
    if order == Order::Newer {
        places.reverse();
    }
    let current = current(items, page_urls);
    let own = current.and_then(|place| items.get(place)?.url.as_deref());
    let mut here = 0;
    match places.iter().position(|place| Some(*place) == current) {
        Some(place) => here = place,
        None => places = sorted(items, true),
    }
    for step in here..here + places.len() {
        let round = step.checked_sub(places.len()).filter(|_| wrap);
        let place = places.get(step).or_else(|| places.get(round?));
        if let Some(item) = place.and_then(|place| items.get(*place))
            && let Some(url) = &item.url
            && own.is_none_or(|own| !same_article(url, own))
            && keep(item)
        {
            return Some(item);
        }
    }
    None
}
