//! The first words of a text.

use super::cluster;
use crate::scan::{self, trim_end_by, trim_start_by, without_end};

/// Finds words in a text, for the scripts that put no blanks between them: gives
/// where each word ends, in ascending order and in UTF-16 code units, because that
/// is what the browser's `Intl.Segmenter` counts in: of its segments by `word`, the
/// ends of those that are `isWordLike`. What lies outside the text is ignored.
pub type Segment<'a> = &'a dyn Fn(&str) -> Vec<u32>;

/// What a word counts. A letter of a script without blanks is a part of one.
const WORD: usize = 40;

/// How many characters a word may have before each counts as a part of another:
/// a URL is not one word to the eye.
const LONG: usize = 32;

/// The first `words` words of a plain text, ended by ` […]` if that is not all of
/// it. A text that ends in `[…]`, `[...]`, `…`, `(more…)`, `[Read more]`,
/// `… Continue reading →` or the like was cut before, so it ends in ` […]` too, and
/// in one only. No words give nothing.
///
/// `segment` is asked only where a text has Chinese, Japanese, Thai, Lao, Khmer or
/// Burmese in it. Without it a word is two characters of the first two and five
/// of the others. A word longer than 32 characters counts for one more with every
/// eight, and is cut if need be; what the reader takes for one character is not.
pub fn excerpt(text: &str, words: usize, segment: Option<Segment<'_>>) -> String {
    if words == 0 {
        return String::new();
    }
    let (whole, mut open) = bare(text, false);
    let mut text = whole;
    if let Some(head) = cut(whole, words, segment) {
        (text, open) = (head, true);
    }
    if text.is_empty() || !open {
        return text.to_owned();
    }
    text.to_owned() + " […]"
}

/// The first `words` words, if there are more than that, without an ellipsis.
pub(super) fn cut<'a>(text: &'a str, words: usize, segment: Option<Segment<'_>>) -> Option<&'a str> {
    let by_words = match segment {
        Some(segment) if text.chars().any(|char| letter(char) > 0) => end_by_segment(text, words, &segment(text)),
        _ => end_by_count(text, words),
    };
    // Whatever the words are, they are not longer than that.
    let mut left = words.saturating_mul(LONG);
    let mut end = by_words;
    for (at, next) in text.char_indices() {
        if end.is_some_and(|end| end <= at) {
            break;
        }
        if left == 0 {
            end = Some(cluster::end(&text[..at], next));
            break;
        }
        left -= 1;
    }
    Some(bare(&text[..end?], true).0)
}

/// Where the first word that is too many begins, by what the browser knows.
fn end_by_segment(text: &str, words: usize, ends: &[u32]) -> Option<usize> {
    let last = *ends.get(words.checked_sub(1)?)?;
    let mut units = 0;
    for (at, char) in text.char_indices() {
        if units >= last && !is_closing(char) && !char.is_whitespace() && !cluster::joins(&text[..at], char) {
            return Some(at);
        }
        units = units.saturating_add(if char > '\u{FFFF}' { 2 } else { 1 });
    }
    None
}

/// The same, by blanks and the number of characters.
fn end_by_count(text: &str, words: usize) -> Option<usize> {
    let mut left = words.saturating_mul(WORD);
    // How many characters the word has so far.
    let mut length = 0;
    for (at, char) in text.char_indices() {
        if char.is_whitespace() {
            length = 0;
            continue;
        }
        let letter = letter(char);
        let cost = match length {
            _ if letter > 0 => letter,
            0 if cluster::is_mark(char) || is_wide_mark(char) || is_closing(char) => 0,
            0 => WORD,
            LONG.. => WORD / 8,
            _ => 0,
        };
        if cost > left && !is_closing(char) && !cluster::joins(&text[..at], char) {
            return Some(at);
        }
        left = left.saturating_sub(cost);
        length = if letter > 0 || length == 0 && cost == 0 { 0 } else { length + 1 };
    }
    None
}

/// Which part of a word a letter is, in scripts without blanks; 0 in the others.
fn letter(char: char) -> usize {
    match char {
        // Han, kana, bopomofo.
        '\u{2E80}'..='\u{2FDF}'
        | '\u{3041}'..='\u{312F}'
        | '\u{31A0}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}'
        | '\u{20000}'..='\u{3FFFF}' => WORD / 2,
        // Thai, Lao, Burmese, Khmer.
        '\u{0E01}'..='\u{0EDF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{A9E0}'..='\u{A9FE}' | '\u{AA60}'..='\u{AA7F}' => {
            WORD / 5
        }
        _ => 0,
    }
}

/// The marks that go with Chinese and Japanese, which must not be torn off.
fn is_wide_mark(char: char) -> bool {
    matches!(char, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}' | '‘' | '’' | '“' | '”' | '…')
}

