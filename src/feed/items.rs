//! The articles of a feed, each read when it is first asked for.
//!
//! A feed may hold ten thousand articles of which six are shown: reading the
//! others costs a phone a second. Only their dates are read ahead, to sort by.

use std::{cell::OnceCell, fmt};

use super::{Date, Item};

/// Articles in the feed's own order. The feed lists them at places; at some of
/// these there is nothing that can be shown.
#[derive(Default)]
pub struct Items {
    entries: Vec<Entry>,
    /// Reads what is at a place.
    read: Option<Box<dyn Fn(usize) -> Option<Item>>>,
}

struct Entry {
    published: Option<Date>,
    // In a box: most are never read, and 10,000 of them are to cost little.
    item: OnceCell<Option<Box<Item>>>,
}

impl Items {
    /// Articles whose dates are known, and how each is read.
    pub(super) fn later(published: &[Option<Date>], read: impl Fn(usize) -> Option<Item> + 'static) -> Self {
        let mut entries = Vec::new();
        for published in published {
            entries.push(Entry { published: *published, item: OnceCell::new() });
        }
        Self { entries, read: Some(Box::new(read)) }
    }

    /// How many articles the feed lists, those included that cannot be shown.
    pub fn listed(&self) -> usize {
        self.entries.len()
    }

    /// The article at a place; nothing where none can be shown.
    pub fn get(&self, place: usize) -> Option<&Item> {
        let read = || self.read.as_ref().and_then(|read| read(place)).map(Box::new);
        self.entries.get(place)?.item.get_or_init(read).as_deref()
    }

    /// When the article at a place was published.
    pub fn published(&self, place: usize) -> Option<Date> {
        self.entries.get(place)?.published
    }

    /// All articles that can be shown.
    pub fn iter(&self) -> impl Iterator<Item = &Item> {
        (0..self.listed()).filter_map(|place| self.get(place))
    }
}

impl FromIterator<Item> for Items {
    fn from_iter<I: IntoIterator<Item = Item>>(items: I) -> Self {
        let entry = |item: Item| Entry { published: item.published, item: OnceCell::from(Some(Box::new(item))) };
        Self { entries: items.into_iter().map(entry).collect(), read: None }
    }
}

impl fmt::Debug for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Items {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Items {}
