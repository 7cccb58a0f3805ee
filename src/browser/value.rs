//! JavaScript values as serde sees them.
//!
//! serde-wasm-bindgen does the same for any type and any error; what that takes
//! beyond [`crate::feed`]'s one visitor is 7 kB of brotli, much of it for the
//! printing of floats in errors that nobody reads.

use std::fmt;

use js_sys::{Array, Object};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use wasm_bindgen::prelude::*;

/// What `JSON.parse` gives, or an object of texts.
pub(super) struct Source(pub(super) JsValue);

/// There is nothing that can be wrong: the visitors take whatever is there.
#[derive(Debug)]
pub(super) struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value was refused")
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Source {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let Self(value) = self;
        if let Some(text) = value.as_string() {
            visitor.visit_string(text)
        } else if let Some(number) = value.as_f64() {
            visitor.visit_f64(number)
        } else if Array::is_array(&value) {
            visitor.visit_seq(Values { list: value.unchecked_into(), next: 0 })
        } else if value.is_object() {
            visitor.visit_map(Values { list: Object::entries(value.unchecked_ref()), next: 0 })
        } else {
            visitor.visit_unit()
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// A list's values, or an object's entries.
struct Values {
    list: Array,
    next: u32,
}

impl Values {
    fn next(&mut self) -> Option<JsValue> {
        let at = self.next;
        (at < self.list.length()).then(|| {
            self.next += 1;
            self.list.get(at)
        })
    }
}

impl<'de> SeqAccess<'de> for Values {
    type Error = Refused;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Refused> {
        self.next().map(|value| seed.deserialize(Source(value))).transpose()
    }
}

impl<'de> MapAccess<'de> for Values {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        let Some(entry) = self.next() else { return Ok(None) };
        seed.deserialize(Source(entry.unchecked_into::<Array>().get(0))).map(Some)
    }

    /// Of the entry whose key was read last.
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Refused> {
        let entry = self.list.get(self.next.wrapping_sub(1));
        seed.deserialize(Source(entry.unchecked_into::<Array>().get(1)))
    }
}
