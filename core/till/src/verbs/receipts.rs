//! A receipt again: to show, to print as a duplicate, to send.

use crate::error::TillError;
use crate::till::Till;
use crate::verbs::collect::Given;
use raseed_protocol::ids::{EntryId, RequestId, Sequence};
use raseed_protocol::journal::{Body, SignedEntry};

impl Till {
    /// A receipt of this till by its number.
    pub fn receipt_again(&self, id: &EntryId) -> Result<Given, TillError> {
        let missing = || TillError::NoSuchReceipt { id: id.clone() };
        if *id != self.chain.id(id.sequence) || id.sequence > self.chain.last() {
            return Err(missing());
        }
        let entry = self.stored_entry(id.sequence)?;
        if !matches!(entry.entry().body, Body::Receipt(_)) {
            return Err(missing());
        }
        self.given(entry, true)
    }

    /// The receipt that answered a request, if one did.
    pub fn answered(&self, request: RequestId) -> Result<Option<Given>, TillError> {
        let Some(answer) = self.store.answer_to(request)? else {
            return Ok(None);
        };
        let entry = self.stored_entry(answer.sequence)?;
        if matches!(entry.entry().body, Body::Receipt(_)) { self.given(entry, true).map(Some) } else { Ok(None) }
    }

    /// An entry of the current incarnation, verified again.
    pub(crate) fn stored_entry(&self, sequence: Sequence) -> Result<SignedEntry, TillError> {
        let bytes = self.store.entry(self.chain.incarnation(), sequence)?;
        let bytes = bytes.ok_or_else(|| self.store.damaged("an entry is missing"))?;
        SignedEntry::verify(&bytes, self.chain.key()).map_err(|error| self.store.damaged(&error.to_string()))
    }
}
