//! Looking through texts, as plain functions.
//!
//! std's own take a pattern of any type, and the compiler writes each of them anew
//! for every type: with the two-way search for texts and the searches for one of
//! several characters, that was 8 kB of what a reader waits for. What is looked
//! for here is short and so is most of what it is looked for in, and one loop for
//! all does it. Marks are ASCII, so that they are single bytes and a text can be
//! cut beside them.

/// What HTML calls whitespace: <https://infra.spec.whatwg.org/#ascii-whitespace>.
pub(crate) const BLANKS: &[u8] = b" \t\n\x0c\r";

/// Whether a byte is one of these marks. std looks through slices of bytes by whole
/// words, which takes 500 bytes and is for long ones.
#[inline(never)]
pub(crate) fn is_one(byte: u8, marks: &[u8]) -> bool {
    for mark in marks {
        if *mark == byte {
            return true;
        }
    }
    false
}

/// How far it is to the first of these marks; the whole length where there is none.
#[inline(never)]
pub(crate) fn until(text: &str, marks: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at)
        && !is_one(*byte, marks)
    {
        at += 1;
    }
    at
}

/// Where a mark is, if it is there.
#[inline(never)]
pub(crate) fn position(text: &str, mark: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        if *byte == mark {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Where the last of these marks is, if one is there.
#[inline(never)]
pub(crate) fn last_position(text: &str, marks: &[u8]) -> Option<usize> {
    let mut at = text.len();
    while let Some(before) = at.checked_sub(1) {
        if is_one(text.as_bytes()[before], marks) {
            return Some(before);
        }
        at = before;
    }
    None
}

/// Whether a mark is there.
pub(crate) fn has_mark(text: &str, mark: u8) -> bool {
    position(text, mark).is_some()
}

/// Whether a character says something, as no punctuation does. `char` itself
/// knows it exactly, from 2 kB of tables.
#[inline(never)]
pub(crate) fn is_letter(char: char) -> bool {
    let is_sign = matches!(char, '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}');
    char.is_ascii_alphanumeric() || (char >= 'À' && !is_sign)
}

/// How many ASCII letters and digits a text begins with.
#[inline(never)]
pub(crate) fn alphanumerics(text: &str) -> usize {
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at)
        && byte.is_ascii_alphanumeric()
    {
        at += 1;
    }
    at
}

/// Where a text first stands in another.
#[inline(never)]
pub(crate) fn find(text: &str, wanted: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = text.as_bytes().get(at..) {
        if rest.starts_with(wanted.as_bytes()) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Where a text last stands in another.
#[inline(never)]
pub(crate) fn find_last(text: &str, wanted: &str) -> Option<usize> {
    let mut end = text.len();
    while let Some(head) = text.as_bytes().get(..end) {
        if head.ends_with(wanted.as_bytes()) {
            return Some(end - wanted.len());
        }
        end = end.checked_sub(1)?;
    }
    None
}

/// Whether a text stands in another.
pub(crate) fn has(text: &str, wanted: &str) -> bool {
    find(text, wanted).is_some()
}

/// What stands before and after the first of these texts; all of it and nothing
/// where there is none.
#[inline(never)]
pub(crate) fn parted<'a>(text: &'a str, by: &str) -> (&'a str, &'a str) {
    match find(text, by) {
        Some(at) => (&text[..at], &text[at + by.len()..]),
        None => (text, ""),
    }
}

/// Whether one of a text's characters is this one.
#[inline(never)]
pub(crate) fn has_char(text: &str, wanted: char) -> bool {
    text.chars().any(|char| char == wanted)
}

/// The character at a place, counted in characters.
#[inline(never)]
pub(crate) fn nth_char(text: &str, place: usize) -> Option<char> {
    let mut left = place;
    for char in text.chars() {
        if left == 0 {
            return Some(char);
        }
        left -= 1;
    }
    None
}

/// The text without the marks that it begins with.
#[inline(never)]
pub(crate) fn without_first<'a>(text: &'a str, marks: &[u8]) -> &'a str {
    let mut text = text;
    while let Some((first, _)) = text.as_bytes().split_first()
        && is_one(*first, marks)
    {
        text = &text[1..];
    }
    text
}

/// The text without the marks that it ends with.
#[inline(never)]
pub(crate) fn without_last<'a>(text: &'a str, marks: &[u8]) -> &'a str {
    let mut text = text;
    while let Some((last, _)) = text.as_bytes().split_last()
        && is_one(*last, marks)
    {
        text = &text[..text.len() - 1];
    }
    text
}

