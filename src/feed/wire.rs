//! Values off the wire that take what they can use and are absent otherwise, so
//! that no field's type fails its item, and no item its feed.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Writes the named `visit_*` methods: each gives the visitor's empty value.
/// Lists and objects are drained, for a deserializer takes what is left in one
/// for an error.
macro_rules! absent {
    (@ bool) => { absent!(@@ visit_bool, bool); };
    (@ i64) => { absent!(@@ visit_i64, i64); };
    (@ u64) => { absent!(@@ visit_u64, u64); };
    (@ f64) => { absent!(@@ visit_f64, f64); };
    (@ str) => { absent!(@@ visit_str, &str); };
    (@@ $visit:ident, $type:ty) => {
        fn $visit<E>(self, _: $type) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
    };
    (@ null) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_none<E>(self) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_some<D: serde::Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
            value.deserialize_any(self)
        }
    };
    (@ seq) => {
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
    (@ map) => {
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
            while object.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
    ($($kind:ident)*) => { $( absent!(@ $kind); )* };
}
pub(super) use absent;

/// A text; empty where it is absent.
#[derive(Debug, Default)]
pub(super) struct Text(pub(super) String);

/// A text, or a number as one: an id, a title, whatever YAML wrote without quotes.
#[derive(Debug, Default)]
pub(super) struct Label(pub(super) String);

/// Labels: a list of them, or a single one. An object stands for its `name`.
#[derive(Debug, Default)]
pub(super) struct Labels(pub(super) Vec<String>);

/// An object; absent if it is anything else.
#[derive(Debug)]
pub(super) struct Object<T>(pub(super) Option<T>);

/// The objects of a list; what is no object in it is left out.
#[derive(Debug)]
pub(super) struct Objects<T>(pub(super) Vec<T>);

/// What a text may be made of. One visitor for all: each would be a copy.
#[derive(PartialEq, Eq)]
enum TextVisitor {
    Text,
    TextOrNumber,
    TextOrNumberOrName,
}

impl TextVisitor {
    fn number(&self, number: i64) -> String {
        match self {
            Self::Text => String::new(),
            _ => number.to_string(),
        }
    }
}

impl<'de> Visitor<'de> for TextVisitor {
    type Value = String;

    absent!(bool null seq);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }

    fn visit_i64<E>(self, value: i64) -> Result<String, E> {
        Ok(self.number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<String, E> {
        // No script can hold a larger one without rounding it.
        Ok(i64::try_from(value).map_or_else(|_| String::new(), |value| self.number(value)))
    }

    /// Only whole numbers: std's printer of others weighs 6 kB, and a fraction
    /// is no feed's id.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::float_cmp)]
    fn visit_f64<E>(self, value: f64) -> Result<String, E> {
        let whole = value as i64;
        if whole as f64 == value {
            return Ok(self.number(whole));
        }
        Ok(String::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<String, A::Error> {
        let mut name = String::new();
        while let Some(Text(key)) = object.next_key()? {
            if self == Self::TextOrNumberOrName && key == "name" {
                name = object.next_value::<Label>()?.0;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(name)
    }
}

impl<'de> DeserializeSeed<'de> for TextVisitor {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<String, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        TextVisitor::TextOrNumber.deserialize(value).map(Self)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        TextVisitor::Text.deserialize(value).map(Self)
    }
}

struct LabelsVisitor;

impl<'de> Visitor<'de> for LabelsVisitor {
    type Value = Vec<String>;

    absent!(bool i64 u64 f64 null);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("labels")
    }

    fn visit_str<E>(self, value: &str) -> Result<Vec<String>, E> {
        Ok(vec![value.to_owned()])
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Vec<String>, A::Error> {
        Ok(vec![TextVisitor::TextOrNumberOrName.visit_map(object)?])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element_seed(TextVisitor::TextOrNumberOrName)? {
            texts.push(text);
        }
        Ok(texts)
    }
}

impl<'de> Deserialize<'de> for Labels {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_any(LabelsVisitor).map(Self)
    }
}

impl<T> Default for Object<T> {
    fn default() -> Self {
        Self(None)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    absent!(bool i64 u64 f64 str null seq);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Object<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(|object| Object(Some(object)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_any(ObjectVisitor(PhantomData))
    }
}

impl<T> Default for Objects<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

struct ObjectsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectsVisitor<T> {
    type Value = Objects<T>;

    absent!(bool i64 u64 f64 str null map);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Objects<T>, A::Error> {
        let mut objects = Vec::new();
        while let Some(Object(object)) = list.next_element()? {
            objects.extend(object);
        }
        Ok(Objects(objects))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Objects<T> {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_any(ObjectsVisitor(PhantomData))
    }
}
