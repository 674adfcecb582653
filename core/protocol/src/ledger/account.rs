//! The accounts of the ledger (not the consumers' accounts: those are `book::Account`).
//!
//! The text of each is what is stored and listed; it is given once and never changed.

use crate::ids::{HeadId, TillId};
use crate::journal::Mode;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// One account of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum LedgerAccount {
    /// Notes and coins that a till has taken and not yet handed over: `cash:SAS07`.
    CashInHand(TillId),
    /// UPI payments on their way to the bank: `clearing:upi`.
    UpiClearing,
    /// Card payments on their way to the bank: `clearing:card`.
    CardClearing,
    /// Money at the bank or with the payment service, as far as it was told of: `bank`.
    Bank,
    /// Cheques and drafts not yet realised: `clearing:cheque`.
    ChequeClearing,
    /// What consumers owe under one head (the control account; its balance is what is open on all demands):
    /// `consumers:10`.
    Consumers(HeadId),
    /// What is held for consumers' bills to come; a credit: `advances`.
    ConsumerAdvances,
    /// What was asked under one of the tenant's own heads, or sold over the counter (`income:4`); a credit: `income:10`.
    Income(HeadId),
    /// Late fees charged; a credit: `late-fee`.
    LateFeeIncome,
    /// Rebates given: `rebate`.
    RebateAllowed,
    /// What rounding of bills to the rupee gave or took: `rounding`.
    Rounding,
    /// Money that came for nobody who can be credited, and is to be given back; a credit: `refunds-due`.
    RefundsDue,
    /// Money that is held for an account that is not known yet; a credit: `suspense`.
    Suspense,
    /// What was there before these books began: `opening`.
    OpeningBalances,
}

/// Text that is not the name of an account of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is not an account of the ledger; this program may be older than the books")]
pub struct BadLedgerAccount(String);

impl LedgerAccount {
    /// Where money lies that a till took.
    pub fn received(mode: Mode, till: &TillId) -> LedgerAccount {
        match mode {
            Mode::Cash => LedgerAccount::CashInHand(till.clone()),
            Mode::Upi => LedgerAccount::UpiClearing,
            Mode::Card => LedgerAccount::CardClearing,
            Mode::Cheque => LedgerAccount::ChequeClearing,
        }
    }

    /// Why consumers owe under a head: the other side of `Consumers(head)` when it is asked for.
    pub fn asked(head: HeadId) -> LedgerAccount {
        match head {
            HeadId::LATE_FEE => LedgerAccount::LateFeeIncome,
            HeadId::REBATE => LedgerAccount::RebateAllowed,
            HeadId::ROUNDING => LedgerAccount::Rounding,
            own => LedgerAccount::Income(own),
        }
    }
}

impl fmt::Display for LedgerAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LedgerAccount::CashInHand(till) => write!(f, "cash:{till}"),
            LedgerAccount::UpiClearing => f.write_str("clearing:upi"),
            LedgerAccount::CardClearing => f.write_str("clearing:card"),
            LedgerAccount::Bank => f.write_str("bank"),
            LedgerAccount::ChequeClearing => f.write_str("clearing:cheque"),
            LedgerAccount::Consumers(head) => write!(f, "consumers:{}", head.0),
            LedgerAccount::ConsumerAdvances => f.write_str("advances"),
            LedgerAccount::Income(head) => write!(f, "income:{}", head.0),
            LedgerAccount::LateFeeIncome => f.write_str("late-fee"),
            LedgerAccount::RebateAllowed => f.write_str("rebate"),
            LedgerAccount::Rounding => f.write_str("rounding"),
            LedgerAccount::RefundsDue => f.write_str("refunds-due"),
            LedgerAccount::Suspense => f.write_str("suspense"),
            LedgerAccount::OpeningBalances => f.write_str("opening"),
        }
    }
}

impl FromStr for LedgerAccount {
    type Err = BadLedgerAccount;

    fn from_str(text: &str) -> Result<LedgerAccount, BadLedgerAccount> {
        let refused = || BadLedgerAccount(text.chars().take(40).collect());
        let head = |digits: &str| digits.parse().map(HeadId).map_err(|_| refused());
        let account = match text.split_once(':') {
            Some(("cash", till)) => LedgerAccount::CashInHand(till.parse().map_err(|_| refused())?),
            Some(("clearing", "upi")) => LedgerAccount::UpiClearing,
            Some(("clearing", "card")) => LedgerAccount::CardClearing,
            Some(("clearing", "cheque")) => LedgerAccount::ChequeClearing,
            Some(("consumers", digits)) => LedgerAccount::Consumers(head(digits)?),
            Some(("income", digits)) => LedgerAccount::Income(head(digits)?),
            Some(_) => return Err(refused()),
            None => match text {
                "advances" => LedgerAccount::ConsumerAdvances,
                "late-fee" => LedgerAccount::LateFeeIncome,
                "rebate" => LedgerAccount::RebateAllowed,
                "rounding" => LedgerAccount::Rounding,
                "bank" => LedgerAccount::Bank,
                "refunds-due" => LedgerAccount::RefundsDue,
                "suspense" => LedgerAccount::Suspense,
                "opening" => LedgerAccount::OpeningBalances,
                _ => return Err(refused()),
            },
        };
        if account.to_string() == text { Ok(account) } else { Err(refused()) }
    }
}

impl TryFrom<String> for LedgerAccount {
    type Error = BadLedgerAccount;
    fn try_from(text: String) -> Result<LedgerAccount, BadLedgerAccount> {
        text.parse()
    }
}

impl From<LedgerAccount> for String {
    fn from(account: LedgerAccount) -> String {
        account.to_string()
    }
}
