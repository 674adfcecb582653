//! The records of a sealed file: written one after another, read one after another.
//!
//! ChaCha20-Poly1305 (RFC 8439) under the file's key. The nonce of a record is its place (11 bytes, from 0) and one byte that
//! is 1 for the last: the STREAM construction of V. T. Hoang, R. Reyhanitabar, P. Rogaway and D. Vizár, "Online
//! Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance" (2015). A key is used for one file, by one writer.

use super::header::{self, FileKey, Purpose};
use super::{Entropy, MAX_FILE, MAX_RECORD, NotARecipient, OpeningKey, SealedError};
use crate::keys::PublicKey;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};

const TAG: usize = 16;

/// Writes a file: the caller keeps the bytes that it gives, in their order.
pub struct Sealer {
    key: LessSafeKey,
    head: Vec<u8>,
    next: u64,
}

impl Sealer {
    /// Begins a file for one to four recipients; gives the bytes that it begins with.
    ///
    /// # Panics
    /// If there is no recipient, or more than four: who reads a file is decided in code, not by data.
    pub fn begin(
        purpose: Purpose,
        recipients: &[PublicKey],
        fill: Entropy<'_>,
    ) -> Result<(Sealer, Vec<u8>), NotARecipient> {
        let (key, head) = header::begin(purpose, recipients, fill)?;
        Ok((Sealer { key: cipher(&key), head: head.clone(), next: 0 }, head))
    }

    /// Seals the next record; others follow it.
    ///
    /// # Panics
    /// If it is longer than [`MAX_RECORD`]: whoever makes records bounds them.
    pub fn record(&mut self, plain: &[u8]) -> Vec<u8> {
        self.seal(plain, false)
    }

    /// Seals the last record: without it a file reads as cut.
    ///
    /// # Panics
    /// As [`Sealer::record`].
    pub fn finish(mut self, plain: &[u8]) -> Vec<u8> {
        self.seal(plain, true)
    }

    fn seal(&mut self, plain: &[u8], last: bool) -> Vec<u8> {
        assert!(plain.len() <= MAX_RECORD, "a record is bounded where it is made");
        let length = u32::try_from(plain.len() + TAG).expect("a record is bounded");
        let mut sealed = Vec::with_capacity(4 + plain.len() + TAG);
        sealed.extend_from_slice(&length.to_be_bytes());
        sealed.extend_from_slice(plain);
        let tag = self
            .key
            .seal_in_place_separate_tag(nonce(self.next, last), Aad::from(&self.head), &mut sealed[4..])
            .expect("far fewer bytes than the cipher's bound");
        sealed.extend_from_slice(tag.as_ref());
        self.next += 1;
        sealed
    }
}

/// How the reading of a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With its last record.
    Whole,
    /// Before its last record: the file was cut, or is still written.
    Cut,
    /// At a record that was changed, swapped or repeated, or at bytes after the last record.
    Damaged,
}

/// Reads a file, record by record. After the last good record there is nothing more, and [`Opener::ending`] says why.
pub struct Opener<'a> {
    key: LessSafeKey,
    head: &'a [u8],
    purpose: Purpose,
    rest: &'a [u8],
    next: u64,
    ending: Option<Ending>,
}

impl<'a> Opener<'a> {
    /// Reads the beginning of the file.
    pub fn new(bytes: &'a [u8], ours: &OpeningKey) -> Result<Opener<'a>, SealedError> {
        if bytes.len() > MAX_FILE {
            return Err(SealedError::TooLarge);
        }
        let header::Opened { purpose, key, head } = header::open(bytes, ours)?;
        Ok(Opener { key: cipher(&key), head, purpose, rest: &bytes[head.len()..], next: 0, ending: None })
    }

    /// What the file says it is for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// How it ended; `None` while there may be more.
    pub fn ending(&self) -> Option<Ending> {
        self.ending
    }

    fn read(&mut self) -> Result<Vec<u8>, Ending> {
        let (length, rest) = self.rest.split_first_chunk::<4>().ok_or(Ending::Cut)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Ending::Damaged)?;
        if !(TAG..=MAX_RECORD + TAG).contains(&length) {
            return Err(Ending::Damaged);
        }
        let sealed = rest.get(..length).ok_or(Ending::Cut)?;
        let (plain, last) = self.open(sealed).ok_or(Ending::Damaged)?;
        self.rest = &rest[length..];
        self.next += 1;
        if last {
            self.ending = Some(if self.rest.is_empty() { Ending::Whole } else { Ending::Damaged });
        }
        Ok(plain)
    }

    /// Opens the record at this place, as the last if nothing follows it, else as one before the last.
    fn open(&self, sealed: &[u8]) -> Option<(Vec<u8>, bool)> {
        [false, true].into_iter().find_map(|last| {
            let mut bytes = sealed.to_vec();
            let plain = self.key.open_in_place(nonce(self.next, last), Aad::from(self.head), &mut bytes).ok()?.len();
            bytes.truncate(plain);
            Some((bytes, last))
        })
    }
}

