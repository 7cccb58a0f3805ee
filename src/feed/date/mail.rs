//! The dates of mail, which RSS took over.

use super::{DAY, Date, days, days_in};

/// Months by the first three letters of their names, English and Indonesian.
const MONTHS: [(&str, i64); 18] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("mei", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("agu", 8),
    ("agt", 8),
    ("ags", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("des", 12),
];

/// Hours east of UTC. The North American zones are
/// [RFC 2822's](https://www.rfc-editor.org/rfc/rfc2822#section-4.3); the others are
/// those of the time zone database that mean one thing only, or nearly so. Any
/// other is UTC, as that section says.
const ZONES: [(&str, i64); 33] = [
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("AKST", -9),
    ("AKDT", -8),
    ("HST", -10),
    ("WIB", 7),
    ("WITA", 8),
    ("WIT", 9),
    ("ICT", 7),
    ("SGT", 8),
    ("MYT", 8),
    ("HKT", 8),
    ("PHT", 8),
    ("AWST", 8),
    ("JST", 9),
    ("KST", 9),
    ("AEST", 10),
    ("AEDT", 11),
    ("NZST", 12),
    ("NZDT", 13),
    ("MSK", 3),
    ("EET", 2),
    ("EEST", 3),
    ("CET", 1),
    ("CEST", 2),
    ("BST", 1),
    ("WEST", 1),
];

/// Reads a date as mail has it, <https://www.rfc-editor.org/rfc/rfc5322#section-3.3>
/// with its obsolete forms and the mistakes of feeds: the weekday missing, wrong or
/// in another language, months in full or in Indonesian, the month before the day,
/// years of two digits (50 to 99 are of the 20th century), hours of one, no seconds
/// or no time at all, AM and PM, comments, and a zone that is a number, a name, both
/// or missing, which is UTC. Also a date in numbers, if it begins with its year.
///
/// Gives nothing where any field is out of range or anything else stands in it, or
/// where the order of day and month would be a guess.
pub fn rfc2822(text: &str) -> Option<Date> {
    let mut rest = text.as_bytes();
    // Each with its count of digits.
    let mut numbers = [(0, 0); 3];
    let mut count = 0;
    let (mut month, mut time, mut zone) = (None, None, None);
    loop {
        skip(&mut rest);
        let Some(&first) = rest.first() else { break };
        if first.is_ascii_digit() {
            let (value, digits) = number(&mut rest)?;
            skip(&mut rest);
            if time.is_none() && rest.starts_with(b":") {
                time = Some(clock(value, &mut rest).filter(|_| digits <= 2)?);
            } else {
                *numbers.get_mut(count)? = (value, digits);
                count += 1;
            }
        } else if is_letter(first) {
            let word = take(&mut rest, is_letter);
            if let Some(found) = month_of(word)
                && month.is_none()
                && count < 3
            {
                month = Some(found);
            } else if let Some(time) = &mut time {
                if let Some(afternoon) = afternoon(word, &mut rest) {
                    *time = *time % (12 * 3_600) + afternoon;
                } else if zone.is_none() {
                    zone = Some(hours_of(word) * 60);
                }
            } else if !(count == 3 && word.eq_ignore_ascii_case(b"t")) && (count > 0 || month.is_some()) {
                // Only a weekday stands before all else.
                return None;
            }
        } else if time.is_some() && matches!(first, b'+' | b'-') {
            rest = &rest[1..];
            let east = offset(&mut rest)?;
            zone = Some(if first == b'-' { -east } else { east });
        } else if b",./-".contains(&first) {
            rest = &rest[1..];
        } else {
            return None;
        }
    }
    let (year, month, day) = match (month, &numbers[..count]) {
        (Some(month), &[day @ (_, 1 | 2), year] | &[year, day @ (_, 1 | 2)]) => (year, month, day.0),
        (None, &[year @ (_, 4), month, day]) => (year, month.0, day.0),
        _ => return None,
    };
    let year = match year {
        (year, 4) if year > 1 => year,
        (year, 3) => year + 1_900,
        (year, 2) => year + if year < 50 { 2_000 } else { 1_900 },
        _ => return None,
    };
    if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let seconds = time.unwrap_or_default() - zone.unwrap_or_default() * 60;
    Some(Date(days(year, month, day) * DAY + seconds * 1_000))
}

/// Passes over blanks, and over comments, which may hold comments.
fn skip(rest: &mut &[u8]) {
    let mut depth = 0;
    while let Some((first, after)) = rest.split_first() {
        match first {
            b'(' => depth += 1,
            b')' if depth > 0 => depth -= 1,
            _ if depth > 0 || first.is_ascii_whitespace() => {}
            _ => return,
        }
        *rest = after;
    }
}

fn take<'a>(rest: &mut &'a [u8], wanted: fn(u8) -> bool) -> &'a [u8] {
    let end = rest.iter().position(|byte| !wanted(*byte)).unwrap_or(rest.len());
    let (head, after) = rest.split_at(end);
    *rest = after;
    head
}

