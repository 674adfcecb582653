//! Amounts as payment codes carry them: rupees in plain digits, never a sign, a group or a word.
//!
//! Read exactly or not at all: nothing is rounded, and no floating point number comes near.

use super::FieldError;
use crate::money::Paise;
use std::fmt;
use thiserror::Error;

/// What a code can ask for: 1 paisa to ₹9,99,99,99,999.99, which is what 13 characters hold (EMVCo MPM 1.1 §4.7.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Paise);

/// What is asked for: an amount that the payer cannot change, or one that may be lowered to a floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    amount: Amount,
    minimum: Option<Amount>,
}

/// Why the text of an amount was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AmountFault {
    /// Not digits with at most one point between or after them.
    #[error("it must be digits with at most one point, as in 260.00")]
    NotANumber,
    /// More than two digits after the point: a paisa has no parts, and nothing is rounded.
    #[error("it has more than two digits after the point")]
    TooManyDecimals,
    /// Nothing at all.
    #[error("it must be more than zero")]
    NotPositive,
    /// More than a code may ask for.
    #[error("it is more than 9999999999.99")]
    TooLarge,
}

impl Amount {
    /// The most that a code may ask for, in paise.
    pub const MOST_PAISE: i64 = 999_999_999_999;

    /// The amount.
    pub fn paise(self) -> Paise {
        self.0
    }

    /// As a UPI link writes it: digits, and at most two more after a point that has digits on both sides.
    pub fn read(text: &str) -> Result<Amount, AmountFault> {
        if text.ends_with('.') { Err(AmountFault::NotANumber) } else { Amount::read_emv(text) }
    }

    /// As an EMV code writes it, where nothing need follow the point: `98`, `98.`, `98.7`, `98.73` (§4.7.5.3).
    pub fn read_emv(text: &str) -> Result<Amount, AmountFault> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let plain = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) {
            return Err(AmountFault::NotANumber);
        }
        if fraction.len() > 2 {
            return Err(AmountFault::TooManyDecimals);
        }
        let padding = &"00"[fraction.len()..];
        let paise = [whole, fraction, padding].into_iter().flat_map(str::bytes).try_fold(0_i64, |paise, digit| {
            let paise = paise * 10 + i64::from(digit - b'0');
            (paise <= Amount::MOST_PAISE).then_some(paise)
        });
        Paise::new(paise.ok_or(AmountFault::TooLarge)?).map_err(|_| AmountFault::TooLarge)?.try_into()
    }
}

impl TryFrom<Paise> for Amount {
    type Error = AmountFault;
    fn try_from(paise: Paise) -> Result<Amount, AmountFault> {
        match paise.get() {
            1..=Amount::MOST_PAISE => Ok(Amount(paise)),
            ..=0 => Err(AmountFault::NotPositive),
            _ => Err(AmountFault::TooLarge),
        }
    }
}

/// Always two decimals: `260.00`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_decimal())
    }
}

impl Asked {
    /// This amount; the payer's app does not let it be changed.
    pub fn exactly(amount: Amount) -> Asked {
        Asked { amount, minimum: None }
    }

    /// This amount, which the payer may lower as far as `minimum` (UPI `mam`, Bharat QR 26.02).
    pub fn down_to(amount: Amount, minimum: Amount) -> Result<Asked, FieldError> {
        if minimum > amount {
            return Err(FieldError { what: "minimum amount", rule: "at most the amount itself" });
        }
        Ok(Asked { amount, minimum: Some(minimum) })
    }

    /// The amount.
    pub fn amount(&self) -> Amount {
        self.amount
    }

    /// The floor, if the payer may pay less.
    pub fn minimum(&self) -> Option<Amount> {
        self.minimum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_exactly_or_not_at_all() {
        for (text, paise) in
            [("250", 25_000), ("250.5", 25_050), ("0.01", 1), ("000250.05", 25_005), ("9999999999.99", 999_999_999_999)]
        {
            assert_eq!(Amount::read(text).map(|a| a.paise().get()), Ok(paise), "{text}");
            assert_eq!(Amount::read_emv(text), Amount::read(text), "{text}");
        }
        assert_eq!(Amount::read_emv("98.").map(|a| a.paise().get()), Ok(9_800));
        for (text, fault) in [
            ("", AmountFault::NotANumber),
            (".", AmountFault::NotANumber),
            (".5", AmountFault::NotANumber),
            ("98.", AmountFault::NotANumber),
            ("98,73", AmountFault::NotANumber),
            ("-5", AmountFault::NotANumber),
            ("+5", AmountFault::NotANumber),
            (" 5", AmountFault::NotANumber),
            ("1e3", AmountFault::NotANumber),
            ("1.2.3", AmountFault::NotANumber),
            ("٢٥٠", AmountFault::NotANumber),
            ("null", AmountFault::NotANumber),
            ("1.005", AmountFault::TooManyDecimals),
            ("1.000", AmountFault::TooManyDecimals),
            ("0", AmountFault::NotPositive),
            ("0.00", AmountFault::NotPositive),
            ("10000000000", AmountFault::TooLarge),
            ("99999999999999999999999999999999", AmountFault::TooLarge),
        ] {
            assert_eq!(Amount::read(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_floor_is_not_above_the_amount() {
        let amount = |paise| Amount::try_from(Paise::new(paise).unwrap()).unwrap();
        assert_eq!(Asked::down_to(amount(500), amount(500)).unwrap().minimum(), Some(amount(500)));
        assert!(Asked::down_to(amount(500), amount(501)).is_err());
        assert_eq!(Asked::exactly(amount(500)).minimum(), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(paise in 1..=Amount::MOST_PAISE) {
            let amount = Amount::try_from(Paise::new(paise).unwrap()).unwrap();
            prop_assert!(amount.to_string().len() <= 13);
            prop_assert_eq!(Amount::read(&amount.to_string()), Ok(amount));
        }
    }
}
