//! Time that people read (wall time, days, billing periods) and time that only passes (since boot): different types.
//!
//! Nothing here asks a machine what time it is. Days are Indian days (UTC+05:30, no daylight saving).

use crate::language::{self, Language};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use time::{Date, Month, OffsetDateTime, UtcOffset};

const INDIA: UtcOffset = match UtcOffset::from_hms(5, 30, 0) {
    Ok(offset) => offset,
    Err(_) => panic!("five and a half hours is an offset"),
};

/// Milliseconds in a day.
pub const DAY_MS: u64 = 86_400_000;

/// The last instant that is accepted: the end of 2199. Later ones are a broken clock or an attack.
const LAST_MS: u64 = 7_258_118_400_000;

/// Wall time in milliseconds since 1970-01-01T00:00:00Z. It may jump; never subtract two to measure a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WallMs(pub u64);

/// Milliseconds since the device booted, sleep included. Only comparable within one boot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ElapsedMs(pub u64);

/// Four bytes that differ from boot to boot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BootId(pub [u8; 4]);

/// A day in India, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(i32);

/// A billing month, as months since January 2000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period(u16);

/// A date or month that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{text}\" is not a {what}; write it as {form}")]
pub struct DateError {
    text: String,
    what: &'static str,
    form: &'static str,
}

impl WallMs {
    /// The day in India on which this instant falls.
    pub fn day(self) -> Day {
        Day::from_date(self.in_india().date())
    }

    /// How people write it: `22 Nov 2026, 16:40` (Indian time).
    pub fn to_people(self) -> String {
        self.to_people_in(Language::English)
    }

    /// The same in a language, in Western digits: `22 नवंबर 2026, 16:40`.
    pub fn to_people_in(self, language: Language) -> String {
        let at = self.in_india();
        format!("{}, {:02}:{:02}", self.day().to_people_in(language), at.hour(), at.minute())
    }

    /// RFC 3339 in Indian time, to the second: `2026-11-22T16:40:05+05:30`.
    pub fn to_rfc3339(self) -> String {
        let at = self.in_india();
        format!("{}T{:02}:{:02}:{:02}+05:30", self.day(), at.hour(), at.minute(), at.second())
    }

    /// Bounds an instant that came from outside: `None` for one after the year 2199.
    pub fn bounded(ms: u64) -> Option<WallMs> {
        (ms < LAST_MS).then_some(WallMs(ms))
    }

    fn in_india(self) -> OffsetDateTime {
        let seconds = i64::try_from(self.0.min(LAST_MS) / 1000).expect("bounded by the year 2199");
        OffsetDateTime::from_unix_timestamp(seconds).expect("bounded by the year 2199").to_offset(INDIA)
    }
}

impl Day {
    /// The day with this number (days since 1970-01-01); `None` outside the years 1970 to 2199.
    pub fn from_number(days: i64) -> Option<Day> {
        (0..84_006).contains(&days).then(|| Day(i32::try_from(days).expect("in range")))
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i32 {
        self.0
    }

    /// This many days later (or earlier); stays within the years 1970 to 2199.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Day {
        Day(self.0.saturating_add(days).clamp(0, 84_005))
    }

    /// Days from `earlier` to this day; negative if it is later.
    pub fn days_since(self, earlier: Day) -> i32 {
        self.0 - earlier.0
    }

    /// The month it lies in; days before 2000 count as January 2000.
    pub fn period(self) -> Period {
        let date = self.date();
        let months = (date.year() - 2000) * 12 + i32::from(u8::from(date.month())) - 1;
        Period(u16::try_from(months.max(0)).expect("bounded by the year 2199"))
    }

    /// How people write it: `22 Nov 2026`.
    pub fn to_people(self) -> String {
        self.to_people_in(Language::English)
    }

    /// The same in a language, in Western digits.
    pub fn to_people_in(self, language: Language) -> String {
        let date = self.date();
        format!("{} {} {}", date.day(), language::month(date.month().into(), language), date.year())
    }

    /// Midnight at its beginning, in India, as an instant.
    pub fn start(self) -> WallMs {
        let at = self.date().midnight().assume_offset(INDIA).unix_timestamp();
        WallMs(u64::try_from(at).unwrap_or(0) * 1000)
    }

    fn date(self) -> Date {
        Date::from_julian_day(self.0 + UNIX_EPOCH_JULIAN).expect("bounded by the year 2199")
    }

    fn from_date(date: Date) -> Day {
        Day((date.to_julian_day() - UNIX_EPOCH_JULIAN).clamp(0, 84_005))
    }
}

const UNIX_EPOCH_JULIAN: i32 = 2_440_588;

