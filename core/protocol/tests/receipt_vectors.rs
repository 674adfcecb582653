//! Runs every case of `tests/vectors/receipts`, `tests/vectors/journals` and `tests/vectors/sealed`, as they stand in the repository, and checks
//! that the generator still writes exactly these files.
//!
//! The same files are checked by `tests/oracles/verify_receipt.py` and, in a browser, by `tests/web`.
#![allow(clippy::unwrap_used, reason = "the whole file is a test; a vector that cannot be read must stop it")]

#[path = "../examples/make_vectors/books.rs"]
mod books;
#[path = "../examples/make_vectors/forge.rs"]
mod forge;
#[path = "../examples/make_vectors/journals.rs"]
mod journals;
#[path = "../examples/make_vectors/people.rs"]
mod people;
#[path = "../examples/make_vectors/receipts/mod.rs"]
mod receipts;
#[path = "../examples/make_vectors/sealed.rs"]
mod sealed;
#[path = "../examples/make_vectors/vectors.rs"]
mod vectors;
#[path = "../examples/make_vectors/words.rs"]
mod words;

use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::book::BookPage;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::journal::{ForkProof, NoFork, TillKeys};
use raseed_protocol::keys::PublicKey;
use raseed_protocol::receipt_link::{ReceiptRefused, verify};
use raseed_protocol::symbol::Symbol;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors")
}

fn cases(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn root(case: &Value) -> PublicKey {
    case["root_key"].as_str().unwrap().parse().unwrap()
}

fn bytes(case: &Value, field: &str) -> Vec<u8> {
    data_encoding::BASE64.decode(case[field].as_str().unwrap().as_bytes()).unwrap()
}

#[test]
fn the_committed_vectors_are_the_ones_that_the_generator_writes() {
    for (name, text) in vectors::all() {
        let committed = std::fs::read_to_string(folder().join(name)).unwrap();
        assert!(
            committed == text,
            "{name}: run `cargo run -p raseed-protocol --example make_vectors` and look at the change"
        );
    }
}

#[test]
fn receipt_vectors() {
    for file in ["valid", "forged", "encoding", "content", "text"] {
        for case in cases(&format!("receipts/{file}.json")) {
            let name = case["name"].as_str().unwrap();
            let found = verify(case["text"].as_str().unwrap(), &root(&case));
            assert_eq!(found.is_ok(), case["valid"].as_bool().unwrap(), "{name}: {found:?}");
            match found {
                Ok(verified) => {
                    assert_eq!(verified.id.to_string(), case["receipt"]["number"], "{name}");
                    assert_eq!(verified.receipt().amount.get(), case["receipt"]["amount_paise"], "{name}");
                }
                Err(error) => assert_eq!(refusal(&error), case["error"], "{name}: {error}"),
            }
        }
    }
}

fn refusal(error: &ReceiptRefused) -> &'static str {
    match error {
        ReceiptRefused::NotAReceiptLink => "not-a-link",
        ReceiptRefused::Damaged(_) => "damaged",
        ReceiptRefused::Stranger(_) => "stranger",
        ReceiptRefused::Forged(_) => "forged",
        ReceiptRefused::NotAReceipt(_) => "not-a-receipt",
    }
}

#[test]
fn chain_vectors() {
    for case in cases("journals/chains.json") {
        let (chain, error) = journals::follow(&bytes(&case, "run"));
        assert_eq!(error, case["error"].as_str(), "{}", case["name"]);
        assert_eq!(chain.map_or(0, |chain| chain.last().0), case["entries"], "{}", case["name"]);
    }
}

#[test]
fn fork_vectors() {
    for case in cases("journals/forks.json") {
        let certificate = SignedCertificate::verify(&bytes(&case, "certificate"), &root(&case)).unwrap();
        let found =
            ForkProof::check(&TillKeys::of(&certificate).unwrap(), &bytes(&case, "one"), &bytes(&case, "other"));
        let expected = case["error"].as_str();
        assert_eq!(found.as_ref().err().map(no_fork), expected, "{}", case["name"]);
        if let Ok(proof) = found {
            assert_eq!(proof.at.to_string(), case["at"], "{}", case["name"]);
        }
    }
}

