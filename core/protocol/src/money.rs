//! Money: integer paise, parsed once, formatted once, and never anything else.
//!
//! This module must never touch a floating point number, and nothing outside it may parse or format an amount.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::str::FromStr;
use thiserror::Error;

/// The largest amount that any single field may hold, in paise: ten thousand crore rupees (10^13 paise).
///
/// Sums of a million such amounts still fit an `i64`, so a checked addition that fails means a broken invariant.
pub const MAX_PAISE: i64 = 10_000_000_000_000;

/// An amount of Indian money in paise (1 rupee = 100 paise). May be negative (a rebate, a rounding line).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Paise(i64);

/// Why an amount was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Nothing was typed.
    #[error("no amount was given; type rupees, for example 260 or 1,250.50")]
    Empty,
    /// A character that cannot be part of an amount.
    #[error("\"{found}\" cannot be part of an amount; type rupees, for example 260 or 1,250.50")]
    NotANumber {
        /// The first character that does not fit.
        found: char,
    },
    /// More than two digits after the point.
    #[error("an amount has at most two digits after the point")]
    TooManyDecimals,
    /// Commas that group digits neither the Indian way nor by thousands.
    #[error("the commas in the amount do not group it as 12,34,567 or 1,234,567; leave them out or correct them")]
    BadGrouping,
    /// Beyond [`MAX_PAISE`].
    #[error("the amount is larger than ₹1,00,00,00,00,000 (ten thousand crore); check the number of digits")]
    TooLarge,
}

impl Paise {
    /// Nothing.
    pub const ZERO: Paise = Paise(0);

    /// An amount from whole paise; refuses anything beyond ±[`MAX_PAISE`].
    pub const fn new(paise: i64) -> Result<Paise, AmountError> {
        if paise > MAX_PAISE || paise < -MAX_PAISE {
            return Err(AmountError::TooLarge);
        }
        Ok(Paise(paise))
    }

    /// An amount from whole rupees; refuses anything beyond ±[`MAX_PAISE`].
    pub const fn from_rupees(rupees: i64) -> Result<Paise, AmountError> {
        match rupees.checked_mul(100) {
            Some(paise) => Paise::new(paise),
            None => Err(AmountError::TooLarge),
        }
    }

    /// The amount in paise, for storage and for the wire.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// True for a positive amount.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// True for nothing at all.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Sum, or `None` beyond the bound.
    #[must_use]
    pub fn checked_add(self, other: Paise) -> Option<Paise> {
        Paise::new(self.0.checked_add(other.0)?).ok()
    }

    /// Difference, or `None` beyond the bound.
    #[must_use]
    pub fn checked_sub(self, other: Paise) -> Option<Paise> {
        Paise::new(self.0.checked_sub(other.0)?).ok()
    }

    /// Product with a whole number, or `None` beyond the bound.
    #[must_use]
    pub fn checked_mul(self, times: i64) -> Option<Paise> {
        Paise::new(self.0.checked_mul(times)?).ok()
    }

    /// `self × numerator ÷ denominator`, rounded half away from zero; `None` beyond the bound or for a zero denominator.
    #[must_use]
    pub fn checked_ratio(self, numerator: i64, denominator: i64) -> Option<Paise> {
        if denominator <= 0 {
            return None;
        }
        let product = i128::from(self.0).checked_mul(i128::from(numerator))?;
        let divisor = i128::from(denominator);
        let half = if product >= 0 { divisor / 2 } else { -(divisor / 2) };
        Paise::new(i64::try_from((product + half) / divisor).ok()?).ok()
    }

    /// The nearest whole rupee, half a rupee going away from zero.
    #[must_use]
    pub fn round_to_rupee(self) -> Paise {
        let half = if self.0 >= 0 { 50 } else { -50 };
        Paise((self.0 + half) / 100 * 100)
    }

    /// The whole rupees in it, the paise dropped (towards zero).
    #[must_use]
    pub const fn floor_to_rupee(self) -> Paise {
        Paise(self.0 / 100 * 100)
    }

    /// The smaller of two amounts.
    #[must_use]
    pub fn min(self, other: Paise) -> Paise {
        Ord::min(self, other)
    }

    /// The larger of two amounts.
    #[must_use]
    pub fn max(self, other: Paise) -> Paise {
        Ord::max(self, other)
    }
}

/// Adds amounts that are already within bounds. A total beyond the bound is a broken invariant, so it stops the program.
impl Sum for Paise {
    fn sum<I: Iterator<Item = Paise>>(amounts: I) -> Paise {
        amounts.fold(Paise::ZERO, |total, amount| total + amount)
    }
}

