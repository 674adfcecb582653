//! Whether an account from outside holds together: asked once, where it comes in, so that billing can trust it.
//!
//! Never corrects anything: an account that is wrong is refused and the flaw named. What passes here can be settled
//! with any amount on any day without going beyond the bounds of money, and passes again afterwards.

use super::{Account, Demand, DemandLine, LateFee, Meter};
use crate::ids::{BillNumber, HeadId};
use crate::money::{MAX_PAISE, Paise};
use std::collections::HashSet;
use thiserror::Error;

/// Why an account cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AccountError {
    /// A name, house or place beyond [`Account::MAX_TEXT`] characters.
    #[error("a name, house or place is longer than {} characters; shorten it", Account::MAX_TEXT)]
    TextTooLong,
    /// Neither empty nor four digits.
    #[error("of the phone number give the last four digits or nothing")]
    BadPhone,
    /// A dial without digits, with too many, or a reading that it cannot show.
    #[error("the meter shows {reading} on a dial of {digits} digits; give 1 to 9 digits and a reading that fits")]
    BadMeter {
        /// The reading.
        reading: u32,
        /// The digits.
        digits: u8,
    },
    /// Below zero.
    #[error("the advance is {advance}; it cannot be below zero")]
    NegativeAdvance {
        /// The advance.
        advance: Paise,
    },
    /// Not above zero.
    #[error("the last payment is {amount}; a payment is more than zero")]
    BadLastPayment {
        /// The amount.
        amount: Paise,
    },
    /// Beyond [`Account::MAX_DEMANDS`].
    #[error(
        "the account carries {count} demands; bring the oldest together so that there are at most {}",
        Account::MAX_DEMANDS
    )]
    TooManyDemands {
        /// How many.
        count: usize,
    },
    /// Two demands with one bill number.
    #[error("bill {bill} comes twice; every demand has its own number")]
    RepeatedBill {
        /// The number.
        bill: BillNumber,
    },
    /// A demand after one of a later period.
    #[error("bill {bill} is of an earlier period than the one before it; give the oldest first")]
    OutOfOrder {
        /// The bill.
        bill: BillNumber,
    },
    /// Beyond [`Account::MAX_ASKED`].
    #[error("the demands ask for more than ₹5,000 crore together; check the number of digits")]
    TooMuchAsked,
    /// A demand that does not hold together.
    #[error("bill {bill}: {flaw}")]
    Demand {
        /// Its number.
        bill: BillNumber,
        /// What is wrong with it.
        flaw: DemandError,
    },
}

/// Why a demand cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DemandError {
    /// More lines than fit beside the late fee, rebate and rounding that may still come.
    #[error("it has {count} lines of its own; at most {} are possible", Demand::MAX_OWN_LINES)]
    TooManyLines {
        /// How many.
        count: usize,
    },
    /// Two lines with one head.
    #[error("head {} comes twice; add the lines up", head.0)]
    RepeatedHead {
        /// The head.
        head: HeadId,
    },
    /// A head that no demand can have.
    #[error("head {} cannot be asked for; use a head of your own, 10 or more", head.0)]
    UnknownHead {
        /// The head.
        head: HeadId,
    },
    /// A sign that the head cannot have: only a rebate and a rounding go below zero.
    #[error("head {} is {amount}; only a rebate or a rounding is below zero", head.0)]
    WrongSign {
        /// The head.
        head: HeadId,
        /// The amount.
        amount: Paise,
    },
    /// More settled than asked, or with the other sign.
    #[error("head {} asks {amount} and has {paid} settled; settled is between zero and what is asked", head.0)]
    PaidBeyond {
        /// The head.
        head: HeadId,
        /// What is asked.
        amount: Paise,
        /// What is settled.
        paid: Paise,
    },
    /// A late fee or rebate line that is open: they are charged and allowed only at the moment they are settled.
    #[error("head {} asks {amount} and has {paid} settled; a late fee or rebate line holds what was settled, no more", head.0)]
    NotSettledAtOnce {
        /// The head.
        head: HeadId,
        /// What is asked.
        amount: Paise,
        /// What is settled.
        paid: Paise,
    },
    /// Beyond [`LateFee::MAX_PER_BILL`].
    #[error("the late fee so far is {amount}; check the number of digits")]
    LateFeeTooLarge {
        /// The late fee.
        amount: Paise,
    },
    /// The lines below zero are larger than the ones above.
    #[error("less than nothing is open on it; set the rounding right or settle it")]
    OpenBelowZero,
    /// Due before it was made.
    #[error("its due date is before its date of issue; correct the dates")]
    DueBeforeIssue,
}

impl Account {
    /// The most that an account's demands may ask for together, late fees and rebates not counted, in paise: half of
    /// [`MAX_PAISE`], so that with every late fee the total still is an amount.
    pub const MAX_ASKED: i64 = MAX_PAISE / 2;

