//! Judging a meter reading at the door, before it becomes money.
//!
//! An impossible reading is an error; an odd one is a question that a person must answer. It must never guess: no
//! reading is corrected, and nothing is billed while a question is open.

use crate::book::Meter;
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// What must be confirmed by looking at the dial again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// The dial went past its last number and began again at zero.
    RolledOver,
    /// Ten times the usual use or more.
    UnusuallyHigh,
    /// The same reading as last time.
    NoUse,
}

/// A reading that is possible, and what must be confirmed before it is billed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JudgedReading {
    /// Units used since the last reading.
    pub units: u32,
    /// Billing months since the last reading, at least 1.
    pub months: u16,
    /// What must be confirmed, in the order of [`Question`]; empty for a normal reading.
    pub questions: Vec<Question>,
    /// The meter after this reading.
    pub meter: Meter,
}

/// What to ask the person at the meter, with the name by which the answer is given.
impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Question::RolledOver => "did it pass its last number and begin again at zero? (rolled-over)",
            Question::UnusuallyHigh => "is it really ten times the usual use or more? (unusually-high)",
            Question::NoUse => "is it really the same as last time? (no-use)",
        })
    }
}

impl JudgedReading {
    /// The questions that `answers` does not confirm. Answers that nobody asked for are passed over.
    pub fn unanswered(&self, answers: &[Question]) -> Vec<Question> {
        self.questions.iter().copied().filter(|question| !answers.contains(question)).collect()
    }
}

/// Why a reading is impossible.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadingError {
    /// The meter in the book is itself impossible.
    #[error("the book has {reading} on a dial of {digits} digits for this meter; the office must correct it")]
    BadMeter {
        /// The reading in the book.
        reading: u32,
        /// The digits in the book.
        digits: u8,
    },
    /// More digits than the dial has.
    #[error("{reading} does not fit on a dial of {digits} digits; read it again, without the red decimals")]
    TooManyDigits {
        /// The reading.
        reading: u32,
        /// The dial's digits.
        digits: u8,
    },
    /// The last reading is of a later day.
    #[error("the last reading is of {last_on}, after {on}; check the date of this device")]
    BeforeLastReading {
        /// The day of this reading.
        on: Day,
        /// The day of the last.
        last_on: Day,
    },
    /// Lower than the last, and the dial cannot have gone round.
    #[error(
        "{reading} is lower than the last reading, {last}; read it again; if the meter was changed, the office must enter the new one"
    )]
    LowerThanLast {
        /// The reading.
        reading: u32,
        /// The last reading.
        last: u32,
    },
}

/// Use of so many times the usual is questioned.
const UNUSUAL: u64 = 10;

/// Judges a reading taken on `on`.
pub fn reading(meter: &Meter, reading: u32, on: Day) -> Result<JudgedReading, ReadingError> {
    let (last, digits) = (meter.reading, meter.digits);
    let dial = meter.dial().filter(|dial| last < *dial).ok_or(ReadingError::BadMeter { reading: last, digits })?;
    if reading >= dial {
        return Err(ReadingError::TooManyDigits { reading, digits });
    }
    if on < meter.read_on {
        return Err(ReadingError::BeforeLastReading { on, last_on: meter.read_on });
    }
    let months = (on.period().number() - meter.read_on.period().number()).max(1);
    let rolled_over = reading < last;
    let units = if rolled_over { dial - last + reading } else { reading - last };
    let high = is_high(meter, units, months);
    if rolled_over && !is_near_zero(dial, last, reading) && (high || meter.usual_units == 0) {
        return Err(ReadingError::LowerThanLast { reading, last });
    }
    let asked = [(rolled_over, Question::RolledOver), (high, Question::UnusuallyHigh), (units == 0, Question::NoUse)];
    let questions = asked.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, question)| question).collect();
    Ok(JudgedReading { units, months, questions, meter: Meter { reading, read_on: on, ..*meter } })
}

/// Ten times the usual use of these months; never if the usual use is not known.
fn is_high(meter: &Meter, units: u32, months: u16) -> bool {
    let usual = u64::from(meter.usual_units) * u64::from(months);
    usual > 0 && u64::from(units) >= UNUSUAL * usual
}

/// From the last tenth of the dial to the first: where a dial that goes round is seen to.
fn is_near_zero(dial: u32, last: u32, reading: u32) -> bool {
    last >= dial - dial / 10 && reading < dial / 10
}
