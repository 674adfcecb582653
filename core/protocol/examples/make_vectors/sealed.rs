//! Sealed files: whole, cut, changed and for somebody else.

use super::people::Who;
use data_encoding::BASE64;
use raseed_protocol::keys::{Hash, PublicKey};
use raseed_protocol::sealed::{Ending, Item, Opener, OpeningKey, Purpose, Question, SealedError, Sealer};
use serde::Serialize;

/// A file, who opens it, and what is found.
#[derive(Serialize)]
pub struct SealedCase {
    name: &'static str,
    /// The secret of the signing key of whoever opens it, as hexadecimal digits.
    seed: String,
    file: String,
    /// The records up to the first that cannot be read.
    records: Vec<String>,
    /// `whole`, `cut` or `damaged`; none if the file as a whole was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    ending: Option<&'static str>,
    /// `not-sealed`, `newer`, `header`, `not-for-us` or `wrap`.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

/// The cases of `sealed/files.json`.
pub fn files() -> Vec<SealedCase> {
    let parts = parts(Purpose::ToOffice, &[Who::Office.public()], 1);
    let copy = parts_of_copy();
    let (head, one, two, last) = (&parts[0], &parts[1], &parts[2], &parts[3]);
    let whole = parts.concat();
    let other = self::parts(Purpose::ToOffice, &[Who::Office.public()], 2);
    let flip = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        bytes
    };
    let named = |who: Who| {
        // Another recipient's key id over the same wrapped key.
        let mut bytes = whole.clone();
        let at = bytes.windows(8).position(|eight| eight == Who::Office.public().id().0).expect("it is named");
        bytes[at..at + 8].copy_from_slice(&who.public().id().0);
        bytes
    };
    let office = |name, bytes: Vec<u8>| case(name, Who::Office, bytes);
    vec![
        office("the worked example", whole.clone()),
        office("a second copy, as the head office reads it", copy.concat()),
        case("a second copy, as the till reads it", Who::Till, copy.concat()),
        case("for somebody else", Who::Stranger, whole.clone()),
        case("for somebody else, and named so", Who::Stranger, named(Who::Stranger)),
        office("cut in the beginning", head[..60].to_vec()),
        office("cut before the first record", head.clone()),
        office("cut in a record", [head.as_slice(), one, &two[..9]].concat()),
        office("cut before the last record", [head.as_slice(), one, two].concat()),
        office("a record left out", [head.as_slice(), one, last].concat()),
        office("two records swapped", [head.as_slice(), two, one, last].concat()),
        office("a record twice", [head.as_slice(), one, one, two, last].concat()),
        office("something after the last record", [whole.as_slice(), &[0]].concat()),
        office("the last record twice", [whole.as_slice(), last].concat()),
        office("a record of another file", [head.as_slice(), one, &other[2], last].concat()),
        office("a bit changed in the first record", flip(head.len() + 7)),
        office("a bit changed in the length of a record", flip(head.len())),
        office("a bit changed in the wrapped key", flip(head.len() - 3)),
        office("another purpose", flip_purpose(&whole)),
        office("a later form", [b"raseed:sealed-file:2".as_slice(), &whole[20..]].concat()),
        office("no sealed file", b"%PDF-1.7".to_vec()),
        office("nothing", Vec::new()),
    ]
}

/// What is found in a file, in the words of the vectors.
pub fn open(seed: &[u8; 32], bytes: &[u8]) -> (Vec<Vec<u8>>, Option<&'static str>, Option<&'static str>) {
    let key = OpeningKey::from_seed(seed);
    let mut opener = match Opener::new(bytes, &key) {
        Ok(opener) => opener,
        Err(error) => return (Vec::new(), None, Some(refusal(&error))),
    };
    let records = opener.by_ref().collect();
    let ending = opener.ending().map(|ending| match ending {
        Ending::Whole => "whole",
        Ending::Cut => "cut",
        Ending::Damaged => "damaged",
    });
    (records, ending, None)
}

fn refusal(error: &SealedError) -> &'static str {
    match error {
        SealedError::NotSealed => "not-sealed",
        SealedError::Newer => "newer",
        SealedError::Header(_) => "header",
        SealedError::NotForUs { .. } => "not-for-us",
        SealedError::Wrap => "wrap",
        SealedError::TooLarge => "too-large",
    }
}

fn case(name: &'static str, who: Who, file: Vec<u8>) -> SealedCase {
    let seed = [who as u8; 32];
    let (records, ending, error) = open(&seed, &file);
    SealedCase {
        name,
        seed: data_encoding::HEXLOWER.encode(&seed),
        file: BASE64.encode(&file),
        records: records.iter().map(|record| BASE64.encode(record)).collect(),
        ending,
        error,
    }
}

/// The beginning and three records.
fn parts(purpose: Purpose, to: &[PublicKey], draw: u8) -> Vec<Vec<u8>> {
    let (mut sealer, head) = Sealer::begin(purpose, to, &mut drawn(draw)).expect("keys that were made");
    let question = sealer.record(&Item::Question(Question { cursor: 52, word: 0 }).encode());
    let run = sealer.record(&Item::Run(b"a run of entries".to_vec()).encode());
    vec![head, question, run, sealer.finish(&Item::End.encode())]
}

/// For the head office and the till itself, and without an end.
fn parts_of_copy() -> Vec<Vec<u8>> {
    let to = [Who::Office.public(), Who::Till.public()];
    let (mut sealer, head) = Sealer::begin(Purpose::SecondCopy, &to, &mut drawn(3)).expect("keys that were made");
    let run = sealer.record(&Item::Run(b"a run without entries".to_vec()).encode());
    vec![head, run, sealer.record(&Item::Entry(b"an entry".to_vec()).encode())]
}

fn flip_purpose(whole: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let at = 20 + 2 + 2;
    assert_eq!(bytes[at], 1, "the purpose stands there");
    bytes[at] = 3;
    bytes
}

/// "Random" bytes that are the same on every run.
fn drawn(from: u8) -> impl FnMut(&mut [u8]) {
    let mut count = 0u8;
    move |bytes: &mut [u8]| {
        for part in bytes.chunks_mut(32) {
            count += 1;
            part.copy_from_slice(&Hash::of(&[from, count]).0[..part.len()]);
        }
    }
}
