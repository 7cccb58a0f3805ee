//! Values that look like chance, and are the same for the same seed.

use kabar::config::ATTRIBUTES;
use serde_json::{Map, Value, json};

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
pub(super) struct Chance(u64);

impl Chance {
    /// Seeds that are close give values that are not.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xD134_2543_DE82_EF95).max(1))
    }

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
    pub(super) fn feed(&mut self) -> Value {
        let items: Vec<_> = (0..self.below(12)).map(|_| Value::from(self.object(3))).collect();
        match self.below(6) {
            0 | 1 => json!({ "version": "https://jsonfeed.org/version/1.1", "title": self.text(), "items": items }),
            2 => json!({ "posts": items }),
            3 => items.into(),
            _ => self.value(4),
        }
    }

    /// One of the elements, of this feed or of none.
    pub(super) fn element(&mut self, feed: &str) -> String {
        let name = ["cards", "cards", "next", "share"][self.below(4)];
        let mut element = format!("<kabar-{name} loading=eager feed=\"{feed}\"");
        for _ in 0..self.below(6) {
            let name = self.attribute();
            element += &[" ", name, "=\"", &self.written(), "\""].concat();
        }
        [element, format!("></kabar-{name}>")].concat()
    }

    /// One that asks for nothing that is not here.
    fn attribute(&mut self) -> &'static str {
        loop {
            let name = ATTRIBUTES[self.below(ATTRIBUTES.len())].name;
            if !["feed", "loading", "beacon", "cache", "more"].contains(&name) {
                return name;
            }
        }
    }

    /// A text as the value of an attribute.
    fn written(&mut self) -> String {
        self.text().replace('\u{0}', "").replace('&', "&amp;").replace('"', "&quot;")
    }

    /// A script tag.
    pub(super) fn script_tag(&mut self) -> ScriptTag {
        let show: Vec<_> = (0..self.below(4)).map(|_| WORDS[self.below(WORDS.len())]).collect();
        let place = self.below(PLACES.len() + 4);
        let (target, is_there) = *PLACES.get(place).unwrap_or(&("", true));
        let mut data = vec![("show", show.join([" ", ", ", ",", "\t\n"][self.below(4)]))];
        if place < PLACES.len() {
            data.push(("target", target.to_owned()));
        }
        for _ in 0..self.below(5) {
            let name = if self.below(5) == 0 { OTHERS[self.below(OTHERS.len())] } else { self.attribute() };
            if data.iter().all(|(known, _)| *known != name) {
                data.push((name, self.written()));
            }
        }
        // Written by hand, they are in any order; `feed` and `loading` are what all of them have.
        for _ in 0..self.below(3) {
            let last = data.pop().into_iter();
            data.splice(0..0, last);
        }
        let mut html = "<script async src=/dist/kabar.js data-feed=/made/feed.json data-loading=eager".to_owned();
        for (name, value) in &data {
            html += &[" data-", name, "=\"", value, "\""].concat();
        }
        ScriptTag { html: html + "></script>", data, show, is_there }
    }

    /// Something that a page may do to one of its elements.
    pub(super) fn step(&mut self) -> Value {
        let wait = [0, 0, 5, 60][self.below(4)];
        json!({
            "does": STEPS[self.below(STEPS.len())],
            "which": self.below(1_000),
            "name": self.attribute(),
            "value": self.text().replace('\u{0}', ""),
            "wait": wait,
        })
    }
}

/// What `data-show` may say, and what it may not.
const WORDS: [&str; 9] = ["cards", "share", "next", "cards", "share", "Cards", "kabar-cards", "__proto__", "toString"];

/// What `data-target` may say, and whether there is such a place.
const PLACES: [(&str, bool); 7] =
    [("#there", true), ("body", true), ("div", true), ("", true), (".none", false), ("[", false), ("a:has(", false)];

/// Names of data attributes that are not Kabar's.
const OTHERS: [&str; 6] = ["kabar", "__proto__", "constructor", "x", "id", "onclick"];

/// What tests/pages/fuzzed/steps.js can do.
const STEPS: [&str; 16] = [
    "set", "set", "set", "set", "remove", "property", "property", "take", "move", "wipe", "write", "copy", "make", "refresh", "network",
    "click",
];

/// A script tag, and what it asks for.
pub(super) struct ScriptTag {
    pub(super) html: String,
    data: Vec<(&'static str, String)>,
    show: Vec<&'static str>,
    /// Whether its `data-target` is.
    pub(super) is_there: bool,
}

impl ScriptTag {
    /// Tags that are the same have the same.
    pub(super) fn key(&self) -> Vec<(&'static str, String)> {
        self.data.clone()
    }

    /// How many elements it makes.
    pub(super) fn elements(&self) -> usize {
        let is_one = |word: &&&str| ["cards", "share", "next"].contains(*word);
        if self.is_there { self.show.iter().filter(is_one).count() } else { 0 }
    }

    /// How often it says `config`: once for a place that is not there, else for each word that is no element's.
    pub(super) fn refusals(&self) -> usize {
        match self.show.len() {
            0 => 0,
            _ if !self.is_there => 1,
            words => words - self.elements(),
        }
    }
}
