//! Plain text out of what feeds hold.

use super::entity;
use super::html::{self, Token, Tokens};

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

/// The first `words` words of a plain text, ended by ` […]` if that is not all of
/// it. A text that ends in `[…]`, `[...]`, `[&hellip;]` or `…` was cut before, so
/// it ends in ` […]` too, and in one only. No words give nothing.
///
/// Chinese and Japanese, which put no blanks between words, are counted as two
/// characters to a word.
pub fn excerpt(text: &str, words: usize) -> String {
    if words == 0 {
        return String::new();
    }
    let (whole, mut open) = without_ellipsis(text);
    let mut text = whole;
    if let Some(head) = cut(whole, words) {
        (text, open) = (without_ellipsis(head).0, true);
    }
    if text.is_empty() || !open {
        return text.to_owned();
    }
    [text, " […]"].concat()
}

/// [`plain`], of at most `limit` characters, after which it reads no further.
pub(super) fn plain_to(html: &str, limit: usize) -> String {
    let mut line = Line::new(limit);
    for token in Tokens::new(html) {
        match token {
            Token::Text(text) => entity::decode(text, entity::Place::Text, &mut |char| line.push(char)),
            Token::Tag { name, .. } => {
                if html::divides_words(name) {
                    line.push(' ');
                }
            }
        }
        if line.cut {
            break;
        }
    }
    line.end()
}

/// [`collapse`], to at most `limit` characters.
pub(super) fn collapse_to(text: &str, limit: usize) -> String {
    let mut line = Line::new(limit);
    for char in text.chars() {
        if !line.push(char) {
            break;
        }
    }
    line.end()
}

/// What stands for a missing title: the text's first words.
pub(super) fn headline(text: &str) -> String {
    match cut(text, HEADLINE) {
        Some(head) => [without_ellipsis(head).0, "…"].concat(),
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
        } else if !is_unwanted(char) {
            let length = 1 + usize::from(self.gap);
            self.cut = self.left < length;
            if self.cut {
                return false;
            }
            if self.gap {
                self.text.push(' ');
            }
            self.text.push(char);
            self.left -= length;
            self.gap = false;
        }
        true
    }

    /// The text. If it was cut in a word, that word goes, unless it is most of it.
    fn end(mut self) -> String {
        if self.cut {
            if let Some(blank) = self.text.rfind(' ')
                && !self.gap
                && blank > self.text.len() / 2
            {
                self.text.truncate(blank);
            }
            self.text.push('…');
        }
        self.text
    }
}

fn is_unwanted(char: char) -> bool {
    char.is_control() || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The first `words` words, if there are more than that.
fn cut(text: &str, words: usize) -> Option<&str> {
    // In half words, for the sake of the scripts without blanks.
    let mut left = words.saturating_mul(2);
    let mut in_word = false;
    for (at, char) in text.char_indices() {
        let wide = is_ideograph(char);
        let cost = match () {
            () if wide => 1,
            () if in_word || char.is_whitespace() || is_wide_mark(char) => 0,
            () => 2,
        };
        if cost > left {
            let opened = |char: char| char.is_whitespace() || "“‘「『（《〈【".contains(char);
            return Some(text[..at].trim_end_matches(opened));
        }
        left -= cost;
        in_word = !wide && !char.is_whitespace() && (in_word || cost == 2);
    }
    None
}

/// Han, kana, bopomofo.
fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{2E80}'..='\u{2FDF}' | '\u{3041}'..='\u{312F}' | '\u{31A0}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The marks that go with those, which must not be torn off them.
fn is_wide_mark(char: char) -> bool {
    matches!(char, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF1F}'
        | '‘' | '’' | '“' | '”' | '…')
}

/// The text without the marks of an earlier cut, and whether there were any.
fn without_ellipsis(text: &str) -> (&str, bool) {
    let mut text = text.trim();
    let mut found = false;
    while let Some(head) = ["[…]", "[...]", "[&hellip;]", "…"].iter().find_map(|mark| text.strip_suffix(mark)) {
        text = head.trim_end();
        found = true;
    }
    (text, found)
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

    #[test]
    fn excerpts() {
        for (text, words, excerpted) in [
            ("one two three", 3, "one two three"),
            ("one two three", 2, "one two […]"),
            ("one two three", 0, ""),
            ("、", 0, ""),
            ("", 3, ""),
            ("one two […]", 2, "one two […]"),
            ("one two [&hellip;]", 3, "one two […]"),
            ("one two [...] […]", 1, "one […]"),
            ("one… two", 1, "one […]"),
            ("one two…", 5, "one two […]"),
            ("…", 5, ""),
            ("Well...", 5, "Well..."),
            ("He said “yes” twice", 2, "He said […]"),
            ("两岸猿声啼不住，轻舟已过万重山。", 4, "两岸猿声啼不住，轻 […]"),
            ("东京 2020 年", 2, "东京 2020 […]"),
        ] {
            assert_eq!(excerpt(text, words), excerpted, "{text}");
        }
    }
}
