//! The tenant's rules for paying: heads and their order, late fee, rebate, rounding, part payment, advance.

use super::payments::Payments;
use crate::ids::{HeadId, TenantId};
use crate::language::Names;
use crate::money::Paise;
use serde::{Deserialize, Serialize};

/// Everything about paying that a tenant decides for itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Whose rules these are.
    pub tenant: TenantId,
    /// The name at the top of a receipt.
    pub name: String,
    /// The same in other languages, where it has one; shown instead of `name` to those who read them.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
    /// The public host of the page that verifies receipts, as printed in their QR code: `pay.saswater.example`. Empty:
    /// the host that the till syncs with. At most 40 letters, digits, dots, dashes or a port's colon.
    #[serde(default)]
    pub receipt_host: String,
    /// The tenant's own heads, **in the order in which a payment settles them** within one period. A late fee is settled
    /// before all of them.
    pub heads: Vec<Head>,
    /// Late fee, if any.
    #[serde(default)]
    pub late_fee: Option<LateFee>,
    /// Rebate for paying early, if any.
    #[serde(default)]
    pub rebate: Option<Rebate>,
    /// How a new bill, a late fee and a rebate are rounded.
    #[serde(default)]
    pub rounding: Rounding,
    /// Whether less than everything may be paid.
    #[serde(default)]
    pub part_payment: PartPayment,
    /// The most that may be held in advance for one account after a payment; nothing at all if zero.
    pub max_advance: Paise,
    /// The most that one cash receipt may be for.
    pub max_cash_receipt: Paise,
    /// The day of the month (1 to 28) by which a bill made at the door is due; its due date is the first such day at
    /// least [`Rules::MIN_DAYS_TO_PAY`] days after the reading.
    pub due_day: u8,
    /// How money is taken otherwise than in cash; nothing of it if left out.
    #[serde(default)]
    pub payments: Payments,
}

impl Rules {
    /// A bill made at the door gives at least this many days to pay.
    pub const MIN_DAYS_TO_PAY: i32 = 7;
    /// The most heads of a tenant's own.
    pub const MAX_HEADS: usize = 12;

    /// Whether this may stand as `receipt_host`.
    pub fn is_receipt_host(host: &str) -> bool {
        host.len() <= 40 && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'))
    }

    /// What to call a head in a list: by its usual name. Receipts use `head_name_in`.
    pub fn head_name(&self, id: HeadId) -> String {
        self.head(id).map_or_else(|| id.to_string(), |head| head.name.clone())
    }

    /// The tenant's own head with this number.
    pub fn head(&self, id: HeadId) -> Option<&Head> {
        self.heads.iter().find(|head| head.id == id)
    }
}

/// One head of account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Its number, 10 or more.
    pub id: HeadId,
    /// What it is called in files: `WATER`.
    pub code: String,
    /// What it is called on a receipt: `Water charge`.
    pub name: String,
    /// The same in other languages, where it has one.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
}

/// A fee on a bill that is paid after its due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateFee {
    /// How much, for each month or part of a month late.
    pub amount: LateFeeAmount,
    /// Days after the due date during which nothing is charged (but once they are over, the count starts at the due date).
    #[serde(default)]
    pub grace_days: u16,
    /// The most that one bill may bear in all.
    #[serde(default)]
    pub cap: Option<Paise>,
    /// Charge once, however late; otherwise again for each month or part of a month.
    #[serde(default)]
    pub once: bool,
}

impl LateFee {
    /// The most that is ever charged on one bill, whatever the rules say: ten crore rupees. With it, everything that
    /// an account can owe is an amount.
    pub const MAX_PER_BILL: Paise = match Paise::from_rupees(100_000_000) {
        Ok(amount) => amount,
        Err(_) => panic!("ten crore is within bounds"),
    };
}

/// The size of a late fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LateFeeAmount {
    /// The same for everybody.
    Flat(Paise),
    /// Hundredths of a percent of what is still open on the bill's own heads: 150 is 1.5 %.
    BasisPoints(u16),
}

/// A reduction for paying a bill in full by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rebate {
    /// How much.
    pub amount: RebateAmount,
    /// It is given up to this many days after the bill's issue, the last day included.
    pub within_days: u16,
}

/// The size of a rebate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RebateAmount {
    /// The same for everybody, but never more than what is open.
    Flat(Paise),
    /// Hundredths of a percent of the bill's own heads as billed: 200 is 2 %.
    BasisPoints(u16),
}

/// Whether amounts are brought to whole rupees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// Paise stay.
    Exact,
    /// A bill gets a rounding line of its own to the nearest rupee (half up); a late fee is rounded to the nearest
    /// rupee, a rebate down to one.
    #[default]
    NearestRupee,
}

/// Whether less than everything that is due may be paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartPayment {
    /// Any amount.
    #[default]
    Allowed,
    /// Not less than this (or everything, where less than this is due).
    Minimum(Paise),
    /// Everything or nothing.
    NotAllowed,
}
