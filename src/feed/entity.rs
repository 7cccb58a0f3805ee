//! Character references: `&amp;`, `&#8230;`.
//!
//! Names and meanings are those of <https://html.spec.whatwg.org/#named-character-references>:
//! all of HTML 4's, which editors write by default, and of the later ones those
//! that PHP's `htmlentities` makes of ASCII, and what else is met in prose.
//! A list is names, each followed by what it means; a blank stands for the
//! character after the one before. So 320 names are 2 kB, and half of that packed.

use crate::scan;

/// Those that most feeds have, and no others. `www/runtime.js` knows them too:
/// where a feed has another one, what knows the others is waited for.
const COMMON: &str = "amp&lt<gt>quot\"nbsp\u{a0}hellip…";

/// Those that HTML allows without the semicolon.
const LEGACY: &str = "\
    QUOT\"quot\"AMP&amp&LT<lt<GT>gt>nbsp\u{a0}iexcl cent pound curren yen brvbar sect uml COPY copy©ordf \
    laquo not shy REG reg®macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 \
    frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave \
    Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml \
    Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml \
    yacute thorn yuml ";

/// And those that need it.
const OTHERS: &str = "\
    Tab\tNewLine excl!num#dollar percnt apos'lpar rpar ast plus comma period.sol colon:semi equals=quest?\
    commat lbrack[lsqb[bsol rbrack rsqb]Hat lowbar grave lbrace{lcub{vert rbrace rcub}half½GbreveĞgbreve \
    Idotİimath inodotıOEligŒoelig ScedilŞscedil Scaron scaron YumlŸfnofƒcircˆtilde˜AlphaΑBeta Gamma Delta \
    Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho SigmaΣTau Upsilon Phi Chi Psi Omega \
    alphaαbeta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma \
    tau upsilon phi chi psi omega thetasymϑupsih pivϖensp\u{2002}emsp emsp13 numsp\u{2007}puncsp thinsp \
    hairsp ZeroWidthSpace zwnj zwj lrm rlm dash ndash–mdash horbar lsquo‘rsquo sbquo ldquo“rdquo bdquo \
    dagger†Dagger bull hellip…mldr…permil‰prime′Prime lsaquo‹rsaquo oline‾frasl⁄euro€imageℑweierp℘realℜ\
    TRADE™trade™alefsymℵfrac13⅓frac23 frac18⅛frac38 frac58 frac78 larr←uarr rarr darr harr crarr↵lArr⇐uArr \
    rArr dArr hArr forall∀part∂exist empty∅nabla∇isin notin ni∋prod∏sum∑minus lowast∗radic√prop∝infin ang∠\
    and∧or cap cup int there4∴sim∼cong≅asymp≈ne≠equiv le≤ge sub⊂sup nsub sube⊆supe oplus⊕otimes⊗perp⊥sdot⋅\
    lceil⌈rceil lfloor rfloor loz◊starf★star phone☎female♀male♂spades♠clubs♣hearts♥diams check✓cross✗lang⟨\
    rang ";

/// No name that does without the semicolon is longer, or shorter than 2.
const LEGACY_LENGTH: usize = 6;

/// What 0x80 to 0x9F mean, which are Windows-1252 where they are written at all:
/// <https://html.spec.whatwg.org/#numeric-character-reference-end-state>.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// Where a reference stands, which decides what one without a semicolon may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In text, where `&copy2` is `©2`.
    Text,
    /// In an attribute, where `?a&copy=2` is what it says.
    Attribute,
}

/// Hands each character of `text` to `push`, references decoded once, until that
/// says that it has enough.
pub(super) fn decode(text: &str, place: Place, push: &mut dyn FnMut(char) -> bool) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let whole = (first, first.len_utf8());
        let (char, length) = if first == '&' { reference(&rest[1..], place).unwrap_or(whole) } else { whole };
        if !push(char) {
            return;
        }
        rest = &rest[length..];
    }
}

/// What the reference whose `&` stands before `rest` means, and how many bytes
/// it takes with that `&`.
fn reference(rest: &str, place: Place) -> Option<(char, usize)> {
    if let Some(number) = rest.strip_prefix("#") {
        return numeric(number);
    }
    let length = scan::alphanumerics(rest);
    // A parameter of an address: in an attribute it is what it says.
    if place == Place::Attribute && rest[length..].starts_with("=") {
        return None;
    }
    let common = if rest[length..].starts_with(";") { named(COMMON, &rest[..length]) } else { None };
    common.map(|char| (char, length + 2)).or_else(|| if length < 2 { None } else { any(rest, length, place) })
}

/// The same for every name that there is. It is in the second module, with its
/// lists, which most pages would load for nothing.
#[inline(never)]
fn any(rest: &str, length: usize, place: Place) -> Option<(char, usize)> {
    let name = &rest[..length];
    if rest[length..].starts_with(";") {
        // One that is not listed stays as it is written: it may well be a real
        // name, and `&gtrsim;` is less wrong than `>rsim;`.
        return named(LEGACY, name).or_else(|| named(OTHERS, name)).map(|char| (char, length + 2));
    }
    let (char, taken) = (2..=length.min(LEGACY_LENGTH)).rev().find_map(|taken| named(LEGACY, &name[..taken]).map(|char| (char, taken)))?;
    let goes_on = taken < length || rest[length..].starts_with("=");
    (place == Place::Text || !goes_on).then_some((char, taken + 1))
}

