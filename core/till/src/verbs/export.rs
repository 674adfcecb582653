//! The journal as one file: for an auditor, for a stick.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::RunWriter;

impl Till {
    /// The run of all entries of the current incarnation after `after`, with the certificates that prove them.
    pub fn export(&self, after: Sequence) -> Result<Vec<u8>, TillError> {
        let mut run = RunWriter::new(&[self.identity.certificate.bytes()]);
        self.store.entries_after(self.chain.incarnation(), after, |_, bytes| {
            run.push(bytes);
            Ok(true)
        })?;
        Ok(run.finish())
    }
}
