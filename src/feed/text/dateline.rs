//! Datelines: where a report comes from, and whose it is.

use crate::scan::{self, has_mark, pieces, trim_end, trim_start};

/// No dateline is longer, in bytes.
const LENGTH: usize = 80;

/// What divides it from the report, between blanks.
const DASHES: &str = "– — ― -- - −";

/// Words in capitals that begin texts and are no places.
const LABELS: &str = "BREAKING UPDATE UPDATED VIDEO WATCH LIVE EXCLUSIVE EKSKLUSIF OPINION OPINI FOTO PHOTO PHOTOS \
    GALLERY INFOGRAFIS INFOGRAPHIC ANALYSIS ANALISIS REVIEW INTERVIEW WAWANCARA HOAKS HOAX FAKTA FACT TIPS QUIZ KUIS \
    CORRECTION RALAT NOTE CATATAN NEWS BERITA WARNING";

/// Splits a text that begins with a dateline into that, without its dash, and the
/// rest: `MALANG, Kabar – Pasar …` is `MALANG, Kabar` and `Pasar …`.
///
/// A dateline has its place in capitals (`WASHINGTON, Nov. 24`), its source in
/// brackets (`Jakarta (ANTARA)`) or a site's name (`TEMPO.CO, Jakarta`) at its head, as
/// <https://en.wikipedia.org/wiki/Dateline> shows them, or is that of a Chinese
/// agency (`北京11月24日电`). It is taken for one only if it is short and a sentence
/// begins after it; a place of up to three letters alone, or one that no source
/// goes with and that is a word such as `BREAKING`, is not.
pub fn dateline(text: &str) -> Option<(&str, &str)> {
    let text = trim_start(text);
    chinese(text).or_else(|| {
        let (head, dash, rest) = split(text)?;
        let is_prose = scan::until(head, b"!?;:\"") < head.len() || scan::has_char(head, '“');
        let is_one = begins_sentence(rest) && !is_prose && is_dateline(head, dash == "--");
        is_one.then_some((head, rest))
    })
}

/// What stands before the first dash, the dash, and what stands after it.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let mut at = 0;
    while let Some(length) = scan::position(&text[at..], b' ') {
        let head = &text[..at + length];
        if head.len() > LENGTH {
            return None;
        }
        let after = trim_start(&text[head.len()..]);
        let (next, rest) = after.split_at(scan::until(after, b" "));
        if scan::lists(DASHES, next) {
            return Some((head, next, trim_start(rest)));
        }
        at = text.len() - after.len();
    }
    None
}

fn is_dateline(head: &str, is_wire_dash: bool) -> bool {
    let (mut place, mut source) = (head, "");
    if let Some(inner) = head.strip_suffix(")")
        && let Some(at) = scan::last_position(inner, b"(")
    {
        (place, source) = (trim_end(&inner[..at]), &inner[at + 1..]);
    }
    let (first, others) = place.split_at(scan::until(place, b","));
    // Names and dates only: prose has small words.
    let is_named = are_names(first) && pieces(others, b",").all(|part| are_names(part) || is_date(part));
    if !is_named || !words(source).next().is_none_or(is_name) || !head.chars().any(is_capital) {
        return false;
    }
    let first = trim_end(first);
    let has_more = first.len() < place.len();
    if !source.is_empty() || is_site(first) {
        return true;
    }
    let in_capitals = !first.chars().any(is_small) && !is_date(first);
    let is_label = in_capitals && words(first).any(|word| scan::lists(LABELS, word));
    if in_capitals && !is_label && (has_more || first.chars().count() > 3) {
        return true;
    }
    // `Jakarta, CNN Indonesia --`: nobody but agencies writes that dash.
    has_more && is_wire_dash
}

fn words(text: &str) -> scan::Pieces<'_> {
    pieces(text, b" /")
}

fn is_date(part: &str) -> bool {
    part.bytes().any(|byte| byte.is_ascii_digit())
}

fn are_names(part: &str) -> bool {
    words(part).all(is_name)
}

/// Whether a word is a name or a number: it begins so, or like `al-Arish`.
fn is_name(word: &str) -> bool {
    !word.chars().next().is_some_and(is_small) || word.chars().any(is_capital)
}

/// Whether a place is a site's name: `KOMPAS.com`, `TEMPO.CO`.
fn is_site(name: &str) -> bool {
    scan::last_position(name, b".").is_some_and(|at| {
        let (name, end) = (&name[..at], &name[at + 1..]);
        name.len() > 2 && (2..=4).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphabetic()) && !has_mark(name, b' ')
    })
}

/// Whether a text may be a sentence's beginning: not where it goes on in small.
fn begins_sentence(text: &str) -> bool {
    text.chars().find(|char| !scan::has_char("“\"‘'«([¿¡", *char)).is_some_and(|char| !is_small(char))
}

