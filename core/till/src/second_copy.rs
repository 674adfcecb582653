//! The second copy of what is not sent yet: every entry once more, in a second place, sealed for the head office and for this
//! till itself.
//!
//! It is what is left when a device breaks, and the witness when a database is older than it should be: the newest entry is
//! always in it. It is never the truth: a copy that cannot be written stops nothing, and what is read from it counts only by its
//! signatures. Its newest file is read when the till opens, and no more than that while all is well.

use crate::error::TillError;
use crate::identity::Identity;
use crate::ports::{Entropy, SecondCopy};
use crate::sealed_run::{Certified, learn};
use crate::store::Store;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::{Chain, SignedEntry, TillKeys};
use raseed_protocol::keys::PublicKey;
use raseed_protocol::sealed::{Item, Opener, OpeningKey, Purpose, Sealer};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

/// How the second copy stands, for a first screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CopyStanding {
    /// There is no second place.
    None,
    /// It has every entry that is not sent yet.
    Fine,
    /// It is new, or was away: with every entry that is added it gets some of those that it lacks.
    CatchingUp,
    /// It could not be written, or read, the last time: look at the card. Money is taken all the same.
    Failing,
}

/// So many entries at once are brought into a copy that lags behind.
const CATCH_UP: usize = 256;

/// After so many entries another segment is begun: the newest one is read whole when the till opens.
const SEGMENT_MOST: u64 = 2_000;

/// The copy of an open till.
pub(crate) struct Copying {
    port: Box<dyn SecondCopy>,
    /// Writes into the newest segment, once this process has begun one: a key is never used by two writers.
    sealer: Option<(Sealer, Certified)>,
    /// Our newest segment; 0 for none.
    segment: u64,
    /// The first entry in it.
    first: Sequence,
    /// The copy has every unsent entry up to this one.
    through: Sequence,
    failing: bool,
}

/// What is in the copy, compared with what is in the file.
pub(crate) enum Compared {
    /// Nothing of this life of this till.
    Nothing,
    /// Its newest entry is one of ours.
    Within(Found),
    /// It goes on after our end.
    Ahead {
        /// Its newest segment.
        found: Found,
        /// What it has after our end.
        entries: BTreeMap<Sequence, Vec<u8>>,
        /// The keys of this life, with those that the copy has certificates of.
        keys: TillKeys,
    },
    /// It has another entry where we have one.
    Forked {
        /// Where.
        at: Sequence,
    },
}

/// Our newest segment, as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its number; 0 if there is none.
    pub segment: u64,
    /// The first entry in it.
    pub first: Sequence,
    /// The newest entry in it, and so in the copy.
    pub through: Sequence,
}

/// The database is older than its second copy, and the copy does not close the gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OlderThan {
    pub ours: Sequence,
    pub copy: Sequence,
    /// Where they part.
    pub at: Sequence,
}

impl From<OlderThan> for TillError {
    fn from(older: OlderThan) -> TillError {
        TillError::OlderThanCopy { ours: older.ours, copy: older.copy, at: older.at }
    }
}

impl Copying {
    pub(crate) fn new(port: Box<dyn SecondCopy>) -> Copying {
        Copying { port, sealer: None, segment: 0, first: Sequence(0), through: Sequence(0), failing: false }
    }

    pub(crate) fn port(&self) -> &dyn SecondCopy {
        self.port.as_ref()
    }

    /// How it stands beside a journal that ends here.
    pub(crate) fn standing(&self, newest: Sequence) -> CopyStanding {
        match self.failing {
            true => CopyStanding::Failing,
            false if self.through < newest => CopyStanding::CatchingUp,
            false => CopyStanding::Fine,
        }
    }

    pub(crate) fn fails(&mut self) {
        self.failing = true;
    }

    pub(crate) fn through(&self) -> Sequence {
        self.through
    }

    /// Begins where the copy ends: after what was found in it, or where nothing was, after what is sent.
    pub(crate) fn goes_on(&mut self, found: Found) {
        (self.segment, self.first, self.through) = (found.segment, found.first, found.through);
    }

    /// Adds entries that follow on what is in it. Says nothing: that it failed is seen in its standing, and what it lacks
    /// comes with the next entry.
    pub(crate) fn add(&mut self, entries: &[Vec<u8>], sealing: &Sealing<'_>) {
        if entries.is_empty() {
            return;
        }
        if self.through.0.saturating_sub(self.first.0) >= SEGMENT_MOST {
            self.sealer = None;
        }
        let begins = self.sealer.is_none();
        match self.try_add(entries, sealing) {
            Ok(()) => {
                if begins {
                    self.first = self.through.next();
                }
                self.through = Sequence(self.through.0.saturating_add(u64::try_from(entries.len()).unwrap_or(0)));
                self.failing = false;
            }
            // The segment may end anywhere now: the next attempt begins another.
            Err(_) => (self.sealer, self.failing) = (None, true),
        }
    }

