//! Chromium's own console log, in a shape that can be compared.

use thirtyfour::BrowserLogEntry;

/// A line that a page wrote to the console, or that the browser wrote about it.
pub(crate) fn line(entry: &BrowserLogEntry) -> String {
    // Chromedriver writes `<url> <line>:<column> <text>`, or `<url> - <text>`,
    // and in the first each argument of a console call as JSON.
    let mut parts = entry.message.splitn(3, ' ');
    let (_place, _position, text) = (parts.next(), parts.next(), parts.next());
    let text = text.unwrap_or(&entry.message);
    if entry.source.as_deref() != Some("console-api") {
        return text.to_owned();
    }
    let mut words = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>() {
        match value {
            Ok(serde_json::Value::String(word)) => words.push(word),
            Ok(value) => words.push(value.to_string()),
            // An object is written as no JSON at all; then the line stays as it is.
            Err(_) => return text.to_owned(),
        }
    }
    words.join(" ")
}

/// Whether a line is Kabar's, not the browser's own.
pub(crate) fn is_ours(line: &str) -> bool {
    line.starts_with("[kabar]")
}

/// Fails unless the lines are those expected, in any order. A line of the
/// browser's own ("Failed to load resource…") need only begin as expected,
/// for its end changes with the browser's version; all others are compared whole.
pub(crate) fn compare(lines: &[String], expected: &[&str]) {
    let mut left = lines.to_vec();
    let mut missing = Vec::new();
    for want in expected {
        let own = !is_ours(want);
        match left.iter().position(|line| line == want || own && line.starts_with(want)) {
            Some(place) => drop(left.remove(place)),
            None => missing.push(*want),
        }
    }
    assert!(left.is_empty() && missing.is_empty(), "the console\n  has too much: {left:#?}\n  lacks: {missing:#?}");
}
