//! What may be *taken* at the door. What was really paid is always posted (`settle`), whatever this says.
//!
//! Every refusal carries the amounts, so that a screen can say what would be accepted.

use super::bounded;
use super::dues::{Dues, dues};
use crate::book::{Account, AccountStatus, PartPayment, Rules};
use crate::money::Paise;
use crate::time::Day;
use serde::Serialize;
use thiserror::Error;

/// Why an amount is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
pub enum PaymentRefused {
    /// Nothing is collected on a closed account.
    #[error("the account is closed; send the payer to the office")]
    AccountClosed,
    /// Zero.
    #[error("an amount of zero is no payment; {payable} is due")]
    Zero {
        /// What is due.
        payable: Paise,
    },
    /// Below zero.
    #[error("{amount} is below zero; type what the payer gives, {payable} is due")]
    Negative {
        /// What was offered.
        amount: Paise,
        /// What is due.
        payable: Paise,
    },
    /// More cash than one receipt may be for.
    #[error("{amount} is more than one cash receipt may be for; take at most {limit}, or take it by UPI or card")]
    AboveCashLimit {
        /// What was offered.
        amount: Paise,
        /// The most.
        limit: Paise,
    },
    /// Less than the least part payment.
    #[error("{amount} is too little; take {minimum} or more ({payable} is due)")]
    BelowMinimum {
        /// What was offered.
        amount: Paise,
        /// The least that is taken now.
        minimum: Paise,
        /// What is due.
        payable: Paise,
    },
    /// Less than everything, where only everything is taken.
    #[error("{amount} does not settle what is due; take {payable}, part payment is not allowed here")]
    PartPaymentNotAllowed {
        /// What was offered.
        amount: Paise,
        /// What is due.
        payable: Paise,
    },
    /// Nothing is due and no more may be held in advance.
    #[error("nothing is due, and no more may be held in advance ({held} is held already); take nothing")]
    NothingDue {
        /// What was offered.
        amount: Paise,
        /// What is already held in advance.
        held: Paise,
    },
    /// More than is due and may be held in advance together.
    #[error("{amount} is more than is due ({payable}) and may be held in advance; take at most {most}")]
    AdvanceTooLarge {
        /// What was offered.
        amount: Paise,
        /// The most that is taken now.
        most: Paise,
        /// What is due.
        payable: Paise,
        /// The most that may be held in advance.
        max_advance: Paise,
    },
}

/// Whether this much cash may be taken for the account on `on`.
pub fn check(account: &Account, rules: &Rules, amount: Paise, on: Day) -> Result<(), PaymentRefused> {
    let owed = check_sign(account, rules, amount, on)?;
    if amount > rules.max_cash_receipt {
        return Err(PaymentRefused::AboveCashLimit { amount, limit: rules.max_cash_receipt });
    }
    check_against(&owed, rules, amount)
}

/// Whether this much may be taken by UPI, card or any other way than cash: as [`check`], without its cash limit.
pub fn check_cashless(account: &Account, rules: &Rules, amount: Paise, on: Day) -> Result<(), PaymentRefused> {
    let owed = check_sign(account, rules, amount, on)?;
    check_against(&owed, rules, amount)
}

fn check_sign(account: &Account, rules: &Rules, amount: Paise, on: Day) -> Result<Dues, PaymentRefused> {
    if account.status == AccountStatus::Closed {
        return Err(PaymentRefused::AccountClosed);
    }
    let owed = dues(account, rules, on);
    match amount {
        Paise::ZERO => Err(PaymentRefused::Zero { payable: owed.payable }),
        amount if amount < Paise::ZERO => Err(PaymentRefused::Negative { amount, payable: owed.payable }),
        _ => Ok(owed),
    }
}

fn check_against(owed: &Dues, rules: &Rules, amount: Paise) -> Result<(), PaymentRefused> {
    if amount < owed.payable { check_part(owed.payable, rules, amount) } else { check_advance(owed, rules, amount) }
}

fn check_part(payable: Paise, rules: &Rules, amount: Paise) -> Result<(), PaymentRefused> {
    match rules.part_payment {
        PartPayment::Allowed => Ok(()),
        PartPayment::Minimum(least) if amount >= least => Ok(()),
        PartPayment::Minimum(least) => {
            Err(PaymentRefused::BelowMinimum { amount, minimum: least.min(payable), payable })
        }
        PartPayment::NotAllowed => Err(PaymentRefused::PartPaymentNotAllowed { amount, payable }),
    }
}

fn check_advance(owed: &Dues, rules: &Rules, amount: Paise) -> Result<(), PaymentRefused> {
    let room = bounded::sub(rules.max_advance, owed.advance_left).max(Paise::ZERO);
    let most = bounded::add(owed.payable, room);
    if amount <= most {
        return Ok(());
    }
    if most.is_zero() {
        return Err(PaymentRefused::NothingDue { amount, held: owed.advance_left });
    }
    let (payable, max_advance) = (owed.payable, rules.max_advance);
    Err(PaymentRefused::AdvanceTooLarge { amount, most, payable, max_advance })
}
