//! Runs every case of `tests/vectors/receipts` and `tests/vectors/journals`, as they stand in the repository, and checks
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
#[path = "../examples/make_vectors/vectors.rs"]
mod vectors;

use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::book::BookPage;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::journal::{ForkProof, NoFork};
use raseed_protocol::keys::PublicKey;
use raseed_protocol::receipt_link::{ReceiptRefused, verify};
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
        let found = ForkProof::check(&certificate, &bytes(&case, "one"), &bytes(&case, "other"));
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
        NoFork::NotATill => "not-a-till",
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
