//! Which article the page is, and which one comes next.
#![cfg(not(target_arch = "wasm32"))]

use kabar::{
    feed::{Date, Item, Items},
    next::{self, Order, current, same_article, sorted},
};
use proptest::prelude::*;

const ORDERS: [Order; 3] = [Order::Older, Order::Newer, Order::Feed];

fn address(place: usize) -> String {
    "https://warta.example/".to_owned() + &place.to_string()
}

fn all(items: &[Item]) -> Items {
    items.iter().cloned().collect()
}

/// A feed of items with these dates, each at the address of its place.
fn feed(dates: &[Option<i64>]) -> Vec<Item> {
    let item = |(place, date): (usize, &Option<i64>)| Item { url: Some(address(place)), published: date.map(Date), ..Item::default() };
    dates.iter().enumerate().map(item).collect()
}

/// The place of the article that comes next.
fn next(items: &[Item], urls: &[String], order: Order, wrap: bool) -> Option<usize> {
    let next = next::next(&all(items), urls, order, wrap, &|_| true)?.clone();
    items.iter().position(|item| *item == next)
}

/// The article after the one at `place`.
fn after(items: &[Item], place: usize, order: Order, wrap: bool) -> Option<usize> {
    next(items, &[address(place)], order, wrap)
}

/// The articles that a reader meets who starts at `place` and goes on and on.
fn walk(items: &[Item], place: usize, order: Order) -> Vec<usize> {
    let step = |place: &usize| after(items, *place, order, false);
    std::iter::successors(Some(place), step).take(items.len() + 1).collect()
}

#[test]
fn one_article_has_many_addresses() {
    let article = "https://warta.example/mrt";
    for same in [
        "http://warta.example/mrt",
        "https://warta.example/mrt/",
        "https://warta.example/mrt#komentar",
        "https://warta.example/mrt/?#?p=1",
        "https://warta.example/mrt?utm_source=x&utm_medium=share",
        "https://warta.example/mrt/?fbclid=1&gclid=2&igshid=3&_ga=4&mc_cid=5#a",
    ] {
        assert!(same_article(article, same), "{same}");
        assert!(same_article(same, article), "{same}");
    }
    for other in [
        "https://www.warta.example/mrt",
        "https://warta.example:8080/mrt",
        "https://warta.example/MRT",
        "https://warta.example/mrt//",
        "https://warta.example/mrt/2",
        "https://warta.example/mrt?page=2",
        "https://warta.example/mrt?utm=1",
        "https://warta.example/mrt?_gall=1",
        "https://warta.example/",
    ] {
        assert!(!same_article(article, other), "{other}");
        assert!(!same_article(other, article), "{other}");
    }
}

#[test]
fn the_other_parameters_say_which_article_it_is() {
    let article = "https://warta.example/?p=12&lang=id";
    assert!(same_article(article, "http://warta.example?utm_id=1&p=12&fbclid=2&lang=id"));
    assert!(!same_article(article, "https://warta.example/?lang=id&p=12"));
    assert!(!same_article(article, "https://warta.example/?p=13&lang=id"));
    // An address inside a query is a value, and not the scheme's end.
    assert!(!same_article("https://a.example/?u=https://c.example/", "https://b.example/?u=https://c.example/"));
}

#[test]
fn the_most_trusted_address_that_is_in_the_feed_decides() {
    let items = feed(&[None, None, None]);
    let urls = |places: &[usize]| places.iter().map(|place| address(*place)).collect::<Vec<_>>();
    assert_eq!(current(&all(&items), &urls(&[7, 2, 1])), Some(2));
    assert_eq!(current(&all(&items), &urls(&[7, 8])), None);
    assert_eq!(current(&all(&items), &[]), None);
    assert_eq!(current(&Items::default(), &urls(&[1])), None);
    // What `current` says is meant, even where the location is in the feed too.
    assert_eq!(next(&items, &urls(&[0, 1]), Order::Feed, false), Some(1));
}

/// The last and the first millisecond that RFC 3339 can write, counted from 1970.
const YEAR_9999: i64 = 253_402_300_799_999;
const YEAR_0: i64 = -62_167_219_200_000;

