//! Billing, as pure functions over the book: what a month costs, what is due on a day, what a payment settles.
//!
//! The till runs these to tell a household what it owes; the head office runs the same ones to post. Nothing here may
//! read a clock, and no other file may decide what a payment settles. The rules in prose: `schemas/billing.md`.

mod asked;
mod bounded;
mod calendar;
mod change;
mod charge;
mod dues;
mod late_fee;
pub mod policy;
mod reading;
mod rebate;
mod settle;
mod settlement;
mod spot_bill;

pub use change::{Change, NOTES_RUPEES, change, likely_sums};
pub use charge::{Charge, ChargeError, charge};
pub use dues::{DemandDues, Dues, dues};
pub use reading::{JudgedReading, Question, ReadingError, reading};
pub use settle::{apply_advance, preview, settle};
pub use settlement::{HeadAmount, SettledLine, Settlement};
pub use spot_bill::{SpotBill, SpotBillRefused, spot_bill};

#[cfg(test)]
mod test_accounts;
#[cfg(test)]
mod tests;