/// Latin to U+00FF, Greek and Cyrillic: further alphabets have both cases mixed.
fn is_capital(char: char) -> bool {
    matches!(char, 'A'..='Z' | 'À'..='Þ' | 'Α'..='Ω' | 'Ѐ'..='Я')
}

fn is_small(char: char) -> bool {
    matches!(char, 'a'..='z' | 'ß'..='ÿ' | 'α'..='ω' | 'а'..='џ')
}

/// `新华社北京11月24日电（记者张三）`: up to the word for a cable, and the reporters.
fn chinese(text: &str) -> Option<(&str, &str)> {
    let at = scan::find(text, "日电").or_else(|| scan::find(text, "日電"))?;
    let end = at + "日电".len();
    if end > LENGTH {
        return None;
    }
    let (mut head, mut rest) = text.split_at(end);
    // Without a date it is a word with those characters in it.
    if !text[..at].bytes().next_back().is_some_and(|byte| byte.is_ascii_digit()) || scan::has(head, "。") || scan::has(head, "，") {
        return None;
    }
    for (open, close) in &[("（", "）"), ("(", ")")] {
        if rest.starts_with(*open)
            && let Some(end) = scan::find(rest, close).filter(|end| *end <= LENGTH)
        {
            (head, rest) = text.split_at(head.len() + end + close.len());
        }
    }
    let rest = scan::trim_start_by(rest, |char| scan::has_char(" ：:—－-　", char));
    (!rest.is_empty()).then_some((head, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines() {
        for (text, head, rest) in [
            ("MALANG, Kabar – Pasar pagi ramai.", "MALANG, Kabar", "Pasar pagi ramai."),
            ("MALANG — Pasar pagi ramai.", "MALANG", "Pasar pagi ramai."),
            ("MALANG, KABAR.ID – Pasar pagi.", "MALANG, KABAR.ID", "Pasar pagi."),
            ("JAKARTA, KOMPAS.com - Hujan turun.", "JAKARTA, KOMPAS.com", "Hujan turun."),
            ("KOMPAS.com - Hujan turun.", "KOMPAS.com", "Hujan turun."),
            ("TEMPO.CO, Jakarta - Hujan turun.", "TEMPO.CO, Jakarta", "Hujan turun."),
            ("Jakarta (ANTARA) - Hujan turun.", "Jakarta (ANTARA)", "Hujan turun."),
            ("Jakarta, CNN Indonesia -- Hujan turun.", "Jakarta, CNN Indonesia", "Hujan turun."),
            ("LONDON (Reuters) - “Rain,” they said.", "LONDON (Reuters)", "“Rain,” they said."),
            ("(Reuters) - Rain fell.", "(Reuters)", "Rain fell."),
            ("WASHINGTON, Nov. 24 (AP) — Rain fell.", "WASHINGTON, Nov. 24 (AP)", "Rain fell."),
            ("NEW YORK -- 300 people came.", "NEW YORK", "300 people came."),
            ("ST. LOUIS, Mo. – Rain fell.", "ST. LOUIS, Mo.", "Rain fell."),
            ("STRATFORD-UPON-AVON, England — Rain fell.", "STRATFORD-UPON-AVON, England", "Rain fell."),
            ("SÃO PAULO/BRASÍLIA (Reuters) - Choveu.", "SÃO PAULO/BRASÍLIA (Reuters)", "Choveu."),
            ("МОСКВА, 24 ноя – Дождь.", "МОСКВА, 24 ноя", "Дождь."),
            ("北京11月24日电 今天下雨。", "北京11月24日电", "今天下雨。"),
            ("新华社北京11月24日电（记者张三）今天下雨。", "新华社北京11月24日电（记者张三）", "今天下雨。"),
        ] {
            assert_eq!(dateline(text), Some((head, rest)), "{text}");
        }
    }

    #[test]
    fn what_is_none() {
        for text in [
            "",
            "MALANG",
            "MALANG –",
            " – Pasar pagi.",
            "MALANG-The town",
            "COVID-19 – Pemerintah melonggarkan aturan.",
            "BREAKING – Rain fell.",
            "BREAKING NEWS: MALANG – Rain fell.",
            "VIDEO - Banjir di kota.",
            "PBB – Sidang dimulai.",
            "NASA – the agency for space – says so.",
            "Opinion - The town is wet.",
            "The town – A place of rain.",
            "The bill (SB 12) - Which passed in May.",
            "Apple, Google – The two firms.",
            "Rain fell in MALANG – Nobody minded.",
            "WHAT NOW? – The town asks.",
            "He came from MALANG, Kabar – Pasar pagi.",
            "PASAR PAGI DI KOTA MALANG YANG RAMAI SEKALI SEJAK HARI MINGGU LALU SAMPAI HARI INI JUGA – Ramai.",
            "10 - 12 people",
            "小米明日电视发布。",
            "今天，11月24日电影上映。",
        ] {
            assert_eq!(dateline(text), None, "{text}");
        }
    }
}
