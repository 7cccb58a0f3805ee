//! As much of HTML as it takes to get at its text and its pictures. What is
//! unclosed ends as it does in a browser, <https://html.spec.whatwg.org/#parsing>,
//! except where that would swallow an article for one stray character.

use super::{Image, Resolve, entity, text, url};
use crate::scan::{self, BLANKS};

/// Elements whose content is not the article's text.
const HIDDEN: &str = "script style template textarea iframe title video audio canvas noembed noframes annotation";

/// Elements that have no content: they are not hidden until something ends them.
const VOID: &str = "img br hr input wbr source embed link meta area base col track param";

/// Classes of what is written for screen readers, and of the links to the whole
/// article that WordPress and its themes put at an excerpt's end.
const NO_PROSE: &[&str] = &["screen-reader-text", "more-link", "read-more", "readmore", "moretag"];

/// Elements that stand apart from the words around them.
const BLOCKS: &str = "p br div li ul ol h1 h2 h3 h4 h5 h6 img figure figcaption blockquote hr tr \
    td th table tbody thead tfoot caption section article aside header footer main nav address \
    pre dl dt dd details summary form fieldset legend iframe video audio canvas svg object embed \
    button input select option optgroup textarea menu dir center hgroup search dialog title head \
    body html";

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, its character references still in it.
    Text(&'a str),
    /// A start or an end tag.
    Tag {
        /// The element's name, in the case it is written in.
        name: &'a str,
        /// All that stands between the name and the `>`.
        attributes: &'a str,
        /// Whether it is an end tag.
        end: bool,
    },
}

/// Walks through HTML; comments and hidden content are passed over. Takes time
/// in proportion to the text, whatever is unclosed in it.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// Whether a `>` in quotes can still be told from the end of a tag. Not after
    /// a quote that nothing closes: looking on from each tag would take for ever.
    quotes: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html, quotes: true }
    }

    /// Takes the tag that `rest` begins with.
    fn tag(&mut self) -> Token<'a> {
        let rest = self.rest;
        let start = if rest.starts_with("</") { 2 } else { 1 };
        let name_end = start + word(&rest[start..], b"/>");
        let Some(end) = self.tag_end(name_end) else {
            self.rest = "";
            // A tag that the end of the text cut off, or a stray `<` among words?
            let words = scan::has_mark(rest, b' ') && !scan::has_mark(rest, b'=');
            return Token::Text(if words { rest } else { "" });
        };
        let name = &rest[start..name_end];
        let attributes = &rest[name_end..end];
        self.rest = &rest[end + 1..];
        // The slash closes nothing in HTML, but those who write it mean it.
        if start == 1 && scan::lists(HIDDEN, name) && !attributes.ends_with("/") {
            self.rest = after_content(self.rest, name);
        }
        Token::Tag { name, attributes, end: start == 2 }
    }

    /// The `>` of the tag whose name ends at `from`. Only what follows a `=` is
    /// in quotes; an apostrophe elsewhere quotes nothing.
    fn tag_end(&mut self, from: usize) -> Option<usize> {
        let mut at = from;
        while self.quotes {
            at += scan::until(&self.rest[at..], b">=");
            match self.rest.as_bytes().get(at) {
                Some(b'=') => {}
                Some(_) => return Some(at),
                None => {
                    self.quotes = false;
                    break;
                }
            }
            let value = scan::without_first(&self.rest[at + 1..], BLANKS);
            at = self.rest.len() - value.len();
            if let Some(quote @ (b'"' | b'\'')) = value.as_bytes().first() {
                match scan::position(&value[1..], *quote) {
                    Some(length) => at += length + 2,
                    None => self.quotes = false,
                }
            }
        }
        scan::position(&self.rest[from..], b'>').map(|length| from + length)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let start = markup(self.rest);
            if start > 0 {
                let (text, rest) = self.rest.split_at(start);
                self.rest = rest;
                return Some(Token::Text(text));
            }
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with("<!--") {
                self.rest = after_comment(self.rest);
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.rest = scan::parted(self.rest, ">").1;
            } else {
                return Some(self.tag());
            }
        }
    }
}

/// How much text stands before the next tag or comment. `a < b` and `<3` are text.
pub(super) fn markup(html: &str) -> usize {
    let mut at = 0;
    while let Some(found) = scan::position(&html[at..], b'<') {
        at += found + 1;
        let mut next = html[at..].bytes();
        let first = match next.next() {
            Some(b'!' | b'?') => return at - 1,
            Some(b'/') => next.next(),
            first => first,
        };
        if first.is_some_and(|byte| byte.is_ascii_alphabetic()) {
            return at - 1;
        }
    }
    html.len()
}

