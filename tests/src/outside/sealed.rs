//! Sealed files, twice: the bytes as a whole file, and the bytes as a record that was really sealed, so that what reads records
//! is reached.

use super::signed::{root, till};
use raseed_protocol::keys::{PublicKey, Signer};
use raseed_protocol::sealed::{Ending, Item, MAX_RECORD, Opener, OpeningKey, Purpose, Sealer};
use std::sync::LazyLock;

static KEY: LazyLock<OpeningKey> = LazyLock::new(|| OpeningKey::from_seed(&[2; 32]));

/// A file for the till of these promises, sealed with bytes that are no secret.
pub(super) fn seal(records: &[&[u8]]) -> Vec<u8> {
    let to: [PublicKey; 2] = [till().public_key(), root().public_key()];
    let mut fill = |bytes: &mut [u8]| bytes.fill(7);
    let (mut sealer, mut file) = Sealer::begin(Purpose::ToTill, &to, &mut fill).expect("keys that were made");
    let (last, before) = records.split_last().expect("a file has a record");
    before.iter().for_each(|record| file.extend(sealer.record(record)));
    file.extend(sealer.finish(last));
    file
}

pub(super) fn sealed_file(bytes: &[u8]) {
    if let Ok(mut opener) = Opener::new(bytes, &KEY) {
        let records: Vec<Vec<u8>> = opener.by_ref().collect();
        let ending = opener.ending().expect("a file that was read has ended");
        let read: usize = records.iter().map(|record| record.len() + 20).sum();
        assert!(read < bytes.len(), "records come from the file");
        assert!(records.iter().all(|record| record.len() <= MAX_RECORD));
        // Nobody but a holder of the file's key makes a record; the seeds' own key is known to everybody.
        let again: Vec<&[u8]> = records.iter().map(Vec::as_slice).collect();
        if ending == Ending::Whole && bytes.starts_with(&seal(&[b""])[..180]) {
            assert_eq!(seal(&again), bytes, "a file has one form");
        }
    }
    if let Ok(item) = Item::decode(bytes)
        && !matches!(item, Item::Unknown(_))
    {
        assert_eq!(Item::decode(&item.encode()), Ok(item));
    }
    if bytes.len() <= MAX_RECORD {
        let file = seal(&[b"before", bytes]);
        let read: Vec<Vec<u8>> = Opener::new(&file, &KEY).expect("just sealed").collect();
        assert_eq!(read, [b"before".to_vec(), bytes.to_vec()]);
    }
}
