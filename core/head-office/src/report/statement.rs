//! The statement of one consumer's account: every ledger transaction on it, newest first.

use crate::error::OfficeError;
use crate::office::Office;
use crate::store::StoreError;
use raseed_protocol::book::Account;
use raseed_protocol::ids::AccountId;
use raseed_protocol::ledger::LedgerAccount;
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;
use serde::Serialize;

/// An account and what happened on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// The account as it is now.
    pub account: Account,
    /// What happened, newest first.
    pub lines: Vec<StatementLine>,
    /// True if there is more, older than the last line.
    pub more: bool,
}

/// One ledger transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatementLine {
    /// Its id.
    pub id: String,
    /// What happened, by its name in the books.
    pub kind: &'static str,
    /// On which day.
    pub day: Day,
    /// What it did.
    pub postings: Vec<StatementPosting>,
}

/// One posting of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatementPosting {
    /// On which ledger account.
    pub account: LedgerAccount,
    /// Debit positive, credit negative.
    pub amount_paise: Paise,
}

impl Office {
    /// The newest `most` transactions of an account.
    pub fn statement(&self, account: &AccountId, most: usize) -> Result<Statement, OfficeError> {
        let read = self.store.read(&self.tenant)?;
        let record = read.account(account)?.ok_or_else(|| OfficeError::UnknownAccount(account.clone()))?;
        let (mut lines, mut next) = (Vec::new(), record.newest);
        while let Some(id) = next.take_if(|_| lines.len() < most) {
            let found = read.transaction(&id)?.ok_or(StoreError::Damaged { what: "a ledger transaction" })?;
            let postings = found.transaction.postings().iter();
            lines.push(StatementLine {
                id: id.to_string(),
                kind: found.transaction.kind().name(),
                day: found.transaction.day(),
                postings: postings
                    .map(|posting| StatementPosting { account: posting.account.clone(), amount_paise: posting.amount })
                    .collect(),
            });
            next = found.previous;
        }
        Ok(Statement { account: record.account, lines, more: next.is_some() })
    }
}
