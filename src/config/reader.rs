//! From attribute texts to checked values.

use super::attributes::{ATTRIBUTES, Allowed, Attribute, Element};
use crate::{
    feed::{Json, Value},
    scan,
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
        if let Value::Object(fields) = Value::read(object, |name| ATTRIBUTES.iter().any(|attribute| attribute.name == name)) {
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
    Value(Element, &'static Attribute, String),
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
        scan::add(&mut message, &["<", element.name(), "> ", row.name, "=\"", value, "\" is not known: use "]);
        let (words, between): (&[&str], _) = match row.allowed {
            Allowed::Text => (&[], ""),
            Allowed::Word(words) => (words, ", "),
            Allowed::Words(words) => {
                message.push_str("some of ");
                (words, " ")
            }
            Allowed::Number(least, most) => {
                let digits = |number| scan::decimal(i64::try_from(number).unwrap_or(i64::MAX));
                scan::add(&mut message, &["a whole number from ", &digits(least), " to ", &digits(most)]);
                (&[], "")
            }
        };
        let mut known = String::new();
        for word in words {
            scan::list(&mut known, between, word);
        }
        message + &known
    }
}

/// Reads values one by one and gathers what is to be said about them.
pub(super) struct Reader<'a> {
    element: Element,
    attributes: &'a Attributes,
    pub(super) warnings: Vec<Warning>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(element: Element, attributes: &'a Attributes) -> Self {
        Self { element, attributes, warnings: Vec::new() }
    }

    /// The row for this element, or for another one, whose default then holds.
    fn row(&self, name: &str) -> Option<(&'static Attribute, bool)> {
        let mut other = None;
        for row in ATTRIBUTES {
            if row.name == name {
                if row.on.contains(&self.element) {
                    return Some((row, true));
                }
                other = other.or(Some((row, false)));
            }
        }
        other
    }

    /// The attribute's text, if this element has such an attribute and it is set.
    pub(super) fn present(&self, name: &str) -> Option<&'a str> {
        let (_, mine) = self.row(name)?;
        if mine { self.attributes.get(name) } else { None }
    }

    pub(super) fn text(&self, name: &str) -> String {
        scan::trim(self.present(name).unwrap_or_default()).to_owned()
    }

    pub(super) fn number(&mut self, name: &str) -> usize {
        let Some((row, _)) = self.row(name) else { return 0 };
        let parse = |text: &str| usize::try_from(scan::integer(text)?).ok();
        let default = || parse(row.default).unwrap_or_default();
        let Allowed::Number(least, most) = row.allowed else { return default() };
        let text = self.text(name);
        if text.is_empty() {
            return default();
        }
        match parse(&text) {
            Some(number) if least <= number && number <= most => number,
            _ => {
                self.warn(row, &text);
                default()
            }
        }
    }

    pub(super) fn flag(&mut self, name: &str) -> bool {
        // A bare attribute is true, as HTML's own boolean attributes are.
        self.present(name).is_some_and(str::is_empty) || self.word(name) == "true"
    }

    pub(super) fn word(&mut self, name: &str) -> &'static str {
        let Some((row, _)) = self.row(name) else { return "" };
        let Allowed::Word(words) = row.allowed else { return row.default };
        let text = self.text(name);
        if text.is_empty() {
            return row.default;
        }
        // HTML's enumerated attributes ignore ASCII case, and so do these.
        words.iter().find(|word| word.eq_ignore_ascii_case(&text)).copied().unwrap_or_else(|| {
            self.warn(row, &text);
            row.default
        })
    }

    pub(super) fn words(&mut self, name: &str) -> Vec<&'static str> {
        let Some((row, _)) = self.row(name) else { return Vec::new() };
        let Allowed::Words(words) = row.allowed else { return Vec::new() };
        let mut chosen = Vec::new();
        for text in &[self.text(name).as_str(), row.default] {
            for part in listed(text) {
                match words.iter().find(|word| word.eq_ignore_ascii_case(part)) {
                    Some(word) => chosen.push(*word),
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
        let Some((row, _)) = self.row(name) else { return Vec::new() };
        let mut chosen = Vec::new();
        for text in &[self.text(name).as_str(), row.default] {
            for part in listed(text) {
                let mut id = part.to_owned();
                id.make_ascii_lowercase();
                if matches!(row.allowed, Allowed::Words(words) if cfg!(target_arch = "wasm32") || words.contains(&id.as_str())) {
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

    fn warn(&mut self, row: &'static Attribute, value: &str) {
        self.warnings.push(Warning::Value(self.element, row, value.to_owned()));
    }
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
