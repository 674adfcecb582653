//! What has not reached the head office yet. There is no second queue: it is the end of the journal.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::ids::{EntryId, Sequence};
use raseed_protocol::journal::{Body, SignedEntry};
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use serde::Serialize;

/// The unsent part of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// How many entries.
    pub unsent: u64,
    /// When the oldest of them was written.
    pub oldest_ms: Option<WallMs>,
    /// The oldest of them, at most as many as were asked for.
    pub entries: Vec<Unsent>,
    /// What the head office said about entries it has: entry, code, sentence.
    pub notices: Vec<(Sequence, String, String)>,
}

/// One unsent entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unsent {
    /// Its id.
    pub id: EntryId,
    /// What it is.
    pub what: &'static str,
    /// When it was written.
    pub wall_ms: WallMs,
    /// The account, if it is about one.
    pub account: Option<String>,
    /// The amount, if money was taken.
    pub amount: Option<Paise>,
    /// The entry itself, for whoever shows it in a language.
    #[serde(skip)]
    pub entry: SignedEntry,
}

impl Till {
    /// The unsent entries, oldest first, at most `most` of them in detail.
    pub fn queue(&self, most: usize) -> Result<Queue, TillError> {
        let acknowledged = self.acknowledged();
        let mut entries = Vec::new();
        self.store.entries_after(self.chain.incarnation(), acknowledged, |sequence, bytes| {
            if entries.len() < most.max(1) {
                let signed = self.verified(bytes)?;
                entries.push(self.unsent(sequence, &signed));
            }
            Ok(entries.len() < most.max(1))
        })?;
        let oldest_ms = entries.first().map(|entry| entry.wall_ms);
        entries.truncate(most);
        let unsent = self.chain.last().0.saturating_sub(acknowledged.0);
        Ok(Queue { unsent, oldest_ms, entries, notices: crate::store::notices(&self.store)? })
    }

    fn unsent(&self, sequence: Sequence, signed: &SignedEntry) -> Unsent {
        let entry = signed.entry();
        let (account, amount) = match &entry.body {
            Body::Receipt(receipt) => (Some(receipt.account.to_string()), Some(receipt.amount)),
            Body::SpotBill(bill) => (Some(bill.account.to_string()), None),
            _ => (None, None),
        };
        Unsent {
            id: self.chain.id(sequence),
            what: entry.body.name(),
            wall_ms: entry.stamp.wall,
            account,
            amount,
            entry: signed.clone(),
        }
    }
}
