//! Verifying the whole journal, a part at a time, so that it can run behind the screens.

use crate::day_keys::accept;
use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::Chain;

/// How far a verification has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalCheck {
    chain: Chain,
}

impl JournalCheck {
    /// The newest verified entry.
    pub fn verified(&self) -> Sequence {
        self.chain.last()
    }
}

impl Till {
    /// Reads the till's whole file, the book too, and says if a part of it is damaged.
    pub fn check_file(&self) -> Result<(), TillError> {
        self.store.check_file()
    }

    /// Begins a verification of the current incarnation's journal.
    pub fn begin_journal_check(&self) -> Result<JournalCheck, TillError> {
        let chain = Chain::begin(&self.identity.certificate);
        Ok(JournalCheck { chain: chain.map_err(|error| TillError::NotTheOffice(error.to_string()))? })
    }

    /// Verifies up to `most` further entries; true when all are done and the end agrees with what the till believes.
    pub fn continue_journal_check(&self, check: &mut JournalCheck, most: u64) -> Result<bool, TillError> {
        let mut left = most;
        let from = check.chain.last();
        self.store.entries_after(self.chain.incarnation(), from, |_, bytes| {
            if left == 0 {
                return Ok(false);
            }
            left -= 1;
            let accepted = accept(self.store.read()?, &self.identity.root_key, &mut check.chain, bytes);
            accepted.map(|_| true).map_err(|error| self.store.damaged(&error.to_string()))
        })?;
        if check.chain.last() < self.chain.last() {
            return Ok(false);
        }
        if check.chain == self.chain {
            Ok(true)
        } else {
            Err(self.store.damaged("the journal's end is not the one it had"))
        }
    }
}