/// What follows the comment that `html` begins with. `<!-->` is a whole one.
pub(super) fn after_comment(html: &str) -> &str {
    let mut at = 4;
    while let Some(found) = scan::position(&html[at..], b'>') {
        at += found + 1;
        if html[..at - 1].ends_with("--") {
            return &html[at..];
        }
    }
    ""
}

/// The end tag of the hidden element and what follows it.
fn after_content<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some(at) = scan::position(rest, b'<') {
        rest = &rest[at..];
        let end = 2 + name.len();
        if rest.starts_with("</")
            && rest.get(2..end).is_some_and(|tag| tag.eq_ignore_ascii_case(name))
            && scan::alphanumerics(&rest[end..]) == 0
        {
            return rest;
        }
        rest = &rest[1..];
    }
    ""
}

/// How far it is to the next blank or one of the `ends`, which are ASCII too.
pub(super) fn word(text: &str, ends: &[u8]) -> usize {
    let mut at = 0;
    // In one go: a tag without a blank in it may be followed by 100,000 of its like.
    while let Some(byte) = text.as_bytes().get(at)
        && !byte.is_ascii_whitespace()
        && !scan::is_one(*byte, ends)
    {
        at += 1;
    }
    at
}

/// Whether an element of this name divides the word before it from the one after.
/// Custom elements do, for they are widgets far more often than words.
pub(super) fn divides_words(name: &str) -> bool {
    scan::lists(BLOCKS, name) || scan::has_mark(name, b'-')
}

/// Whether an element is not there to be read: hidden, a substitute for scripts
/// (most often the picture that one of them loads), or the link to the rest.
pub(super) fn is_hidden(name: &str, attributes: &str) -> bool {
    name.eq_ignore_ascii_case("noscript") || !scan::lists(VOID, name) && (is_invisible(attributes) || has(attributes, "class", NO_PROSE))
}

/// Whether an element is hidden, or is a caption, which is text about a picture
/// and not the article's first words.
pub(super) fn is_aside(name: &str, attributes: &str) -> bool {
    name.eq_ignore_ascii_case("figcaption") || has(attributes, "class", &["wp-caption-text"]) || is_hidden(name, attributes)
}

/// The character that a picture stands for, in feeds by WordPress.
pub(super) fn emoji(name: &str, attributes: &str) -> Option<String> {
    if name.eq_ignore_ascii_case("img") && is_emoji(attributes) { attribute(attributes, "alt") } else { None }
}

fn is_emoji(attributes: &str) -> bool {
    has(attributes, "class", &["emoji", "wp-smiley"]) || scan::has(attributes, "//s.w.org/images/core/emoji/")
}

fn is_invisible(attributes: &str) -> bool {
    let display = attribute(attributes, "style").unwrap_or_default();
    let display = scan::parted(&display, "display").1;
    scan::without_first(display, b": ").starts_with("none") || attribute(attributes, "hidden").is_some()
}

/// Whether an attribute has one of these words in it.
fn has(attributes: &str, name: &str, words: &[&str]) -> bool {
    let value = attribute(attributes, name).unwrap_or_default();
    scan::pieces(&value, BLANKS).any(|word| words.contains(&word))
}

/// An attribute's value, if it is there.
pub(super) fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = scan::without_first(rest, b"/ \t\n\x0c\r");
        if rest.is_empty() {
            return None;
        }
        let (name, after) = rest.split_at(word(rest, b"/="));
        rest = scan::without_first(after, BLANKS);
        let mut value = "";
        if let Some(after) = rest.strip_prefix("=") {
            rest = scan::without_first(after, BLANKS);
            (value, rest) = match rest.as_bytes().first() {
                Some(b'"') => scan::parted(&rest[1..], "\""),
                Some(b'\'') => scan::parted(&rest[1..], "'"),
                _ => rest.split_at(scan::until(rest, BLANKS)),
            };
        }
        if name.eq_ignore_ascii_case(wanted) {
            let mut decoded = String::new();
            entity::decode(value, entity::Place::Attribute, &mut |char| {
                decoded.push(char);
                true
            });
            return Some(decoded);
        }
    }
}

/// Where a picture's address stands. Scripts that load it late leave a stand-in
/// in `src`, so what they read comes first.
const SOURCES: &str = "data-src data-lazy-src data-original data-srcset data-lazy-srcset src srcset";

