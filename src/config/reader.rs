//! From attribute texts to checked values.

use super::attributes::{Element, Row};
use crate::{
    feed::{Json, Value},
    scan,
    share::{BUILT_IN, IDS},
};

/// The attributes that an element has: names and texts, as the page has them.
///
/// A list, not a map: there are a dozen at most, and a hash map costs kilobytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(String, String)>);

impl<const N: usize> From<[(&str, &str); N]> for Attributes {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }
}

impl FromIterator<(String, String)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Attributes {
    /// Those of an object: only Kabar's own attributes, and only texts.
    pub fn read<J: Json>(object: &J) -> Self {
        let mut pairs = Vec::new();
        if let Value::Object(fields) = Value::read(object, |name| Row::find(name, Element::Cards, Row::NONE) != Row::NONE) {
            for (name, value) in fields {
                if let Value::Text(text) = value {
                    pairs.push((name, text));
                }
            }
        }
        Self(pairs)
    }

    /// An attribute's text, `None` where the element has no such attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|pair| pair.0 == name).map(|pair| pair.1.as_str())
    }
}

/// A value that an attribute has and does not take. The default is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The attribute of an element, and the value.
    Value(Element, Row, String),
    /// A `timezone` that the reader's browser does not know.
    TimeZone(String),
}

impl Warning {
    /// What is wrong, and which values are allowed.
    // Never inlined: it is said after the first card, with what comes then.
    #[inline(never)]
    pub fn message(&self) -> String {
        let mut message = String::new();
        let (element, row, value) = match self {
            Self::Value(element, row, value) => (element, row, value),
            Self::TimeZone(zone) => {
                scan::add(&mut message, &["timezone=\"", zone, "\" is not known: use an IANA time zone like Asia/Jakarta"]);
                return message;
            }
        };
        scan::add(&mut message, &["<", element.name(), "> ", row.name(), "=\"", value, "\" is not known: use "]);
        if row.takes() == Some(b'#') {
            let (least, most) = scan::parted(row.words(), " ");
            scan::add(&mut message, &["a whole number from ", least, " to ", most]);
        } else {
            let (some, between) = if row.takes() == Some(b'+') { ("some of ", " ") } else { ("", ", ") };
            let mut words = scan::replaced(row.words(), " ", between);
            for id in if row.name() == "networks" { IDS } else { &[] } {
                scan::list(&mut words, between, id);
            }
            scan::add(&mut message, &[some, &words]);
        }
        message
    }
}

/// Reads values one by one and gathers what is to be said about them.
pub(super) struct Reader<'a> {
    element: Element,
    attributes: &'a Attributes,
    /// The last one that was looked for.
    row: Row,
    pub(super) warnings: Vec<Warning>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(element: Element, attributes: &'a Attributes) -> Self {
        Self { element, attributes, row: Row::NONE, warnings: Vec::new() }
    }

    /// The row for this element, or for another one, whose default then holds.
    fn row(&mut self, name: &str) -> Row {
        self.row = Row::find(name, self.element, self.row);
        self.row
    }

    /// The attribute's text, if this element has such an attribute and it is set.
    fn set(&self, row: Row) -> Option<&'a str> {
        if row.is_on(self.element) { self.attributes.get(row.name()) } else { None }
    }

    /// The same without the blanks around it; empty where there is none.
    #[inline(never)]
    fn written(&self, row: Row) -> &'a str {
        scan::trim(self.set(row).unwrap_or_default())
    }

    pub(super) fn present(&mut self, name: &str) -> Option<&'a str> {
        let row = self.row(name);
        self.set(row)
    }

    pub(super) fn text(&mut self, name: &str) -> String {
        let row = self.row(name);
        self.written(row).to_owned()
    }

    pub(super) fn number(&mut self, name: &str) -> usize {
        let row = self.row(name);
        let number = |text: &str| scan::integer(text).unwrap_or(-1);
        let (least, most) = scan::parted(row.words(), " ");
        let text = self.written(row);
        let mut chosen = number(text);
        if chosen < number(least) || chosen > number(most) {
            if !text.is_empty() {
                self.warn(row, text);
            }
            chosen = number(row.default());
        }
        usize::try_from(chosen).unwrap_or_default()
    }

    pub(super) fn flag(&mut self, name: &str) -> bool {
        // A bare attribute is true, as HTML's own boolean attributes are.
        self.present(name).is_some_and(str::is_empty) || self.word(name) == "true"
    }

    pub(super) fn word(&mut self, name: &str) -> &'static str {
        let row = self.row(name);
        let text = self.written(row);
        if let Some(word) = word_of(row.words(), text) {
            return word;
        }
        if !text.is_empty() {
            self.warn(row, text);
        }
        row.default()
    }

    pub(super) fn words(&mut self, name: &str) -> Vec<&'static str> {
        let row = self.row(name);
        let mut chosen = Vec::new();
        for text in &[self.written(row), row.default()] {
            for part in listed(text) {
                match word_of(row.words(), part) {
                    Some(word) => chosen.push(word),
                    None => self.warn(row, part),
                }
            }
            if !chosen.is_empty() {
                break;
            }
        }
        chosen
    }

    /// Words of which others than Kabar may know some: in the wasm it takes whatever is there.
    pub(super) fn ids(&mut self, name: &str) -> Vec<String> {
        let row = self.row(name);
        let mut chosen = Vec::new();
        for text in &[self.written(row), BUILT_IN] {
            for part in listed(text) {
                let mut id = part.to_owned();
                id.make_ascii_lowercase();
                if cfg!(target_arch = "wasm32") || IDS.contains(&id.as_str()) {
                    chosen.push(id);
                } else {
                    self.warn(row, part);
                }
            }
            if !chosen.is_empty() {
                break;
            }
        }
        chosen
    }

    fn warn(&mut self, row: Row, value: &str) {
        self.warnings.push(Warning::Value(self.element, row, value.to_owned()));
    }
}

/// The one of these words that is written there. HTML's enumerated attributes ignore the
/// case of A to Z, and so do these.
fn word_of(words: &'static str, written: &str) -> Option<&'static str> {
    scan::pieces(words, b" ").find(|word| word.eq_ignore_ascii_case(written))
}

/// The words of a list, with blanks or commas between them, each once.
fn listed(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for word in scan::pieces(text, b" ,\t\n\r") {
        if !words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            words.push(word);
        }
    }
    words
}
