//! Throwing the projections away and making them again from the journal, verified entry by entry.

use crate::day_keys::accept;
use crate::error::TillError;
use crate::store::{Store, visit_entries};
use crate::till::Till;
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::Chain;

impl Till {
    /// Rebuilds the projections; gives the number of entries read. All in one transaction: it happens whole or not at all.
    ///
    /// Entry by entry: a journal of years need not fit the memory of a small device.
    pub fn rebuild(&mut self) -> Result<u64, TillError> {
        let mut chain =
            Chain::begin(&self.identity.certificate).map_err(|error| TillError::NotTheOffice(error.to_string()))?;
        let (ours, root) = (&self.chain, &self.identity.root_key);
        self.store.write(|transaction| {
            Store::forget_projections(transaction)?;
            visit_entries(transaction, chain.incarnation(), Sequence(0), |_, bytes| {
                let signed = accept(transaction, root, &mut chain, bytes)?;
                Store::project(transaction, &chain, &signed)?;
                Ok(true)
            })?;
            // What is written must be what the open till goes on from.
            if chain == *ours { Ok(()) } else { Err(TillError::damaged("the journal's end is not the one it had")) }
        })?;
        Ok(self.chain.last().0)
    }

    /// The projections as sorted text lines, so that two states of a file can be compared.
    pub fn projections(&self) -> Result<Vec<String>, TillError> {
        self.store.dump_projections()
    }
}
