//! What came out of a printer: a receipt counts as printed only when the printer said so, and every further copy is a
//! duplicate and must say it.

use crate::error::TillError;
use crate::store::add_copy;
use crate::till::Till;
use crate::verbs::collect::Given;
use raseed_protocol::ids::{EntryId, Sequence};
use raseed_protocol::journal::Body;

impl Till {
    /// How often this receipt has come out whole. From the first time on, it is printed as a duplicate.
    pub fn copies(&self, given: &Given) -> Result<u32, TillError> {
        self.store.copies(given.id.incarnation, given.id.sequence)
    }

    /// The printer said that the receipt came out whole; gives the number of copies now.
    pub fn printed(&mut self, id: &EntryId) -> Result<u32, TillError> {
        self.receipt_again(id)?;
        self.store.write(|transaction| add_copy(transaction, id.incarnation, id.sequence))?;
        self.store.copies(id.incarnation, id.sequence).map_err(TillError::once_recorded)
    }

    /// The newest receipt of this till, and how often it was printed: after a power cut the person at the door wants to
    /// know whether it was taken.
    pub fn newest_receipt(&self) -> Result<Option<(Given, u32)>, TillError> {
        let Some(at) = self.store.state()?.map(|state| state.totals_at).filter(|at| *at > Sequence(0)) else {
            return Ok(None);
        };
        let entry = self.stored_entry(at)?;
        if !matches!(entry.entry().body, Body::Receipt(_)) {
            return Ok(None);
        }
        let copies = self.store.copies(self.chain.incarnation(), at)?;
        Ok(Some((self.given(entry, &self.store.rules()?, true)?, copies)))
    }
}
