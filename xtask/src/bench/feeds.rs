//! The feeds that are measured with: made by counting, the same every time.

use std::fmt::Write as _;

/// Indonesian words, for headlines and texts of no meaning.
const WORDS: [&str; 40] = [
    "pasar", "warga", "kota", "hujan", "sungai", "jalan", "sekolah", "panen", "kopi", "harga", "petani", "nelayan", "rumah", "pagi",
    "sore", "jembatan", "taman", "kampung", "lampu", "kereta", "pelajar", "guru", "sawah", "gunung", "pantai", "batik", "tempe",
    "koperasi", "relawan", "perahu", "kebun", "musim", "desa", "bengkel", "angin", "cuaca", "lomba", "seni", "musik", "buku",
];

const TAGS: [&str; 6] = ["Kota", "Desa", "Ekonomi", "Budaya", "Olahraga", "Cuaca"];

/// The articles of the feed that pages show: one of them is the page's own.
pub(super) const NEWS: usize = 20;

/// Minutes between two articles.
const STEP: usize = 37;

/// A feed with all that a card shows: a picture, an author, a text that is cut, tags.
pub(super) fn full(items: usize) -> String {
    feed(items, |text, place| {
        let tags = (0..=place % 2).map(|more| format!("\"{}\"", TAGS[(place + more) % TAGS.len()])).collect::<Vec<_>>().join(",");
        let _ = write!(
            text,
            ",\"content_text\":\"{}.\",\"image\":\"/picture/{}.svg\",\"authors\":[{{\"name\":\"{} {}\"}}],\"tags\":[{tags}]",
            words(place * 3 + 1, 44),
            place % 12,
            capital(WORDS[place * 7 % WORDS.len()]),
            capital(WORDS[(place * 11 + 5) % WORDS.len()]),
        );
    })
}

/// A feed of headlines with a short text: 10,000 of them must stay below the
/// 2 MiB up to which Kabar reads a body, so an item has at most 200 bytes.
pub(super) fn lean(items: usize) -> String {
    feed(items, |text, place| {
        let _ = write!(text, ",\"summary\":\"{}.\"", words(place * 3 + 1, 6));
    })
}

fn feed(items: usize, rest: impl Fn(&mut String, usize)) -> String {
    let mut text = String::from(r#"{"version":"https://jsonfeed.org/version/1.1","title":"Warta Uji","language":"id","items":["#);
    for place in 0..items {
        if place > 0 {
            text.push(',');
        }
        let title = capital(&words(place, 4));
        let _ = write!(text, r#"{{"id":"{place}","url":"/a/{place}","title":"{title} {place}","date_published":"{}""#, date(place));
        rest(&mut text, place);
        text.push('}');
    }
    text + "]}"
}

/// The words that follow from a number.
fn words(start: usize, count: usize) -> String {
    (0..count).map(|place| WORDS[(start * 13 + place * (start % 7 + 3)) % WORDS.len()]).collect::<Vec<_>>().join(" ")
}

fn capital(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    first.to_uppercase() + rest
}

/// A time for each place, the first the newest, in months of 28 days.
fn date(place: usize) -> String {
    let minutes = 1_040_000 - place * STEP;
    let days = minutes / 1440;
    let (year, month, day) = (2018 + days / 336, days % 336 / 28 + 1, days % 28 + 1);
    format!("{year}-{month:02}-{day:02}T{:02}:{:02}:00Z", minutes % 1440 / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::{full, lean};

    #[test]
    fn the_largest_feed_is_below_the_cap() {
        let text = lean(10_000);
        assert!(text.len() < 2 << 20, "{} bytes", text.len());
        let feed: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(feed["items"].as_array().unwrap().len(), 10_000);
    }

    #[test]
    fn every_article_has_an_address_and_a_time_of_its_own() {
        for text in [full(2_000), lean(10_000)] {
            let feed: Value = serde_json::from_str(&text).unwrap();
            let items = feed["items"].as_array().unwrap();
            for name in ["url", "date_published"] {
                let different: BTreeSet<_> = items.iter().map(|item| item[name].as_str().unwrap()).collect();
                assert_eq!(different.len(), items.len(), "{name}");
            }
        }
    }

    #[test]
    fn the_first_article_is_the_newest() {
        let feed: Value = serde_json::from_str(&full(20)).unwrap();
        let dates: Vec<_> = feed["items"].as_array().unwrap().iter().map(|item| item["date_published"].as_str().unwrap()).collect();
        assert!(dates.is_sorted_by(|newer, older| newer > older), "{dates:?}");
    }
}
