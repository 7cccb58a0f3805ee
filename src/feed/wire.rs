//! A value off the wire, as far as it is of use.
//!
//! One type for whatever a feed holds. What is made of a value is then plain
//! code, for which no type is wrong: it is only absent.

use crate::scan;

/// How deep values are read. The deepest that is wanted is a picture's size in
/// a `WordPress` post: `_embedded`, `wp:featuredmedia`, the picture, its
/// `media_details`, `sizes`, one of them, its `width`, counted from the post on.
/// What lies deeper is absent, so that no nesting exhausts the stack.
const DEPTH: usize = 8;

/// A parsed JSON value: the browser's own, or `serde_json`'s.
pub trait Json: Clone + 'static {
    /// What it is, and what is in it.
    fn look(&self) -> Look<Self>;

    /// A field of an object; nothing where there is none.
    fn field(&self, name: &str) -> Option<Self>;

    /// What a list has at a place; past its end nothing, or what is no value.
    fn at(&self, place: usize) -> Option<Self>;

    /// A list with this value alone.
    #[must_use]
    fn alone(&self) -> Self;

    /// The texts that the values of a list have in a field: each with a NUL after it, and a
    /// blank where there is no text, an empty one, or one with a NUL.
    fn texts(&self, name: &str) -> String;
}

/// What a JSON value is.
#[derive(Debug)]
pub enum Look<J> {
    /// `null`, `false` (no feed's flag means more by it), or a number that is not whole.
    Null,
    /// `true`
    True,
    /// A whole number.
    Number(i64),
    /// A string.
    Text(String),
    /// An array of so many values.
    List(usize),
    /// An object.
    Object(Vec<(String, J)>),
}

impl<J> Look<J> {
    /// A number, if it is whole: std's printer of others weighs 6 kB, and a
    /// fraction is no feed's id.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::float_cmp)]
    pub fn number(number: f64) -> Self {
        let whole = number as i64;
        if whole as f64 == number { Self::Number(whole) } else { Self::Null }
    }
}

/// A value that can be used; anything else is null.
#[derive(Debug, Default)]
pub(crate) enum Value {
    #[default]
    Null,
    True,
    Number(i64),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Reads a value. Of every object in it, only the keys that `keep` names are read.
    pub(crate) fn read<J: Json>(json: &J, keep: fn(&str) -> bool) -> Self {
        Self::read_to(json, keep, DEPTH)
    }

    fn read_to<J: Json>(json: &J, keep: fn(&str) -> bool, depth: usize) -> Self {
        match json.look() {
            _ if depth == 0 => Self::Null,
            Look::Null => Self::Null,
            Look::True => Self::True,
            Look::Number(number) => Self::Number(number),
            Look::Text(text) => Self::Text(text),
            Look::List(length) => {
                let mut read = Vec::new();
                for place in 0..length {
                    if let Some(value) = json.at(place) {
                        read.push(Self::read_to(&value, keep, depth - 1));
                    }
                }
                Self::List(read)
            }
            Look::Object(fields) => {
                let mut kept = Vec::new();
                for (key, value) in fields {
                    if keep(&key) {
                        kept.push((key, Self::read_to(&value, keep, depth - 1)));
                    }
                }
                Self::Object(kept)
            }
        }
    }

    /// An object's field; null where there is none.
    pub(crate) fn get(&self, name: &str) -> &Value {
        static NULL: Value = Value::Null;
        let Self::Object(fields) = self else { return &NULL };
        fields.iter().find(|(key, _)| key == name).map_or(&NULL, |(_, value)| value)
    }

    /// A text; empty where it is none.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// A number, or a text that is one: some of PHP's are. Zero where it is none.
    pub(crate) fn number(&self) -> i64 {
        match self {
            Self::Number(number) => *number,
            _ => scan::integer(self.text()).unwrap_or_default(),
        }
    }

    /// A text, or a number as one: an id, a title, whatever YAML wrote without quotes.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Number(number) => scan::decimal(*number),
            _ => self.text().to_owned(),
        }
    }

    /// The values of a list; none where it is none.
    pub(crate) fn list(&self) -> &[Value] {
        match self {
            Self::List(values) => values,
            _ => &[],
        }
    }

    /// The labels of a list, or a single text. An object stands for its `name`.
    pub(crate) fn labels(&self) -> Vec<String> {
        let values = match self {
            Self::List(values) => values,
            Self::Text(_) | Self::Object(_) => std::slice::from_ref(self),
            Self::Null | Self::True | Self::Number(_) => &[],
        };
        let mut labels = Vec::new();
        for value in values {
            labels.push(match value {
                Self::Object(_) => value.get("name").label(),
                _ => value.label(),
            });
        }
        labels
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Json for serde_json::Value {
    fn look(&self) -> Look<Self> {
        match self {
            Self::Null | Self::Bool(false) => Look::Null,
            Self::Bool(true) => Look::True,
            Self::Number(number) => number.as_f64().map_or(Look::Null, Look::number),
            Self::String(text) => Look::Text(text.clone()),
            Self::Array(values) => Look::List(values.len()),
            Self::Object(fields) => Look::Object(fields.iter().map(|(key, value)| (key.clone(), value.clone())).collect()),
        }
    }

    fn field(&self, name: &str) -> Option<Self> {
        self.get(name).cloned()
    }

    fn at(&self, place: usize) -> Option<Self> {
        self.get(place).cloned()
    }

    fn alone(&self) -> Self {
        Self::Array(vec![self.clone()])
    }

    fn texts(&self, name: &str) -> String {
        let text = |value: &Self| value.get(name)?.as_str().filter(|text| !text.is_empty() && !text.contains('\0')).map(str::to_owned);
        let texts = self.as_array().into_iter().flatten().map(text);
        texts.fold(String::new(), |texts, text| texts + text.as_deref().unwrap_or(" ") + "\0")
    }
}
