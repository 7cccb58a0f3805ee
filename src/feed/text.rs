//! Plain text out of what feeds hold.

use super::entity::{self, Place};
use super::html::{self, Token, Tokens};
use crate::scan;

mod cluster;
mod dateline;
mod excerpt;

pub use dateline::dateline;
pub use excerpt::{Segment, excerpt};

/// The most characters that a feed's text is kept to.
pub(super) const LIMIT: usize = 2_000;

/// How many words of its text stand for a title.
const HEADLINE: usize = 12;

/// Makes HTML plain: tags are taken out, scripts, styles, comments and what is no
/// text of the article vanish with their content, and character references are
/// decoded, once. Block elements and `<br>` divide words, inline elements do not.
/// Whitespace is collapsed as [`collapse`] does it; `<` that starts no tag stays.
///
/// The text may well hold `<` and `&` again: it is text, never to be parsed.
/// Tags and references are told as in <https://html.spec.whatwg.org/#tokenization>.
pub fn plain(html: &str) -> String {
    plain_to(html, usize::MAX)
}

/// Collapses whitespace, non-breaking and line ends too, to single blanks, and
/// trims it. Control characters vanish, and so do those that override the
/// direction of the text (<https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings>):
/// left open, they would reorder the page around it.
pub fn collapse(text: &str) -> String {
    collapse_to(text, usize::MAX)
}

/// [`plain`], of at most `limit` characters, after which it reads no further.
pub(super) fn plain_to(html: &str, limit: usize) -> String {
    let (text, closed) = prose(html, limit, html::is_aside);
    if closed && !text.is_empty() {
        return text;
    }
    // A picture with a caption is all of it.
    let (text, closed) = prose(html, limit, html::is_hidden);
    if closed {
        return text;
    }
    // What nothing closes must not swallow the article.
    prose(html, limit, |_, _| false).0
}

/// The text without the elements that `skip` tells by name and attributes, and
/// whether the last of those was closed.
fn prose(html: &str, limit: usize, skip: fn(&str, &str) -> bool) -> (String, bool) {
    let mut line = Line::new(limit);
    // The element that is skipped, and how many of its name are open.
    let (mut skipped, mut depth) = ("", 0_usize);
    let mut raised = false;
    for token in Tokens::new(html) {
        match token {
            Token::Text(_) if depth > 0 => {}
            Token::Text(text) => entity::decode(text, Place::Text, &mut |char| line.push(if raised { superscript(char) } else { char })),
            Token::Tag { name, end, .. } if depth > 0 => {
                if name.eq_ignore_ascii_case(skipped) {
                    depth = if end { depth - 1 } else { depth + 1 };
                }
            }
            Token::Tag { name, attributes, end } => {
                if let Some(emoji) = html::emoji(name, attributes) {
                    for char in emoji.chars() {
                        line.push(char);
                    }
                } else if html::divides_words(name) {
                    line.push(' ');
                    raised = false;
                }
                if name.eq_ignore_ascii_case("sup") {
                    raised = !end;
                }
                if !end && skip(name, attributes) {
                    (skipped, depth) = (name, 1);
                }
            }
        }
        if line.cut {
            break;
        }
    }
    (line.text, depth == 0)
}

/// A raised digit as the character for it: `10<sup>6</sup>` is not 106.
fn superscript(char: char) -> char {
    char.to_digit(10).and_then(|digit| scan::nth_char("⁰¹²³⁴⁵⁶⁷⁸⁹", digit as usize)).unwrap_or(char)
}

/// [`collapse`], to at most `limit` characters.
pub(super) fn collapse_to(text: &str, limit: usize) -> String {
    let mut line = Line::new(limit);
    for char in text.chars() {
        if !line.push(char) {
            break;
        }
    }
    line.text
}

/// What stands for a missing title: the text's first words.
pub(super) fn headline(text: &str) -> String {
    match excerpt::cut(text, HEADLINE, None) {
        Some(head) => head.to_owned() + "…",
        None => text.to_owned(),
    }
}

/// One line of text as it grows.
struct Line {
    text: String,
    /// Whether whitespace came after the text.
    gap: bool,
    /// How many characters still fit.
    left: usize,
    /// Whether there was more than fits.
    cut: bool,
}

