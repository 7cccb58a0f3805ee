//! The feed reader: fixtures in pairs, real feeds where they are at hand, and
//! whatever proptest comes up with.
#![cfg(not(target_arch = "wasm32"))]
// Clippy lets tests do so, but not the functions that they share.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use kabar::feed::{self, Feed, FeedError, Item, date, text};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// What every fixture is resolved against.
const FEED_URL: &str = "https://news.example/feeds/feed.json";

fn read(value: &Value) -> Result<Feed, FeedError> {
    let base = url::Url::parse(FEED_URL).unwrap();
    feed::read(value, &|url| base.join(url).ok().map(String::from))
}

/// The files of a folder with this ending, in order; none if there is no folder.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(ending))
        .collect();
    files.sort();
    files
}

fn parsed(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The model as fixtures spell it: what is empty or absent is left out.
fn spelled(feed: &Feed) -> Value {
    object([
        ("title", json!(feed.title)),
        ("home_page_url", json!(feed.home_page_url)),
        ("language", json!(feed.language)),
        ("items", feed.items.iter().map(spelled_item).collect()),
    ])
}

fn spelled_item(item: &Item) -> Value {
    let image =
        item.image.as_ref().map(|image| object([("url", json!(image.url)), ("alt", json!(image.alt)), ("caption", json!(image.caption))]));
    object([
        ("id", json!(item.id)),
        ("url", json!(item.url)),
        ("title", json!(item.title)),
        ("text", json!(item.text)),
        ("image", json!(image)),
        ("published", json!(item.published.map(date::to_rfc3339))),
        ("authors", json!(item.authors)),
        ("tags", json!(item.tags)),
        ("language", json!(item.language)),
    ])
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let full = |value: &Value| *value != Value::Null && *value != json!("") && *value != json!([]);
    fields.into_iter().filter(|(_, value)| full(value)).map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

/// `<name>.json` is a feed; `<name>.expected.json` what is read from it, or
/// `<name>.expected.txt` the code and message of what is wrong with it.
#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/jsonfeed");
    let mut pairs = 0;
    for path in files(&folder, ".json") {
        if path.to_str().unwrap().ends_with(".expected.json") {
            continue;
        }
        let name = path.display();
        match read(&parsed(&path)) {
            Ok(feed) => {
                let expected = parsed(&path.with_extension("expected.json"));
                let read = spelled(&feed);
                let pretty = serde_json::to_string_pretty(&read).unwrap();
                assert!(read == expected, "{name} was read as {pretty}");
            }
            Err(error) => {
                let expected = fs::read_to_string(path.with_extension("expected.txt")).unwrap_or_else(|_| panic!("{name}: {error}"));
                assert_eq!(format!("{}: {error}", error.code()), expected.trim_end(), "{name}");
            }
        }
        pairs += 1;
    }
    let expected = files(&folder, ".expected.json").len() + files(&folder, ".expected.txt").len();
    assert_eq!(pairs, expected, "each fixture is a pair");
    assert!(pairs >= 15, "only {pairs} fixtures in {}", folder.display());
}

/// Also off a stream, which says of what is left unread in it that it is wrong.
#[test]
fn reads_off_a_stream() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/jsonfeed");
    for path in files(&folder, ".json") {
        let text = fs::read_to_string(&path).unwrap();
        let mut stream = serde_json::Deserializer::from_str(&text);
        let base = url::Url::parse(FEED_URL).unwrap();
        let streamed = feed::read(&mut stream, &|url| base.join(url).ok().map(String::from));
        stream.end().unwrap();
        assert_eq!(streamed, read(&parsed(&path)), "{}", path.display());
    }
}

#[test]
fn broken_json_is_an_invalid_feed() {
    for text in ["", "<!doctype html>", "{\"items\": [{\"title\": \"a\"}, {\"title"] {
        let mut stream = serde_json::Deserializer::from_str(text);
        let error = feed::read(&mut stream, &|_| None).unwrap_err();
        assert_eq!(error.code(), "feed-invalid");
        assert_eq!(
            error.to_string(),
            "the feed is not a JSON Feed: its JSON is broken; \
             check that the `feed` attribute names the feed itself and not a page"
        );
    }
}

#[test]
fn no_nesting_is_too_deep() {
    for (open, close) in [("[", "]"), ("{\"name\":", "}")] {
        let deep = [&open.repeat(500_000), "0", &close.repeat(500_000)].concat();
        let text = format!("{{\"authors\": {deep}, \"items\": [{{\"title\": \"a\", \"tags\": {deep}, \"x\": {deep}}}, {deep}]}}");
        let mut stream = serde_json::Deserializer::from_str(&text);
        let feed = feed::read(&mut stream, &|_| None).unwrap();
        stream.end().unwrap();
        assert_eq!(feed.items.len(), 1);
        assert_eq!(feed.items[0].tags, [""; 0]);
    }
}

/// A row of `../shared/feeds/README.md`: what an independent parser says.
struct Known {
    file: String,
    items: usize,
    title: String,
    date: String,
}

fn known(table: &str) -> Vec<Known> {
    let rows = table.lines().filter(|line| line.starts_with("| `jsonfeed/"));
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        Known {
            file: cells[1].trim_matches('`').to_owned(),
            items: cells[4].parse().unwrap(),
            title: cells[5].to_owned(),
            date: cells[6].to_owned(),
        }
    })
    .collect()
}