/// The text without this end, however often it has it.
#[inline(never)]
pub(crate) fn without_end<'a>(text: &'a str, end: &str) -> &'a str {
    let mut text = text;
    while let Some(head) = text.strip_suffix(end) {
        text = head;
    }
    text
}

/// The text without the unwanted characters that it ends with.
#[inline(never)]
pub(crate) fn trim_end_by(text: &str, is_unwanted: fn(char) -> bool) -> &str {
    let mut chars = text.chars();
    loop {
        let text = chars.as_str();
        if !chars.next_back().is_some_and(is_unwanted) {
            return text;
        }
    }
}

/// The text without the unwanted characters that it begins with.
#[inline(never)]
pub(crate) fn trim_start_by(text: &str, is_unwanted: fn(char) -> bool) -> &str {
    let mut chars = text.chars();
    loop {
        let text = chars.as_str();
        if !chars.next().is_some_and(is_unwanted) {
            return text;
        }
    }
}

/// The text without the whitespace at its start, in whatever script.
pub(crate) fn trim_start(text: &str) -> &str {
    trim_start_by(text, char::is_whitespace)
}

/// The text without the whitespace at its end, in whatever script.
pub(crate) fn trim_end(text: &str) -> &str {
    trim_end_by(text, char::is_whitespace)
}

/// The text without the whitespace around it, in whatever script.
#[inline(never)]
pub(crate) fn trim(text: &str) -> &str {
    trim_start(trim_end(text))
}

/// The pieces of a text between marks; those that are empty are left out.
pub(crate) struct Pieces<'a> {
    rest: &'a str,
    marks: &'a [u8],
}

/// See [`Pieces`].
pub(crate) fn pieces<'a>(text: &'a str, marks: &'a [u8]) -> Pieces<'a> {
    Pieces { rest: text, marks }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        self.rest = without_first(self.rest, self.marks);
        if self.rest.is_empty() {
            return None;
        }
        let (piece, rest) = self.rest.split_at(until(self.rest, self.marks));
        self.rest = rest;
        Some(piece)
    }
}

/// Whether a list of words with blanks between them has this one, in whatever case
/// of A to Z.
#[inline(never)]
pub(crate) fn lists(words: &str, wanted: &str) -> bool {
    let mut rest = words;
    while !rest.is_empty() {
        let end = position(rest, b' ').unwrap_or(rest.len());
        if rest[..end].eq_ignore_ascii_case(wanted) {
            return true;
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    false
}

/// The text with another in the place of each of these.
#[inline(never)]
pub(crate) fn replaced(text: &str, from: &str, to: &str) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(at) = find(rest, from) {
        replaced.push_str(&rest[..at]);
        replaced.push_str(to);
        rest = &rest[at + from.len()..];
    }
    replaced.push_str(rest);
    replaced
}

/// Adds texts to one.
#[inline(never)]
pub(crate) fn add(to: &mut String, texts: &[&str]) {
    for text in texts {
        to.push_str(text);
    }
}

/// Adds a text to a list of them that is one text itself, with this between.
#[inline(never)]
pub(crate) fn list(to: &mut String, between: &str, text: &str) {
    if !to.is_empty() {
        to.push_str(between);
    }
    to.push_str(text);
}

/// A whole number with or without a sign, as `str::parse` reads it; nothing where it
/// is none, or has more than 18 digits.
#[inline(never)]
pub(crate) fn integer(text: &str) -> Option<i64> {
    let is_negative = text.starts_with("-");
    let digits = text.strip_prefix(if is_negative { "-" } else { "+" }).unwrap_or(text);
    let mut number = 0;
    for byte in digits.bytes() {
        if !byte.is_ascii_digit() || number >= 100_000_000_000_000_000 {
            return None;
        }
        number = number * 10 + i64::from(byte - b'0');
    }
    if digits.is_empty() {
        return None;
    }
    Some(if is_negative { -number } else { number })
}

/// The number in decimal digits.
#[inline(never)]
pub(crate) fn decimal(number: i64) -> String {
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    let number = number.unsigned_abs();
    let mut unit = 1;
    while number / unit > 9 {
        unit *= 10;
    }
    while unit > 0 {
        // A remainder of ten is a digit whatever happens.
        text.push(char::from(b'0' + u8::try_from(number / unit % 10).unwrap_or_default()));
        unit /= 10;
    }
    text
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
