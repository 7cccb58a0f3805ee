//! The wasm through its own entry, with attributes and feeds that a counter made:
//! the same in every run, so that what fails once fails again.

use kabar::config::ATTRIBUTES;
use serde_json::{Map, Value, json};

use crate::harness::{Tab, cases, in_browser, reliability};

cases![feeds_and_attributes_made_by_chance];

/// Elements to a page, and pages: some seconds of work.
const ELEMENTS: usize = 60;
const PAGES: usize = 8;

/// What fields are called in the formats that are JSON.
const NAMES: [&str; 30] = [
    "items",
    "posts",
    "version",
    "title",
    "id",
    "url",
    "external_url",
    "summary",
    "content_html",
    "content_text",
    "image",
    "banner_image",
    "date_published",
    "date_modified",
    "author",
    "authors",
    "tags",
    "name",
    "language",
    "next_url",
    "rendered",
    "excerpt",
    "content",
    "link",
    "date_gmt",
    "_embedded",
    "feature_image",
    "published_at",
    "meta",
    "attachments",
];

const TEXTS: [&str; 24] = [
    "",
    " ",
    "a",
    "Judul & \u{201c}isi\u{201d}",
    "https://koran.example/a?b=c#d",
    "/a",
    "//a",
    "javascript:alert(1)",
    "http://[",
    "2024-01-02T03:04:05Z",
    "2024-13-41T99:99:99+99:99",
    "9999-12-31",
    "<p>a</p><img src=x onerror=alert(1)>",
    "<!--",
    "&#x110000;&amp;&;",
    "\u{0}\u{1}\u{7f}",
    "\u{202e}abc",
    "👩\u{200d}👩\u{200d}👧",
    "ก็กำ",
    "中文。没有空格",
    "MALANG, Kabar – Pasar",
    "…[…] more →",
    "-1",
    "1e999",
];

/// Numbers that look like chance: xorshift, <https://www.jstatsoft.org/article/view/v008i14>.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }

    fn text(&mut self) -> String {
        let mut text = TEXTS[self.below(TEXTS.len())].to_owned();
        for _ in 0..self.below(3) {
            text += TEXTS[self.below(TEXTS.len())];
        }
        if self.below(40) == 0 { text.repeat(200) } else { text }
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 6 } else { 10 }) {
            0 => Value::Null,
            1 => self.below(2).eq(&0).into(),
            2 => json!([-1.5, 0.0, 1e300, 4_294_967_296.0][self.below(4)]),
            3..=5 => self.text().into(),
            6 | 7 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => self.object(depth).into(),
        }
    }

    fn object(&mut self, depth: usize) -> Map<String, Value> {
        (0..self.below(9)).map(|_| (NAMES[self.below(NAMES.len())].to_owned(), self.value(depth - 1))).collect()
    }

    /// Half of them are feeds at first sight.
    fn feed(&mut self) -> Value {
        let items: Vec<_> = (0..self.below(12)).map(|_| Value::from(self.object(3))).collect();
        match self.below(6) {
            0 | 1 => json!({ "version": "https://jsonfeed.org/version/1.1", "title": self.text(), "items": items }),
            2 => json!({ "posts": items }),
            3 => items.into(),
            _ => self.value(4),
        }
    }

    fn element(&mut self, feed: &str) -> String {
        let name = ["cards", "cards", "next", "share"][self.below(4)];
        let mut element = format!("<kabar-{name} loading=eager feed=\"{feed}\"");
        for _ in 0..self.below(6) {
            let attribute = ATTRIBUTES[self.below(ATTRIBUTES.len())].name;
            // These ask for what is not here.
            if !["feed", "loading", "beacon", "cache", "more"].contains(&attribute) {
                let value = self.text().replace('\u{0}', "").replace('&', "&amp;").replace('"', "&quot;");
                element += &[" ", attribute, "=\"", &value, "\""].concat();
            }
        }
        [element, format!("></kabar-{name}>")].concat()
    }
}

async fn visit(tab: &Tab, chance: &mut Chance) {
    let mut body = String::new();
    for number in 0..ELEMENTS {
        let name = format!("{number}.json");
        tab.make(&name, "application/json", chance.feed().to_string());
        body += &chance.element(&format!("/made/{name}"));
    }
    crate::policies::open(tab, crate::harness::Policy::None, &(body + "<script src=/dist/kabar.js></script>")).await;
    tab.until(&format!("events('kabar-ready').length + events('kabar-error').length >= {ELEMENTS}")).await;
    // Bars at the least: what is made is not only refused.
    tab.check("events('kabar-ready').length > 10 && events('kabar-ready').some(({ tag }) => tag === 'kabar-cards')").await;
    let codes = tab.texts("events('kabar-error').map(({ detail }) => detail.code)").await;
    assert!(codes.iter().all(|code| code.starts_with("feed-")), "{codes:?}");
    tab.check("[...document.querySelectorAll('kabar-cards, kabar-next, kabar-share')].every(({ shadowRoot }) => !shadowRoot.querySelector('script, iframe, [onerror]'))").await;
    // Warnings of wrong values, and nothing else but what the events say.
    let lines = tab.console().await;
    assert!(lines.iter().all(|line| line.starts_with("[kabar] ") || line.contains("Failed to load resource")), "{lines:#?}");
}

fn feeds_and_attributes_made_by_chance() {
    in_browser(async |tab| {
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        for _ in 0..PAGES {
            visit(tab, &mut chance).await;
        }
        reliability::record("feeds and attributes made by chance", ELEMENTS * PAGES, "renders, or a code of the feed's and the fallback");
    });
}
