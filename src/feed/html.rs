//! As much of HTML as it takes to get at its text and its pictures. What is
//! unclosed ends as it does in a browser, <https://html.spec.whatwg.org/#parsing>,
//! except where that would swallow an article for one stray character.

use super::{Image, Resolve, entity, text, url};

/// Elements whose content is not the article's text.
const HIDDEN: &str = "script style template textarea iframe title video audio canvas";

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
            let words = rest.contains(' ') && !rest.contains('=');
            return Token::Text(if words { rest } else { "" });
        };
        let name = &rest[start..name_end];
        let attributes = &rest[name_end..end];
        self.rest = &rest[end + 1..];
        // The slash closes nothing in HTML, but those who write it mean it.
        if start == 1 && is_in(HIDDEN, name) && !attributes.ends_with('/') {
            self.rest = after_content(self.rest, name);
        }
        Token::Tag { name, attributes }
    }

    /// The `>` of the tag whose name ends at `from`. Only what follows a `=` is
    /// in quotes; an apostrophe elsewhere quotes nothing.
    fn tag_end(&mut self, from: usize) -> Option<usize> {
        let mut at = from;
        while self.quotes {
            let Some(length) = self.rest[at..].find(['>', '=']) else {
                self.quotes = false;
                break;
            };
            at += length;
            if self.rest[at..].starts_with('>') {
                return Some(at);
            }
            let value = self.rest[at + 1..].trim_ascii_start();
            at = self.rest.len() - value.len();
            if let Some(quote @ ('"' | '\'')) = value.chars().next() {
                match value[1..].find(quote) {
                    Some(length) => at += length + 2,
                    None => self.quotes = false,
                }
            }
        }
        self.rest[from..].find('>').map(|length| from + length)
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
                self.rest = self.rest.split_once('>').unwrap_or_default().1;
            } else {
                return Some(self.tag());
            }
        }
    }
}

/// How much text stands before the next tag or comment. `a < b` and `<3` are text.
pub(super) fn markup(html: &str) -> usize {
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
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
    while let Some(found) = html[at..].find('>') {
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
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let end = 2 + name.len();
        if rest.starts_with("</")
            && rest.get(2..end).is_some_and(|tag| tag.eq_ignore_ascii_case(name))
            && !rest[end..].starts_with(|char: char| char.is_ascii_alphanumeric())
        {
            return rest;
        }
        rest = &rest[1..];
    }
    ""
}

/// How far it is to the next blank or one of the `ends`, which are ASCII too.
pub(super) fn word(text: &str, ends: &[u8]) -> usize {
    let ends = |byte: u8| byte.is_ascii_whitespace() || ends.contains(&byte);
    text.bytes().position(ends).unwrap_or(text.len())
}

fn is_in(names: &str, name: &str) -> bool {
    names.split(' ').any(|listed| listed.eq_ignore_ascii_case(name))
}

/// Whether an element of this name divides the word before it from the one after.
pub(super) fn divides_words(name: &str) -> bool {
    is_in(BLOCKS, name)
}

/// An attribute's value, if it is there.
pub(super) fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|char: char| char.is_ascii_whitespace() || char == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|char: char| char.is_ascii_whitespace() || matches!(char, '/' | '=')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        rest = after.trim_ascii_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            rest = after.trim_ascii_start();
            (value, rest) = match rest.chars().next() {
                Some(quote @ ('"' | '\'')) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
                _ => rest.split_at(rest.find(|char: char| char.is_ascii_whitespace()).unwrap_or(rest.len())),
            };
        }
        if name.eq_ignore_ascii_case(wanted) {
            let mut decoded = String::new();
            entity::decode(value, &mut |char| {
                decoded.push(char);
                true
            });
            return Some(decoded);
        }
    }
}

/// The first picture of an article whose URL may be used, with its `alt`. The
/// pixels that count readers and the faces that stand for emoji are no pictures
/// of the article.
pub(super) fn first_image(html: &str, resolve: Resolve<'_>) -> Option<Image> {
    Tokens::new(html).find_map(|token| {
        let Token::Tag { name, attributes } = token else {
            return None;
        };
        if !name.eq_ignore_ascii_case("img") {
            return None;
        }
        let says =
            |name, words: &[&str]| attribute(attributes, name).is_some_and(|value| value.split(' ').any(|word| words.contains(&word)));
        if says("width", &["0", "1"]) || says("height", &["0", "1"]) || says("class", &["emoji", "wp-smiley"]) {
            return None;
        }
        Some(Image {
            url: url::resolved(&attribute(attributes, "src")?, resolve)?,
            alt: text::collapse(&attribute(attributes, "alt").unwrap_or_default()),
            caption: String::new(),
        })
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
             <img src><img = =><img data-src=https://a.example/>\
             <img alt='A > b & c' src='https://news.example/a.jpg?b&c'>",
        ] {
            assert_eq!(image(html), found, "{html}");
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
