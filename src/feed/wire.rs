//! A value off the wire, as far as it is of use.
//!
//! One type and one visitor for whatever a deserializer holds: serde compiles a
//! visitor for each kind of access to a map or a list, so that typed fields,
//! which are several visitors, would weigh ten times as much. What is made of a
//! value is then plain code, for which no type is wrong: it is only absent.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// How deep values are read. The deepest that is wanted is a picture's size in
/// a `WordPress` list: post, `_embedded`, `wp:featuredmedia`, the picture, its
/// `media_details`, `sizes`, one of them, its `width`, counted from the list on.
/// What lies deeper is absent, so that no nesting exhausts the stack.
const DEPTH: usize = 9;

/// The keys of the outermost object under which feeds list their articles.
const LISTS: [&str; 2] = ["items", "posts"];

/// Takes the values of a list, which has this name; the outermost has none.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(&'static str, Value);

/// A value that can be used; anything else is null.
#[derive(Debug, Default)]
pub(crate) enum Value {
    #[default]
    Null,
    /// `false` is null: no feed's flag means more by it.
    True,
    /// A whole number.
    Number(i64),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Reads a value. Of every object in it, only the keys that `keep` names are
    /// read. If there is a `sink`, the outermost list, or the lists that the
    /// outermost object has under the names in `LISTS`, are handed to it, value by
    /// value, with that name; they are empty in what is returned.
    pub(crate) fn read<'de, D: Deserializer<'de>>(value: D, keep: fn(&str) -> bool, sink: Option<Sink<'_>>) -> Result<Self, D::Error> {
        Reader { depth: DEPTH, keep, list: "", sink }.deserialize(value)
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
            _ => self.text().parse().unwrap_or_default(),
        }
    }

    /// A text, or a number as one: an id, a title, whatever YAML wrote without quotes.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
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
        let name = |value: &Self| match value {
            Self::Object(_) => value.get("name").label(),
            _ => value.label(),
        };
        match self {
            Self::List(values) => values.iter().map(name).collect(),
            Self::Text(_) | Self::Object(_) => vec![name(self)],
            Self::Null | Self::True | Self::Number(_) => Vec::new(),
        }
    }
}

/// The one visitor. It takes all that there is: serde's own answers to the types
/// that a visitor does not take would bring the printing of floats with them.
struct Reader<'a> {
    /// How many levels may still be read.
    depth: usize,
    keep: fn(&str) -> bool,
    /// The name of what is read, if it is one of `LISTS`.
    list: &'static str,
    sink: Option<Sink<'a>>,
}

impl Reader<'_> {
    /// The reader of a value in what is read.
    fn inner(&self) -> Reader<'static> {
        Reader { depth: self.depth - 1, keep: self.keep, list: "", sink: None }
    }

    /// The reader of an object's field.
    fn field(&mut self, key: &str) -> Reader<'_> {
        let Reader { depth, keep, .. } = self.inner();
        let list = LISTS.into_iter().find(|list| self.depth == DEPTH && *list == key);
        let sink = match &mut self.sink {
            Some(sink) if list.is_some() => Some(&mut **sink as Sink<'_>),
            _ => None,
        };
        Reader { depth, keep, list: list.unwrap_or_default(), sink }
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Value, D::Error> {
        if self.depth == 0 {
            return value.deserialize_ignored_any(IgnoredAny).map(|_| Value::Null);
        }
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(if value { Value::True } else { Value::Null })
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        // No script can hold a larger one without rounding it.
        Ok(i64::try_from(value).map_or(Value::Null, Value::Number))
    }

    /// Only whole numbers: std's printer of others weighs 6 kB, and a fraction
    /// is no feed's id.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::float_cmp)]
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        let whole = value as i64;
        Ok(if whole as f64 == value { Value::Number(whole) } else { Value::Null })
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Value, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self.inner())? {
            match &mut self.sink {
                Some(sink) => sink(self.list, value),
                None => values.push(value),
            }
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = object.next_key_seed(self.inner())? {
            match key {
                Value::Text(key) if (self.keep)(&key) => {
                    let value = object.next_value_seed(self.field(&key))?;
                    fields.push((key, value));
                }
                _ => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Value::Object(fields))
    }
}
