//! Balances: sums of very many amounts, and so beyond the bound of a single one.
//!
//! Never a field of a message or of a receipt: those are `Paise`.

use super::account::LedgerAccount;
use super::transaction::{LedgerError, Transaction};
use crate::money::{Paise, format_total};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What a ledger account comes to, in paise: debits less credits. Not bounded as a single amount is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Balance(pub i64);

impl Balance {
    /// Nothing.
    pub const ZERO: Balance = Balance(0);

    /// With one more amount; `None` beyond an `i64`, which the bounds on single amounts keep out of reach of any tenant.
    #[must_use]
    pub fn checked_add(self, amount: Paise) -> Option<Balance> {
        self.0.checked_add(amount.get()).map(Balance)
    }
}

impl std::ops::Neg for Balance {
    type Output = Balance;
    fn neg(self) -> Balance {
        Balance(self.0.saturating_neg())
    }
}

/// As an amount is written for people.
impl fmt::Display for Balance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format_total(self.0))
    }
}

/// The balances of many accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balances(BTreeMap<LedgerAccount, Balance>);

impl Balances {
    /// All of them nothing.
    pub fn new() -> Balances {
        Balances::default()
    }

    /// What an account comes to.
    pub fn of(&self, account: &LedgerAccount) -> Balance {
        self.0.get(account).copied().unwrap_or_default()
    }

    /// Adds one amount to one account.
    pub fn add(&mut self, account: &LedgerAccount, amount: Balance) -> Result<(), LedgerError> {
        let sum = self.of(account).0.checked_add(amount.0).ok_or(LedgerError::Overflow)?;
        match self.0.get_mut(account) {
            Some(balance) => balance.0 = sum,
            None => _ = self.0.insert(account.clone(), Balance(sum)),
        }
        Ok(())
    }

    /// Adds all postings of a transaction.
    pub fn post(&mut self, transaction: &Transaction) -> Result<(), LedgerError> {
        transaction.postings().iter().try_for_each(|posting| self.add(&posting.account, Balance(posting.amount.get())))
    }

    /// All accounts that were ever added to, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&LedgerAccount, Balance)> {
        self.0.iter().map(|(account, balance)| (account, *balance))
    }

    /// What all of them come to together: nothing, if every transaction balanced.
    pub fn total(&self) -> i128 {
        self.0.values().map(|balance| i128::from(balance.0)).sum()
    }
}

impl FromIterator<(LedgerAccount, Balance)> for Balances {
    fn from_iter<I: IntoIterator<Item = (LedgerAccount, Balance)>>(balances: I) -> Balances {
        Balances(balances.into_iter().collect())
    }
}