impl Iterator for Opener<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        if self.ending.is_some() {
            return None;
        }
        self.read().map_err(|ending| self.ending = Some(ending)).ok()
    }
}

fn cipher(key: &FileKey) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key.as_slice()).expect("32 bytes are a key"))
}

fn nonce(place: u64, last: bool) -> Nonce {
    let mut bytes = [0; 12];
    bytes[3..11].copy_from_slice(&place.to_be_bytes());
    bytes[11] = u8::from(last);
    Nonce::assume_unique_for_key(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Signer, SigningKey};
    use crate::sealed::MAGIC;
    use proptest::prelude::*;

    fn public(seed: u8) -> PublicKey {
        SigningKey::from_seed(&[seed; 32]).public_key()
    }

    fn fill(from: u8) -> impl FnMut(&mut [u8]) {
        let mut next = from;
        move |bytes: &mut [u8]| {
            bytes.iter_mut().for_each(|byte| {
                next = next.wrapping_mul(29).wrapping_add(7);
                *byte = next;
            })
        }
    }

    /// The bytes of a file, in its parts: the beginning, then each record.
    fn parts(records: &[&[u8]]) -> Vec<Vec<u8>> {
        let (mut sealer, head) = Sealer::begin(Purpose::ToOffice, &[public(1), public(2)], &mut fill(3)).unwrap();
        let (last, before) = records.split_last().unwrap();
        let mut parts = vec![head];
        parts.extend(before.iter().map(|record| sealer.record(record)));
        parts.push(sealer.finish(last));
        parts
    }

    fn read(bytes: &[u8], seed: u8) -> Result<(Vec<Vec<u8>>, Ending), SealedError> {
        let mut opener = Opener::new(bytes, &OpeningKey::from_seed(&[seed; 32]))?;
        let records = opener.by_ref().collect();
        Ok((records, opener.ending().unwrap()))
    }

    const RECORDS: [&[u8]; 3] = [b"one", b"", b"three"];

    #[test]
    fn each_recipient_reads_it_and_nobody_else() {
        let bytes = parts(&RECORDS).concat();
        for seed in [1, 2] {
            let (records, ending) = read(&bytes, seed).unwrap();
            assert_eq!(records, RECORDS);
            assert_eq!(ending, Ending::Whole);
        }
        let refused = read(&bytes, 9).unwrap_err();
        assert!(matches!(refused, SealedError::NotForUs { ours, .. } if ours == public(9).id()));
    }

    #[test]
    fn what_comes_before_a_cut_a_swap_or_a_repeat_is_still_read() {
        let parts = parts(&RECORDS);
        let [head, one, two, three] = [0, 1, 2, 3].map(|at| parts[at].clone());
        let cases = [
            (vec![&head], 0, Ending::Cut),
            (vec![&head, &one, &two], 2, Ending::Cut),
            (vec![&head, &two, &one, &three], 0, Ending::Damaged),
            (vec![&head, &one, &one, &two, &three], 1, Ending::Damaged),
            (vec![&head, &one, &three], 1, Ending::Damaged),
            (vec![&head, &one, &two, &three, &three], 3, Ending::Damaged),
        ];
        for (bytes, good, ending) in cases {
            let bytes: Vec<u8> = bytes.into_iter().flatten().copied().collect();
            let (records, found) = read(&bytes, 1).unwrap();
            assert_eq!((records.as_slice(), found), (RECORDS.map(<[u8]>::to_vec)[..good].as_ref(), ending));
        }
    }

    #[test]
    fn a_record_of_another_file_is_no_record_of_this_one() {
        let (mut other, _) = Sealer::begin(Purpose::ToOffice, &[public(1)], &mut fill(4)).unwrap();
        let bytes = [parts(&RECORDS)[0].clone(), other.record(b"one")].concat();
        assert_eq!(read(&bytes, 1), Ok((vec![], Ending::Damaged)));
    }

    #[test]
    fn what_is_not_one_is_named() {
        assert_eq!(read(b"", 1), Err(SealedError::NotSealed));
        assert_eq!(read(b"raseed:sealed-file:2 and more", 1), Err(SealedError::Newer));
        assert!(matches!(read(MAGIC, 1), Err(SealedError::Header(_))));
    }

    proptest! {
        /// A changed bit costs the record that it is in and those after it, never one before it, and changes none.
        #[test]
        fn no_changed_bit_goes_unseen(at in any::<prop::sample::Index>(), bit in 0u8..8) {
            let parts = parts(&RECORDS);
            let mut bytes = parts.concat();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            let mut whole = parts.iter().scan(0, |sum, part| { *sum += part.len(); Some(*sum) });
            let changed = whole.position(|end| at < end).unwrap();
            match read(&bytes, 1) {
                Err(_) => prop_assert_eq!(changed, 0),
                Ok((records, ending)) => {
                    prop_assert_eq!(records.len(), changed.saturating_sub(1));
                    prop_assert_eq!(records.as_slice(), &RECORDS.map(<[u8]>::to_vec)[..records.len()]);
                    prop_assert_ne!(ending, Ending::Whole);
                }
            }
        }
    }
}
