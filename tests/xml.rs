//! RSS, Atom and the discovery of feeds: fixtures in pairs, real feeds where they
//! are at hand, and whatever proptest comes up with.
#![cfg(not(target_arch = "wasm32"))]
// Clippy lets tests do so, but not the functions that they share.
#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{files, known, spelled};
use kabar::feed::{self, Feed, FeedError, Format, More, date};
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

/// What was read and what was expected, item by item, where they differ.
fn difference(name: &str, read: &Value, expected: &Value) -> String {
    let of = |feed: &Value| {
        let mut feed = feed.clone();
        let items = feed["items"].take();
        let mut parts = vec![feed];
        parts.extend(items.as_array().unwrap().iter().cloned());
        parts
    };
    let (read, expected) = (of(read), of(expected));
    let spell = |part: Option<&Value>| part.map(Value::to_string).unwrap_or_default();
    (0..read.len().max(expected.len()))
        .map(|place| (place, read.get(place), expected.get(place)))
        .filter(|(_, read, expected)| read != expected)
        .flat_map(|(place, read, expected)| {
            [format!("{name}, {place}"), format!("  read     {}", spell(read)), format!("  expected {}\n", spell(expected))]
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// `<name>.xml` is a feed; `<name>.expected.json` what is read from it, or
/// `<name>.expected.txt` the code and a part of the message of what is wrong with it.
#[test]
fn fixtures() {
    let mut pairs = 0;
    let mut wrong = String::new();
    for format in ["rss", "atom"] {
        for path in fixtures_in(format) {
            let name = path.display();
            match read(&fs::read_to_string(&path).unwrap()) {
                Ok(feed) => {
                    let expected = fs::read_to_string(path.with_extension("expected.json"));
                    let expected = expected.unwrap_or_else(|error| panic!("{name}: {error}"));
                    wrong += &difference(&name.to_string(), &spelled(&feed), &serde_json::from_str(&expected).unwrap());
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
    assert!(wrong.is_empty(), "{wrong}");
}

/// Real feeds, which lie beside the repository and not in it.
#[test]
fn real_feeds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/feeds");
    let Ok(table) = fs::read_to_string(folder.join("README.md")) else {
        println!("skipped real_feeds: there is no {}", folder.display());
        return;
    };
    let known: Vec<_> = ["rss", "atom"].iter().flat_map(|format| known(&table, format)).collect();
    assert!(!known.is_empty(), "the table lists no feed");
    for known in known {
        let name = &known.file;
        let bytes = fs::read(folder.join(name)).unwrap();
        let feed = read(&String::from_utf8_lossy(&bytes)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(feed.items.iter().count(), known.items, "{name}");
        let first = feed.items.get(0).unwrap();
        let date = first.published.map(date::to_rfc3339).unwrap_or_default();
        if name.ends_with("rsparser-kc0011.rss") {
            // It is in GB 2312, which only a browser decodes here; and it says
            // `2020/1/10 14:33:00`, which the parser of the table took for November.
            println!("the titles of {name} were not compared");
            assert_eq!(date, "2020-01-10T14:33:00Z");
            continue;
        }
        assert!(first.title.starts_with(&known.title), "{name}: {}", first.title);
        assert_eq!(date, known.date, "{name}");
        for item in feed.items.iter() {
            assert!(item.url.is_some(), "{name}: {}", item.title);
            assert!(!item.text.contains("&#"), "{name}: {}", item.text);
        }
    }
}

#[test]
fn discovers_the_feed_of_a_page() {
    let json = "<link rel=alternate type='application/feed+json' href='/feed.json'>";
    let rest = "<link rel='https://api.w.org/' href='https://news.example/wp-json/' />";
    let rss = "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"News &raquo; Feed\" href=\"https://news.example/feed/\" />";
    let comments =
        "<link rel='alternate' type='application/rss+xml' title='News &raquo; Comments Feed' href='https://news.example/comments/feed/'>";
    let posts = "https://news.example/wp-json/wp/v2/posts";
    for (page, feed) in [
        (format!("<!doctype html><title>{json}</title><head>{rss}{rest}{json}"), Some("https://news.example/feed.json")),
        (format!("<html><head>{comments}{rss}{rest}"), Some(posts)),
        (format!("{comments}{rss}<link rel=alternate type=application/atom+xml href=/atom.xml>"), Some("https://news.example/feed/")),
        (
            "<LINK HREF='feed.xml' TYPE='Application/Atom+XML; charset=utf-8' REL='Home  Alternate'>".to_owned(),
            Some("https://news.example/feeds/feed.xml"),
        ),
        // With plain permalinks, and with references in the address.
        (
            "<link rel='https://api.w.org/' href='https://news.example/index.php?rest_route=/'>".to_owned(),
            Some("https://news.example/index.php?rest_route=/wp/v2/posts"),
        ),
        (
            "<link rel=alternate type=application/rss+xml href='/?a=1&#038;b=2&amp;feed=rss2'>".to_owned(),
            Some("https://news.example/?a=1&b=2&feed=rss2"),
        ),
        (format!("{json}<base target=_blank><base href='https://base.example/a/'><base href=/b/>"), Some("https://base.example/feed.json")),
        // What names none.
        (String::new(), None),
        (comments.to_owned(), None),
        ("<link rel=alternate type=application/rss+xml title='Umpan Komentar' href=/feed>".to_owned(), None),
        (format!("<!-- {json} --><script>'{rss}'</script><template>{rest}</template><textarea>{json}</textarea>"), None),
        (
            "<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/2><link rel=alternate hreflang=en href=/en>".to_owned(),
            None,
        ),
        ("<link rel=stylesheet type=application/feed+json href=/a><a rel=alternate type=application/feed+json href=/a>".to_owned(), None),
        ("<link rel=alternate type=application/feed+json href='javascript:alert(1)'>".to_owned(), None),
        ("<link rel=alternate type=application/feed+json>".to_owned(), None),
        // One that may not be used gives way.
        (format!("<link rel=alternate type=application/feed+json href='data:,a'>{rss}"), Some("https://news.example/feed/")),
    ] {
        assert_eq!(feed::discover(&page, &resolve).as_deref(), feed, "{page}");
    }
}

/// RFC 5005, section 3; RSS has it as Atom's element.
#[test]
fn a_feed_says_where_it_goes_on() {
    let item = "<title>T</title>";
    for xml in [
        format!("<feed><link rel='self' href='/1'/><link rel='next' href='/2'/><entry>{item}<link rel='next' href='/3'/></entry></feed>"),
        format!("<rss><channel><atom:link rel='self' href='/1'/><item>{item}</item><atom:link rel='next' href='/2'/></channel></rss>"),
    ] {
        let feed = read(&xml).unwrap();
        assert_eq!(feed.format, Format::Rss);
        assert_eq!(feed.more, Some(More::Url("https://news.example/2".to_owned())));
    }
    assert_eq!(read(&format!("<feed><entry>{item}</entry></feed>")).unwrap().more, None);
    assert_eq!(read(&format!("<feed><link rel='next' href='javascript:a'/><entry>{item}</entry></feed>")).unwrap().more, None);
}

#[test]
fn texts_are_kept_short() {
    let long = "kata ".repeat(100_000);
    let feed = read(&format!("<rss><channel><item><title>{long}</title><description>{long}</description></item></channel></rss>")).unwrap();
    assert_eq!(feed.items.get(0).unwrap().title.chars().count(), 2_000);
    assert_eq!(feed.items.get(0).unwrap().text.chars().count(), 2_000);
}

#[test]
fn a_long_feed_is_read_at_once() {
    let item = "<item><title>T</title><link>/a</link><description><![CDATA[<p>A &amp; b <img src=\"/a.jpg\"></p>]]></description></item>";
    let feed = read(&format!("<rss><channel>{}</channel></rss>", item.repeat(10_000))).unwrap();
    assert_eq!(feed.items.iter().count(), 10_000);
    assert_eq!(feed.items.get(9_999).unwrap().url.as_deref(), Some("https://news.example/a"));
}

#[test]
fn no_nesting_is_too_deep() {
    for name in ["a", "title", "item", "channel", "media:group", "description"] {
        let nested = [format!("<{name}>").repeat(200_000), format!("</{name}>").repeat(200_000)].concat();
        let feed = read(&format!("<rss><channel>{nested}<item><title>Last</title></item></channel></rss>")).unwrap();
        assert_eq!(feed.items.iter().last().unwrap().title, "Last", "{name}");
    }
}

/// Each is so long that a reader which looks back, or on, from each of its tags
/// would not get through it.
#[test]
fn takes_time_in_proportion() {
    const BYTES: usize = 1 << 18;
    for (piece, end) in [
        ("<a>", "</a>"),
        ("<item>", "</item>"),
        ("<title>", "</title>"),
        ("<media:group>", "</media:group>"),
        ("<author>", "</author>"),
        ("<channel>", "</channel>"),
        ("<description><p>", "</p></description>"),
        ("</b>", "<b>"),
        ("<author><name>", "</x>"),
        ("<link/>", ""),
        ("<author/>", ""),
        ("<media:content url='a.jpg'/>", ""),
        ("<category/>", ""),
        ("<title xmlns:a='b'>", ""),
        ("<a:b xmlns:a='c' xmlns='d'>", ""),
        ("<item xml:base='a/'>", ""),
        ("<a b='", ""),
        ("<![CDATA[", ""),
        ("<description><pre><p", ""),
        ("&amp;", ""),
    ] {
        let times = BYTES / (piece.len() + end.len());
        for around in [["<rss><channel><link>/</link>", ""], ["<rss><channel><item><title>One</title>", "</item>"]] {
            let xml = [around[0], &piece.repeat(times), &end.repeat(times), around[1], "<item><title>Last</title>"].concat();
            if let Ok(feed) = read(&xml) {
                assert!(feed.items.iter().count() <= times + 2, "{piece}");
            }
        }
    }
    let declared = (0..20_000).map(|at| format!(" xmlns:a{at}='b'")).collect::<Vec<_>>().concat();
    for attributes in [declared, " xmlns/".repeat(40_000) + " a=''"] {
        let items = "<item><title>T</title></item>".repeat(5_000);
        let feed = read(&format!("<rss{attributes}><channel>{items}</channel></rss>")).unwrap();
        assert_eq!(feed.items.iter().count(), 5_000);
    }
}

/// What must hold of whatever is read.
fn check(feed: &Feed) {
    for item in feed.items.iter() {
        assert!(!item.title.is_empty());
        for text in [&item.title, &item.text] {
            assert!(text.chars().count() <= 2_001);
        }
        for url in item.url.iter().chain(item.image.as_ref().map(|image| &image.url)) {
            assert!(feed::url::safe(url), "{url}");
        }
    }
    assert!(feed.home_page_url.as_deref().is_none_or(feed::url::safe));
}

fn fixture() -> impl Strategy<Value = String> {
    let texts: Vec<_> =
        ["rss", "atom"].iter().flat_map(|format| fixtures_in(format)).map(|path| fs::read_to_string(path).unwrap()).collect();
    prop::sample::select(texts)
}

/// Pieces that a reader might take for something.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "<rss>",
        "<feed>",
        "<channel>",
        "</channel>",
        "<item>",
        "</item>",
        "<entry>",
        "</entry>",
        "<title>",
        "</title>",
        "<link>",
        "</link>",
        "<link href=\"",
        "<description>",
        "</description>",
        "<content type=\"xhtml\">",
        "<author>",
        "<name>",
        "<media:content url='",
        "' width='7",
        "xmlns:a='http://www.w3.org/2005/Atom'",
        "<a:link",
        " xml:base='",
        "<!DOCTYPE a [",
        "]>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?",
        "?>",
        "&amp;",
        "&#x",
        "&",
        "<",
        ">",
        "/>",
        "'",
        "\"",
        "=",
        "javascript:a",
        "data:a",
        "//a@b",
        "\u{0}",
        "\u{202e}",
        "é",
        "<p",
        "<a href='https://news.example/'>",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reads_anything(pieces in vec(piece(), 0..40)) {
        let text = pieces.concat();
        for xml in [text.clone(), format!("<rss><channel><item><title>{text}"), format!("<feed><entry><title>{text}")] {
            if let Ok(feed) = read(&xml) {
                check(&feed);
            }
        }
        if let Some(url) = feed::discover(&text, &resolve) {
            prop_assert!(feed::url::safe(&url), "{}", url);
        }
    }

    #[test]
    fn reads_mangled_feeds(text in fixture(), changes in vec((any::<prop::sample::Index>(), 0_usize..30, piece()), 1..6)) {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, length, piece) in changes {
            let start = at.index(chars.len() + 1);
            let end = chars.len().min(start + length);
            chars.splice(start..end, piece.chars());
        }
        if let Ok(feed) = read(&chars.into_iter().collect::<String>()) {
            check(&feed);
        }
    }

    #[test]
    fn a_cut_feed_loses_only_what_is_cut(text in fixture(), at in any::<prop::sample::Index>()) {
        let chars: Vec<char> = text.chars().collect();
        let cut: String = chars[..at.index(chars.len() + 1)].iter().collect();
        if let (Ok(cut), Ok(whole)) = (read(&cut), read(&text)) {
            prop_assert!(cut.items.iter().count() <= whole.items.iter().count());
            let urls = |feed: &Feed| feed.items.iter().map(|item| item.url.clone()).collect::<Vec<_>>();
            let whole_items = cut.items.iter().count().saturating_sub(1);
            prop_assert_eq!(&urls(&cut)[..whole_items], &urls(&whole)[..whole_items]);
        }
    }

    #[test]
    fn dates_are_dates(text in "([A-Z][a-z]{2}, )?[0-9]{1,2} (Jan|Feb|Des|May)[a-z]{0,3} [0-9]{2,4} [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( [+-][0-9]{1,4}| [A-Z]{1,4})?|\\PC*") {
        if let Some(date) = date::any(&text) {
            prop_assert_eq!(date::to_rfc3339(date).len(), 20);
        }
    }
}
