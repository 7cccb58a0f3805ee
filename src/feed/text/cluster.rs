//! Where a text must not be cut: inside a grapheme cluster, which is one
//! character to the reader, <https://www.unicode.org/reports/tr29/#Grapheme_Cluster_Boundaries>.
//!
//! The rules there are about where clusters end exactly. To cut a text takes less:
//! whatever is joined here too much only moves the cut. So the tables are blocks
//! of a script rather than single characters.

/// The marks that join what stands before them, by their blocks: first and last.
const MARKS: [(u16, u16); 56] = [
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    // Hebrew, Arabic, Syriac, Thaana and their neighbours.
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x0670),
    (0x06D6, 0x06ED),
    (0x0711, 0x0711),
    (0x0730, 0x074A),
    (0x07A6, 0x07B0),
    (0x07EB, 0x07FD),
    (0x0816, 0x082D),
    (0x0859, 0x085B),
    (0x0897, 0x08FF),
    // Thai, Lao, Tibetan, Burmese. The Indic scripts between are in `is_indic`.
    (0x0E31, 0x0E31),
    (0x0E33, 0x0E3A),
    (0x0E47, 0x0E4E),
    (0x0EB1, 0x0EB1),
    (0x0EB3, 0x0EBC),
    (0x0EC8, 0x0ECE),
    (0x0F18, 0x0F39),
    (0x0F3E, 0x0F3F),
    (0x0F71, 0x0FC6),
    (0x102B, 0x103E),
    (0x1056, 0x1064),
    (0x1067, 0x109D),
    // Hangul vowels and finals, which stand alone as letters too.
    (0x1160, 0x11FF),
    (0x135D, 0x135F),
    // The Philippine scripts, Khmer, Mongolian, Limbu, Buginese, Tai Tham.
    (0x1712, 0x1773),
    (0x17B4, 0x17DD),
    (0x180B, 0x180F),
    (0x1885, 0x1886),
    (0x18A9, 0x18A9),
    (0x1920, 0x193B),
    (0x1A17, 0x1A1B),
    (0x1A55, 0x1AFF),
    // Balinese, Sundanese, Batak, Lepcha.
    (0x1B00, 0x1B04),
    (0x1B34, 0x1B44),
    (0x1B6B, 0x1B82),
    (0x1BA1, 0x1BAD),
    (0x1BE6, 0x1BF3),
    (0x1C24, 0x1C37),
    (0x1CD0, 0x1CF9),
    (0x1DC0, 0x1DFF),
    (0x200C, 0x200D),
    (0x20D0, 0x20F0),
    (0x2CEF, 0x2DFF),
    (0x302A, 0x302F),
    (0x3099, 0x309A),
    (0xA66F, 0xA6F1),
    // Lesser scripts of India and Indonesia, Javanese among them.
    (0xA802, 0xA82C),
    (0xA880, 0xA8FF),
    (0xA926, 0xA983),
    (0xA9B3, 0xA9E5),
    (0xAA29, 0xABED),
    (0xD7B0, 0xD7FB),
    (0xFB1E, 0xFB1E),
];

/// Where the last cluster ends that is whole in a text that `next` follows.
pub(super) fn end(text: &str, next: char) -> usize {
    let (mut text, mut next) = (text, next);
    while joins(text, next) {
        let mut chars = text.chars();
        next = chars.next_back().unwrap_or(next);
        text = chars.as_str();
    }
    text.len()
}

/// Whether `next` belongs to the cluster that the text ends with.
pub(super) fn joins(text: &str, next: char) -> bool {
    let Some(last) = text.chars().next_back() else {
        return false;
    };
    if next < '\u{300}' {
        // Only a joiner or a prepended sign joins what comes after it.
        return is_before_anything(last) && !next.is_whitespace();
    }
    is_mark(next)
        || is_before_anything(last)
        // Flags are pairs of letters.
        || is_flag_letter(next) && text.chars().rev().take_while(|char| is_flag_letter(*char)).count() % 2 == 1
        // Hangul: an initial and another, or the syllable that it begins.
        || matches!(last, '\u{1100}'..='\u{115F}' | '\u{A960}'..='\u{A97C}')
            && matches!(next, '\u{1100}'..='\u{115F}' | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7A3}')
}

