//! Times as settlement files write them. A form without an offset is Indian time (UTC+05:30).

use raseed_protocol::time::WallMs;
use serde::Deserialize;
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::{format_description, offset};
use time::{OffsetDateTime, PrimitiveDateTime};

/// UPI began in 2016: an earlier time is some other number in the wrong column.
const EARLIEST_S: i64 = 1_451_606_400;

const DAY_FIRST: &[BorrowedFormatItem<'_>] = format_description!("[day]/[month]/[year] [hour]:[minute]:[second]");
const YEAR_FIRST: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");

/// One way to write a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Form {
    #[serde(rename = "rfc3339")]
    Rfc3339,
    #[serde(rename = "DD/MM/YYYY HH:MM:SS")]
    DayFirst,
    #[serde(rename = "YYYY-MM-DD HH:MM:SS")]
    YearFirst,
    /// Seconds since 1970 in UTC.
    #[serde(rename = "unix")]
    Unix,
}

impl Form {
    /// How many there are.
    pub const COUNT: usize = 4;

    fn read(self, text: &str) -> Option<OffsetDateTime> {
        let in_india = |form| PrimitiveDateTime::parse(text, form).ok().map(|at| at.assume_offset(offset!(+5:30)));
        match self {
            Form::Rfc3339 => OffsetDateTime::parse(text, &Rfc3339).ok(),
            Form::DayFirst => in_india(DAY_FIRST),
            Form::YearFirst => in_india(YEAR_FIRST),
            Form::Unix if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                OffsetDateTime::from_unix_timestamp(text.parse().ok()?).ok()
            }
            Form::Unix => None,
        }
    }
}

/// The time in the first form that fits.
pub(super) fn read(text: &str, forms: &[Form]) -> Option<WallMs> {
    let at = forms.iter().find_map(|form| form.read(text)).filter(|at| at.unix_timestamp() >= EARLIEST_S)?;
    let seconds = u64::try_from(at.unix_timestamp()).ok()?;
    WallMs::bounded(seconds.checked_mul(1000)?.checked_add(at.millisecond().into())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_says_the_same_moment() {
        let expected = Some(WallMs(1_795_345_805_000));
        for (form, text) in [
            (Form::Rfc3339, "2026-11-22T16:40:05+05:30"),
            (Form::Rfc3339, "2026-11-22T11:10:05Z"),
            (Form::DayFirst, "22/11/2026 16:40:05"),
            (Form::YearFirst, "2026-11-22 16:40:05"),
            (Form::Unix, "1795345805"),
        ] {
            assert_eq!(read(text, &[form]), expected, "{text}");
            assert_eq!(read(text, &[Form::Unix, Form::DayFirst, Form::YearFirst, Form::Rfc3339]), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_of_a_payment_is_refused() {
        for text in [
            "",
            "11/22/2026 16:40:05",
            "31/02/2026 10:00:00",
            "22/11/26 16:40:05",
            "0",
            "26000",
            "-1795345805",
            "9999999999",
        ] {
            assert_eq!(read(text, &[Form::Unix, Form::DayFirst, Form::YearFirst, Form::Rfc3339]), None, "{text}");
        }
    }
}