fn no_fork(error: &NoFork) -> &'static str {
    match error {
        NoFork::Same => "same",
        NoFork::DifferentPlaces => "different-places",
        NoFork::NotSigned => "not-signed",
    }
}

#[test]
fn acknowledgement_vectors() {
    for case in cases("journals/acknowledgements.json") {
        let office = SignedCertificate::verify(&bytes(&case, "office_certificate"), &root(&case)).unwrap();
        let found = Acknowledgement::verify(&bytes(&case, "acknowledgement"), office.office().unwrap());
        assert_eq!(found.is_ok(), case["valid"].as_bool().unwrap(), "{}", case["name"]);
    }
}

#[test]
fn page_vectors() {
    for case in cases("books/pages.json") {
        let office = SignedCertificate::verify(&bytes(&case, "office_certificate"), &root(&case)).unwrap();
        let found = BookPage::verify(&bytes(&case, "page"), office.office().unwrap());
        assert_eq!(found.is_ok(), case["valid"].as_bool().unwrap(), "{}", case["name"]);
    }
}

/// Files that Raseed wrote, and files that `tests/oracles/sealed.py` wrote.
#[test]
fn sealed_vectors() {
    for file in ["files", "foreign"] {
        for case in cases(&format!("sealed/{file}.json")) {
            let seed = data_encoding::HEXLOWER.decode(case["seed"].as_str().unwrap().as_bytes()).unwrap();
            let (records, ending, error) = sealed::open(&seed.try_into().unwrap(), &bytes(&case, "file"));
            let records: Vec<_> = records.iter().map(|record| data_encoding::BASE64.encode(record)).collect();
            assert_eq!(case["records"], serde_json::json!(records), "{}", case["name"]);
            assert_eq!((ending, error), (case["ending"].as_str(), case["error"].as_str()), "{}", case["name"]);
        }
    }
}

/// The worked example of `schemas/sealed-file.md` is the first vector.
#[test]
fn the_worked_example_of_a_sealed_file_is_the_first_vector() {
    let document = std::fs::read_to_string(folder().join("../../schemas/sealed-file.md")).unwrap();
    let block = document.split("```").find(|block| block.trim_start().starts_with("72 61")).unwrap();
    assert_eq!(hex_of(block), data_encoding::HEXLOWER.encode(&bytes(&cases("sealed/files.json")[0], "file")));
}

/// The worked example of `schemas/receipt-link.md` is the first vector.
#[test]
fn the_worked_example_is_the_first_vector() {
    let document = std::fs::read_to_string(folder().join("../../schemas/receipt-link.md")).unwrap();
    let text = cases("receipts/valid.json")[0]["text"].as_str().unwrap().to_owned();
    let (certificates, entry) = raseed_protocol::receipt_link::unpack(&text).unwrap();
    let bytes = [&[0x82, 0x81][..], &certificates[0], &entry].concat();
    let block = document.split("```").find(|block| block.trim_start().starts_with("82 ")).unwrap();
    assert_eq!(hex_of(block), data_encoding::HEXLOWER.encode(&bytes));
    assert_eq!((text.len(), Symbol::new(&text).unwrap().version()), (675, 17));
    assert!(document.contains("675 characters: version 17"));
}

/// The hexadecimal words at the beginning of each line, up to the first two blanks together.
fn hex_of(block: &str) -> String {
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let is_hex = |word: &&str| word.len().is_multiple_of(2) && digits(word);
    block
        .lines()
        .flat_map(|line| line.trim_start().split("  ").next().unwrap_or("").split(' ').take_while(is_hex))
        .collect()
}
