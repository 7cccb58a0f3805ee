//! JavaScript values as the feed reader sees them.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::feed::{Json, Look};

// One call for all of a feed's dates, which may be ten thousand.
#[wasm_bindgen(inline_js = "export function texts(list, name) {
  let all = '';
  for (let place = 0; place < list.length; place++) {
    const text = list[place]?.[name];
    all += (typeof text != 'string' || text.includes('\\0') ? ' ' : text || ' ') + '\\0';
  }
  return all;
}")]
extern "C" {
    fn texts(list: &JsValue, name: &str) -> String;
}

impl Json for JsValue {
    fn look(&self) -> Look<Self> {
        if let Some(text) = self.as_string() {
            Look::Text(text)
        } else if let Some(number) = self.as_f64() {
            Look::number(number)
        } else if Array::is_array(self) {
            Look::List(self.unchecked_ref::<Array>().length() as usize)
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

    fn at(&self, place: usize) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, reason = "JavaScript's arrays are shorter than 4,294,967,296 values")]
        Some(self.unchecked_ref::<Array>().get(place as u32))
    }

    fn alone(&self) -> Self {
        Array::of1(self).into()
    }

    fn texts(&self, name: &str) -> String {
        texts(self, name)
    }
}
