//! The head office's words about payments, written into the till's file: only what its key signed, and only newer ones.

use super::transport::SyncError;
use crate::error::TillError;
use crate::store;
use crate::till::Till;
use raseed_protocol::payment_word::PaymentWord;
use raseed_protocol::wire::PaymentWords;

impl Till {
    /// True if there is anything that the head office could have a word about.
    pub(super) fn has_asked_for_payments(&self) -> Result<bool, TillError> {
        Ok(!self.store.newest_requests(1)?.is_empty())
    }

    /// Takes in an answer to a question since word `asked`; gives the number to ask from next.
    pub(super) fn apply_words(&mut self, reply: &PaymentWords, asked: u64) -> Result<u64, TillError> {
        let nonsense = |what: &str| TillError::Sync(SyncError::Nonsense(what.to_owned()));
        let mut newest = asked;
        let mut words = Vec::with_capacity(reply.words.len());
        for bytes in &reply.words {
            let word = PaymentWord::verify(bytes, &self.identity.office_key)
                .map_err(|error| TillError::NotTheOffice(error.to_string()))?;
            if word.till != self.identity.till || word.incarnation > self.identity.incarnation {
                return Err(nonsense("a word about another till"));
            }
            if i64::try_from(word.number).is_err() {
                return Err(nonsense("a word about a payment whose number is none"));
            }
            // An answer that was under way for long may hold old ones; they change nothing.
            if word.number > newest {
                newest = word.number;
                words.push((word, bytes));
            }
        }
        if reply.more && words.is_empty() {
            return Err(SyncError::Interrupted("an old answer came".to_owned()).into());
        }
        self.store.write(|transaction| {
            words.iter().try_for_each(|(word, bytes)| store::put_word(transaction, word, bytes))
        })?;
        Ok(newest)
    }

    /// The head office numbers its words anew: it was restored. All of them come again.
    pub(super) fn forget_words(&mut self) -> Result<(), TillError> {
        self.store.write(store::forget_words)
    }
}