    fn try_add(&mut self, entries: &[Vec<u8>], sealing: &Sealing<'_>) -> io::Result<()> {
        let mut bytes = Vec::new();
        let (mut sealer, mut certified) = match self.sealer.take() {
            Some(sealer) => sealer,
            None => {
                // Another till's card may be in the device by now: a number is taken that nobody has.
                let newest = self.port.segments()?.last().copied().unwrap_or(0).max(self.segment);
                self.segment = newest.saturating_add(1);
                let (begun, head) = sealing.begin()?;
                bytes = head;
                begun
            }
        };
        for entry in entries {
            if let Some(record) = certified.lacks(entry, sealing.keys) {
                bytes.extend(sealer.record(&record));
            }
            bytes.extend(sealer.record(&Item::Entry(entry.clone()).encode()));
        }
        self.port.append(self.segment, &bytes)?;
        self.sealer = Some((sealer, certified));
        Ok(())
    }

    /// Lets go of what the head office has. The newest entry stays, in a segment of its own: it says how far this till had come.
    pub(crate) fn let_go(&mut self, acknowledged: Sequence, head: &[u8], ours: &OpeningKey, sealing: &Sealing<'_>) {
        if self.through == Sequence(0) || acknowledged.next() < self.first {
            return;
        }
        if acknowledged >= self.through && self.through > self.first {
            self.sealer = None;
            self.through = Sequence(self.through.0 - 1);
            self.add(&[head.to_vec()], sealing);
        }
        if !self.failing && self.remove_older(ours).is_err() {
            self.failing = true;
        }
    }

    /// True if there is anything to let go of.
    pub(crate) fn has_sent(&self, acknowledged: Sequence) -> bool {
        self.through > Sequence(0) && acknowledged.next() >= self.first
    }

    /// Of another till's segments, and of those of a life before, nobody here can say whether they were sent: they stay.
    fn remove_older(&mut self, ours: &OpeningKey) -> io::Result<()> {
        for segment in self.port.segments()?.into_iter().filter(|segment| *segment < self.segment) {
            if Opener::new(&self.port.read(segment)?, ours).is_ok() {
                self.port.remove(segment)?;
            }
        }
        Ok(())
    }
}

/// What it takes to begin a segment.
pub(crate) struct Sealing<'a> {
    pub entropy: &'a dyn Entropy,
    pub office: PublicKey,
    pub till: PublicKey,
    /// The certificate of this life.
    pub certificate: &'a SignedCertificate,
    /// The keys that signed the entries, with theirs.
    pub keys: &'a TillKeys,
}

