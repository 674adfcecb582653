//! A receipt again: to show, to print as a duplicate, to send.

use crate::error::TillError;
use crate::store::AccountEntry;
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
        self.given(entry, &self.store.rules()?, true)
    }

    /// The receipt that answered a request, if one did.
    pub fn answered(&self, request: RequestId) -> Result<Option<Given>, TillError> {
        let Some(answer) = self.store.answer_to(request)? else {
            return Ok(None);
        };
        let entry = self.answering_entry(&answer)?;
        match entry.entry().body {
            Body::Receipt(_) => self.given(entry, &self.store.rules()?, true).map(Some),
            _ => Ok(None),
        }
    }

    /// The entry that a row says answered a request: the row only points, the signed entry says.
    pub(crate) fn answering_entry(&self, answer: &AccountEntry) -> Result<SignedEntry, TillError> {
        let entry = self.stored_entry(answer.sequence)?;
        let request = match &entry.entry().body {
            Body::Receipt(receipt) => Some(receipt.request),
            Body::SpotBill(bill) => Some(bill.request),
            _ => None,
        };
        if answer.incarnation == self.chain.incarnation() && request == Some(answer.request) {
            Ok(entry)
        } else {
            Err(self.store.damaged("a row points to an entry that does not answer its request"))
        }
    }

    /// An entry of the current incarnation, verified again.
    pub(crate) fn stored_entry(&self, sequence: Sequence) -> Result<SignedEntry, TillError> {
        let bytes = self.store.entry(self.chain.incarnation(), sequence)?;
        let bytes = bytes.ok_or_else(|| self.store.damaged("an entry is missing"))?;
        self.verified(&bytes)
    }
}
