//! What is unsent as a file to be carried: sealed for the head office, so that a stick that gets lost tells nobody anything.
//!
//! Works with no network, and also on a till that was revoked: what was paid on it was paid. Writes nothing here; whoever
//! keeps the file writes it whole or not at all.

use crate::day_keys::know;
use crate::error::TillError;
use crate::sealed_run::Certified;
use crate::sync::CarryError;
use crate::till::Till;
use raseed_protocol::ids::Sequence;
use raseed_protocol::sealed::{Item, Purpose, Question, Sealer};

/// A file holds about so many bytes of entries: some forty thousand of them.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A file to carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// What to call it, after the entries that are in it: `SAS07-1-12-391.sealed`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many entries are in it.
    pub entries: u64,
    /// The last of them; carry on after it if some are left.
    pub last: Sequence,
    /// How many unsent entries did not fit.
    pub left: u64,
}

impl Till {
    /// Seals the entries after `after` (those that the head office has not acknowledged, if it is `None`) for the head office,
    /// with the question for what this till lacks. With no such entry it is the question alone.
    pub fn carry(&self, after: Option<Sequence>) -> Result<Parcel, TillError> {
        let after = after.unwrap_or_else(|| self.acknowledged());
        let question = Question { cursor: self.store.book_state()?.cursor, word: self.store.newest_word()? };
        let mut fill = |bytes: &mut [u8]| self.ports.entropy.fill(bytes);
        let to = [self.identity.office_key];
        let (mut sealer, mut bytes) = Sealer::begin(Purpose::ToOffice, &to, &mut fill).map_err(CarryError::from)?;
        bytes.extend(sealer.record(&Item::Question(question).encode()));
        let mut certified = Certified::default();
        bytes.extend(sealer.record(&certified.begin(&self.identity.certificate)));
        let mut keys = self.chain.keys().clone();
        let mut last = after;
        self.store.entries_after(self.identity.incarnation, after, |sequence, entry| {
            know(self.store.read()?, &self.identity.root_key, &mut keys, entry)?;
            if let Some(record) = certified.lacks(entry, &keys) {
                bytes.extend(sealer.record(&record));
            }
            bytes.extend(sealer.record(&Item::Entry(entry.to_vec()).encode()));
            last = sequence;
            Ok(bytes.len() < MOST_BYTES)
        })?;
        bytes.extend(sealer.finish(&Item::End.encode()));
        let entries = last.0.saturating_sub(after.0);
        Ok(Parcel {
            name: self.parcel_name(after, last),
            bytes,
            entries,
            last,
            left: self.chain.last().0.saturating_sub(last.0),
        })
    }

    fn parcel_name(&self, after: Sequence, last: Sequence) -> String {
        let (till, incarnation) = (&self.identity.till, self.identity.incarnation);
        match last > after {
            true => format!("{till}-{incarnation}-{}-{last}.sealed", after.next()),
            false => format!("{till}-{incarnation}-asks.sealed"),
        }
    }
}