/// What no line and no excerpt ends in, <https://www.w3.org/TR/jlreq/#line_breaking_rules>.
/// Thai and Lao write some vowels before the consonant that they belong to.
fn is_opening(char: char) -> bool {
    matches!(char, '\u{0E40}'..='\u{0E44}' | '\u{0EC0}'..='\u{0EC4}') || scan::has_char("“‘「『（《〈【〔［｛〖〘([{«‹¿¡", char)
}

/// What no line begins with, beside wide marks.
const CLOSING: &str = ",.;:!?)]}%°»›ゝゞヽヾーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ\u{FF70}\u{0E2F}\u{0E46}\u{0EC6}\u{104A}\u{104B}\u{17D4}\u{17D5}";

/// What no line begins with: marks that close, small kana, the sign for a long vowel.
fn is_closing(char: char) -> bool {
    is_wide_mark(char) && !is_opening(char) || scan::has_char(CLOSING, char)
}

/// What ends a text that was cut. A list in one text, as others here: a table of texts is longer.
const ELLIPSES: &str = "[…]|[...]|[&hellip;]|…|(…)|(...)| ...";

/// What the link to the rest of an article is called, where nothing else tells it.
const MORE: &str = "read more|continue reading|keep reading|baca selengkapnya|selengkapnya|more";

/// No such link's name is longer, in bytes.
const MORE_LENGTH: usize = 80;

/// The text without the marks of an earlier cut, and whether there were any. Where
/// it is cut now, what opens a quotation that never comes goes too.
fn bare(text: &str, cut: bool) -> (&str, bool) {
    // A French quotation ends in » too.
    let is_arrow = if scan::has_char(text, '«') { |char| char == '→' } else { |char| matches!(char, '→' | '»' | '›') };
    let mut text = scan::trim(text);
    let mut open = cut;
    loop {
        let mut head = text;
        if cut {
            head = trim_end_by(head, is_opening);
        }
        // Without a mark of a cut, three dots are the author's own.
        if open {
            head = without_end(head, "...");
        }
        let ellipsis = scan::pieces(ELLIPSES, b"|").find_map(|mark| head.strip_suffix(mark));
        if let Some(before) = ellipsis.or_else(|| without_more(head, is_arrow)) {
            (head, open) = (before, true);
        }
        if head.len() == text.len() {
            return (text, open);
        }
        text = scan::trim_end(head);
    }
}

/// The text without the link to the rest of it.
fn without_more(text: &str, is_arrow: fn(char) -> bool) -> Option<&str> {
    if let Some(inner) = text.strip_suffix("]").or_else(|| text.strip_suffix(")")) {
        let at = scan::last_position(inner, b"[(")?;
        return is_more(&inner[at + 1..]).then_some(&text[..at]);
    }
    let name = trim_end_by(text, is_arrow);
    let has_arrow = name.len() < text.len();
    let mut from = name.len().saturating_sub(MORE_LENGTH);
    while !name.is_char_boundary(from) {
        from += 1;
    }
    for mark in &["…]", "...]", "…", "..."] {
        let Some(at) = scan::find_last(&name[from..], mark) else { continue };
        let (head, after) = name.split_at(from + at + mark.len());
        if has_arrow && scan::until(after, b".!?") == after.len() || is_more(after) {
            return Some(head);
        }
    }
    let name = scan::trim_end(name);
    has_arrow.then(|| scan::pieces(MORE, b"|").find_map(|more| strip_words(name, more)).unwrap_or(name))
}

/// Whether that is a link's name.
fn is_more(name: &str) -> bool {
    let is_around = |char: char| char.is_whitespace() || scan::has_char("….→»›", char);
    let name = trim_start_by(trim_end_by(name, is_around), is_around);
    scan::pieces(MORE, b"|").any(|more| name.eq_ignore_ascii_case(more))
}

