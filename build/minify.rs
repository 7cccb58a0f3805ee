//! The minifier of the style sheets, for the library and for what is published.

/// Drops comments, line breaks and the blanks beside punctuation. The sheet
/// has no strings with blanks or comment marks in them, which `tests/tidy.rs` checks.
pub(crate) fn minify(text: &str) -> String {
    let mut bare = String::new();
    for (place, piece) in text.split("/*").enumerate() {
        bare += if place == 0 { piece } else { piece.split_once("*/").map_or("", |(_, after)| after) };
    }
    let mut small = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in ["{", "}", ";", ",", ":"] {
        // A blank before `:` is the descendant combinator.
        if mark != ":" {
            small = small.replace(&format!(" {mark}"), mark);
        }
        small = small.replace(&format!("{mark} "), mark);
    }
    bare_values(&small.replace(";}", "}"))
}

/// Drops the quotes of an attribute selector's value that is an identifier.
fn bare_values(text: &str) -> String {
    let mut pieces = text.split("=\"");
    let mut bare = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once('"') {
            Some((value, after)) if value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') => {
                bare.extend(["=", value, after]);
            }
            _ => bare.extend(["=\"", piece]),
        }
    }
    bare
}
