//! The journal as one file: for an auditor, for a stick.

use crate::day_keys::know;
use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::RunWriter;

impl Till {
    /// The run of all entries of the current incarnation after `after`, with the certificates that prove them.
    pub fn export(&self, after: Sequence) -> Result<Vec<u8>, TillError> {
        self.run_of(after, |_| true)
    }

    /// The run of the entries after `after`, for as long as its size in bytes is wanted; at least one, if there is one.
    pub(crate) fn run_of(&self, after: Sequence, wanted: impl Fn(usize) -> bool) -> Result<Vec<u8>, TillError> {
        let mut run = RunWriter::of(&self.identity.certificate);
        let mut keys = self.chain.keys().clone();
        self.store.entries_after(self.chain.incarnation(), after, |_, bytes| {
            know(self.store.read()?, &self.identity.root_key, &mut keys, bytes)?;
            run.push_certified(bytes, &keys);
            Ok(wanted(run.len()))
        })?;
        Ok(run.finish())
    }
}