/// Checked: going beyond the bound is a broken invariant (every amount was bounded when it was read), so it panics.
impl std::ops::Add for Paise {
    type Output = Paise;
    fn add(self, other: Paise) -> Paise {
        self.checked_add(other).expect("amounts were bounded when they were read")
    }
}

/// Checked, as for addition.
impl std::ops::Sub for Paise {
    type Output = Paise;
    fn sub(self, other: Paise) -> Paise {
        self.checked_sub(other).expect("amounts were bounded when they were read")
    }
}

impl std::ops::Neg for Paise {
    type Output = Paise;
    fn neg(self) -> Paise {
        Paise(-self.0)
    }
}

impl std::ops::AddAssign for Paise {
    fn add_assign(&mut self, other: Paise) {
        *self = *self + other;
    }
}

impl std::ops::SubAssign for Paise {
    fn sub_assign(&mut self, other: Paise) {
        *self = *self - other;
    }
}

impl TryFrom<i64> for Paise {
    type Error = AmountError;
    fn try_from(paise: i64) -> Result<Paise, AmountError> {
        Paise::new(paise)
    }
}

impl From<Paise> for i64 {
    fn from(amount: Paise) -> i64 {
        amount.0
    }
}

/// Reads what people type: `1250`, `1,250.50`, `₹ 12,34,567`, `Rs. 40/-`.
///
/// A sign is read too (`-5.00`), so that the caller can answer "negative" instead of "not a number".
impl FromStr for Paise {
    type Err = AmountError;

    fn from_str(typed: &str) -> Result<Paise, AmountError> {
        if typed.len() > 64 {
            return Err(AmountError::TooLarge);
        }
        let (negative, digits) = strip_decoration(typed);
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        if whole.is_empty() && fraction.unwrap_or("").is_empty() {
            return Err(AmountError::Empty);
        }
        let rupees = read_whole(whole)?;
        let paise = read_fraction(fraction.unwrap_or(""))?;
        let amount = rupees.checked_mul(100).and_then(|whole| whole.checked_add(paise)).ok_or(AmountError::TooLarge)?;
        Paise::new(if negative { -amount } else { amount })
    }
}

/// Takes off blanks, the currency word and the customary `/-`; says whether there was a minus sign.
fn strip_decoration(typed: &str) -> (bool, &str) {
    let mut rest = typed.trim();
    let mut negative = false;
    if let Some(after) = rest.strip_prefix('-') {
        negative = true;
        rest = after.trim_start();
    }
    for word in ["₹", "INR", "Rs.", "Rs", "rs.", "rs"] {
        if let Some(after) = rest.strip_prefix(word) {
            rest = after.trim_start();
            break;
        }
    }
    if let Some(after) = rest.strip_prefix('-').filter(|_| !negative) {
        negative = true;
        rest = after.trim_start();
    }
    (negative, rest.strip_suffix("/-").unwrap_or(rest).trim_end())
}

fn read_whole(text: &str) -> Result<i64, AmountError> {
    if let Some(found) = text.chars().find(|c| !c.is_ascii_digit() && *c != ',') {
        return Err(AmountError::NotANumber { found });
    }
    if text.contains(',') && !is_grouped(text) {
        return Err(AmountError::BadGrouping);
    }
    text.bytes()
        .filter(u8::is_ascii_digit)
        .try_fold(0i64, |value, digit| value.checked_mul(10)?.checked_add(i64::from(digit - b'0')))
        .filter(|rupees| *rupees <= MAX_PAISE / 100)
        .ok_or(AmountError::TooLarge)
}

/// Indian (last group of three, the others of two) or Western (all of three), the first group shorter or full.
fn is_grouped(text: &str) -> bool {
    let groups: Vec<usize> = text.split(',').map(str::len).collect();
    let (Some((&first, rest)), Some(&last)) = (groups.split_first(), groups.last()) else {
        return false;
    };
    let middle = &rest[..rest.len().saturating_sub(1)];
    let indian = (1..=2).contains(&first) && middle.iter().all(|&n| n == 2);
    let western = (1..=3).contains(&first) && middle.iter().all(|&n| n == 3);
    last == 3 && (indian || western)
}

fn read_fraction(text: &str) -> Result<i64, AmountError> {
    if let Some(found) = text.chars().find(|c| !c.is_ascii_digit()) {
        return Err(AmountError::NotANumber { found });
    }
    match text.as_bytes() {
        [] => Ok(0),
        [tens] => Ok(i64::from(tens - b'0') * 10),
        [tens, ones] => Ok(i64::from(tens - b'0') * 10 + i64::from(ones - b'0')),
        _ => Err(AmountError::TooManyDecimals),
    }
}

