//! Dates, as `Intl.DateTimeFormat` of a browser writes them with a short
//! weekday, a short month, and day and year in digits.
//!
//! Names and patterns are those of [CLDR](https://cldr.unicode.org/): `yMMMEd`
//! of `id`, `en` and `en-GB`. Every other language has ISO 8601's date until a
//! browser, which has them all, writes its own.

use jiff::{Timestamp, civil, tz::TimeZone};

use crate::{
    config::Warning,
    feed::{Date, date},
};

struct Names {
    /// From Sunday on, as CLDR has them.
    days: [&'static str; 7],
    months: [&'static str; 12],
    /// Whether the month comes before the day.
    american: bool,
}

const ENGLISH_DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

const AMERICAN: Names = Names {
    days: ENGLISH_DAYS,
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    american: true,
};

const BRITISH: Names = Names {
    days: ENGLISH_DAYS,
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"],
    american: false,
};

const INDONESIAN: Names = Names {
    days: ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
    months: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    american: false,
};

fn names(tag: &str) -> Option<&'static Names> {
    let tag = tag.trim().replace('_', "-").to_ascii_lowercase();
    match tag.as_str() {
        "id" | "id-id" | "in" | "in-id" => Some(&INDONESIAN),
        "en" | "en-us" => Some(&AMERICAN),
        "en-gb" => Some(&BRITISH),
        _ => None,
    }
}

/// Writes dates in the language of a BCP 47 tag and in an IANA time zone; in
/// UTC where none is named. A wrong zone is said.
pub(super) fn date_format(tag: &str, zone: &str, warnings: &mut Vec<String>) -> impl Fn(Date) -> String + use<> {
    let names = names(tag);
    let zone = if zone.is_empty() { Ok(TimeZone::UTC) } else { TimeZone::get(zone).map_err(|_| zone) };
    let zone = zone.unwrap_or_else(|zone| {
        warnings.push(Warning::TimeZone(zone.to_owned()).message());
        TimeZone::UTC
    });
    move |published| match Timestamp::from_millisecond(published.0) {
        Ok(moment) => write(moment.to_zoned(zone.clone()).date(), names),
        // A year of more than four digits: the nearest date that there is, as in `datetime`.
        Err(_) => date::to_rfc3339(published).split('T').next().unwrap_or_default().to_owned(),
    }
}

fn write(date: civil::Date, names: Option<&Names>) -> String {
    let Some(names) = names else { return date.to_string() };
    let of =
        |names: &[&'static str], place: i8| usize::try_from(place).ok().and_then(|place| names.get(place).copied()).unwrap_or_default();
    let weekday = of(&names.days, date.weekday().to_sunday_zero_offset());
    let (day, month, year) = (date.day(), of(&names.months, date.month() - 1), date.year());
    if names.american { format!("{weekday}, {month} {day}, {year}") } else { format!("{weekday}, {day} {month} {year}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2019-03-25T17:30:00Z, and half a year later.
    const SPRING: Date = Date(1_553_535_000_000);
    const AUTUMN: Date = Date(1_553_535_000_000 + 184 * 86_400_000);

    fn text(date: Date, tag: &str, zone: &str) -> String {
        let mut warnings = Vec::new();
        let text = date_format(tag, zone, &mut warnings)(date);
        assert!(warnings.is_empty(), "{warnings:?}");
        text
    }

    /// What Chromium and Node.js write.
    #[test]
    fn as_a_browser_writes_them() {
        assert_eq!(text(SPRING, "id", ""), "Sen, 25 Mar 2019");
        assert_eq!(text(SPRING, "id_ID", "Asia/Jakarta"), "Sel, 26 Mar 2019");
        assert_eq!(text(SPRING, "en", ""), "Mon, Mar 25, 2019");
        assert_eq!(text(SPRING, "en-GB", "America/New_York"), "Mon, 25 Mar 2019");
        assert_eq!(text(AUTUMN, "en-GB", ""), "Wed, 25 Sept 2019");
        assert_eq!(text(AUTUMN, "en-US", ""), "Wed, Sep 25, 2019");
        assert_eq!(text(AUTUMN, "id", ""), "Rab, 25 Sep 2019");
    }

    #[test]
    fn iso_8601_where_the_names_are_not_known() {
        for tag in ["fr", "en-IE", "en-AU", "", "x"] {
            assert_eq!(text(SPRING, tag, "Asia/Jakarta"), "2019-03-26", "{tag}");
        }
        // Past the year 9999.
        assert_eq!(text(Date(300_000_000_000_000), "id", ""), "9999-12-31");
    }

    #[test]
    fn a_wrong_zone_is_said() {
        let mut warnings = Vec::new();
        assert_eq!(date_format("id", "Jakarta", &mut warnings)(SPRING), "Sen, 25 Mar 2019");
        assert_eq!(warnings, ["timezone=\"Jakarta\" is not known: use an IANA time zone like Asia/Jakarta"]);
    }
}
