//! Character references: `&amp;`, `&#8230;`.

/// U+00A0 to U+00FF, whose names HTML lists without a gap.
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy \
    reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 \
    frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml \
    Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil \
    egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde \
    ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// The others that feeds use; the last character of each word is what it means.
const OTHERS: &str = "amp& lt< gt> quot\" apos' hellip… rsquo’ lsquo‘ ldquo“ rdquo” ndash– \
    mdash— sbquo‚ bdquo„ lsaquo‹ rsaquo› bull• trade™ euro€ minus− larr← uarr↑ rarr→ darr↓ \
    harr↔ prime′ Prime″ dagger† Dagger‡ permil‰ infin∞ ne≠ le≤ ge≥ asymp≈ frasl⁄ hearts♥ \
    check✓ star☆ starf★ OElig\u{152} oelig\u{153} Scaron\u{160} scaron\u{161} Yuml\u{178} \
    fnof\u{192} circ\u{2c6} tilde\u{2dc} zwnj\u{200c} zwj\u{200d} lrm\u{200e} rlm\u{200f}";

/// Blanks among the names: they cannot be written in a list that blanks divide.
const BLANKS: [&str; 4] = ["ensp", "emsp", "thinsp", "hairsp"];

/// Those that old pages write without the semicolon.
const LEGACY: [(&str, char); 5] = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("nbsp", '\u{a0}')];

/// What 0x80 to 0x9F mean, which are Windows-1252 where they are written at all:
/// <https://html.spec.whatwg.org/#numeric-character-reference-end-state>.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// Hands each character of `text` to `push`, references decoded once, until that
/// says that it has enough.
pub(super) fn decode(text: &str, push: &mut dyn FnMut(char) -> bool) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (char, length) = if first == '&' { reference(&rest[1..]).unwrap_or((first, 1)) } else { (first, first.len_utf8()) };
        if !push(char) {
            return;
        }
        rest = &rest[length..];
    }
}

/// What the reference whose `&` stands before `rest` means, and how many bytes
/// it takes with that `&`.
fn reference(rest: &str) -> Option<(char, usize)> {
    if let Some(number) = rest.strip_prefix('#') {
        return numeric(number);
    }
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = &rest[..length];
    if rest[length..].starts_with(';') {
        return named(name).map(|char| (char, length + 2));
    }
    LEGACY.iter().find(|(legacy, _)| name.starts_with(legacy)).map(|(legacy, char)| (*char, legacy.len() + 1))
}

fn named(name: &str) -> Option<char> {
    if let Some(at) = LATIN_1.split(' ').position(|latin| latin == name) {
        return char::from_u32(0xA0 + u32::try_from(at).ok()?);
    }
    if BLANKS.contains(&name) {
        return Some(' ');
    }
    OTHERS.split(' ').find_map(|other| {
        // One character is left where the name is the whole name.
        let mut chars = other.strip_prefix(name)?.chars();
        chars.next().filter(|_| chars.next().is_none())
    })
}

/// What stands behind `&#`, and how long it is with that.
fn numeric(rest: &str) -> Option<(char, usize)> {
    let (digits, radix, mark) = match rest.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 3),
        None => (rest, 10, 2),
    };
    let mut code = 0_u32;
    let mut length = 0;
    while let Some(digit) = digits.as_bytes().get(length).and_then(|byte| char::from(*byte).to_digit(radix)) {
        // Saturated is out of range, and that is all that counts.
        code = code.saturating_mul(radix).saturating_add(digit);
        length += 1;
    }
    if length == 0 {
        return None;
    }
    let char = match code {
        0 => None,
        0x80..=0x9F => WINDOWS_1252.chars().nth(code as usize - 0x80),
        _ => char::from_u32(code),
    };
    let semicolon = usize::from(digits[length..].starts_with(';'));
    Some((char.unwrap_or(char::REPLACEMENT_CHARACTER), mark + length + semicolon))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> String {
        let mut out = String::new();
        decode(text, &mut |char| {
            out.push(char);
            true
        });
        out
    }

    #[test]
    fn named_references() {
        for (text, meant) in [
            ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"),
            ("&nbsp;&copy;&eacute;&yuml;", "\u{a0}©éÿ"),
            ("&hellip;&mdash;&euro;&trade;&rlm;", "…—€™\u{200f}"),
            ("&ensp;", " "),
            ("&Agrave;&agrave;", "Àà"),
            ("&amp;lt;", "&lt;"),
            ("AT&ampT &lt3", "AT&T <3"),
            ("&gtrsim; &unknown; &eacute &; & &&amp;", "&gtrsim; &unknown; &eacute &; & &&"),
            ("&hellip", "&hellip"),
            ("&hell;&am;", "&hell;&am;"),
        ] {
            assert_eq!(decoded(text), meant, "{text}");
        }
    }

    #[test]
    fn numeric_references() {
        for (text, meant) in [
            ("&#8230;&#x2026;&#X2026", "………"),
            ("&#128;&#x99;&#146;", "€™’"),
            ("&#0;&#xD800;&#x110000;&#99999999999999999999;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("&#x1F4F0;", "📰"),
            ("&#;&#x;&#xg;&#", "&#;&#x;&#xg;&#"),
            ("&#65B&#x41G", "ABAG"),
        ] {
            assert_eq!(decoded(text), meant, "{text}");
        }
    }
}
