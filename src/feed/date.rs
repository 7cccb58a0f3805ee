//! Dates as feeds write them.

use super::Date;
use crate::scan;

mod mail;

pub use mail::rfc2822;

const DAY: i64 = 86_400_000;
/// 0000-01-01 and the last second of 9999: RFC 3339 has no other years.
const FIRST: i64 = -719_528 * DAY;
const LAST: i64 = 2_932_897 * DAY - 1_000;

/// Reads an RFC 3339 date, <https://www.rfc-editor.org/rfc/rfc3339#section-5.6>,
/// as feeds in the wild write it: `t` and `z`, a blank for the `T`, no seconds,
/// a fraction of any length, an offset with or without colon or minutes, `UTC`
/// or `GMT` for one. A date alone is midnight UTC; a time without offset is UTC;
/// a leap second is the one before it. The year 1 is what generators write where
/// there is no date.
///
/// Gives nothing where any field is out of range or anything is left over, for
/// no date is better than a wrong one.
pub fn rfc3339(text: &str) -> Option<Date> {
    let mut text = scan::trim(text).as_bytes();
    let year = number(&mut text, 4).filter(|year| *year > 1)?;
    one_of(&mut text, b"-")?;
    let month = number(&mut text, 2).filter(|month| (1..=12).contains(month))?;
    one_of(&mut text, b"-")?;
    let day = number(&mut text, 2).filter(|day| (1..=days_in(year, month)).contains(day))?;
    let midnight = days(year, month, day) * DAY;
    if text.is_empty() {
        return Some(Date(midnight));
    }
    one_of(&mut text, b"Tt ")?;
    let hour = number(&mut text, 2).filter(|hour| *hour < 24)?;
    one_of(&mut text, b":")?;
    let minute = number(&mut text, 2).filter(|minute| *minute < 60)?;
    let (mut second, mut milli) = (0, 0);
    if one_of(&mut text, b":").is_some() {
        second = number(&mut text, 2).filter(|second| *second <= 60)?.min(59);
        if one_of(&mut text, b".,").is_some() {
            milli = fraction(&mut text)?;
        }
    }
    while one_of(&mut text, b" \t\n\x0c\r").is_some() {}
    let offset = offset(text)?;
    let seconds = (hour * 60 + minute - offset) * 60 + second;
    Some(Date(midnight + seconds * 1_000 + milli))
}

/// Reads a date in whichever of the two forms it is written, for feeds write either
/// where the other is due: [`rfc3339`], else [`rfc2822`].
pub fn any(text: &str) -> Option<Date> {
    rfc3339(text).or_else(|| rfc2822(text))
}

/// Writes a date for `<time datetime>`, <https://html.spec.whatwg.org/#attr-time-datetime>,
/// in UTC and to the second: `2019-03-25T01:30:00Z`. What lies outside the years
/// 0000 to 9999, which the form cannot say, becomes the nearest that it can.
pub fn to_rfc3339(date: Date) -> String {
    // Counted from the first, so that nothing is negative.
    let seconds = (date.0.clamp(FIRST, LAST) - FIRST) / 1_000;
    let (year, month, day) = civil(seconds / 86_400);
    let second = seconds % 86_400;
    let mut text = String::new();
    let fields =
        [(year, 4, "-"), (month, 2, "-"), (day, 2, "T"), (second / 3_600, 2, ":"), (second / 60 % 60, 2, ":"), (second % 60, 2, "Z")];
    for (value, width, end) in &fields {
        let digits = scan::decimal(*value);
        scan::add(&mut text, &[&"000"[..*width - digits.len()], &digits, end]);
    }
    text
}

/// Exactly `digits` digits.
fn number(text: &mut &[u8], digits: usize) -> Option<i64> {
    let (head, rest) = text.split_at_checked(digits)?;
    let mut value = 0;
    for byte in head {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i64::from(byte - b'0');
    }
    *text = rest;
    Some(value)
}

fn one_of(text: &mut &[u8], wanted: &[u8]) -> Option<u8> {
    let (first, rest) = text.split_first().filter(|(byte, _)| scan::is_one(**byte, wanted))?;
    *text = rest;
    Some(*first)
}

/// At least one digit; what is finer than a millisecond is passed over.
fn fraction(text: &mut &[u8]) -> Option<i64> {
    let mut unit = 100;
    let mut milli = number(text, 1)? * unit;
    while let Some(digit) = number(text, 1) {
        unit /= 10;
        milli += digit * unit;
    }
    Some(milli)
}

