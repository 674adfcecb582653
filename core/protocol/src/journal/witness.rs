//! What stands outside of a journal and names one of its entries: a paper receipt, an acknowledgement of the head office.
//!
//! Signatures and the chain show every change but two: an end that was cut off, and entries that were signed anew with the till's own
//! key. Both leave a journal that is whole in itself. They are shown by what was given out before: it names an entry by its place and
//! its hash, and every entry before that with it. A witness is only made of what was verified, and is never believed about anything else.

use crate::acknowledgement::Acknowledgement;
use crate::ids::{EntryId, Sequence};
use crate::keys::Hash;
use crate::receipt_link::VerifiedReceipt;

/// An entry that is known to have been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Its place.
    pub at: EntryId,
    /// Its hash.
    pub hash: Hash,
}

/// What a witness says about a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Testimony {
    /// The very entry stands at its place: up to it nothing was changed or left out.
    Stands,
    /// The journal ends before it: its end was cut off, or this is an older copy.
    Missing,
    /// Another entry stands at its place: the journal was written anew, or there were two devices with one identity.
    Different,
    /// It is about another till, or another life of it.
    OtherJournal,
}

impl Witness {
    /// The entry of a receipt that was proven genuine.
    pub fn of_receipt(receipt: &VerifiedReceipt) -> Witness {
        Witness { at: receipt.id.clone(), hash: receipt.entry.hash() }
    }

    /// The newest entry that the head office vouches for; `None` while it has none.
    pub fn of_acknowledgement(acknowledgement: &Acknowledgement) -> Option<Witness> {
        let Acknowledgement { till, incarnation, through, head, .. } = acknowledgement;
        let at = EntryId { till: till.clone(), incarnation: *incarnation, sequence: *through };
        (*through > Sequence(0)).then_some(Witness { at, hash: *head })
    }

    /// Hears it about a journal. `newest` is the newest entry that was verified, and `hash_at` gives the hash of any up to that.
    pub fn about(&self, newest: &EntryId, hash_at: impl FnOnce(Sequence) -> Option<Hash>) -> Testimony {
        if (&self.at.till, self.at.incarnation) != (&newest.till, newest.incarnation) {
            return Testimony::OtherJournal;
        }
        if self.at.sequence > newest.sequence {
            return Testimony::Missing;
        }
        match hash_at(self.at.sequence) {
            Some(hash) if hash == self.hash => Testimony::Stands,
            Some(_) => Testimony::Different,
            None => Testimony::Missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Incarnation;
    use crate::time::WallMs;

    fn place(till: &str, incarnation: u16, sequence: u64) -> EntryId {
        EntryId { till: till.parse().unwrap(), incarnation: Incarnation(incarnation), sequence: Sequence(sequence) }
    }

    fn entry(sequence: Sequence) -> Option<Hash> {
        Some(Hash::of(&sequence.0.to_le_bytes()))
    }

    #[test]
    fn a_witness_is_heard_about_its_own_place_in_its_own_journal() {
        let witness = Witness { at: place("SAS07", 1, 5), hash: entry(Sequence(5)).unwrap() };
        assert_eq!(witness.about(&place("SAS07", 1, 5), entry), Testimony::Stands);
        assert_eq!(witness.about(&place("SAS07", 1, 9), entry), Testimony::Stands);
        assert_eq!(witness.about(&place("SAS07", 1, 4), entry), Testimony::Missing);
        assert_eq!(witness.about(&place("SAS07", 1, 9), |_| None), Testimony::Missing);
        assert_eq!(witness.about(&place("SAS07", 1, 9), |_| Some(Hash::of(b"other"))), Testimony::Different);
        assert_eq!(witness.about(&place("SAS07", 2, 9), entry), Testimony::OtherJournal);
        assert_eq!(witness.about(&place("SAS08", 1, 9), entry), Testimony::OtherJournal);
    }

    #[test]
    fn an_acknowledgement_of_nothing_is_no_witness() {
        let of = |through| Acknowledgement {
            till: "SAS07".parse().unwrap(),
            incarnation: Incarnation(1),
            through: Sequence(through),
            head: Hash::of(b"head"),
            office: WallMs(1_795_000_000_000),
        };
        assert_eq!(Witness::of_acknowledgement(&of(0)), None);
        let witness = Witness { at: place("SAS07", 1, 7), hash: Hash::of(b"head") };
        assert_eq!(Witness::of_acknowledgement(&of(7)), Some(witness));
    }
}
