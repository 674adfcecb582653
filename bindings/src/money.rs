//! Money as screens have it: text ready to show, and paise to hand back. Read and written by the core alone.

use crate::language::Language;
use raseed_protocol::language::words;
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;

/// An amount.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Money {
    /// To hand back to the core; never to count with.
    pub paise: i64,
    /// `₹1,250` or `₹1,250.50`.
    pub text: String,
}

/// An amount that is about to be taken: in figures and in words.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AmountView {
    /// In figures.
    pub money: Money,
    /// In words, in the language of the screens.
    pub words: String,
}

/// How long ago, in the unit that people would use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Age {
    /// How many.
    pub count: i32,
    /// Of what.
    pub unit: AgeUnit,
}

/// Units of age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum AgeUnit {
    /// Minutes; below one it is zero.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
}

impl From<Paise> for Money {
    fn from(amount: Paise) -> Money {
        Money { paise: amount.get(), text: amount.to_string() }
    }
}

impl AmountView {
    /// An amount in both forms.
    pub(crate) fn new(amount: Paise, language: Language) -> AmountView {
        AmountView { money: amount.into(), words: words(amount, language.core()) }
    }
}

impl Age {
    /// From then to now; zero if the clock went back.
    pub(crate) fn between(then: WallMs, now: WallMs) -> Age {
        let minutes = now.0.saturating_sub(then.0) / 60_000;
        let (count, unit) = match minutes {
            0..60 => (minutes, AgeUnit::Minutes),
            60..2880 => (minutes / 60, AgeUnit::Hours),
            _ => (minutes / 1440, AgeUnit::Days),
        };
        Age { count: i32::try_from(count).unwrap_or(i32::MAX), unit }
    }
}

/// An amount that comes back from a screen.
pub(crate) fn paise(value: i64) -> Result<Paise, crate::error::RaseedError> {
    Paise::new(value).map_err(crate::error::RaseedError::from_amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_said_in_the_unit_that_people_use() {
        let age = |minutes: u64| {
            let age = Age::between(WallMs(0), WallMs(minutes * 60_000));
            (age.count, age.unit)
        };
        assert_eq!(age(0), (0, AgeUnit::Minutes));
        assert_eq!(age(59), (59, AgeUnit::Minutes));
        assert_eq!(age(119), (1, AgeUnit::Hours));
        assert_eq!(age(2879), (47, AgeUnit::Hours));
        assert_eq!(age(2880), (2, AgeUnit::Days));
        assert_eq!(Age::between(WallMs(10), WallMs(0)).count, 0);
    }
}