/// Minutes east of UTC. Takes all that is left.
fn offset(mut text: &[u8]) -> Option<i64> {
    if matches!(text, b"" | b"Z" | b"z" | b"UTC" | b"GMT") {
        return Some(0);
    }
    let sign = one_of(&mut text, b"+-")?;
    let hours = number(&mut text, 2).filter(|hours| *hours < 24)?;
    one_of(&mut text, b":");
    let minutes = if text.is_empty() { 0 } else { number(&mut text, 2).filter(|minutes| *minutes < 60)? };
    let offset = hours * 60 + minutes;
    text.is_empty().then_some(if sign == b'-' { -offset } else { offset })
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01. Years begin in March here, so that the leap day is the
/// last one: <https://howardhinnant.github.io/date_algorithms.html>.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

/// [`days`] the other way, from days since 0000-01-01, of which there are 60 before
/// that year's March. An era is 400 years; one more keeps these positive.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days - 60 + 146_097;
    let (era, day_of_era) = (days / 146_097 - 1, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + i64::from(month < 3);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(text: &str) -> Option<String> {
        rfc3339(text).map(to_rfc3339)
    }

    #[test]
    fn reads_what_feeds_write() {
        for (text, date) in [
            ("2019-03-25T01:30:00Z", "2019-03-25T01:30:00Z"),
            (" 2019-03-25t08:30:00+07:00\n", "2019-03-25T01:30:00Z"),
            ("2019-03-25 08:30:00 +0700", "2019-03-25T01:30:00Z"),
            ("2019-03-25T08:30+07", "2019-03-25T01:30:00Z"),
            ("2019-03-25T01:30z", "2019-03-25T01:30:00Z"),
            ("2019-03-25T01:30:00", "2019-03-25T01:30:00Z"),
            ("2019-03-25 01:30:00 UTC", "2019-03-25T01:30:00Z"),
            ("2019-03-25T01:30:00.123456789Z", "2019-03-25T01:30:00Z"),
            ("2019-03-25", "2019-03-25T00:00:00Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
            ("2020-02-29T00:00:00-12:00", "2020-02-29T12:00:00Z"),
            ("2000-02-29", "2000-02-29T00:00:00Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
            ("0002-01-01", "0002-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(again(text).as_deref(), Some(date), "{text}");
        }
        assert_eq!(rfc3339("1970-01-01T00:00:00.25Z"), Some(Date(250)));
        assert_eq!(rfc3339("1970-01-01T00:00:01,0019Z"), Some(Date(1_001)));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "today",
            "0000-00-00T00:00:00Z",
            "0000-01-01",
            // The zero of Go, <https://pkg.go.dev/time#Time>, and of .NET: no date was set.
            "0001-01-01T00:00:00Z",
            "0001-01-01",
            "2019-13-01",
            "2019-00-01",
            "2019-02-29",
            "1900-02-29",
            "2019-02-30T00:00:00Z",
            "2019-04-31",
            "2019-03-25T24:00:00Z",
            "2019-03-25T01:60:00Z",
            "2019-03-25T01:30:61Z",
            "2019-03-25T01:30:00.Z",
            "2019-03-25T01:30:00+24:00",
            "2019-03-25T01:30:00+07:60",
            "2019-03-25T01:30:00+7",
            "2019-03-25T01:30:00Z!",
            "2019-03-25T01:30:00X",
            "2019-03-25T",
            "2019-3-25",
            "+2019-03-25",
            "2019-03-2५",
            "1553477400",
            "Mon, 25 Mar 2019 01:30:00 GMT",
        ] {
            assert_eq!(rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        // 13 has no factor in common with a month, a year or a leap cycle.
        for day in (-718_797..=2_932_896).step_by(13) {
            let date = Date(day * DAY);
            assert_eq!(rfc3339(&to_rfc3339(date)), Some(date));
        }
        assert_eq!(to_rfc3339(Date(-1)), "1969-12-31T23:59:59Z");
        assert_eq!(to_rfc3339(Date(i64::MIN)), "0000-01-01T00:00:00Z");
        assert_eq!(to_rfc3339(Date(i64::MAX)), "9999-12-31T23:59:59Z");
    }
}
