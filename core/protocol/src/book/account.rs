//! An account (a connection, a household) and the demands made on it.

use crate::ids::{AccountId, BillNumber, HeadId, TariffCode};
use crate::money::Paise;
use crate::time::{Day, Period};
use serde::{Deserialize, Serialize};

/// One consumer's account as the book has it.
///
/// Personal data is kept to what a collector needs at the door: of the phone only its last four digits travel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Consumer number.
    pub id: AccountId,
    /// Name in the script of the place (Gurmukhi, Devanagari, Bengali ...); at most [`Account::MAX_TEXT`] characters.
    pub name: String,
    /// The name in Latin letters, for people and keyboards that do not have the other script; may be empty.
    #[serde(default)]
    pub name_latin: String,
    /// House number or description.
    #[serde(default)]
    pub house: String,
    /// Village or ward.
    pub place: String,
    /// The last four digits of the phone, or empty.
    #[serde(default)]
    pub phone_last4: String,
    /// Which tariff its bills follow.
    pub tariff: TariffCode,
    /// Open or closed.
    #[serde(default)]
    pub status: AccountStatus,
    /// The meter, if there is one.
    #[serde(default)]
    pub meter: Option<Meter>,
    /// Demands not yet settled in full (and possibly recently settled ones), oldest period first.
    #[serde(default)]
    pub demands: Vec<Demand>,
    /// Money held for bills to come; never negative.
    #[serde(default)]
    pub advance: Paise,
    /// The newest payment that the head office knows of.
    #[serde(default)]
    pub last_payment: Option<LastPayment>,
}

impl Account {
    /// The longest name, house or place, in characters.
    pub const MAX_TEXT: usize = 80;
    /// The most demands that one account may carry.
    pub const MAX_DEMANDS: usize = 240;
}

/// Whether an account may be billed and paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountStatus {
    /// In use.
    #[default]
    Active,
    /// Closed: nothing may be collected on it in the field.
    Closed,
}

/// A meter and its newest reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meter {
    /// The newest reading, in whole units (kilolitres, kilowatt hours).
    pub reading: u32,
    /// The day it was taken.
    pub read_on: Day,
    /// How many digits the dial has (1 to 9): after 99…9 comes 0.
    pub digits: u8,
    /// What this connection usually uses in a month, in whole units; 0 if not known.
    #[serde(default)]
    pub usual_units: u32,
}

/// One bill: what is asked of an account for one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// Bill number.
    pub bill: BillNumber,
    /// The month that is billed.
    pub period: Period,
    /// The day the bill was made.
    pub issued_on: Day,
    /// The last day to pay without a late fee.
    pub due_on: Day,
    /// What is asked, by head. The heads are distinct. A `LATE_FEE` line holds only what has been charged and paid so
    /// far (charged = paid); a `REBATE` line (negative) what was allowed; a `ROUNDING` line may have either sign.
    pub lines: Vec<DemandLine>,
}

/// One head of a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandLine {
    /// Which head.
    pub head: HeadId,
    /// What is asked; negative for a rebate or a rounding down.
    pub amount: Paise,
    /// How much of it is settled; the same sign as `amount`, never more than it.
    #[serde(default)]
    pub paid: Paise,
}

impl DemandLine {
    /// What is still open on this line.
    pub fn open(&self) -> Paise {
        self.amount - self.paid
    }
}

impl Demand {
    /// The most lines that one demand may have.
    pub const MAX_LINES: usize = 16;

    /// What is still open on it, late fee and rebate of a later day not counted.
    pub fn open(&self) -> Paise {
        self.lines.iter().map(DemandLine::open).sum()
    }

    /// What was asked in all.
    pub fn total(&self) -> Paise {
        self.lines.iter().map(|line| line.amount).sum()
    }
}

/// A payment, as shown beside an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastPayment {
    /// How much.
    pub amount: Paise,
    /// When.
    pub on: Day,
}
