//! The bill made at the door: from a meter reading (or a flat tariff) to a demand.
//!
//! It makes the demand and the meter as they will be; it must never touch the account. All or nothing: a bill that
//! would be doubtful later (a month twice, a reading not confirmed) is refused now.

use super::calendar::{due_date, first_billing_day};
use super::charge::{ChargeError, charge};
use super::reading::{JudgedReading, Question, ReadingError, reading as judge};
use crate::book::{Account, AccountStatus, Demand, Meter, Rules, Tariff};
use crate::ids::{BillNumber, TariffCode};
use crate::money::Paise;
use crate::time::{Day, Period};
use serde::Serialize;
use thiserror::Error;

/// A bill made at the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpotBill {
    /// The demand to add to the account.
    pub demand: Demand,
    /// What it asks in all.
    pub total: Paise,
    /// How many months it covers, the demand's period the last of them.
    pub months: u16,
    /// Units used, for a metered connection.
    pub units: Option<u32>,
    /// The meter after the reading, for a metered connection.
    pub meter: Option<Meter>,
}

/// Why no bill is made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SpotBillRefused {
    /// A closed account is not billed.
    #[error("the account is closed; no bill can be made on it")]
    AccountClosed,
    /// The tariff given is not the account's.
    #[error("the account follows tariff {wanted}, not {given}; sync to get its tariff")]
    WrongTariff {
        /// The account's.
        wanted: TariffCode,
        /// The one given.
        given: TariffCode,
    },
    /// The day cannot be right.
    #[error("{on} cannot be the day of a bill; set the date of this device")]
    BadDay {
        /// The day.
        on: Day,
    },
    /// The month, or a later one, has a bill.
    #[error("{period} is already billed (bill {bill}); collect on that bill")]
    AlreadyBilled {
        /// The billed period.
        period: Period,
        /// Its bill.
        bill: BillNumber,
    },
    /// The office billed a month after the last reading without one: what was used in it cannot be told apart.
    #[error("{period} was billed without a reading (bill {bill}); the office must make the next bill")]
    BilledWithoutReading {
        /// The billed period.
        period: Period,
        /// Its bill.
        bill: BillNumber,
    },
    /// Another demand of the account has this number.
    #[error("bill number {bill} is already on this account; take the next number")]
    BillNumberUsed {
        /// The number.
        bill: BillNumber,
    },
    /// The account carries [`Account::MAX_DEMANDS`] demands.
    #[error(
        "the account carries {} demands, the most there can be; the office must bring them together",
        Account::MAX_DEMANDS
    )]
    TooManyDemands,
    /// A metered tariff, but no meter in the book.
    #[error("the tariff charges by the meter, but the book has none for this account; the office must enter it")]
    NoMeter,
    /// A metered tariff needs a reading.
    #[error("this connection is billed by its meter; take the reading")]
    ReadingMissing,
    /// A flat tariff has no use for a reading.
    #[error("this connection is not billed by a meter; leave the reading out")]
    ReadingNotWanted,
    /// An impossible reading.
    #[error(transparent)]
    Reading(#[from] ReadingError),
    /// An odd reading that nobody has confirmed.
    #[error("look at the dial again: {}", questions.iter().map(Question::to_string).collect::<Vec<_>>().join("; "))]
    Unanswered {
        /// What must be confirmed.
        questions: Vec<Question>,
    },
    /// The tariff cannot be charged.
    #[error(transparent)]
    Charge(#[from] ChargeError),
}

/// Makes the bill of the month of `on`: for all months since the last reading (metered) or the last bill known (flat).
///
/// `answers` are the questions about the reading that a person has confirmed. `rules` and `tariff` are the tenant's.
pub fn spot_bill(
    account: &Account,
    tariff: &Tariff,
    rules: &Rules,
    reading: Option<u32>,
    on: Day,
    answers: &[Question],
    bill_number: BillNumber,
) -> Result<SpotBill, SpotBillRefused> {
    check_account(account, tariff, on, &bill_number)?;
    let judged = judged_reading(account, tariff, reading, on)?;
    if let Some(judged) = &judged {
        check_judged(account, judged, answers)?;
    }
    let months = judged.as_ref().map_or_else(|| months_since_last_bill(account, on), |judged| judged.months);
    let units = judged.as_ref().map(|judged| judged.units);
    let charged = charge(tariff, rules, units, months)?;
    if account.asked().saturating_add(charged.total.get()) > Account::MAX_ASKED {
        return Err(ChargeError::TooLarge.into());
    }
    let due_on = due_date(rules, on);
    let demand = Demand { bill: bill_number, period: on.period(), issued_on: on, due_on, lines: charged.lines };
    Ok(SpotBill { demand, total: charged.total, months, units, meter: judged.map(|judged| judged.meter) })
}

fn check_account(account: &Account, tariff: &Tariff, on: Day, number: &BillNumber) -> Result<(), SpotBillRefused> {
    if account.status == AccountStatus::Closed {
        return Err(SpotBillRefused::AccountClosed);
    }
    if account.tariff != tariff.code {
        let (wanted, given) = (account.tariff.clone(), tariff.code.clone());
        return Err(SpotBillRefused::WrongTariff { wanted, given });
    }
    if on < first_billing_day() {
        return Err(SpotBillRefused::BadDay { on });
    }
    if let Some(newest) = newest_demand(account).filter(|demand| demand.period >= on.period()) {
        return Err(SpotBillRefused::AlreadyBilled { period: newest.period, bill: newest.bill.clone() });
    }
    if account.demands.iter().any(|demand| demand.bill == *number) {
        return Err(SpotBillRefused::BillNumberUsed { bill: number.clone() });
    }
    if account.demands.len() >= Account::MAX_DEMANDS {
        return Err(SpotBillRefused::TooManyDemands);
    }
    Ok(())
}

fn judged_reading(
    account: &Account,
    tariff: &Tariff,
    reading: Option<u32>,
    on: Day,
) -> Result<Option<JudgedReading>, SpotBillRefused> {
    if tariff.metered.is_none() {
        return if reading.is_some() { Err(SpotBillRefused::ReadingNotWanted) } else { Ok(None) };
    }
    let meter = account.meter.as_ref().ok_or(SpotBillRefused::NoMeter)?;
    let reading = reading.ok_or(SpotBillRefused::ReadingMissing)?;
    Ok(Some(judge(meter, reading, on)?))
}

fn check_judged(account: &Account, judged: &JudgedReading, answers: &[Question]) -> Result<(), SpotBillRefused> {
    let last_read = account.meter.map(|meter| meter.read_on.period());
    if let Some(newest) = newest_demand(account).filter(|demand| Some(demand.period) > last_read) {
        return Err(SpotBillRefused::BilledWithoutReading { period: newest.period, bill: newest.bill.clone() });
    }
    let questions = judged.unanswered(answers);
    if questions.is_empty() { Ok(()) } else { Err(SpotBillRefused::Unanswered { questions }) }
}

/// At least 1; 1 too if no bill is known, because a settled one may have left the book.
fn months_since_last_bill(account: &Account, on: Day) -> u16 {
    newest_demand(account).map_or(1, |newest| on.period().number() - newest.period.number())
}

fn newest_demand(account: &Account) -> Option<&Demand> {
    account.demands.iter().max_by_key(|demand| demand.period)
}