impl Period {
    /// The period with this number (months since January 2000); `None` after the year 2199.
    pub fn from_number(months: u64) -> Option<Period> {
        (months < 2_400).then(|| Period(u16::try_from(months).expect("in range")))
    }

    /// Months since January 2000.
    pub fn number(self) -> u16 {
        self.0
    }

    /// This many months later, within the years 2000 to 2199.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Period {
        let number = i32::from(self.0).saturating_add(months).clamp(0, 2_399);
        Period(u16::try_from(number).expect("clamped"))
    }

    /// The first day of the month.
    pub fn first_day(self) -> Day {
        let (year, month) = self.year_and_month();
        Day::from_date(Date::from_calendar_date(year, month, 1).expect("every month has a first day"))
    }

    /// How people write it: `Nov 2026`.
    pub fn to_people(self) -> String {
        self.to_people_in(Language::English)
    }

    /// The same in a language, in Western digits.
    pub fn to_people_in(self, language: Language) -> String {
        let (year, month) = self.year_and_month();
        format!("{} {year}", language::month(month.into(), language))
    }

    fn year_and_month(self) -> (i32, Month) {
        let month = u8::try_from(self.0 % 12 + 1).expect("1 to 12");
        (2000 + i32::from(self.0 / 12), Month::try_from(month).expect("1 to 12"))
    }
}

/// `2026-11-22`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        f.pad(&format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
    }
}

impl FromStr for Day {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Day, DateError> {
        let refused = || DateError { text: text.chars().take(40).collect(), what: "date", form: "2026-11-22" };
        let (year, month, day) = match text.split('-').collect::<Vec<_>>()[..] {
            [y, m, d] if y.len() == 4 && m.len() == 2 && d.len() == 2 => (y, m, d),
            _ => return Err(refused()),
        };
        let number = |digits: &str| -> Option<u16> {
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
        };
        let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else {
            return Err(refused());
        };
        if !(1970..2200).contains(&year) {
            return Err(refused());
        }
        let month = u8::try_from(month).ok().and_then(|m| Month::try_from(m).ok()).ok_or_else(refused)?;
        let day = u8::try_from(day).map_err(|_| refused())?;
        Date::from_calendar_date(i32::from(year), month, day).map(Day::from_date).map_err(|_| refused())
    }
}

/// `2026-11`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.year_and_month();
        f.pad(&format!("{year:04}-{:02}", u8::from(month)))
    }
}

impl FromStr for Period {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Period, DateError> {
        let day: Result<Day, _> = format!("{text}-01").parse();
        match day {
            Ok(day) if day >= FIRST_OF_2000 => Ok(day.period()),
            _ => Err(DateError { text: text.chars().take(40).collect(), what: "billing month", form: "2026-11" }),
        }
    }
}

const FIRST_OF_2000: Day = Day(10_957);

macro_rules! serde_as_text {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = DateError;
            fn try_from(text: String) -> Result<$name, DateError> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.to_string()
            }
        }
    };
}
serde_as_text!(Day);
serde_as_text!(Period);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_turns_at_midnight_in_india() {
        let before = WallMs(1_795_285_799_000); // 2026-11-21T18:29:59Z
        assert_eq!(before.day().to_string(), "2026-11-21");
        assert_eq!(WallMs(before.0 + 1_000).day().to_string(), "2026-11-22");
        assert_eq!(WallMs(before.0 + 1_000).to_people(), "22 Nov 2026, 00:00");
        assert_eq!(before.to_rfc3339(), "2026-11-21T23:59:59+05:30");
        assert_eq!(before.day().plus_days(1).start(), WallMs(before.0 + 1_000));
    }

    #[test]
    fn days_and_periods_are_read_back() {
        for text in ["1970-01-01", "2000-02-29", "2026-11-22", "2199-12-31"] {
            let day: Day = text.parse().unwrap();
            assert_eq!(day.to_string(), text);
            assert_eq!(Day::from_number(i64::from(day.number())), Some(day));
        }
        for text in ["2000-01", "2026-11", "2199-12"] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(period.first_day().period(), period);
        }
        assert_eq!("2026-11".parse::<Period>().unwrap().number(), 322);
        assert_eq!("2026-11".parse::<Period>().unwrap().to_people(), "Nov 2026");
        let midnight = "2026-11-22".parse::<Day>().unwrap().start();
        assert_eq!(midnight.to_people_in(Language::Punjabi), "22 ਨਵੰਬਰ 2026, 00:00");
        assert_eq!("2026-11".parse::<Period>().unwrap().to_people_in(Language::Bengali), "নভেম্বর 2026");
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for bad in ["", "22-11-2026", "2026-02-30", "2026-13-01", "2200-01-01", "2026-1-1", "+026-01-01", "१९७०-०१-०१"]
        {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
        for bad in ["1999-12", "2026-11-22", "2026", "nov"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }
}
