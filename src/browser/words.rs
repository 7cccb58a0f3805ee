//! Words that are not compiled in: fetched once for each language and page.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::{
    binding::{Segmenter, WordSegment, object},
    feeds, page,
};
use crate::{
    feed::Value,
    locale::{self, Locale},
    share,
};

thread_local! {
    static FETCHED: RefCell<Vec<&'static Locale>> = const { RefCell::new(Vec::new()) };
}

fn fetched(language: &str) -> Option<&'static Locale> {
    FETCHED.with_borrow(|fetched| fetched.iter().find(|locale| locale.language == language).copied())
}

/// The words for a tag: those compiled in or fetched before, else English.
pub(super) fn find(tag: &str) -> &'static Locale {
    locale::file(tag).and_then(fetched).unwrap_or_else(|| locale::locale(tag))
}

/// The name, without its `.json`, of the file that has the words for an element
/// and is still to be fetched; undefined where none is.
///
/// `request` is the element's feed, whose language counts where the page has none;
/// undefined for none.
// A value and no text: what hands texts over is 300 bytes more.
#[wasm_bindgen(js_name = wordsFile)]
pub fn words_file(host: &HtmlElement, request: &JsValue) -> JsValue {
    let feed = if request.is_undefined() { None } else { feeds::language_of(request) };
    match locale::file(&page::language(host, "", feed.as_deref())) {
        Some(file) if fetched(file).is_none() => file.into(),
        _ => JsValue::UNDEFINED,
    }
}

/// Keeps the words of a file, its parsed JSON; elements rendered from now on speak
/// them. What is no list of texts leaves English in its place.
#[wasm_bindgen(js_name = keepWords)]
pub fn keep_words(file: &JsValue, list: JsValue) {
    let Some(language) = file.as_string().and_then(|file| locale::file(&file)).filter(|language| fetched(language).is_none()) else {
        return;
    };
    let list = Value::read(&list, |_| false);
    let locale = Locale::read(language, &list);
    FETCHED.with_borrow_mut(|fetched| fetched.push(locale));
}

/// Where the words of a text end, in UTF-16 code units, by the browser's own
/// knowledge of its script; nothing where it has none.
pub(super) fn segment(language: &str, text: &str) -> Vec<u32> {
    let options = object(&[("granularity", &"word".into())]);
    let Ok(segmenter) = Segmenter::new(language, &options).or_else(|_| Segmenter::new("en", &options)) else { return Vec::new() };
    let segments = js_sys::Array::from(&segmenter.segment(text));
    segments
        .iter()
        .map(WordSegment::unchecked_from_js)
        .filter(WordSegment::is_word_like)
        .map(|word| word.index() + word.text().length())
        .collect()
}

/// Where a text's grapheme clusters end, in bytes; its code points, where the browser does not know.
#[inline(never)]
pub(super) fn clusters(text: &str) -> Vec<usize> {
    let options = object(&[("granularity", &"grapheme".into())]);
    let Ok(segmenter) = Segmenter::new("en", &options) else { return share::code_points(text) };
    let mut end = 0;
    js_sys::Array::from(&segmenter.segment(text))
        .iter()
        .map(|segment| {
            end += String::from(WordSegment::unchecked_from_js(segment).text()).len();
            end
        })
        .collect()
}
