//! JavaScript values as the feed reader sees them.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::feed::{Json, Look};

impl Json for JsValue {
    fn look(&self) -> Look<Self> {
        if let Some(text) = self.as_string() {
            Look::Text(text)
        } else if let Some(number) = self.as_f64() {
            Look::number(number)
        } else if Array::is_array(self) {
            Look::List(values(self.unchecked_ref()))
        } else if self.is_object() {
            let entries = Object::entries(self.unchecked_ref());
            let mut pairs = Vec::new();
            for place in 0..entries.length() {
                let entry: Array = entries.get(place).unchecked_into();
                pairs.push((entry.get(0).as_string().unwrap_or_default(), entry.get(1)));
            }
            Look::Object(pairs)
        } else if self.is_truthy() {
            Look::True
        } else {
            Look::Null
        }
    }

    fn field(&self, name: &str) -> Option<Self> {
        // Throws where the value is no object.
        Reflect::get(self, &name.into()).ok().filter(|field| !field.is_undefined())
    }
}

fn values(list: &Array) -> Vec<JsValue> {
    let mut values = Vec::new();
    for place in 0..list.length() {
        values.push(list.get(place));
    }
    values
}
