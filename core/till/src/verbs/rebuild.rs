//! Throwing the projections away and making them again from the journal, verified entry by entry.

use crate::error::TillError;
use crate::store::Store;
use crate::till::Till;
use raseed_protocol::journal::Chain;

impl Till {
    /// Rebuilds the projections; gives the number of entries read. All in one transaction: it happens whole or not at all.
    pub fn rebuild(&mut self) -> Result<u64, TillError> {
        let mut entries = Vec::new();
        let incarnation = self.chain.incarnation();
        self.store.entries_after(incarnation, raseed_protocol::ids::Sequence(0), |_, bytes| {
            entries.push(bytes.to_vec());
            Ok(true)
        })?;
        let mut chain =
            Chain::begin(&self.identity.certificate).map_err(|error| TillError::NotTheOffice(error.to_string()))?;
        self.store.write(|transaction| {
            Store::forget_projections(transaction)?;
            for bytes in &entries {
                let signed = chain.accept(bytes)?;
                Store::project(transaction, &chain, &signed)?;
            }
            Ok(())
        })?;
        Ok(u64::try_from(entries.len()).expect("as many as fit in memory"))
    }

    /// The projections as sorted text lines, so that two states of a file can be compared.
    pub fn projections(&self) -> Result<Vec<String>, TillError> {
        self.store.dump_projections()
    }
}
