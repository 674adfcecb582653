//! What an account has paid lately, as far as it is known here: this till's own receipts, and the newest payment that the
//! head office knows of.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::ids::{AccountId, EntryId};
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;
use serde::Serialize;

/// One payment of the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PastPayment {
    /// On which day.
    pub on: Day,
    /// How much.
    pub amount: Paise,
    /// Who took it.
    pub by: TakenBy,
}

/// Who took a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum TakenBy {
    /// This till, with this receipt.
    ThisTill(EntryId),
    /// Somebody else, or this till in an earlier life; the head office knows.
    Elsewhere,
}

impl Till {
    /// The newest payments for an account, newest first, at most `most`.
    pub fn payments(&self, account: &AccountId, most: usize) -> Result<Vec<PastPayment>, TillError> {
        let stored = self.store.account(account)?;
        let stored = stored.ok_or_else(|| TillError::UnknownAccount { account: account.clone() })?;
        let rows = self.store.newest_payments(account, most)?;
        let ours = rows.iter().filter(|row| row.incarnation == self.chain.incarnation());
        let mut payments: Vec<PastPayment> = ours
            .map(|row| PastPayment {
                on: row.day,
                amount: row.amount,
                by: TakenBy::ThisTill(self.chain.id(row.sequence)),
            })
            .collect();
        // The office's newest payment is often one of ours that it has counted: shown once.
        let office = stored.account.last_payment.map(|last| (last.on, last.amount));
        let counted = rows.iter().filter(|row| (row.incarnation, row.sequence) <= stored.counted);
        let elsewhere = office.filter(|last| !counted.clone().any(|row| (row.day, row.amount) == *last));
        if let Some((on, amount)) = elsewhere {
            let place = payments.iter().position(|payment| payment.on <= on).unwrap_or(payments.len());
            payments.insert(place, PastPayment { on, amount, by: TakenBy::Elsewhere });
        }
        payments.truncate(most);
        Ok(payments)
    }
}