/// What ends no cluster: the joiner of emoji, viramas that put the next consonant
/// under the one before, and the signs that Arabic and others put before numbers.
fn is_before_anything(char: char) -> bool {
    matches!(char, '\u{200D}' | '\u{1039}' | '\u{17D2}' | '\u{0600}'..='\u{0605}' | '\u{06DD}' | '\u{070F}'
        | '\u{0890}'..='\u{0891}' | '\u{08E2}' | '\u{0D4E}' | '\u{110BD}'..='\u{11FFF}')
        || is_indic(char) && u32::from(char) & 0x7F == 0x4D
}

fn is_flag_letter(char: char) -> bool {
    matches!(char, '\u{1F1E6}'..='\u{1F1FF}')
}

/// The Indic scripts from Devanagari to Sinhala, which Unicode lays out alike.
fn is_indic(char: char) -> bool {
    matches!(char, '\u{0900}'..='\u{0DFF}')
}

/// Whether a character joins whatever stands before it.
pub(super) fn is_mark(char: char) -> bool {
    let code = u32::from(char);
    if is_indic(char) {
        return matches!(code & 0x7F, 0..=4 | 0x3A..=0x3C | 0x3E..=0x5F | 0x62..=0x63 | 0x70..=0x7F);
    }
    match u16::try_from(code) {
        Ok(0xFE00..=0xFE2F | 0xFF9E..=0xFF9F) => true,
        Ok(code) => MARKS.iter().any(|(first, last)| (*first..=*last).contains(&code)),
        // Lesser scripts whole, the colours of skin, tags and variations.
        Err(_) => matches!(code, 0x101FD..=0x1037A | 0x10A01..=0x10AE6 | 0x10D24..=0x10F85 | 0x11000..=0x11FFF | 0x16100..=0x1613F
            | 0x13430..=0x13455 | 0x16AF0..=0x16FF1 | 0x1BC9D..=0x1BC9E | 0x1CF00..=0x1DAAF | 0x1E000..=0x1E94A
            | 0x1F3FB..=0x1F3FF | 0xE0000..=0xE0FFF),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

    use super::*;

    /// Every character against a crate that has the whole of Unicode's tables: what
    /// is one cluster there is never cut here.
    #[test]
    fn no_cluster_is_cut() {
        let is_boundary = |text: &str, at| GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap();
        let mut missed = Vec::new();
        // Beyond are Chinese characters, tags and variations, and nothing more.
        for next in (' '..='\u{1FFFF}').chain('\u{E0000}'..='\u{E0FFF}').filter(|char| !char.is_control()) {
            for before in ["a", "क्", "ᄀ", "\u{1F1EE}", "👩\u{200D}"] {
                let whole = [before, next.encode_utf8(&mut [0; 4])].concat();
                if !is_boundary(&whole, before.len()) && !joins(before, next) {
                    missed.push((before, u32::from(next)));
                }
            }
            let whole = [next.encode_utf8(&mut [0; 4]), "a"].concat();
            if !is_boundary(&whole, next.len_utf8()) && !joins(&whole[..next.len_utf8()], 'a') {
                missed.push(("before a", u32::from(next)));
            }
        }
        let missed: Vec<_> = missed.iter().map(|(before, next)| format!("{before} {next:X}")).collect();
        assert!(missed.is_empty(), "{} are cut: {}", missed.len(), missed.join(", "));
    }

    /// Too much is joined at times, but no letter of a script that has no marks.
    #[test]
    fn letters_stand_alone() {
        for text in ["ab", "éa", "жя", "中文", "あア", "한글", "กก", "ကက", "កក", "कख", "בא", "سب", "🇮🇩🇲🇾", "👍👍", "a👍", "1㎏"]
        {
            let (at, last) = text.grapheme_indices(true).next_back().unwrap();
            assert!(!joins(&text[..at], last.chars().next().unwrap()), "{text}");
            assert!(at > 0);
        }
    }
}
