//! Verifying any receipt, with no network: is it genuine, and is it one of ours?

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::receipt_link::{self, ReceiptRefused, VerifiedReceipt};

/// A genuine receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What was proven.
    pub receipt: VerifiedReceipt,
    /// For a receipt of this very till: whether its journal holds the same bytes at that place. `None` for another till's.
    pub in_this_journal: Option<bool>,
}

impl Till {
    /// Proves a receipt from the text of its QR code against the pinned root key.
    pub fn verify(&self, text: &str) -> Result<Result<Verified, ReceiptRefused>, TillError> {
        let receipt = match receipt_link::verify(text, &self.identity.root_key) {
            Ok(receipt) => receipt,
            Err(refused) => return Ok(Err(refused)),
        };
        let id = &receipt.id;
        let in_this_journal = if *id.till.as_str() == *self.identity.till.as_str() {
            let stored = self.store.entry(id.incarnation, id.sequence)?;
            Some(stored.as_deref() == Some(receipt.entry.bytes()))
        } else {
            None
        };
        Ok(Ok(Verified { receipt, in_this_journal }))
    }
}