/// What the list says that a name means.
fn named(list: &str, wanted: &str) -> Option<char> {
    let mut meant = '\0';
    let mut rest = list;
    loop {
        let (name, after) = rest.split_at(scan::alphanumerics(rest));
        let mut after = after.chars();
        meant = match after.next()? {
            ' ' => char::from_u32(u32::from(meant) + 1)?,
            char => char,
        };
        if name == wanted {
            return Some(meant);
        }
        rest = after.as_str();
    }
}

/// What stands behind `&#`, and how long it is with that.
fn numeric(rest: &str) -> Option<(char, usize)> {
    let (digits, radix, mark) = match rest.as_bytes() {
        [b'x' | b'X', hex @ ..] => (hex, 16, 3),
        digits => (digits, 10, 2),
    };
    let mut code = 0_u32;
    let mut length = 0;
    while let Some(digit) = digits.get(length).and_then(|byte| char::from(*byte).to_digit(radix)) {
        // Saturated is out of range, and that is all that counts.
        code = code.saturating_mul(radix).saturating_add(digit);
        length += 1;
    }
    if length == 0 {
        return None;
    }
    let char = match code {
        0 => None,
        0x80..=0x9F => scan::nth_char(WINDOWS_1252, code as usize - 0x80),
        _ => char::from_u32(code),
    };
    let semicolon = usize::from(digits.get(length) == Some(&b';'));
    Some((char.unwrap_or(char::REPLACEMENT_CHARACTER), mark + length + semicolon))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn decoded(text: &str, place: Place) -> String {
        let mut out = String::new();
        decode(text, place, &mut |char| {
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
            ("&lsquo;&rsquo;&ldquo;&rdquo;&sbquo;&bdquo;", "‘’“”‚„"),
            ("&ensp;&thinsp;&zwnj;&zwj;", "\u{2002}\u{2009}\u{200c}\u{200d}"),
            ("&Agrave;&agrave;&Omega;&sigmaf;&there4;&frac34;&lArr;", "ÀàΩς∴¾⇐"),
            ("&period;&comma;&lpar;&quest;&NewLine;&Tab;", ".,(?\n\t"),
            ("&scedil;&Idot;&inodot;", "şİı"),
            ("&amp;lt;", "&lt;"),
            // Not in the list, or no name at all.
            ("&gtrsim; &unknown; &; & &&amp; &hellip", "&gtrsim; &unknown; &; & && &hellip"),
            ("&hell;&am;&AMp;&Nbsp;", "&hell;&am;&AMp;&Nbsp;"),
        ] {
            assert_eq!(decoded(text, Place::Text), meant, "{text}");
            assert_eq!(decoded(text, Place::Attribute), meant, "{text}");
        }
    }

    /// <https://html.spec.whatwg.org/#named-character-reference-state>, with its
    /// own example of `&notit;` and `&notin;`.
    #[test]
    fn without_the_semicolon() {
        for (text, in_text, in_attribute) in [
            ("I'm &notin; I tell you", "I'm ∉ I tell you", "I'm ∉ I tell you"),
            ("I'm &notit I tell you", "I'm ¬it I tell you", "I'm &notit I tell you"),
            ("AT&ampT &lt3", "AT&T <3", "AT&ampT &lt3"),
            ("&copy 2020, &eacute!", "© 2020, é!", "© 2020, é!"),
            ("?a=1&copy=2&region=3&lt", "?a=1©=2®ion=3<", "?a=1&copy=2&region=3<"),
            ("&frac12cup", "½cup", "&frac12cup"),
            ("&hellip &apos &euro2", "&hellip &apos &euro2", "&hellip &apos &euro2"),
        ] {
            assert_eq!(decoded(text, Place::Text), in_text, "{text}");
            assert_eq!(decoded(text, Place::Attribute), in_attribute, "{text}");
        }
    }

    #[test]
    fn numeric_references() {
        for (text, meant) in [
            ("&#8230;&#x2026;&#X2026", "………"),
            ("&#128;&#x99;&#146;&#x9F;", "€™’Ÿ"),
            ("&#0;&#xD800;&#xDFFF;&#x110000;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("&#99999999999999999999;&#x100000041;&#4294967361;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&#000000000000000000065;&#x0000000000000000041;", "AA"),
            ("&#x1F4F0;&#x10FFFF;", "📰\u{10ffff}"),
            ("&#;&#x;&#xg;&#", "&#;&#x;&#xg;&#"),
            ("&#65B&#x41G&#65=", "ABAGA="),
        ] {
            assert_eq!(decoded(text, Place::Text), meant, "{text}");
            assert_eq!(decoded(text, Place::Attribute), meant, "{text}");
        }
    }

    /// Against a copy of the specification's table that others keep.
    #[test]
    fn the_lists_say_what_the_specification_says() {
        let mut names = 0;
        for (list, end) in [(LEGACY, ""), (LEGACY, ";"), (OTHERS, ";")] {
            for entry in list.split_inclusive(|char: char| !char.is_ascii_alphanumeric()) {
                let name = entry.trim_end_matches(|char: char| !char.is_ascii_alphanumeric());
                let written = ["&", name, end].concat();
                let specified = ["&", name, ";"].concat();
                assert_eq!(decoded(&written, Place::Attribute), html_escape::decode_html_entities(&specified), "{written}");
                assert_ne!(decoded(&written, Place::Attribute), written);
                assert!(!end.is_empty() || name.len() <= LEGACY_LENGTH, "{name} is too long");
                names += usize::from(!end.is_empty());
            }
        }
        // The specification has 106 without the semicolon; HTML 4 has 252 in all.
        assert_eq!(LEGACY.split_inclusive(|char: char| !char.is_ascii_alphanumeric()).count(), 106);
        assert!(names > 300, "{names}");
    }
}