/// Indian grouping, the rupee sign before, no paise when they are zero: `₹12,34,567`, `₹40.50`, `-₹0.40`.
impl fmt::Display for Paise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(24);
        if self.0 < 0 {
            text.push('-');
        }
        text.push('₹');
        text.push_str(&self.plain());
        f.pad(&text)
    }
}

/// A total of many amounts (in paise, and so beyond the bound of a single one) as `Paise` are shown.
pub fn format_total(paise: i64) -> String {
    Paise(paise).to_string()
}

impl Paise {
    /// The digits alone, grouped the Indian way, without sign or currency; paise only when not zero: `12,34,567`.
    pub fn plain(self) -> String {
        let rupees = (self.0.unsigned_abs() / 100).to_string();
        let paise = self.0.unsigned_abs() % 100;
        let split = rupees.len().saturating_sub(3);
        let (lakhs, last) = rupees.split_at(split);
        let mut text = String::with_capacity(24);
        for (i, digit) in lakhs.chars().enumerate() {
            if i > 0 && (lakhs.len() - i) % 2 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        if !lakhs.is_empty() {
            text.push(',');
        }
        text.push_str(last);
        if paise != 0 {
            text.push_str(&format!(".{paise:02}"));
        }
        text
    }

    /// For machines (CSV, JSON, UPI): rupees with exactly two decimals, no grouping, a minus sign if negative: `260.00`.
    #[must_use]
    pub fn to_decimal(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", magnitude / 100, magnitude % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<i64, AmountError> {
        text.parse::<Paise>().map(Paise::get)
    }

    #[test]
    fn reads_what_people_type() {
        for (typed, paise) in [
            ("1250", 125_000),
            ("1,250.50", 125_050),
            ("₹ 12,34,567", 123_456_700),
            ("12,345,678", 1_234_567_800),
            ("Rs. 40/-", 4_000),
            (" 0.05 ", 5),
            (".5", 50),
            ("7.", 700),
            ("-₹5", -500),
            ("₹-5", -500),
            ("0", 0),
            ("1,00,00,00,00,000", MAX_PAISE),
        ] {
            assert_eq!(read(typed), Ok(paise), "{typed}");
        }
    }

    #[test]
    fn refuses_what_is_not_an_amount() {
        for (typed, error) in [
            ("", AmountError::Empty),
            ("₹", AmountError::Empty),
            (".", AmountError::Empty),
            ("12a", AmountError::NotANumber { found: 'a' }),
            ("१२", AmountError::NotANumber { found: '१' }),
            ("--5", AmountError::NotANumber { found: '-' }),
            ("1e3", AmountError::NotANumber { found: 'e' }),
            ("1.2.3", AmountError::NotANumber { found: '.' }),
            ("1.005", AmountError::TooManyDecimals),
            ("1,25", AmountError::BadGrouping),
            ("1,2,345", AmountError::BadGrouping),
            (",123", AmountError::BadGrouping),
            ("100000000001", AmountError::TooLarge),
            ("99999999999999999999999999", AmountError::TooLarge),
        ] {
            assert_eq!(read(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn shows_the_indian_way() {
        for (paise, text) in [
            (0, "₹0"),
            (5, "₹0.05"),
            (26_000, "₹260"),
            (100_000, "₹1,000"),
            (123_456_750, "₹12,34,567.50"),
            (MAX_PAISE, "₹1,00,00,00,00,000"),
            (-40, "-₹0.40"),
        ] {
            assert_eq!(Paise::new(paise).unwrap().to_string(), text);
        }
        assert_eq!(Paise::new(-40).unwrap().to_decimal(), "-0.40");
    }

    #[test]
    fn rounds_half_away_from_zero() {
        let p = |n| Paise::new(n).unwrap();
        assert_eq!(p(150).round_to_rupee(), p(200));
        assert_eq!(p(149).round_to_rupee(), p(100));
        assert_eq!(p(-150).round_to_rupee(), p(-200));
        assert_eq!(p(1_005).checked_ratio(10, 100), Some(p(101)));
        assert_eq!(p(-1_005).checked_ratio(10, 100), Some(p(-101)));
        assert_eq!(p(1).checked_ratio(1, 0), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(paise in -MAX_PAISE..=MAX_PAISE) {
            let amount = Paise::new(paise).unwrap();
            prop_assert_eq!(amount.to_string().parse::<Paise>(), Ok(amount));
            prop_assert_eq!(amount.to_decimal().parse::<Paise>(), Ok(amount));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = text.parse::<Paise>();
        }
    }
}