/// The text before the words that it ends in, whatever their case.
fn strip_words<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(words.len())?;
    let (head, tail) = (text.get(..at)?, text.get(at..)?);
    (tail.eq_ignore_ascii_case(words) && !head.chars().next_back().is_some_and(scan::is_letter)).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[(&str, usize, &str)], segment: Option<Segment<'_>>) {
        for (text, words, excerpted) in rows {
            assert_eq!(excerpt(text, *words, segment), *excerpted, "{text}");
        }
    }

    #[test]
    fn excerpts() {
        check(
            &[
                ("one two three", 3, "one two three"),
                ("one two three", 2, "one two […]"),
                ("one two three", 0, ""),
                ("、", 0, ""),
                ("", 3, ""),
                ("one… two", 1, "one […]"),
                ("one... two", 1, "one […]"),
                ("He said “yes” twice", 2, "He said […]"),
                ("He said (yes) twice", 3, "He said (yes) […]"),
                ("Rp 5.000 – 10.000 sekilo", 3, "Rp 5.000 – […]"),
            ],
            None,
        );
    }

    #[test]
    fn one_ellipsis() {
        for text in [
            "one two […]",
            "one two [...]",
            "one two [&hellip;]",
            "one two…",
            "one two ...",
            "one two (…)",
            "one two (more…)",
            "one two (more...)",
            "one two [Read more]",
            "one two [Read More…]",
            "one two… Read more",
            "one two... Read more",
            "one two… Continue reading →",
            "one two [...] Lire la suite »",
            "one two […] Baca selengkapnya »",
            "one two Selengkapnya »",
            "one two »",
            "one two [...] […]",
            "one two … … ...",
        ] {
            assert_eq!(excerpt(text, 2, None), "one two […]", "{text}");
            assert_eq!(excerpt(text, 9, None), "one two […]", "{text}");
        }
        // What the author wrote.
        for text in ["Well...", "Il dit « oui »", "He left (for good)", "Read more", "one more", "two [sic]", ":)", "]"] {
            assert_eq!(excerpt(text, 9, None), text);
        }
        assert_eq!(excerpt("…", 5, None), "");
        assert_eq!(excerpt("[…] »", 5, None), "");
    }

    #[test]
    fn scripts_without_blanks() {
        check(
            &[
                ("两岸猿声啼不住，轻舟已过万重山。", 4, "两岸猿声啼不住，轻 […]"),
                // No closing mark is torn off, no opening one left.
                ("两岸猿声，轻舟已过", 2, "两岸猿声， […]"),
                ("両岸では「猿の声」です", 2, "両岸では […]"),
                ("スパークを買う", 1, "スパー […]"),
                ("东京 2020 年", 2, "东京 2020 […]"),
                // U+0E49 and U+0E31 belong to the letters before them.
                ("ที่นี่มีข้าวเหนียว", 1, "ที่นี่ […]"),
                ("กินน้ำ", 1, "กินน้ำ"),
                // เ belongs to the letter after it.
                ("กกกกเกกกก", 1, "กกกก […]"),
            ],
            None,
        );
    }

    #[test]
    fn words_as_the_browser_finds_them() {
        // As Chromium's `Intl.Segmenter` gives them for "th", "zh" and "ja".
        let ends = |text: &str| match text {
            "ฉันกินข้าวกับปลา" => vec![3, 6, 10, 13, 16],
            "我们在北京，吃饭。" => vec![2, 3, 5, 8],
            "𠮷野家で食べる" => vec![2, 4, 5, 8],
            _ => vec![7, 3, u32::MAX, 0],
        };
        check(
            &[
                ("ฉันกินข้าวกับปลา", 3, "ฉันกินข้าว […]"),
                ("ฉันกินข้าวกับปลา", 5, "ฉันกินข้าวกับปลา"),
                ("我们在北京，吃饭。", 3, "我们在北京， […]"),
                ("我们在北京，吃饭。", 4, "我们在北京，吃饭。"),
                ("𠮷野家で食べる", 2, "𠮷野家 […]"),
                // Blanks divide these: nothing is asked.
                ("one two three", 2, "one two […]"),
                // An answer that makes no sense.
                ("中文中文中文中文", 1, "中文中文中文中 […]"),
                ("中文中文中文中文", 3, "中文中文中文中文"),
            ],
            Some(&ends),
        );
    }

    #[test]
    fn a_word_that_is_too_long() {
        let url = format!("https://news.example/{}", "a".repeat(479));
        // 32 characters, and 29 words of 8.
        assert_eq!(excerpt(&url, 30, None), format!("{} […]", &url[..264]));
        assert_eq!(excerpt(&["See ", &url].concat(), 1, None), "See […]");
        let word = "Rindfleischetikettierungsüberwachungsaufgabe";
        assert_eq!(excerpt(&[word, " ist lang"].concat(), 3, None), format!("{word} […]"));
        // Marks are no words, but no excerpt consists of a thousand.
        assert_eq!(excerpt(&"、".repeat(1_000), 2, None), format!("{} […]", "、".repeat(64)));
    }

    #[test]
    fn clusters_are_whole() {
        let family = "👨\u{200d}👩\u{200d}👧";
        for cluster in [family, "e\u{301}\u{323}", "🇮🇩", "क्ष", "한", "👍🏽"] {
            let text = cluster.repeat(40);
            let head = excerpt(&text, 1, None);
            let head = head.strip_suffix(" […]").unwrap();
            assert_eq!(head, cluster.repeat(head.len() / cluster.len()));
            assert!((1..=LONG + 4).contains(&head.chars().count()), "{head}");
        }
        assert_eq!(excerpt("葛\u{e0100}葛\u{e0100}葛\u{e0100}", 1, None), "葛\u{e0100}葛\u{e0100} […]");
    }
}
