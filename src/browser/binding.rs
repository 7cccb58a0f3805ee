//! What web-sys does not offer without unstable flags, or only with more glue.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement};

#[wasm_bindgen]
extern "C" {
    /// The loader's request for a feed.
    #[wasm_bindgen(typescript_type = "FeedRequest")]
    pub(super) type FeedRequest;
    /// The feed's own address, after redirects.
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn url(this: &FeedRequest) -> String;
    /// The feed's parsed JSON; undefined where it is none.
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn value(this: &FeedRequest) -> JsValue;
    /// The body's text.
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn markup(this: &FeedRequest) -> String;
    /// How many pages there are, where the answer says so.
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn pages(this: &FeedRequest) -> Option<u32>;
    /// Asks for a next page, and says what goes wrong: a promise of its request,
    /// or of undefined past the end.
    #[wasm_bindgen(method, structural)]
    pub(super) fn more(this: &FeedRequest, host: &HtmlElement, address: &str) -> Promise;

    /// The page. Not by way of the window: to find that in every place where
    /// JavaScript runs takes 1 kB of wasm.
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    pub(super) static DOCUMENT: Document;

    #[wasm_bindgen(js_name = URL)]
    pub(super) type Url;
    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    pub(super) fn new(url: &str, base: &str) -> Result<Url, JsValue>;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn href(this: &Url) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    pub(super) type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    pub(super) fn new(language: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, structural)]
    pub(super) fn format(this: &DateTimeFormat, milliseconds: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    pub(super) type Segmenter;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    pub(super) fn new(language: &str, options: &JsValue) -> Result<Segmenter, JsValue>;
    #[wasm_bindgen(method, structural)]
    pub(super) fn segment(this: &Segmenter, text: &str) -> JsValue;

    /// One of a segmenter's segments.
    pub(super) type WordSegment;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn index(this: &WordSegment) -> u32;
    #[wasm_bindgen(method, getter, structural, js_name = isWordLike)]
    pub(super) fn is_word_like(this: &WordSegment) -> bool;
    #[wasm_bindgen(method, getter, structural, js_name = segment)]
    pub(super) fn text(this: &WordSegment) -> js_sys::JsString;

    /// A node with `adoptedStyleSheets`.
    pub(super) type StyledRoot;
    #[wasm_bindgen(method, setter, structural, js_name = adoptedStyleSheets)]
    pub(super) fn set_adopted_style_sheets(this: &StyledRoot, sheets: &JsValue);

    #[wasm_bindgen(js_namespace = navigator, js_name = canShare, catch)]
    pub(super) fn can_share(data: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(js_namespace = navigator, catch)]
    pub(super) fn share(data: &JsValue) -> Result<Promise, JsValue>;
}

/// An object of these names and values.
pub(super) fn object(entries: &[(&str, &JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in entries {
        // Setting a property of an object made here cannot fail.
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}
