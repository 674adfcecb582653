//! Unsigned records: CBOR itself, the stored forms of the book's records, and a run of entries.

use crate::strict_cbor;
use raseed_protocol::book::{Account, Rules, Tariff};
use raseed_protocol::cbor;
use raseed_protocol::journal::{RunReader, RunWriter};

pub(super) fn cbor_decode(bytes: &[u8]) {
    let read = cbor::decode("fuzz", bytes, 4096);
    if let Ok(value) = &read {
        assert_eq!(cbor::encode(value), bytes, "equal content has equal bytes");
        assert!(strict_cbor::is_one_value(bytes, 64), "accepted outside the profile");
    } else if bytes.len() <= 4096 {
        assert!(!strict_cbor::is_one_value(bytes, 6), "refused inside the profile: {read:?}");
    }
    if let Ok((value, rest)) = cbor::decode_first("fuzz", bytes, 4096) {
        let used = bytes.len() - rest.len();
        assert_eq!(cbor::encode(&value), bytes[..used]);
        assert!(bytes.ends_with(rest) && used > 0, "reading always moves on");
    }
}

/// Fields that a newer writer added are dropped on reading, so it is the second reading that must equal the first.
pub(super) fn account_bytes(bytes: &[u8]) {
    if let Ok(account) = Account::from_bytes(bytes) {
        assert_eq!(Account::from_bytes(&account.to_bytes()).as_ref(), Ok(&account));
        assert!(account.to_bytes().len() <= bytes.len(), "reading adds nothing");
        if account.check() == Ok(()) {
            account.demands.iter().for_each(|demand| assert!(demand.open().get() >= 0));
        }
    }
    if let Ok(rules) = Rules::from_bytes(bytes) {
        assert_eq!(Rules::from_bytes(&rules.to_bytes()).as_ref(), Ok(&rules));
        let _ = rules.check();
    }
    if let Ok(tariff) = Tariff::from_bytes(bytes) {
        assert_eq!(Tariff::from_bytes(&tariff.to_bytes()).as_ref(), Ok(&tariff));
        let _ = tariff.check();
    }
}

pub(super) fn journal_run(bytes: &[u8]) {
    let Ok(mut reader) = RunReader::new(bytes) else { return };
    let certificates: Vec<Vec<u8>> = reader.certificates().to_vec();
    assert!((1..=4).contains(&certificates.len()));
    let header = reader.position();
    let mut joined = bytes[..header].to_vec();
    let mut entries = Vec::new();
    // No header but the first.
    let mut plain = true;
    loop {
        let before = reader.position();
        match reader.next() {
            Some(Ok(entry)) => {
                let further = reader.take_further();
                let begins = reader.position() - entry.len();
                assert!(if further.is_empty() { begins == before } else { begins > before });
                assert!(further.iter().all(|chain| (1..=4).contains(&chain.len())));
                plain &= further.is_empty();
                joined.extend_from_slice(&bytes[before..begins]);
                joined.extend_from_slice(entry);
                entries.push(entry);
            }
            Some(Err(_)) => {
                assert!(reader.next().is_none(), "after an error there is nothing more");
                return;
            }
            None => {
                joined.extend_from_slice(&bytes[before..]);
                plain &= reader.take_further().is_empty();
                break;
            }
        }
    }
    assert_eq!(joined, bytes, "headers and entries are the whole run");
    if plain {
        written_again(&certificates, &entries, &bytes[header..]);
    }
}

fn written_again(certificates: &[Vec<u8>], entries: &[&[u8]], after_header: &[u8]) {
    let list: Vec<&[u8]> = certificates.iter().map(Vec::as_slice).collect();
    let mut writer = RunWriter::new(&list);
    entries.iter().for_each(|entry| writer.push(entry));
    let written = writer.finish();
    assert!(written.ends_with(after_header));
    let reader = RunReader::new(&written).expect("what was written is read");
    assert_eq!(reader.certificates(), certificates);
}