impl Line {
    fn new(limit: usize) -> Self {
        Self { text: String::new(), gap: false, left: limit, cut: false }
    }

    /// Adds a character; whether any more fit.
    fn push(&mut self, char: char) -> bool {
        if char.is_whitespace() {
            self.gap = !self.text.is_empty();
        } else if !(self.cut || is_unwanted(char) || self.text.is_empty() && is_unseen(char)) {
            let length = 1 + usize::from(self.gap);
            self.cut = self.left < length;
            if self.cut {
                self.end_cut(char);
                return false;
            }
            if self.gap {
                self.text.push(' ');
            }
            self.text.push(char);
            self.left -= length;
            self.gap = false;
        }
        !self.cut
    }

    /// Ends a text that has no place for `next`. If that is in the midst of a word,
    /// the word goes, unless it is most of the text; what is one character to the
    /// reader goes in any case.
    fn end_cut(&mut self, next: char) {
        if !self.gap {
            match scan::last_position(&self.text, b" ") {
                Some(blank) if blank > self.text.len() / 2 => self.text.truncate(blank),
                _ => self.text.truncate(cluster::end(&self.text, next)),
            }
        }
        self.text.push('…');
    }
}

/// Whether a character is there only for those beside it. A text of these alone
/// would be a link without a name.
fn is_unseen(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}')
}

fn is_unwanted(char: char) -> bool {
    char.is_control() || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text() {
        for (html, text) in [
            ("<p>One</p><p>two<br>three</p>", "One two three"),
            ("<b>Ka</b><i class=x>b</i>ar<wbr>!", "Kabar!"),
            ("a<script>if (a<b) '</scripts>'</SCRIPT >b<style>i{}</style>c", "abc"),
            ("a<!-- <b> --><!--> b<!---->c<!DOCTYPE html><?php ?>d", "a bcd"),
            ("<a title=\"x > y\" alt='>'>a</a><a title=don't>b</a>", "ab"),
            ("AT&amp;T &amp;lt;b&amp;gt; &lt;b&gt;", "AT&T &lt;b&gt; <b>"),
            ("1 < 2 && 3 > 2, <3 </3 <> a<", "1 < 2 && 3 > 2, <3 </3 <> a<"),
            (" \t&nbsp;a&nbsp;\r\n&#x2003;b\u{3000}&ensp;", "a b"),
            ("a<iframe src=x />b<video>Your browser is old</video>c", "a b c"),
            ("&#8238;a&#x2066;b&#7;c\u{feff}", "abc"),
            // What the end cuts off, and what nothing closes.
            ("one <a href=\"http", "one"),
            ("one <stro", "one"),
            ("one</", "one</"),
            ("if a <b and c", "if a <b and c"),
            ("one <a href=\"x>two</a> three", "one two three"),
            ("one <!-- two", "one"),
            ("one <script>two", "one"),
            ("one &hel", "one &hel"),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn collapsed_text() {
        assert_eq!(collapse(" AT&amp;T\u{a0} <b>\n\u{202e}a\u{2069}\0b "), "AT&amp;T <b> ab");
        // Marks that words need: a joiner, a left-to-right mark.
        assert_eq!(collapse("می\u{200c}شود\u{200e}"), "می\u{200c}شود\u{200e}");
        assert_eq!(collapse(" \u{2028}\u{feff} "), "");
        // Nothing to be seen is nothing to be read.
        assert_eq!(collapse("\u{200b}\u{ad} \u{200d}\u{2060}"), "");
        assert_eq!(collapse("\u{200b}ข่าว\u{200b}เช้า"), "ข่าว\u{200b}เช้า");
    }

    #[test]
    fn limited_text() {
        assert_eq!(collapse_to("one two", 7), "one two");
        assert_eq!(collapse_to("one two three", 10), "one two…");
        assert_eq!(collapse_to("one two three", 7), "one two…");
        assert_eq!(collapse_to("one-two", 3), "one…");
        assert_eq!(plain_to("<p>öné</p><p>two", 5), "öné…");
        assert_eq!(plain_to(&"a ".repeat(5_000), LIMIT).chars().count(), LIMIT);
    }
}
