//! The book of bills: what the head office tells a till about accounts, demands, tariffs and rules.
//!
//! These are plain data, valid by construction where the type can say so. How money moves through them is `billing`;
//! how they travel is `page`.

mod account;
mod account_check;
mod page;
mod payments;
mod payments_wire;
mod rules;
mod rules_check;
mod tariff;
mod tariff_check;
mod wire;

pub use account::{Account, AccountStatus, Demand, DemandLine, LastPayment, Meter};
pub use account_check::{AccountError, DemandError};
pub use page::BookPage;
pub use payments::{CardApp, CodeMaker, Payments, PaymentsError, UpiPayee};
pub use rules::{Head, LateFee, LateFeeAmount, PartPayment, Rebate, RebateAmount, Rounding, Rules};
pub use rules_check::RulesError;
pub use tariff::{MeteredCharge, Slab, Tariff, TariffLine};
pub use tariff_check::TariffError;