/// Weekdays come in any script.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii()
}

/// A number of one to four digits, and how many they are.
fn number(rest: &mut &[u8]) -> Option<(i64, usize)> {
    let digits = take(rest, |byte| byte.is_ascii_digit());
    if !(1..=4).contains(&digits.len()) {
        return None;
    }
    let value = digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    Some((value, digits.len()))
}

/// The seconds of the day, from the colon after the hour on.
fn clock(hour: i64, rest: &mut &[u8]) -> Option<i64> {
    let minute = after_colon(rest)?;
    skip(rest);
    let second = if rest.starts_with(b":") { after_colon(rest)? } else { 0 };
    if let [b'.' | b',', b'0'..=b'9', ..] = rest {
        *rest = &rest[1..];
        take(rest, |byte| byte.is_ascii_digit());
    }
    // A leap second is the one before it.
    (hour < 24 && minute < 60 && second <= 60).then_some((hour * 60 + minute) * 60 + second.min(59))
}

fn after_colon(rest: &mut &[u8]) -> Option<i64> {
    *rest = &rest[1..];
    skip(rest);
    number(rest).filter(|(_, digits)| *digits <= 2).map(|(value, _)| value)
}

/// Minutes: `0700`, `07:00`, `700`, `07`, `7`.
fn offset(rest: &mut &[u8]) -> Option<i64> {
    let (value, digits) = number(rest)?;
    let (hours, minutes) = match digits {
        1 | 2 if rest.starts_with(b":") => (value, after_colon(rest)?),
        1 | 2 => (value, 0),
        _ => (value / 100, value % 100),
    };
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

fn month_of(word: &[u8]) -> Option<i64> {
    let start = word.get(..3)?;
    MONTHS.iter().find(|(name, _)| name.as_bytes().eq_ignore_ascii_case(start)).map(|(_, month)| *month)
}

fn hours_of(zone: &[u8]) -> i64 {
    ZONES.iter().find(|(name, _)| name.as_bytes().eq_ignore_ascii_case(zone)).map_or(0, |(_, hours)| *hours)
}

/// How many seconds of the day AM or PM begins at. Of `p.m.` the word is the `p`.
fn afternoon(word: &[u8], rest: &mut &[u8]) -> Option<i64> {
    let (first, mut end) = word.split_first()?;
    if let (true, [b'.', after @ ..]) = (end.is_empty(), *rest) {
        let after = after.trim_ascii_start();
        (end, *rest) = after.split_at(after.len().min(1));
    }
    let hours = match first.to_ascii_lowercase() {
        b'a' => 0,
        b'p' => 12,
        _ => return None,
    };
    end.eq_ignore_ascii_case(b"m").then_some(hours * 3_600)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::date::{any, rfc3339, to_rfc3339};

    fn check(rows: &[(&str, &str)]) {
        for (text, date) in rows {
            assert_eq!(rfc2822(text).map(to_rfc3339).as_deref(), Some(*date), "{text}");
        }
    }

    /// The dates of the examples in RFC 5322, appendix A, obsolete ones too.
    #[test]
    fn reads_the_examples_of_the_rfc() {
        check(&[
            ("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z"),
            ("Tue, 1 Jul 2003 10:52:37 +0200", "2003-07-01T08:52:37Z"),
            ("Thu, 13 Feb 1969 23:32:54 -0330", "1969-02-14T03:02:54Z"),
            (
                "Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 (Newfoundland Time)",
                "1969-02-14T03:02:00Z",
            ),
            ("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06Z"),
            ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06Z"),
        ]);
        // RFC 2822, section 4.3: what obsolete zones and years mean.
        check(&[
            ("21 Nov 97 09:55:06 UT", "1997-11-21T09:55:06Z"),
            ("21 Nov 97 09:55:06 EDT", "1997-11-21T13:55:06Z"),
            ("21 Nov 97 09:55:06 EST", "1997-11-21T14:55:06Z"),
            ("21 Nov 97 09:55:06 CDT", "1997-11-21T14:55:06Z"),
            ("21 Nov 97 09:55:06 CST", "1997-11-21T15:55:06Z"),
            ("21 Nov 97 09:55:06 MDT", "1997-11-21T15:55:06Z"),
            ("21 Nov 97 09:55:06 MST", "1997-11-21T16:55:06Z"),
            ("21 Nov 97 09:55:06 PDT", "1997-11-21T16:55:06Z"),
            ("21 Nov 97 09:55:06 PST", "1997-11-21T17:55:06Z"),
            ("21 Nov 97 09:55:06 A", "1997-11-21T09:55:06Z"),
            ("21 Nov 97 09:55:06 XYZ", "1997-11-21T09:55:06Z"),
            ("21 Nov 97 09:55:06 -0000", "1997-11-21T09:55:06Z"),
            ("1 Jan 00 00:00 GMT", "2000-01-01T00:00:00Z"),
            ("1 Jan 49 00:00 GMT", "2049-01-01T00:00:00Z"),
            ("1 Jan 50 00:00 GMT", "1950-01-01T00:00:00Z"),
            ("1 Jan 103 00:00 GMT", "2003-01-01T00:00:00Z"),
        ]);
    }

    #[test]
    fn reads_what_feeds_write() {
        let date = "2019-03-25T01:30:00Z";
        for text in [
            "Mon, 25 Mar 2019 01:30:00 GMT",
            "  mon,25 mar 2019 1:30:0 gmt\n",
            "Sun, 25 Mar 2019 01:30:00 +0000",
            "Monday, 25 March 2019 08:30:00 +0700",
            "25 Mar 2019 08:30 +07:00",
            "25 Mar 2019 08:30:00.000 +7",
            "25 Mar 2019 08:30:00 +700",
            "25 Mar 2019 8:30:00 GMT+0700",
            "25 Mar 2019 08:30:00 GMT+07:00 (WIB)",
            "25 Mar 2019 08:30:00 UTC+7",
            "25 Mar 2019 08:30:00 +0700 WIB",
            "Senin, 25 Maret 2019 08:30:00 WIB",
            "Sen, 25 Mar 2019 09:30:00 WITA",
            "Sen, 25 Mar 2019 10:30:00 WIT",
            "週一, 25 Mar 2019 01:30:00 Z",
            "Mon. 25 Mar. 2019, 01:30 UTC",
            "25-Mar-2019 01:30:00",
            "Mon, 25-Mar-19 01:30:00 UT",
            "Mon Mar 25 01:30:00 2019",
            "Sun Mar 24 21:30:00 EDT 2019",
            "March 25, 2019 1:30 AM",
            "Mar 24, 2019 9:30:00 PM EDT",
            "Mar 24, 2019 06:30:00 pm -07:00",
            "25 Mar 2019 1:30 a.m.",
            "Mar 24, 2019 9:30 p.m. EDT",
            "24 Mar 2019 09:30:00 P. M. EDT",
            "2019 Mar 25 01:30",
            "2019/3/25 01:30:00",
            "2019-3-25T1:30Z",
            "2019-03-24 18:30:00 PDT",
            "2019-03-25 08:30:00.5 WIB",
        ] {
            assert_eq!(rfc2822(text).map(to_rfc3339).as_deref(), Some(date), "{text}");
        }
        check(&[
            ("Mon, 25 Mar 2019", "2019-03-25T00:00:00Z"),
            ("2019/3/25", "2019-03-25T00:00:00Z"),
            ("17 Agustus 1945 10:00 +0730", "1945-08-17T02:30:00Z"),
            ("1 Mei 2020 12:00 AM", "2020-05-01T00:00:00Z"),
            ("1 Okt 2020 12:00 PM", "2020-10-01T12:00:00Z"),
            ("31 Des 2016 23:59:60 UTC", "2016-12-31T23:59:59Z"),
            ("29 Feb 2020 00:00 +1200", "2020-02-28T12:00:00Z"),
        ]);
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "Mon",
            "(25 Mar 2019)",
            "25 Mar",
            "Mar 2019",
            "2019",
            "2019-03",
            "1553477400",
            "03/04/2019",
            "25/03/2019 08:30",
            "32 Mar 2019",
            "0 Mar 2019",
            "29 Feb 2019",
            "25 Mar 0000",
            // What Hugo and WordPress write where there is no date.
            "Mon, 01 Jan 0001 00:00:00 +0000",
            "Wed, 30 Nov -0001 00:00:00 +0000",
            "25 Mar 9",
            "25 Foo 2019 01:30:00 GMT",
            "25 Mar 2019 24:00:00 GMT",
            "25 Mar 2019 01:60:00 GMT",
            "25 Mar 2019 01:30:61 GMT",
            "25 Mar 2019 01: GMT",
            "25 Mar 2019 01:30:00 +2400",
            "25 Mar 2019 01:30:00 +0760",
            "25 Mar 2019 01:30:00 +07000",
            "25 Mar 2019 01:30:00 0700",
            "25 Mar 2019 01:30:00 !",
            "25 Mar 2019 25 Mar 2019",
            "2019-13-25",
            "99999999999999999999999 Mar 2019",
            "last Monday",
        ] {
            assert_eq!(rfc2822(text), None, "{text}");
        }
    }

    #[test]
    fn any_form_is_read() {
        let date = rfc3339("2019-03-25T01:30:00Z");
        assert_eq!(any("2019-03-25T08:30:00+07:00"), date);
        assert_eq!(any("Mon, 25 Mar 2019 08:30:00 +0700"), date);
        assert_eq!(any("yesterday"), None);
    }

    /// Found by `cargo xtask fuzz`: the sum of the digits ran over.
    #[test]
    fn a_number_of_any_length_is_refused() {
        assert_eq!(rfc2822("1 Jan 9223372036854775808 00:00"), None);
        assert_eq!(rfc2822(&"9".repeat(100)), None);
    }
}
