//! RSS, Atom and the discovery of feeds: fixtures in pairs, real feeds where they
//! are at hand, and whatever proptest comes up with.
#![cfg(not(target_arch = "wasm32"))]
// Clippy lets tests do so, but not the functions that they share.
#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{files, known, spelled};
use kabar::feed::{self, Feed, FeedError, date};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use url::Url;

/// What every fixture is resolved against.
const FEED_URL: &str = "https://news.example/feeds/feed.xml";

fn resolve(written: &str, base: Option<&str>) -> Option<String> {
    Url::parse(base.unwrap_or(FEED_URL)).ok()?.join(written).ok().map(String::from)
}

fn read(text: &str) -> Result<Feed, FeedError> {
    feed::read_xml(text, &resolve)
}

fn fixtures_in(format: &str) -> Vec<PathBuf> {
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(format), ".xml")
}

/// `<name>.xml` is a feed; `<name>.expected.json` what is read from it, or
/// `<name>.expected.txt` the code and a part of the message of what is wrong with it.
#[test]
fn fixtures() {
    let mut pairs = 0;
    for format in ["rss", "atom"] {
        for path in fixtures_in(format) {
            let name = path.display();
            match read(&fs::read_to_string(&path).unwrap()) {
                Ok(feed) => {
                    let expected = fs::read_to_string(path.with_extension("expected.json"));
                    let read = spelled(&feed);
                    let pretty = serde_json::to_string_pretty(&read).unwrap();
                    let expected: Value = serde_json::from_str(&expected.unwrap_or_else(|_| panic!("{name} was read as {pretty}"))).unwrap();
                    assert!(read == expected, "{name} was read as {pretty}");
                }
                Err(error) => {
                    let expected = fs::read_to_string(path.with_extension("expected.txt")).unwrap_or_else(|_| panic!("{name}: {error}"));
                    let (code, part) = expected.trim_end_matches('\n').split_once(": ").unwrap();
                    assert_eq!(error.code(), code, "{name}: {error}");
                    assert!(error.to_string().contains(part), "{name}: {error}");
                }
            }
            pairs += 1;
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(format);
        let expected = files(&folder, ".expected.json").len() + files(&folder, ".expected.txt").len();
        assert_eq!(fixtures_in(format).len(), expected, "each fixture in {format} is a pair");
    }
    assert!(pairs >= 40, "only {pairs} fixtures");
}
