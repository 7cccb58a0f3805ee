//! The words of the interface: the table, the languages asked for, the direction.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails as the test does; clippy knows only test functions")]

use std::{collections::BTreeMap, fs};

use kabar::{
    config::{Attributes, Config, Element},
    feed::{Date, Feed, Item},
    locale::{self, Locale, Word, locale},
    share::{Extras, Shared},
    view::{self, Cards, Page, ShareBar, Teaser, View},
};
use leptos::prelude::*;

type Table = BTreeMap<String, BTreeMap<String, String>>;

fn table() -> Table {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/locale/languages.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What a word's key in the table must be: its name in the code, in snake case.
fn key(word: Word) -> String {
    let mut key = String::new();
    for letter in format!("{word:?}").chars() {
        if letter.is_uppercase() && !key.is_empty() {
            key.push('_');
        }
        key.extend(letter.to_lowercase());
    }
    key
}

/// The words in which something is filled in.
const FILLED: [Word; 2] = [Word::MoreAdded, Word::ShareOn];

/// Words that a language has in common with English.
const SHARED: [(&str, &str); 5] = [("da", "email"), ("fr", "email"), ("nl", "email"), ("pl", "email"), ("pt", "email")];

#[test]
fn the_languages_of_the_first_release_are_there() {
    let table = table();
    for language in "id en ms jv su fil vi th zh-Hans zh-Hant ja ko hi ar fa he tr ru es pt fr de it nl".split(' ') {
        assert!(table.contains_key(language), "{language}");
    }
}

#[test]
fn every_language_has_every_word_and_no_other() {
    let keys: Vec<_> = Word::ALL.map(key).into();
    assert!(keys.is_sorted(), "the order of `Word` is the order of the files");
    for (language, words) in table() {
        assert_eq!(words.keys().collect::<Vec<_>>(), keys.iter().collect::<Vec<_>>(), "{language}");
    }
}

#[test]
fn every_word_is_trimmed_text_with_its_place_to_fill_in() {
    for (language, words) in table() {
        for word in Word::ALL {
            let text = &words[&key(word)];
            assert!(!text.is_empty() && text.trim() == text, "{language}: {text:?}");
            assert_eq!(text.matches("{}").count(), usize::from(FILLED.contains(&word)), "{language}: {text}");
            assert_eq!(text.matches(['{', '}']).count(), 2 * usize::from(FILLED.contains(&word)), "{language}: {text}");
            // Three full stops are read out as such; one ellipsis is not.
            assert!(!text.contains("...") && !text.contains(['<', '>', '&', '"', '\\']), "{language}: {text}");
            assert!(!text.chars().any(|letter| letter.is_control() || ('\u{2066}'..='\u{2069}').contains(&letter)), "{language}: {text:?}");
        }
    }
}

#[test]
fn no_language_was_left_in_english() {
    let table = table();
    for (language, words) in &table {
        for (key, text) in words.iter().filter(|(key, text)| language != "en" && table["en"][*key] == **text) {
            assert!(SHARED.contains(&(language, key)), "{language}: {key} is still {text:?}");
        }
    }
    for (language, key) in SHARED {
        assert_eq!(table[language][key], table["en"][key], "{language}: {key} is no exception any more");
    }
}

#[test]
fn a_language_is_written_in_its_own_script() {
    // Unicode's blocks of the scripts that CLDR's likelySubtags gives these languages.
    for (language, first, last) in [
        ("ar", '\u{600}', '\u{6ff}'),
        ("bn", '\u{980}', '\u{9ff}'),
        ("fa", '\u{600}', '\u{6ff}'),
        ("he", '\u{590}', '\u{5ff}'),
        ("hi", '\u{900}', '\u{97f}'),
        ("ko", '\u{ac00}', '\u{d7a3}'),
        ("ru", '\u{400}', '\u{4ff}'),
        ("ta", '\u{b80}', '\u{bff}'),
        ("th", '\u{e00}', '\u{e7f}'),
        ("uk", '\u{400}', '\u{4ff}'),
        ("ur", '\u{600}', '\u{6ff}'),
        ("zh-Hans", '\u{4e00}', '\u{9fff}'),
        ("zh-Hant", '\u{4e00}', '\u{9fff}'),
    ] {
        for (key, text) in &table()[language] {
            assert!(text.chars().any(|letter| (first..=last).contains(&letter)), "{language}: {key}: {text}");
            for letter in text.chars().filter(|letter| letter.is_alphabetic() && !letter.is_ascii()) {
                assert!((first..=last).contains(&letter), "{language}: {key}: {letter} in {text}");
            }
        }
    }
}

#[test]
fn what_is_compiled_in_is_what_the_table_says() {
    let table = table();
    for language in ["en", "id"] {
        let locale = locale::built_in(language).unwrap();
        assert_eq!(locale.language, language);
        for word in Word::ALL {
            assert_eq!(locale[word], table[language][&key(word)], "{language}: {word:?}");
        }
    }
    for language in table.keys().filter(|language| !["en", "id"].contains(&language.as_str())) {
        assert_eq!(locale::built_in(language), None);
        assert_eq!(locale::file(language), Some(language.as_str()));
    }
}

#[test]
fn a_tag_finds_its_language() {
    for (tag, language) in [
        // BCP 47, section 2.1.1: case does not matter. Section 4.1: the primary subtag is the language.
        ("id", Some("id")),
        ("ID-id", Some("id")),
        ("en-GB", Some("en")),
        ("de-AT-1996", Some("de")),
        ("de-Latn-DE-u-co-phonebk", Some("de")),
        ("pt-BR", Some("pt")),
        ("es-419", Some("es")),
        ("fil-PH", Some("fil")),
        ("ms-Arab-BN", Some("ms")),
        // Not BCP 47, but what POSIX and Java write.
        ("id_ID", Some("id")),
        ("zh_TW", Some("zh-Hant")),
        (" fr ", Some("fr")),
        // CLDR, supplementalMetadata.xml, languageAlias; parentLocales for `nb` and `nn`.
        ("in", Some("id")),
        ("iw-IL", Some("he")),
        ("jw", Some("jv")),
        ("tl-PH", Some("fil")),
        ("nb-NO", Some("no")),
        ("nn", Some("no")),
        ("no", Some("no")),
        // CLDR, likelySubtags.xml: the script of Chinese by region.
        ("zh", Some("zh-Hans")),
        ("zh-CN", Some("zh-Hans")),
        ("zh-SG", Some("zh-Hans")),
        ("zh-MY", Some("zh-Hans")),
        ("zh-TW", Some("zh-Hant")),
        ("zh-HK", Some("zh-Hant")),
        ("zh-MO", Some("zh-Hant")),
        ("zh-hant", Some("zh-Hant")),
        ("ZH-HANS", Some("zh-Hans")),
        ("zh-Hant-MY", Some("zh-Hant")),
        ("zh-Hans-HK", Some("zh-Hans")),
        ("zh-Hans-TW", Some("zh-Hans")),
        // Not in the table.
        ("ji", None),
        ("sw-KE", None),
        ("idn", None),
        ("i", None),
        ("", None),
        ("-", None),
        ("hant", None),
    ] {
        assert_eq!(locale::language(tag), language, "{tag}");
    }
}

#[test]
fn what_is_not_there_is_english() {
    for tag in ["sw", "", "ar", "zh-TW"] {
        assert_eq!(&locale(tag)[Word::ShareThis], "Share this", "{tag}");
        assert_eq!(locale(tag).language, "", "{tag}: it is not known to be English");
    }
    assert_eq!(locale::file("sw"), None);
    assert_eq!(locale::file("in_ID"), None);
    assert_eq!(locale::file("iw"), Some("he"));
    assert_eq!((locale("en-AU").language, locale("in").language), ("en", "id"));
}

fn render(view: View) -> String {
    view::widget(&view).to_html()
}

fn config(element: Element) -> Config {
    Config::read(element, &Attributes::from([])).0
}

/// What a card, a teaser and a share bar are in these words.
fn elements(locale: &'static Locale) -> [String; 3] {
    let item = Item {
        url: Some("https://warta.example/1".to_owned()),
        title: "عنوان".to_owned(),
        text: "Teks".to_owned(),
        published: Some(Date(1_553_483_700_000)),
        authors: vec!["رانيا".to_owned()],
        tags: vec!["سوق".to_owned()],
        language: Some("ar".to_owned()),
        ..Item::default()
    };
    let feed = Feed { items: [item].into_iter().collect(), ..Feed::default() };
    let format_date = |_| ("3 jam lalu".to_owned(), Some("Sen, 25 Mar 2019".to_owned()));
    let page = Page { urls: &[], locale, format_date: &format_date, segment: None };
    let shared = Shared { url: "https://warta.example/1".to_owned(), ..Shared::default() };
    [
        View::Cards(Cards::new(&[&feed], &config(Element::Cards), page, 6).0),
        View::Next(Teaser::new(&feed, &config(Element::Next), page)),
        View::Share(ShareBar::new(&config(Element::Share), shared, false, locale, &Extras::default())),
    ]
    .map(render)
}

#[test]
fn the_interface_says_its_language_and_direction() {
    for html in elements(locale("id")) {
        let (open, _) = html.split_once('>').unwrap();
        assert!(open.contains(r#" lang="id" dir="ltr""#), "{open}");
    }
    // English that stands in for another language is no statement about the page's.
    for html in elements(locale("sw")) {
        let (open, _) = html.split_once('>').unwrap();
        assert!(!open.contains("lang=") && !open.contains("dir="), "{open}");
    }
}

#[test]
fn text_from_a_feed_has_a_direction_of_its_own() {
    for html in &elements(locale("id"))[..2] {
        for part in [
            r#"<h3 part="title" dir="auto"><a"#,
            r#"<p class="author" part="author" dir="auto">رانيا"#,
            r#"<p class="excerpt" part="excerpt" dir="auto">Teks"#,
            r#"<li dir="auto">سوق"#,
            r#"<time part="date" datetime="2019-03-25T03:15:00Z" dir="auto" title="Sen, 25 Mar 2019">3 jam lalu</time>"#,
            r#" lang="ar""#,
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }
}

#[test]
fn the_style_sheet_knows_no_left_and_no_right() {
    for word in ["left", "right", "translate", "scaleX"] {
        assert!(!view::STYLE.contains(word), "{word}: use a logical property, so that the layout mirrors");
    }
}

#[test]
fn the_way_past_a_long_list_is_in_every_language() {
    let read = |text: &str| -> BTreeMap<String, serde_json::Value> { serde_json::from_str(text).unwrap() };
    let (words, skip) = (read(include_str!("../src/locale/languages.json")), read(include_str!("../src/locale/skip.json")));
    assert!(words.keys().eq(skip.keys()));
    assert!(skip.values().all(|text| text.as_str().is_some_and(|text| !text.trim().is_empty())));
}
