//! How long ago a date is.

use crate::feed::Date;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long ago a date is, for [`Intl.RelativeTimeFormat`](https://tc39.es/ecma402/#sec-Intl.RelativeTimeFormat.prototype.format):
/// a number, at most 0, and its unit. A part of a unit does not count; less than
/// a minute is now, which is 0 seconds.
///
/// Nothing where the date says more: for what is a day old or older, and for
/// what is to come, which is a clock that is wrong.
pub fn relative(date: Date, now: Date) -> Option<(i32, &'static str)> {
    let (unit, name) = match now.0.checked_sub(date.0)? {
        0..MINUTE => return Some((0, "second")),
        MINUTE..HOUR => (MINUTE, "minute"),
        HOUR..DAY => (HOUR, "hour"),
        _ => return None,
    };
    i32::try_from((date.0 - now.0) / unit).ok().map(|number| (number, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_told_in_hours_and_minutes() {
        let now = Date(1_553_483_700_000);
        for (ago, expected) in [
            (-DAY, None),
            (-1, None),
            (0, Some((0, "second"))),
            (59_999, Some((0, "second"))),
            (60_000, Some((-1, "minute"))),
            (3 * MINUTE - 1, Some((-2, "minute"))),
            (3_599_999, Some((-59, "minute"))),
            (3_600_000, Some((-1, "hour"))),
            (3 * HOUR, Some((-3, "hour"))),
            (86_399_999, Some((-23, "hour"))),
            (86_400_000, None),
            (i64::MAX, None),
        ] {
            assert_eq!(relative(Date(now.0 - ago), now), expected, "{ago}");
        }
        assert_eq!(relative(Date(i64::MIN), now), None);
    }
}