impl<'a> Sealing<'a> {
    /// For this till and its head office.
    pub(crate) fn of(entropy: &'a dyn Entropy, identity: &'a Identity, keys: &'a TillKeys) -> Sealing<'a> {
        let certificate = &identity.certificate;
        Sealing { entropy, office: identity.office_key, till: certificate.certificate().key, certificate, keys }
    }

    fn begin(&self) -> io::Result<((Sealer, Certified), Vec<u8>)> {
        let mut fill = |bytes: &mut [u8]| self.entropy.fill(bytes);
        let to = [self.office, self.till];
        let (mut sealer, mut bytes) =
            Sealer::begin(Purpose::SecondCopy, &to, &mut fill).map_err(|error| io::Error::other(error.to_string()))?;
        let mut certified = Certified::default();
        bytes.extend(sealer.record(&certified.begin(self.certificate)));
        Ok(((sealer, certified), bytes))
    }
}

/// The entries after `through` that the copy lacks, at most so many that a payment does not wait for them.
pub(crate) fn lacking(store: &Store, chain: &Chain, through: Sequence) -> Result<Vec<Vec<u8>>, TillError> {
    let mut entries = Vec::new();
    store.entries_after(chain.incarnation(), through, |_, bytes| {
        entries.push(bytes.to_vec());
        Ok(entries.len() < CATCH_UP)
    })?;
    Ok(entries)
}

/// Compares the copy with the file. Reads its newest segment, and older ones only if the file is behind.
pub(crate) fn compare(
    store: &Store,
    chain: &Chain,
    root: &PublicKey,
    ours: &OpeningKey,
    copy: &dyn SecondCopy,
) -> Result<Compared, CompareError> {
    let mut segments = copy.segments()?;
    let mut keys = chain.keys().clone();
    let Some(newest) = newest_segment(&mut segments, &mut keys, root, ours, copy)? else {
        return Ok(Compared::Nothing);
    };
    let found = newest.found();
    let last = found.through;
    if last <= chain.last() {
        let held = store.entry(chain.incarnation(), last)?;
        let same = held.as_deref() == Some(newest.last.bytes());
        return Ok(if same { Compared::Within(found) } else { Compared::Forked { at: last } });
    }
    let mut after = BTreeMap::new();
    add_after(&mut after, &newest.entries, &keys, chain.last());
    while !after.contains_key(&chain.last().next()) {
        let Some(older) = newest_segment(&mut segments, &mut keys, root, ours, copy)? else { break };
        add_after(&mut after, &older.entries, &keys, chain.last());
    }
    Ok(Compared::Ahead { found, entries: after, keys })
}

/// Why the two could not be compared.
pub(crate) enum CompareError {
    /// The copy cannot be read now.
    Copy,
    /// The file cannot.
    Till(TillError),
}

impl From<io::Error> for CompareError {
    fn from(_: io::Error) -> CompareError {
        CompareError::Copy
    }
}

impl From<TillError> for CompareError {
    fn from(error: TillError) -> CompareError {
        CompareError::Till(error)
    }
}

/// A segment with entries of ours.
pub(crate) struct Segment {
    number: u64,
    /// Its last entry, verified.
    pub last: SignedEntry,
    /// All of its entries, as they stand there.
    pub entries: Vec<Vec<u8>>,
}

impl Segment {
    /// Entries stand in it one after another: where the first is follows from the last.
    fn found(&self) -> Found {
        let through = self.last.entry().sequence;
        let before = u64::try_from(self.entries.len()).unwrap_or(u64::MAX).saturating_sub(1);
        Found { segment: self.number, first: Sequence(through.0.saturating_sub(before).max(1)), through }
    }
}

/// The newest of these segments that has an entry of these keys, to which it adds those that it has certificates of. What is
/// taken off the list has been looked at.
fn newest_segment(
    segments: &mut Vec<u64>,
    keys: &mut TillKeys,
    root: &PublicKey,
    ours: &OpeningKey,
    copy: &dyn SecondCopy,
) -> io::Result<Option<Segment>> {
    while let Some(number) = segments.pop() {
        let bytes = copy.read(number)?;
        // Of another till, of a life before, or damaged at its beginning.
        let Ok(opener) = Opener::new(&bytes, ours) else { continue };
        let mut entries: Vec<Vec<u8>> = Vec::new();
        for record in opener {
            match Item::decode(&record) {
                Ok(Item::Entry(entry)) => entries.push(entry),
                Ok(Item::Run(run)) => learn(keys, root, &run),
                _ => {}
            }
        }
        let last = entries.last().and_then(|bytes| keys.verify(bytes).ok());
        if let Some(last) = last {
            return Ok(Some(Segment { number, last, entries }));
        }
    }
    Ok(None)
}

fn add_after(after: &mut BTreeMap<Sequence, Vec<u8>>, entries: &[Vec<u8>], keys: &TillKeys, end: Sequence) {
    for bytes in entries {
        let Ok(entry) = keys.verify(bytes) else { continue };
        if entry.entry().sequence > end {
            // What a newer segment says of a place is not overruled by an older one; both are checked against the chain.
            after.entry(entry.entry().sequence).or_insert_with(|| bytes.clone());
        }
    }
}

/// The newest segment with entries of this life.
pub(crate) fn newest_in(
    copy: &dyn SecondCopy,
    keys: &mut TillKeys,
    root: &PublicKey,
    ours: &OpeningKey,
) -> io::Result<Option<Segment>> {
    newest_segment(&mut copy.segments()?, keys, root, ours, copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::FolderCopy;
    use raseed_protocol::certificate::{Certificate, Role};
    use raseed_protocol::ids::Incarnation;
    use raseed_protocol::keys::{Signer, SigningKey};

    struct Counting;

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.iter_mut().zip(1..).for_each(|(byte, n)| *byte = n);
        }
    }

    /// What is read whole at an opening does not grow with the days without a network.
    #[test]
    fn a_segment_ends_and_the_copy_says_what_it_lacks() {
        let folder = tempfile::tempdir().unwrap();
        let key = |seed| SigningKey::from_seed(&[seed; 32]).public_key();
        let certificate = Certificate {
            tenant: "SASWATER".parse().unwrap(),
            role: Role::Till { till: "SAS07".parse().unwrap(), incarnation: Incarnation(1) },
            key: key(2),
            not_before_s: 1,
            not_after_s: 2,
        };
        let certificate = certificate.seal(&SigningKey::from_seed(&[1; 32])).unwrap();
        let keys = TillKeys::of(&certificate).unwrap();
        let sealing =
            Sealing { entropy: &Counting, office: key(1), till: key(2), certificate: &certificate, keys: &keys };
        let mut copying = Copying::new(Box::new(FolderCopy::new(folder.path())));
        let newest = Sequence(5_120);
        while copying.through() < newest {
            assert_eq!(copying.standing(newest), CopyStanding::CatchingUp);
            copying.add(&vec![vec![7; 20]; CATCH_UP], &sealing);
        }
        assert_eq!(copying.standing(newest), CopyStanding::Fine);
        let ours = OpeningKey::from_seed(&[2; 32]);
        let sizes = copying.port().segments().unwrap().into_iter().map(|segment| {
            let bytes = copying.port().read(segment).unwrap();
            Opener::new(&bytes, &ours)
                .unwrap()
                .filter(|record| matches!(Item::decode(record), Ok(Item::Entry(_))))
                .count()
        });
        assert_eq!(sizes.collect::<Vec<_>>(), [2_048, 2_048, 1_024]);
        assert_eq!((copying.segment, copying.first), (3, Sequence(4_097)));
    }
}