/// The first picture of an article whose URL may be used, with its `alt`. The
/// pixels that count readers, the faces that stand for emoji and the authors'
/// own are no pictures of the article.
pub(super) fn first_image(html: &str, resolve: Resolve<'_>) -> Option<Image> {
    Tokens::new(html).find_map(|token| {
        let Token::Tag { name, attributes, .. } = token else {
            return None;
        };
        if !name.eq_ignore_ascii_case("img")
            || is_tiny(attributes)
            || is_invisible(attributes)
            || is_emoji(attributes)
            || has(attributes, "class", &["avatar"])
        {
            return None;
        }
        let source = |name: &str| {
            let mut value = attribute(attributes, name)?;
            if name.ends_with("srcset") {
                // <https://html.spec.whatwg.org/#srcset-attributes>: a URL may have
                // commas within. The first is the one that `src` has, or the smallest.
                value = scan::without_last(scan::pieces(&value, BLANKS).next()?, b",").to_owned();
            }
            url::resolved(&value, resolve)
        };
        Some(Image {
            url: scan::pieces(SOURCES, b" ").find_map(source)?,
            alt: text::collapse(&attribute(attributes, "alt").unwrap_or_default()),
            ..Image::default()
        })
    })
}

/// Whether a picture is too small to be seen.
fn is_tiny(attributes: &str) -> bool {
    ["width", "height"].iter().any(|side| {
        let length = attribute(attributes, side).unwrap_or_default();
        matches!(scan::without_end(scan::trim(&length), "px"), "0" | "1" | "2")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(html: &str) -> Option<(String, String)> {
        first_image(html, &|url| Some(url.to_owned())).map(|image| (image.url, image.alt))
    }

    #[test]
    fn the_first_picture() {
        let found = Some(("https://news.example/a.jpg?b&c".to_owned(), "A > b & c".to_owned()));
        for html in [
            "<IMG SRC=https://news.example/a.jpg?b&amp;c ALT='A &gt; b &amp; c'/>",
            "<p><a href=x><img\nalt = \"A > b\n& c\"\nsrc = \"https://news.example/a.jpg?b&c\" /></a>",
            "<img src='data:image/gif;base64,R0=' alt=no><noscript><img loading alt='A > b & c' \
             src='https://news.example/a.jpg?b&c'></noscript>",
            "<script>'<img src=https://a.example/>'</script><!-- <img src=https://a.example/> -->\
             <img src=https://a.example/ width=1 height=1><img class='x emoji' src=https://a.example/>\
             <img src><img = =><img data-source=https://a.example/>\
             <img alt='A > b & c' src='https://news.example/a.jpg?b&c'>",
        ] {
            assert_eq!(image(html), found, "{html}");
        }
        for html in [
            "<img src=data:image/gif;base64,R0= data-src='X'>",
            "<img src=https://news.example/blank.gif data-lazy-src='X'>",
            "<img src=https://news.example/blank.gif data-original='X'>",
            "<img src=https://news.example/blank.gif data-srcset='X 300w, https://news.example/b.jpg 600w'>",
            "<img src=data:, data-src=data:, srcset='\n X 1x,https://news.example/b.jpg 2x'>",
            "<img srcset='X, https://news.example/b.jpg 2x'>",
            "<picture><source srcset='https://news.example/a.webp'><img src='X'></picture>",
            // What is not of the article.
            "<img src=https://stats.example/ height='1px'><img src=https://stats.example/ width=2><img src='X' width=20 height=10>",
            "<img src=https://stats.example/ style='border:0; display: none'><img src='X' style='display:block'>",
            "<img src=https://s.w.org/images/core/emoji/15.0.3/72x72/1f600.png><img src='X'>",
            "<img class='avatar avatar-96' src=https://people.example/1><img src='X'>",
        ] {
            let url = "https://news.example/w_300,h_200/a.jpg?a=1&copy=2";
            let html = html.replace('X', url);
            assert_eq!(image(&html), Some((url.to_owned(), String::new())), "{html}");
        }
        assert_eq!(image("<img alt=a> <image src=https://a.example/> img"), None);
        assert_eq!(image("<img src='https://a.example/"), None);
    }

    #[test]
    fn takes_time_in_proportion() {
        for piece in ["<a b=\">\" ", "<!--a>", "<a b='", "<script>", "<", "</", "<a ", "&", "&#"] {
            let html = piece.repeat(300_000 / piece.len());
            assert!(Tokens::new(&html).count() <= html.len());
        }
    }
}
