//! Dates in the reader's language.

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use wasm_bindgen::prelude::*;

use super::{
    binding::{DateTimeFormat, object},
    page::PageLocale,
};
use crate::{
    config::{Config, Warning},
    feed::Date,
    locale, scan,
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type RelativeTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(language: &str, options: &JsValue) -> Result<RelativeTimeFormat, JsValue>;
    #[wasm_bindgen(method, structural)]
    fn format(this: &RelativeTimeFormat, number: i32, unit: &str) -> String;
}

/// A page with more languages and zones than this makes some formats anew.
const KEPT: usize = 8;

thread_local! {
    /// By language and zone: the first one in a page takes a phone up to 100 ms.
    static FORMATS: RefCell<Vec<(String, String, Rc<DateTimeFormat>)>> = const { RefCell::new(Vec::new()) };
}

/// Nothing where the browser does not take the tag or the zone.
fn format(language: &str, zone: &str) -> Option<Rc<DateTimeFormat>> {
    FORMATS.with_borrow_mut(|formats| {
        for (its_language, its_zone, format) in formats.iter() {
            if its_language == language && its_zone == zone {
                return Some(format.clone());
            }
        }
        let (short, numeric) = (JsValue::from_str("short"), JsValue::from_str("numeric"));
        let time_zone = if zone.is_empty() { JsValue::UNDEFINED } else { zone.into() };
        let options = [("weekday", &short), ("day", &numeric), ("month", &short), ("year", &numeric), ("timeZone", &time_zone)];
        let format = Rc::new(DateTimeFormat::new(language, &object(&options)).ok()?);
        if formats.len() < KEPT {
            formats.push((language.to_owned(), zone.to_owned(), format.clone()));
        }
        Some(format)
    })
}

/// The first of a tag, its language and English that the browser takes, with its format.
fn format_for(tag: &str, zone: &str) -> Option<(String, Rc<DateTimeFormat>)> {
    for language in &[tag, &tag[..scan::until(tag, b"-")], "en"] {
        if let Some(format) = format(language, zone) {
            return Some(((*language).to_owned(), format));
        }
    }
    None
}

/// Nothing where the browser has no words for the language: it then writes `-3 h`.
fn relative_format(language: &str) -> Option<RelativeTimeFormat> {
    let options = object(&[("numeric", &"auto".into())]);
    RelativeTimeFormat::new(language, &options).ok().filter(|format| !format.format(-3, "hour").starts_with('-'))
}

/// Writes dates in an element's language and time zone: a date, or the time
/// since then and the date.
///
/// A wrong zone is said once, and the reader's own is used. Of a wrong tag the
/// part before the first `-` may be right.
pub(super) fn date_format(
    locale: &PageLocale,
    config: &Config,
    warnings: &mut Vec<Warning>,
) -> impl Fn(Date) -> (String, Option<String>) + use<> {
    let tag = scan::replaced(scan::trim(&locale.tag), "_", "-");
    let mut found = format_for(&tag, &config.timezone);
    if found.is_none() && !config.timezone.is_empty() {
        found = format_for(&tag, "");
        if found.is_some() {
            warnings.push(Warning::TimeZone(config.timezone.clone()));
        }
    }
    let relative = config.dates == "relative";
    let since = OnceCell::new();
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "JavaScript's dates are doubles, exact for 285,000 years"
    )]
    move |date| {
        let Some((language, format)) = &found else { return Default::default() };
        let text = format.format(date.0 as f64);
        let since = relative
            .then(|| locale::relative(date, Date(js_sys::Date::now() as i64)))
            .flatten()
            .and_then(|(number, unit)| Some(since.get_or_init(|| relative_format(language)).as_ref()?.format(number, unit)));
        match since {
            Some(since) => (since, Some(text)),
            None => (text, None),
        }
    }
}