/// Real feeds, which lie beside the repository and not in it.
#[test]
fn real_feeds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/feeds");
    let Ok(table) = fs::read_to_string(folder.join("README.md")) else {
        println!("skipped real_feeds: there is no {}", folder.display());
        return;
    };
    let known = known(&table);
    for path in files(&folder.join("jsonfeed"), ".json") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(known) = known.iter().find(|known| known.file.ends_with(name)) else {
            println!("skipped {name}: the table does not list it");
            continue;
        };
        let feed = read(&parsed(&path));
        if name == "rsparser-authors.json" {
            // Its items have authors and ids, but no URL, title or text to show.
            assert_eq!(feed.unwrap_err().code(), "feed-empty");
            continue;
        }
        let feed = feed.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(feed.items.len(), known.items, "{name}");
        let first = &feed.items[0];
        assert!(first.title.starts_with(&known.title), "{name}: {}", first.title);
        let date = first.published.map(date::to_rfc3339).unwrap_or_default();
        assert_eq!(date, known.date, "{name}");
        for item in &feed.items {
            assert!(item.url.is_some(), "{name}: {}", item.title);
            assert!(!item.text.contains("&#"), "{name}: {}", item.text);
        }
    }
}

#[test]
fn a_long_feed_is_read_at_once() {
    let html = "<p>A &amp; b <img src=\"/a.jpg\" alt=\"a\"></p>".repeat(5);
    let item = |at| json!({ "id": at, "url": format!("/{at}"), "title": "T", "content_html": html });
    let feed = read(&json!({ "items": (0..10_000).map(item).collect::<Value>() })).unwrap();
    assert_eq!(feed.items.len(), 10_000);
    assert_eq!(feed.items[9_999].url.as_deref(), Some("https://news.example/9999"));
}

/// Text as it is written in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text that is more likely than most to be taken for something.
fn tricky() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,4}",
        "[<>&;#!/?=\"' \\-x0-9a-z]{0,6}",
        prop::sample::select(vec![
            "<p>",
            "</p>",
            "<br/>",
            "<b",
            "<!--",
            "-->",
            "<script>",
            "</script",
            "<a href=\"",
            "'>",
            "&amp;",
            "&lt;",
            "&#x80;",
            "&#0;",
            "&nbsp",
            "[…]",
            "…",
            " […]",
            "\u{202e}",
            "\u{a0}",
            "中文",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn any_json() -> impl Strategy<Value = Value> {
    let key = prop_oneof![
        prop::sample::select(vec![
            "items",
            "id",
            "url",
            "title",
            "summary",
            "content_html",
            "image",
            "authors",
            "author",
            "name",
            "tags",
            "attachments",
            "mime_type",
            "_kabar",
            "alt",
            "date_published",
        ])
        .prop_map(str::to_owned),
        "[a-z]{1,3}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        tricky().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 8, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((key.clone(), inner), 0..8).prop_map(|fields| fields.into_iter().collect::<Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn escaped_text_is_plain_again(text in tricky()) {
        let plain = text::plain(&escaped(&text));
        prop_assert_eq!(&plain, &text::collapse(&text));
        prop_assert_eq!(&text::collapse(&plain), &plain);
    }

    #[test]
    fn plain_takes_anything(html in tricky()) {
        let plain = text::plain(&html);
        prop_assert_eq!(plain.trim(), &plain);
        prop_assert!(!plain.contains("  "));
        let unwanted = |char: char| char.is_control() || char == '\u{202e}';
        prop_assert!(!plain.contains(unwanted));
    }

    #[test]
    fn excerpt_ends_once(text in tricky(), words in 0_usize..8) {
        let excerpt = text::excerpt(&text, words, None);
        let head = excerpt.strip_suffix(" […]").unwrap_or(&excerpt);
        prop_assert!(text.contains(head));
        if words == 0 {
            prop_assert_eq!(excerpt, "");
        } else if head.len() < excerpt.len() {
            prop_assert!(!head.ends_with("[…]") && !head.ends_with('…') && !head.is_empty());
        }
    }

    #[test]
    fn dates_are_dates(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]([Tt ][0-2][0-9]:[0-5][0-9](:[0-6][0-9])?(Z|[+-][0-9]{2}:?[0-9]{2})?)?|\\PC*") {
        if let Some(date) = date::rfc3339(&text) {
            let written = date::to_rfc3339(date);
            prop_assert_eq!(written.len(), 20);
            prop_assert_eq!(date::rfc3339(&written).is_some(), !written.starts_with("0000"));
        }
    }

    #[test]
    fn any_number_is_written(milliseconds in any::<i64>()) {
        prop_assert_eq!(date::to_rfc3339(feed::Date(milliseconds)).len(), 20);
    }

    #[test]
    fn reads_anything(value in any_json(), items in vec(any_json(), 0..6)) {
        let _ = read(&value);
        if let Ok(feed) = read(&json!({ "items": items })) {
            for item in feed.items {
                prop_assert!(!item.title.is_empty());
                let urls = item.url.into_iter().chain(item.image.map(|image| image.url));
                for url in urls {
                    prop_assert!(feed::url::safe(&url), "{}", url);
                }
            }
        }
    }
}