    /// Refuses an account that does not hold together.
    pub fn check(&self) -> Result<(), AccountError> {
        self.check_person()?;
        self.meter.as_ref().map_or(Ok(()), Meter::check)?;
        if self.advance < Paise::ZERO {
            return Err(AccountError::NegativeAdvance { advance: self.advance });
        }
        if let Some(last) = self.last_payment.filter(|last| !last.amount.is_positive()) {
            return Err(AccountError::BadLastPayment { amount: last.amount });
        }
        self.check_demands()
    }

    /// What the demands ask for together in paise, signs dropped, late fees and rebates not counted.
    pub fn asked(&self) -> i64 {
        let lines = self.demands.iter().flat_map(|demand| &demand.lines);
        let counted = lines.filter(|line| !matches!(line.head, HeadId::LATE_FEE | HeadId::REBATE));
        counted.fold(0i64, |total, line| total.saturating_add(line.amount.get().saturating_abs()))
    }

    fn check_person(&self) -> Result<(), AccountError> {
        let texts = [&self.name, &self.name_latin, &self.house, &self.place];
        if texts.into_iter().any(|text| text.chars().count() > Account::MAX_TEXT) {
            return Err(AccountError::TextTooLong);
        }
        let phone = self.phone_last4.as_bytes();
        if !phone.is_empty() && (phone.len() != 4 || !phone.iter().all(u8::is_ascii_digit)) {
            return Err(AccountError::BadPhone);
        }
        Ok(())
    }

    fn check_demands(&self) -> Result<(), AccountError> {
        if self.demands.len() > Account::MAX_DEMANDS {
            return Err(AccountError::TooManyDemands { count: self.demands.len() });
        }
        let mut numbers = HashSet::new();
        for demand in &self.demands {
            demand.check().map_err(|flaw| AccountError::Demand { bill: demand.bill.clone(), flaw })?;
            if !numbers.insert(&demand.bill) {
                return Err(AccountError::RepeatedBill { bill: demand.bill.clone() });
            }
        }
        if let Some(pair) = self.demands.windows(2).find(|pair| pair[1].period < pair[0].period) {
            return Err(AccountError::OutOfOrder { bill: pair[1].bill.clone() });
        }
        if self.asked() > Account::MAX_ASKED { Err(AccountError::TooMuchAsked) } else { Ok(()) }
    }
}

impl Meter {
    /// One more than the largest number that the dial can show; `None` for a dial without digits or with more than nine.
    pub fn dial(&self) -> Option<u32> {
        (1..=9).contains(&self.digits).then(|| 10u32.pow(u32::from(self.digits)))
    }

    fn check(&self) -> Result<(), AccountError> {
        if self.dial().is_some_and(|dial| self.reading < dial) {
            return Ok(());
        }
        Err(AccountError::BadMeter { reading: self.reading, digits: self.digits })
    }
}

impl Demand {
    /// The most lines on the tenant's own heads: the other three are the late fee, the rebate and the rounding.
    pub const MAX_OWN_LINES: usize = Demand::MAX_LINES - 3;

    /// Refuses a demand that does not hold together.
    pub fn check(&self) -> Result<(), DemandError> {
        let own = self.lines.iter().filter(|line| !line.head.is_reserved()).count();
        if own > Demand::MAX_OWN_LINES {
            return Err(DemandError::TooManyLines { count: own });
        }
        let mut heads = HashSet::new();
        for line in &self.lines {
            line.check()?;
            if !heads.insert(line.head) {
                return Err(DemandError::RepeatedHead { head: line.head });
            }
        }
        if self.lines.iter().map(|line| line.amount.get() - line.paid.get()).sum::<i64>() < 0 {
            return Err(DemandError::OpenBelowZero);
        }
        if self.due_on < self.issued_on { Err(DemandError::DueBeforeIssue) } else { Ok(()) }
    }
}

impl DemandLine {
    fn check(&self) -> Result<(), DemandError> {
        let DemandLine { head, amount, paid } = *self;
        let sign_fits = match head {
            HeadId::ROUNDING => true,
            HeadId::REBATE => amount <= Paise::ZERO,
            HeadId::LATE_FEE => amount >= Paise::ZERO,
            own if !own.is_reserved() => amount >= Paise::ZERO,
            _ => return Err(DemandError::UnknownHead { head }),
        };
        if !sign_fits {
            return Err(DemandError::WrongSign { head, amount });
        }
        if paid < amount.min(Paise::ZERO) || paid > amount.max(Paise::ZERO) {
            return Err(DemandError::PaidBeyond { head, amount, paid });
        }
        if matches!(head, HeadId::LATE_FEE | HeadId::REBATE) && amount != paid {
            return Err(DemandError::NotSettledAtOnce { head, amount, paid });
        }
        if head == HeadId::LATE_FEE && amount > LateFee::MAX_PER_BILL {
            return Err(DemandError::LateFeeTooLarge { amount });
        }
        Ok(())
    }
}