#[test]
fn dates_sort_both_ways_and_keep_the_feeds_order_where_they_say_nothing() {
    let items = feed(&[None, Some(2), Some(-5), None, Some(2), Some(YEAR_9999), Some(YEAR_0)]);
    assert_eq!(sorted(&all(&items), true), [5, 1, 4, 2, 6, 0, 3]);
    assert_eq!(sorted(&all(&items), false), [6, 2, 1, 4, 5, 0, 3]);
    assert!(sorted(&Items::default(), true).is_empty());
}

#[test]
fn next_is_older_newer_or_what_follows_in_the_feed() {
    let items = feed(&[Some(20), Some(40), Some(10), Some(30)]);
    for (order, walked) in ORDERS.into_iter().zip([[1, 3, 0, 2], [2, 0, 3, 1], [0, 1, 2, 3]]) {
        assert_eq!(walk(&items, walked[0], order), walked, "{order:?}");
        assert_eq!(after(&items, walked[3], order, false), None, "{order:?}");
        assert_eq!(after(&items, walked[3], order, true), Some(walked[0]), "{order:?}");
    }
}

#[test]
fn articles_of_one_moment_are_neither_skipped_nor_repeated() {
    let items = feed(&[Some(1), Some(1), Some(1)]);
    assert_eq!(walk(&items, 0, Order::Older), [0, 1, 2]);
    assert_eq!(walk(&items, 2, Order::Newer), [2, 1, 0]);
}

#[test]
fn articles_without_a_date_are_at_the_older_end() {
    let items = feed(&[None, Some(1), None, Some(2)]);
    assert_eq!(walk(&items, 3, Order::Older), [3, 1, 0, 2]);
    assert_eq!(walk(&items, 2, Order::Newer), [2, 0, 1, 3]);
}

#[test]
fn a_page_outside_the_feed_is_followed_by_the_newest_article() {
    let mut items = feed(&[None, Some(1), Some(3), Some(2)]);
    for order in ORDERS {
        assert_eq!(after(&items, 9, order, false), Some(2), "{order:?}");
    }
    items[2].url = None;
    assert_eq!(after(&items, 9, Order::Older, false), Some(3));
    assert_eq!(next(&items, &[], Order::Feed, true), Some(3));
    assert_eq!(next(&[], &[address(1)], Order::Older, true), None);
}

#[test]
fn what_cannot_be_followed_is_passed_over() {
    let mut items = feed(&[Some(5), Some(4), Some(3), Some(2)]);
    items[1].url = None;
    items[2].url = Some(address(0) + "/?utm_source=feed#again");
    assert_eq!(after(&items, 0, Order::Older, false), Some(3));
    assert_eq!(after(&items, 3, Order::Newer, false), Some(2));
    assert_eq!(after(&items, 3, Order::Older, true), Some(0));
    items.truncate(3);
    for order in ORDERS {
        assert_eq!(after(&items, 0, order, true), None, "{order:?}");
    }
}

proptest! {
    #[test]
    fn every_article_is_met_once(dates in prop::collection::vec(prop::option::of(-3..3_i64), 1..12)) {
        let items = feed(&dates);
        let line = sorted(&all(&items), true);
        let back: Vec<_> = line.iter().rev().copied().collect();
        prop_assert_eq!(walk(&items, line[0], Order::Older), line.clone());
        prop_assert_eq!(walk(&items, back[0], Order::Newer), back);
        prop_assert_eq!(walk(&items, 0, Order::Feed), (0..items.len()).collect::<Vec<_>>());
    }

    #[test]
    fn tracking_never_changes_which_article_it_is(
        path in "[a-z/]{0,8}", query in "(a=[a-z]{0,3}&?){0,3}", name in "utm_[a-z]{0,6}|fbclid|gclid|yclid",
    ) {
        let url = "https://warta.example/".to_owned() + &path + "?" + &query;
        let tracked = url.clone() + "&" + &name + "=1#f";
        prop_assert!(same_article(&url, &tracked));
    }
}
