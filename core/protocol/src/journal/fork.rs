//! Two entries at one place: a proof of fraud or of a restored backup, that anybody can check.

use super::entry::SignedEntry;
use super::till_keys::TillKeys;
use crate::ids::EntryId;
use thiserror::Error;

/// Two different entries with the same till, incarnation and sequence, both signed by that till's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForkProof {
    /// The place.
    pub at: EntryId,
    /// One entry.
    pub one: SignedEntry,
    /// The other.
    pub other: SignedEntry,
}

/// Why two entries are no proof of a fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoFork {
    /// They are the same entry.
    #[error("both are the same entry")]
    Same,
    /// They stand at different places.
    #[error("they stand at different places of the journal")]
    DifferentPlaces,
    /// One of them was not signed by a key of this till that is known here.
    #[error("one of them was not signed by this till")]
    NotSigned,
}

impl ForkProof {
    /// Checks a claimed fork from the bytes alone.
    pub fn check(keys: &TillKeys, one: &[u8], other: &[u8]) -> Result<ForkProof, NoFork> {
        let verify = |bytes| keys.verify(bytes).map_err(|_| NoFork::NotSigned);
        let (one, other) = (verify(one)?, verify(other)?);
        if one.bytes() == other.bytes() {
            return Err(NoFork::Same);
        }
        let sequence = one.entry().sequence;
        if sequence != other.entry().sequence {
            return Err(NoFork::DifferentPlaces);
        }
        Ok(ForkProof {
            at: EntryId { till: keys.till().clone(), incarnation: keys.incarnation(), sequence },
            one,
            other,
        })
    }
}
