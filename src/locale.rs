//! The words of the interface.
//!
//! One table, `src/locale/languages.json`, has them all. English and Indonesian
//! are compiled in; every other language is a file that `cargo xtask dist`
//! writes, and that a page asks for when an element needs it.

mod relative;

use std::ops::Index;

pub use relative::relative;

use crate::{feed::Value, scan};

/// A word, in the alphabetical order of the table's keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Said when the link is in the clipboard.
    Copied,
    /// Name of the copy button.
    Copy,
    /// Said, with the link after it, where the browser forbids the clipboard.
    CopyFailed,
    /// Name of the e-mail link.
    Email,
    /// Name of the button that brings more articles.
    More,
    /// Said when they are there; `{}` is how many, and the words fit any number.
    MoreAdded,
    /// Said when they do not come.
    MoreFailed,
    /// Name of the button that opens the device's own share sheet.
    Native,
    /// Heading of the teaser.
    NextPost,
    /// Accessible name of a link to a network; `{}` is the network's name.
    ShareOn,
    /// Heading of the share bar.
    ShareThis,
}

impl Word {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Copied,
        Self::Copy,
        Self::CopyFailed,
        Self::Email,
        Self::More,
        Self::MoreAdded,
        Self::MoreFailed,
        Self::Native,
        Self::NextPost,
        Self::ShareOn,
        Self::ShareThis,
    ];
}

/// The words in one language: `locale[Word::Copy]`.
#[derive(Debug, PartialEq, Eq)]
pub struct Locale {
    /// The language's tag in the table; empty for English where the language
    /// asked for has no words, and is not known to be English.
    pub language: &'static str,
    words: &'static [&'static str; Word::ALL.len()],
}

include!(concat!(env!("OUT_DIR"), "/words.rs"));

static UNKNOWN: Locale = Locale { language: "", words: ENGLISH.words };

/// Other tags for languages of the table: deprecated ones, as
/// [CLDR](https://github.com/unicode-org/cldr/blob/main/common/supplemental/supplementalMetadata.xml)
/// replaces them, and the two written forms of Norwegian.
const ALIASES: &str = "in=id iw=he jw=jv tl=fil nb=no nn=no";

impl Index<Word> for Locale {
    type Output = str;

    fn index(&self, word: Word) -> &str {
        self.words[word as usize]
    }
}

impl Locale {
    /// Which way the language is written, as `dir` has it; empty where the
    /// language is not known.
    pub fn direction(&self) -> &'static str {
        match self.language {
            "" => "",
            "ar" | "fa" | "he" | "ur" => "rtl",
            _ => "ltr",
        }
    }

    /// The words of a language's file: a list of texts. English stands in for
    /// what is not there. They are never freed: there are few languages, and a
    /// page needs one or two of them for as long as it lives.
    pub(crate) fn read(language: &'static str, list: &Value) -> &'static Self {
        let mut words = *ENGLISH.words;
        for (word, text) in words.iter_mut().zip(list.list()) {
            if let Value::Text(text) = text {
                *word = text.clone().leak();
            }
        }
        Box::leak(Box::new(Self { language, words: Box::leak(Box::new(words)) }))
    }
}

/// The table's tag for a [BCP 47](https://www.rfc-editor.org/info/bcp47) tag,
/// which is the name of the language's file without its `.json`; nothing where
/// the table does not have the language. Case does not matter, and `_` is a `-`.
pub fn language(tag: &str) -> Option<&'static str> {
    let (mut wanted, subtags) = parts(tag);
    for alias in scan::pieces(ALIASES, b" ") {
        let (other, name) = scan::parted(alias, "=");
        if wanted.eq_ignore_ascii_case(other) {
            wanted = name;
        }
    }
    if wanted.eq_ignore_ascii_case("zh") {
        // The script counts, and comes before the region that implies one.
        let mut subtags = scan::pieces(subtags, b"-_").filter(|subtag| scan::lists("Hant TW HK MO Hans", subtag));
        let is_simplified = subtags.next().is_none_or(|subtag| subtag.eq_ignore_ascii_case("Hans"));
        wanted = if is_simplified { "zh-Hans" } else { "zh-Hant" };
    }
    scan::pieces(LANGUAGES, b" ").find(|name| name.eq_ignore_ascii_case(wanted))
}

/// A tag's language, and what follows it.
pub(crate) fn parts(tag: &str) -> (&str, &str) {
    let tag = scan::trim(tag);
    tag.split_at(scan::until(tag, b"-_"))
}

/// The words for a tag, where they are compiled in.
pub fn built_in(tag: &str) -> Option<&'static Locale> {
    let language = language(tag)?;
    if ENGLISH.language == language {
        Some(&ENGLISH)
    } else if INDONESIAN.language == language {
        Some(&INDONESIAN)
    } else {
        None
    }
}

/// The name of the file, without its `.json`, that has the words for a tag;
/// nothing where they are compiled in, or there are none.
pub fn file(tag: &str) -> Option<&'static str> {
    if built_in(tag).is_some() { None } else { language(tag) }
}

/// The words for a tag as far as they are compiled in, else English.
pub fn locale(tag: &str) -> &'static Locale {
    built_in(tag).unwrap_or(&UNKNOWN)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn read(language: &'static str, list: serde_json::Value) -> &'static Locale {
        Locale::read(language, &Value::read(&list, |_| false))
    }

    #[test]
    fn a_file_is_a_list_of_texts() {
        let table: serde_json::Value = serde_json::from_str(include_str!("locale/languages.json")).unwrap();
        let texts: Vec<_> = table["ar"].as_object().unwrap().values().cloned().collect();
        let arabic = read("ar", texts.clone().into());
        assert_eq!((arabic.language, arabic.direction()), ("ar", "rtl"));
        for (word, text) in Word::ALL.into_iter().zip(&texts) {
            assert_eq!(&arabic[word], text.as_str().unwrap());
        }
    }

    #[test]
    fn english_stands_in_for_what_is_not_there() {
        let french = read("fr", serde_json::json!([null, "Copier", 3]));
        assert_eq!((&french[Word::Copied], &french[Word::Copy], &french[Word::CopyFailed]), ("Link copied", "Copier", "Copy this link:"));
        for list in [serde_json::json!({}), serde_json::json!("Copier"), serde_json::json!(null), serde_json::json!(vec![1; 99])] {
            assert_eq!(read("fr", list).words, ENGLISH.words);
        }
    }

    /// CLDR, layout/orientation: characterOrder right-to-left.
    #[test]
    fn four_of_the_languages_run_from_right_to_left() {
        let right_to_left: Vec<_> =
            LANGUAGES.split(' ').filter(|language| read(language, serde_json::json!([])).direction() == "rtl").collect();
        assert_eq!(right_to_left, ["ar", "fa", "he", "ur"]);
    }
}
