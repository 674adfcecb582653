//! The chain: does this entry follow that one?
//!
//! The one verifier. The till uses it when it opens, the head office when entries arrive, the auditor over a file.

use super::body::Body;
use super::entry::{EntryError, SignedEntry};
use super::till_keys::TillKeys;
use crate::certificate::{CertificateError, SignedCertificate};
use crate::ids::{EntryId, Incarnation, Sequence, TillId};
use crate::keys::Hash;
use crate::money::Paise;
use thiserror::Error;

/// How far a journal has been verified, and what it adds up to so far.
#[derive(Clone, Debug)]
pub struct Chain {
    keys: TillKeys,
    last: Sequence,
    head: Hash,
    receipts: u64,
    grand_total: Paise,
}

/// Why an entry does not continue the chain.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChainError {
    /// It is not an entry of this till's keys.
    #[error("entry {expected}: {error}")]
    Entry {
        /// Where it was to go.
        expected: Sequence,
        /// What is wrong with it.
        error: EntryError,
    },
    /// Entries are missing before it, or it is a repeat.
    #[error("expected entry {expected} but found {found}: entries are missing, repeated or out of order")]
    Gap {
        /// The place that is next.
        expected: Sequence,
        /// The place that it says.
        found: Sequence,
    },
    /// It does not name the entry before it.
    #[error(
        "entry {at} does not continue the entry before it: that one was changed, or this one is from another journal"
    )]
    Broken {
        /// Its place.
        at: Sequence,
    },
    /// Its running totals do not continue.
    #[error("entry {at}: the number of receipts or the grand total does not continue from the one before")]
    Totals {
        /// Its place.
        at: Sequence,
    },
    /// The journal does not begin with the opening of the till, or there is a second opening.
    #[error("entry {at}: a journal begins with the opening of the till, and has only one")]
    Opening {
        /// Its place.
        at: Sequence,
    },
}

impl Chain {
    /// The empty chain of a life: of the certificate that it was enrolled with.
    pub fn begin(certificate: &SignedCertificate) -> Result<Chain, CertificateError> {
        let keys = TillKeys::of(certificate)?;
        Ok(Chain { keys, last: Sequence(0), head: certificate.hash(), receipts: 0, grand_total: Paise::ZERO })
    }

    /// A chain that somebody trusted has already verified up to here (our own projection, our own ledger).
    pub fn resume(keys: TillKeys, last: Sequence, head: Hash, receipts: u64, grand_total: Paise) -> Chain {
        Chain { keys, last, head, receipts, grand_total }
    }

    /// Verifies the next entry and moves past it. After an error the chain stands where it stood.
    pub fn accept(&mut self, bytes: &[u8]) -> Result<SignedEntry, ChainError> {
        let expected = self.last.next();
        let signed = self.keys.verify(bytes).map_err(|error| ChainError::Entry { expected, error })?;
        self.follow(&signed)?;
        Ok(signed)
    }

    /// Moves past an entry whose signature has been verified already (or that we have just signed).
    pub fn follow(&mut self, signed: &SignedEntry) -> Result<(), ChainError> {
        let entry = signed.entry();
        let (at, expected) = (entry.sequence, self.last.next());
        if at != expected {
            return Err(ChainError::Gap { expected, found: at });
        }
        if entry.previous != self.head {
            return Err(ChainError::Broken { at });
        }
        if (at == Sequence::FIRST) != matches!(entry.body, Body::TillOpened(_)) {
            return Err(ChainError::Opening { at });
        }
        let (receipts, grand_total) = match &entry.body {
            Body::TillOpened(opened) => (opened.receipts, opened.grand_total),
            Body::Receipt(receipt) => {
                let total = self.grand_total.checked_add(receipt.amount).ok_or(ChainError::Totals { at })?;
                // Checked: an opening may claim any number of receipts, and its till may be hostile.
                if self.receipts.checked_add(1) != Some(receipt.receipts) || receipt.grand_total != total {
                    return Err(ChainError::Totals { at });
                }
                (receipt.receipts, total)
            }
            _ => (self.receipts, self.grand_total),
        };
        (self.last, self.head) = (at, signed.hash());
        (self.receipts, self.grand_total) = (receipts, grand_total);
        Ok(())
    }

    /// The newest verified place; 0 before the first entry.
    pub fn last(&self) -> Sequence {
        self.last
    }

    /// The hash that the next entry must name.
    pub fn head(&self) -> Hash {
        self.head
    }

    /// Receipts so far, over all incarnations.
    pub fn receipts(&self) -> u64 {
        self.receipts
    }

    /// What they add up to.
    pub fn grand_total(&self) -> Paise {
        self.grand_total
    }

    /// The till.
    pub fn till(&self) -> &TillId {
        self.keys.till()
    }

    /// The incarnation.
    pub fn incarnation(&self) -> Incarnation {
        self.keys.incarnation()
    }

    /// The keys whose signatures count.
    pub fn keys(&self) -> &TillKeys {
        &self.keys
    }

    /// The same chain with these keys, which must be of the same life.
    #[must_use]
    pub fn with_keys(&self, keys: TillKeys) -> Chain {
        Chain { keys, ..self.clone() }
    }

    /// The same, to add some.
    pub fn keys_mut(&mut self) -> &mut TillKeys {
        &mut self.keys
    }

    /// The id of an entry of this journal.
    pub fn id(&self, sequence: Sequence) -> EntryId {
        EntryId { till: self.till().clone(), incarnation: self.incarnation(), sequence }
    }
}

/// Two chains are the same if they stand at the same place of the same journal, whichever further keys each has heard of.
impl PartialEq for Chain {
    fn eq(&self, other: &Chain) -> bool {
        self.id(self.last) == other.id(other.last)
            && self.head == other.head
            && (self.receipts, self.grand_total) == (other.receipts, other.grand_total)
    }
}

impl Eq for Chain {}
