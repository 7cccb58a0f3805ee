//! The feed reader: fixtures in pairs, real feeds where they are at hand, and
//! what is only there to do harm.
#![cfg(not(target_arch = "wasm32"))]
// Clippy lets tests do so, but not the functions that they share.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use kabar::feed::{self, Feed, FeedError, Item, Json, Look, More, date};
use serde_json::{Map, Value, json};

/// What every fixture is resolved against.
const FEED_URL: &str = "https://news.example/feeds/feed.json";

fn read(value: &Value) -> Result<Feed, FeedError> {
    let base = url::Url::parse(FEED_URL).unwrap();
    feed::read(value, move |url| base.join(url).ok().map(String::from))
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
        (
            "more",
            match &feed.more {
                Some(More::Url(url)) => json!(url),
                Some(More::Page(page)) => json!(page),
                None => Value::Null,
            },
        ),
        ("items", feed.items.iter().map(spelled_item).collect()),
    ])
}

fn spelled_item(item: &Item) -> Value {
    let image = item.image.as_ref().map(|image| {
        let sources = image.sources.iter().map(|source| format!("{} {}", source.url, source.width));
        object([
            ("url", json!(image.url)),
            ("alt", json!(image.alt)),
            ("caption", json!(image.caption)),
            ("sources", sources.collect::<Value>()),
        ])
    });
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

/// The inputs of a format's fixtures.
fn inputs(format: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(format);
    let mut inputs = files(&folder, ".json");
    let expected = inputs.iter().filter(|path| is_expected(path)).count() + files(&folder, ".expected.txt").len();
    inputs.retain(|path| !is_expected(path));
    assert_eq!(inputs.len(), expected, "each fixture in {format} is a pair");
    inputs
}

fn is_expected(path: &Path) -> bool {
    path.to_str().unwrap().ends_with(".expected.json")
}

/// The folders of fixtures in JSON, and how many each has at least.
const FORMATS: [(&str, usize); 3] = [("jsonfeed", 25), ("wordpress", 15), ("ghost", 8)];

/// `<name>.json` is a feed; `<name>.expected.json` what is read from it, or
/// `<name>.expected.txt` the code and message of what is wrong with it.
#[test]
fn fixtures() {
    for (format, least) in FORMATS {
        let paths = inputs(format);
        assert!(paths.len() >= least, "only {} fixtures in {format}", paths.len());
        for path in paths {
            let name = path.display();
            match read(&parsed(&path)) {
                Ok(feed) => {
                    let expected = parsed(&path.with_extension("expected.json"));
                    let read = spelled(&feed);
                    let pretty = serde_json::to_string_pretty(&read).unwrap();
                    assert!(read == expected, "{name} was read as {pretty}");
                    assert_eq!(feed.format.name(), format, "{name}");
                }
                Err(error) => {
                    let expected = fs::read_to_string(path.with_extension("expected.txt")).unwrap_or_else(|_| panic!("{name}: {error}"));
                    assert_eq!(format!("{}: {error}", error.code()), expected.trim_end(), "{name}");
                }
            }
        }
    }
}

/// A value whose lists and objects never end, as no parser makes them.
#[derive(Clone)]
enum Endless {
    Lists,
    Objects,
    Text,
}

impl Json for Endless {
    fn look(&self) -> Look<Self> {
        // Two of each, for more would be very many at the last depth.
        let keys = ["name", "tags"];
        match self {
            Self::Lists => Look::List(2),
            Self::Objects => {
                Look::Object(keys.map(|key| (key.to_owned(), self.clone())).into_iter().chain([("url".to_owned(), Self::Text)]).collect())
            }
            Self::Text => Look::Text("/a".to_owned()),
        }
    }

    fn field(&self, name: &str) -> Option<Self> {
        match (self, name) {
            (Self::Objects, "items" | "posts") => Some(Self::Lists),
            (Self::Objects, "url") => Some(Self::Text),
            (Self::Objects, _) => Some(self.clone()),
            _ => None,
        }
    }

    fn at(&self, place: usize) -> Option<Self> {
        Some(if place == 0 { self.clone() } else { Self::Objects })
    }

    fn alone(&self) -> Self {
        Self::Lists
    }

    fn texts(&self, _name: &str) -> String {
        String::new()
    }
}

#[test]
fn no_nesting_is_too_deep() {
    for value in [Endless::Lists, Endless::Objects] {
        let feed = feed::read(&value, |url| Some("https://news.example".to_owned() + url)).unwrap();
        let item = feed.items.get(1).unwrap();
        assert_eq!(item.url.as_deref(), Some("https://news.example/a"));
        assert!(item.tags.is_empty());
    }
}

/// Ten thousand articles cost no more than those that are asked for.
#[test]
fn an_article_is_read_when_it_is_asked_for() {
    let resolved = Rc::new(Cell::new(0));
    let counted = resolved.clone();
    let items: Value = (0..10_000).map(|at| json!({ "url": format!("/{at}"), "date_published": "2024-03-01T00:00:00Z" })).collect();
    let feed = feed::read(&json!({ "items": items }), move |url| {
        counted.set(counted.get() + 1);
        Some("https://news.example".to_owned() + url)
    })
    .unwrap();
    assert_eq!(resolved.get(), 1, "the first says that there is one");
    assert_eq!(feed.items.listed(), 10_000);
    assert_eq!(feed.items.published(9_999).map(date::to_rfc3339).as_deref(), Some("2024-03-01T00:00:00Z"));
    assert_eq!(feed.items.get(9_999).unwrap().url.as_deref(), Some("https://news.example/9999"));
    let _ = feed.items.get(9_999);
    assert_eq!(resolved.get(), 2);
}

/// What a feed may answer after its last page is told from what is wrong with it.
#[test]
fn the_end_is_told_apart() {
    for (answer, end) in [
        (json!({ "code": "rest_post_invalid_page_number", "message": "a", "data": { "status": 400 } }), true),
        (json!({ "posts": [], "meta": { "pagination": { "page": 9, "pages": 3, "next": null } } }), true),
        (json!([]), true),
        (json!({ "items": [] }), true),
        (json!({ "code": "rest_no_route", "message": "a", "data": { "status": 404 } }), false),
        (json!({ "errors": [{ "message": "a" }] }), false),
        (json!([{ "id": 1 }]), false),
        (json!({}), false),
    ] {
        assert_eq!(read(&answer).unwrap_err().is_end(), end, "{answer}");
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
    let rows = table.lines().filter(|line| line.starts_with("| `"));
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
    for known in known(&table) {
        let name = &known.file;
        let Some((format, _)) = FORMATS.iter().find(|(format, _)| name.starts_with(format)) else {
            println!("skipped {name}: it is not JSON");
            continue;
        };
        let feed = read(&parsed(&folder.join(name)));
        if name == "jsonfeed/rsparser-authors.json" {
            // Its items have authors and ids, but no URL, title or text to show.
            assert_eq!(feed.unwrap_err().code(), "feed-empty");
            continue;
        }
        let feed = feed.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(feed.format.name(), *format, "{name}");
        assert_eq!(feed.items.iter().count(), known.items, "{name}");
        let first = feed.items.get(0).unwrap();
        assert!(first.title.starts_with(&known.title), "{name}: {}", first.title);
        let date = first.published.map(date::to_rfc3339).unwrap_or_default();
        assert_eq!(date, known.date, "{name}");
        for item in feed.items.iter() {
            assert!(item.url.is_some(), "{name}: {}", item.title);
            assert!(!item.text.contains("&#"), "{name}: {}", item.text);
        }
    }
}

#[test]
fn a_long_feed_is_read_at_once() {
    let html = "<p>A &amp; b <img src=\"/a.jpg\" alt=\"a\"></p>".repeat(5);
    let item = |at| {
        json!({
            "id": at, "url": format!("/{at}"), "link": format!("/{at}"), "title": "T",
            "content_html": html, "html": html, "content": { "rendered": html }, "excerpt": { "rendered": html },
        })
    };
    let items: Value = (0..10_000).map(item).collect();
    for value in [json!({ "items": items }), json!({ "posts": items }), items] {
        let feed = read(&value).unwrap();
        assert_eq!(feed.items.iter().count(), 10_000);
        assert_eq!(feed.items.get(9_999).unwrap().url.as_deref(), Some("https://news.example/9999"));
    }
}

/// None of what a stranger can repeat makes reading take long.
#[test]
fn takes_time_in_proportion() {
    for piece in ["&", "&a", "&amp;", "<a ", "<a class=more>", "</a>", "<", "...", "… ", "[", "&hellip; <a href=x>a</a>"] {
        let text = piece.repeat(200_000 / piece.len());
        let content = json!({ "rendered": text });
        let _ = read(&json!([{ "link": "/a", "title": content, "excerpt": content, "content": content }]));
        let _ = read(&json!({ "items": [{ "url": "/a", "id": "?p=1", "summary": text, "content_text": text, "content_html": text }] }));
    }
    let terms: Vec<_> = (0..50_000).map(|at| json!({ "name": format!("{at:09}") })).collect();
    let feed = read(&json!([{ "link": "/a", "_embedded": { "wp:term": [terms] } }])).unwrap();
    assert_eq!(feed.items.get(0).unwrap().tags.len(), 200);
}
