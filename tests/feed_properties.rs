//! What holds of the feed reader whatever proptest comes up with.
#![cfg(not(target_arch = "wasm32"))]
// Clippy lets tests do so, but not the functions that they share.
#![allow(clippy::unwrap_used)]

use kabar::feed::{self, Feed, FeedError, date, text};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn read(value: &Value) -> Result<Feed, FeedError> {
    let base = url::Url::parse("https://news.example/feeds/feed.json").unwrap();
    feed::read(value, move |url| base.join(url).ok().map(String::from))
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
            "posts",
            "link",
            "rendered",
            "excerpt",
            "content",
            "_embedded",
            "wp:featuredmedia",
            "source_url",
            "media_details",
            "sizes",
            "large",
            "width",
            "wp:term",
            "feature_image",
            "html",
            "code",
            "message",
            "errors",
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
        for value in [json!({ "items": items }), json!({ "posts": items }), json!(items)] {
            let Ok(feed) = read(&value) else { continue };
            for item in feed.items.iter().cloned() {
                prop_assert!(!item.title.is_empty());
                let (picture, sources) = item.image.map(|image| (image.url, image.sources)).unzip();
                let sources = sources.into_iter().flatten().map(|source| source.url);
                for url in item.url.into_iter().chain(picture).chain(sources) {
                    prop_assert!(feed::url::safe(&url), "{}", url);
                }
            }
        }
    }
}
