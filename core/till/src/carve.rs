//! Signed messages out of a file that SQLite cannot read any more: found by how they begin, believed by their signatures.
//!
//! It reads only the till's main file, never the write-ahead log: what lies in the main file was committed once, while the
//! log may hold an entry that never came to be. An entry that is spread over several pages (one of more than about a
//! thousand bytes) is not found; nor is one of which a byte is damaged.

use memchr::memmem;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::TillKeys;
use raseed_protocol::keys::PublicKey;
use raseed_protocol::signed::BEGIN;
use std::collections::BTreeMap;

/// The key id, then the empty unprotected header.
const KEY_ID: usize = 8;
/// A text of 64 bytes: the signature with its head.
const SIGNATURE: usize = 66;

/// The certificates of tills that this root key signed.
pub(crate) fn certificates(file: &[u8], root: &PublicKey) -> Vec<SignedCertificate> {
    let found = messages(file).filter_map(|message| SignedCertificate::verify(message, root).ok());
    found.filter(|certificate| certificate.till().is_ok()).collect()
}

/// The entries that these keys signed, by their places.
pub(crate) fn entries(file: &[u8], keys: &TillKeys) -> BTreeMap<Sequence, Vec<u8>> {
    let found = messages(file).filter_map(|message| keys.verify(message).ok());
    found.map(|entry| (entry.entry().sequence, entry.bytes().to_vec())).collect()
}

/// What looks like a signed message, wherever it lies.
fn messages(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    memmem::find_iter(file, &BEGIN).filter_map(|at| {
        let rest = &file[at..];
        rest.get(..length(rest)?)
    })
}

/// The length of the message that begins here, by its own head.
fn length(message: &[u8]) -> Option<usize> {
    let at = BEGIN.len() + KEY_ID + 1;
    let payload = match *message.get(at)? {
        short @ 0x40..=0x57 => 1 + usize::from(short - 0x40),
        0x58 => 2 + usize::from(*message.get(at + 1)?),
        0x59 => 3 + usize::from(u16::from_be_bytes([*message.get(at + 1)?, *message.get(at + 2)?])),
        _ => return None,
    };
    Some(at + payload + SIGNATURE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use raseed_protocol::certificate::{Certificate, Role};
    use raseed_protocol::ids::Incarnation;
    use raseed_protocol::journal::{Body, Entry, ShiftOpened, SignedEntry, Stamp};
    use raseed_protocol::keys::{Hash, Signer, SigningKey};
    use raseed_protocol::money::Paise;
    use raseed_protocol::time::{BootId, ElapsedMs, WallMs};

    fn entry(sequence: u64, key: &SigningKey) -> Vec<u8> {
        let stamp = Stamp {
            wall: WallMs(1_800_000_000_000),
            boot: BootId([1; 4]),
            elapsed: ElapsedMs(1),
            seen: None,
            staff: "jaspreet".parse().unwrap(),
        };
        let body = Body::ShiftOpened(ShiftOpened { number: 1, float: Paise::ZERO });
        let entry = Entry { sequence: Sequence(sequence), previous: Hash::of(b"before"), stamp, body };
        SignedEntry::sign(entry, key).unwrap().bytes().to_vec()
    }

    #[test]
    fn what_is_signed_is_found_among_rubbish_and_nothing_else() {
        let (root, till, stranger) =
            (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]), SigningKey::from_seed(&[3; 32]));
        let certificate = Certificate {
            tenant: "SASWATER".parse().unwrap(),
            role: Role::Till { till: "SAS07".parse().unwrap(), incarnation: Incarnation(1) },
            key: till.public_key(),
            not_before_s: 1,
            not_after_s: 4_000_000_000,
        };
        let certificate = certificate.seal(&root).unwrap();
        let mut damaged = entry(3, &till);
        damaged[60] ^= 1;
        let cut = entry(4, &till);
        let parts = [entry(7, &till), certificate.bytes().to_vec(), entry(2, &till), damaged, entry(9, &stranger)];
        let mut file = BEGIN.to_vec();
        for part in &parts {
            file.extend_from_slice(&[0x84, 0x4d, 0xa2]);
            file.extend_from_slice(part);
        }
        file.extend_from_slice(&cut[..cut.len() - 1]);
        assert_eq!(certificates(&file, &root.public_key()).len(), 1);
        assert!(certificates(&file, &stranger.public_key()).is_empty());
        let found = entries(&file, &TillKeys::of(&certificate).unwrap());
        assert_eq!(found.keys().map(|sequence| sequence.0).collect::<Vec<_>>(), [2, 7]);
        assert_eq!(found[&Sequence(7)], parts[0]);
    }
}
