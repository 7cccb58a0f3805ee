//! A reader of HTML that is written without any of the liberties that HTML
//! takes: every element closed, every attribute quoted, every mark escaped.
//! Anything else fails the test.

#![allow(clippy::panic, reason = "a test fails by panicking")]

/// A piece of HTML, its references decoded.
pub(crate) enum Piece {
    Start(String, Vec<(String, String)>),
    End(String),
    Text(String),
}

/// Elements without content and end tag.
const VOID: [&str; 2] = ["img", "link"];

/// The pieces of one element with all that is in it.
pub(crate) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html.trim_end();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').unwrap_or_else(|| panic!("an end tag that does not end: {rest}"));
            assert_eq!(open.pop().as_deref(), Some(name), "</{name}> closes another element");
            pieces.push(Piece::End(name.to_owned()));
            rest = after;
        } else if let Some(after) = rest.strip_prefix('<') {
            let (name, attributes, after) = start(after);
            rest = after;
            if name == "style" {
                let (style, after) = rest.split_once("</style>").unwrap_or_else(|| panic!("a style that does not end"));
                assert!(!style.contains('<'), "markup in the style");
                rest = after;
            } else if !VOID.contains(&name.as_str()) {
                open.push(name.clone());
            }
            pieces.push(Piece::Start(name, attributes));
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            pieces.push(Piece::Text(decode(&rest[..end])));
            rest = &rest[end..];
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    pieces
}

/// A start tag after its `<`, and what follows it.
fn start(text: &str) -> (String, Vec<(String, String)>, &str) {
    let end = text.find([' ', '>']).unwrap_or_else(|| panic!("a tag that does not end: {text}"));
    let (name, mut rest) = text.split_at(end);
    assert!(!name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '-'), "<{name}");
    let mut attributes: Vec<(String, String)> = Vec::new();
    while let Some(after) = rest.strip_prefix(' ') {
        let (name, after) = after.split_once("=\"").unwrap_or_else(|| panic!("an attribute without quotes: {rest}"));
        assert!(name.chars().all(|char| char.is_ascii_alphabetic() || char == '-'), "the attribute {name}");
        assert!(attributes.iter().all(|(other, _)| other != name), "{name} twice");
        let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("an attribute that does not end: {after}"));
        attributes.push((name.to_owned(), decode(value)));
        rest = after;
    }
    let rest = rest.strip_prefix('>').unwrap_or_else(|| panic!("a tag that does not end: {rest}"));
    (name.to_owned(), attributes, rest)
}

fn decode(text: &str) -> String {
    assert!(!text.contains(['<', '>']), "not escaped: {text}");
    for after in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "nbsp;", "#x27;", "#39;"];
        assert!(known.iter().any(|known| after.starts_with(known)), "not escaped: &{after}");
    }
    html_escape::decode_html_entities(text).into_owned()
}
