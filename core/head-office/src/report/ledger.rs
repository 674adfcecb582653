//! The ledger at one moment: trial balance, cash by till, what was asked and settled by head.

use crate::error::OfficeError;
use crate::office::Office;
use raseed_protocol::ids::{HeadId, TillId};
use raseed_protocol::ledger::{Balance, Balances, LedgerAccount};
use serde::Serialize;
use std::collections::BTreeSet;

/// The ledger at one moment. Amounts are in paise; debits positive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerReport {
    /// Every ledger account that was ever posted to, in order.
    pub trial_balance: Vec<LedgerLine>,
    /// True if all of them come to nothing together, as they must.
    pub in_balance: bool,
    /// Cash in the hands of each till.
    pub cash: Vec<TillCash>,
    /// By head: late fee, rebate, rounding, then the tenant's own.
    pub heads: Vec<HeadTotals>,
}

/// One line of the trial balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerLine {
    /// The account.
    pub account: LedgerAccount,
    /// What it comes to.
    pub balance_paise: Balance,
}

/// Cash in the hands of one till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TillCash {
    /// Whose.
    pub till: TillId,
    /// How much.
    pub cash_paise: Balance,
}

/// What was asked under one head, what is settled, what is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeadTotals {
    /// The head.
    pub head: HeadId,
    /// What it is called.
    pub name: String,
    /// What was asked; below zero for a rebate.
    pub asked_paise: Balance,
    /// What of it payments and advances have settled.
    pub settled_paise: Balance,
    /// What of it is open.
    pub open_paise: Balance,
}

impl Office {
    /// The ledger now.
    pub fn ledger_report(&self) -> Result<LedgerReport, OfficeError> {
        let read = self.store.read(&self.tenant)?;
        let balances = read.balances()?;
        let rules = read.tenant()?.and_then(|row| row.rules).map(|(rules, _)| rules);
        let name = |head: HeadId| rules.as_ref().map_or_else(|| head.to_string(), |rules| rules.head_name(head));
        let line = |(account, balance_paise): (&LedgerAccount, Balance)| LedgerLine {
            account: account.clone(),
            balance_paise,
        };
        Ok(LedgerReport {
            trial_balance: balances.iter().map(line).collect(),
            in_balance: balances.total() == 0,
            cash: cash(&balances),
            heads: heads(&balances).into_iter().map(|head| totals(&balances, head, name(head))).collect(),
        })
    }
}

fn cash(balances: &Balances) -> Vec<TillCash> {
    let by_till = balances.iter().filter_map(|(account, cash_paise)| match account {
        LedgerAccount::CashInHand(till) => Some(TillCash { till: till.clone(), cash_paise }),
        _ => None,
    });
    by_till.collect()
}

fn heads(balances: &Balances) -> BTreeSet<HeadId> {
    let heads = balances.iter().filter_map(|(account, _)| match account {
        LedgerAccount::Consumers(head) | LedgerAccount::Income(head) => Some(*head),
        _ => None,
    });
    heads.collect()
}

/// Consumers are only ever debited with what is asked and credited with what is settled.
fn totals(balances: &Balances, head: HeadId, name: String) -> HeadTotals {
    let asked = -balances.of(&LedgerAccount::asked(head));
    let open = balances.of(&LedgerAccount::Consumers(head));
    let settled_paise = Balance(asked.0.saturating_sub(open.0));
    HeadTotals { head, name, asked_paise: asked, settled_paise, open_paise: open }
}
