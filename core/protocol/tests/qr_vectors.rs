//! Runs `tests/vectors/qr/`, as they stand in the repository: what each text is, what is wrong with it, and what it says.
//!
//! `raseed qr read` is held to the same files by `tests/tests/processes/payment_codes.rs`, and `tests/oracles/qr.py`
//! compares them with readers that are not ours.
#![allow(clippy::unwrap_used, reason = "the whole file is a test; a vector that cannot be read must stop it")]

use raseed_protocol::qr::emv::{self, Code};
use raseed_protocol::qr::upi;
use raseed_protocol::qr::{Payload, Violation, Vpa};
use raseed_protocol::receipt_link;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    text: String,
    kind: String,
    valid: bool,
    error: Option<String>,
    conformant: bool,
    violations: Vec<String>,
    payee: Option<String>,
    payee_name: Option<String>,
    reference: Option<String>,
    amount_paise: Option<i64>,
    amount_error: Option<String>,
}

/// What is said about a text, as far as the vectors ask.
#[derive(Default)]
struct Said {
    error: Option<String>,
    violations: Vec<Violation>,
    payee: Option<String>,
    payee_name: Option<String>,
    reference: Option<String>,
    amount: Option<i64>,
    amount_error: Option<String>,
}

fn cases(name: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/qr").join(name);
    let file: File = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file.cases
}

#[test]
fn emv_codes() {
    let cases = cases("emv.json");
    assert!(cases.len() >= 100);
    cases.iter().for_each(check);
    // Every error that a decoder can name has a text that it is about.
    for name in [
        "TooShort",
        "NotStarting000201",
        "IdNotNumeric",
        "LengthNotNumeric",
        "LengthZero",
        "LengthPastEnd",
        "DuplicateId",
        "CrcMissing",
        "CrcNotLast",
        "CrcLengthNot04",
        "CrcNotHex",
        "CrcMismatch",
        "TotalOver512",
    ] {
        assert!(cases.iter().any(|case| case.error.as_deref() == Some(name)), "{name}");
    }
}

#[test]
fn upi_links() {
    cases("upi.json").iter().for_each(check);
}

#[test]
fn other_texts() {
    cases("other.json").iter().for_each(check);
}

fn check(case: &Case) {
    let (kind, said) = match Payload::of(&case.text) {
        Payload::Emv(text) => ("emv", of_emv(text)),
        Payload::Upi(text) => ("upi", of_upi(text)),
        Payload::Vpa(text) => {
            let error = text.parse::<Vpa>().err().map(|error| error.name().to_owned());
            ("vpa", Said { error, ..Said::default() })
        }
        Payload::Receipt(text) => {
            let error = receipt_link::unpack(text).err().map(|_| "Damaged".to_owned());
            ("receipt", Said { error, ..Said::default() })
        }
        Payload::Unknown(_) => ("unknown", Said { error: case.error.clone(), ..Said::default() }),
    };
    let name = &case.name;
    assert_eq!(kind, case.kind, "{name}");
    assert_eq!(said.error, case.error, "{name}");
    assert_eq!(said.error.is_none(), case.valid, "{name}");
    let violations: Vec<String> = said.violations.iter().map(Violation::to_string).collect();
    assert_eq!(violations, case.violations, "{name}");
    assert_eq!(case.conformant, case.valid && violations.is_empty(), "{name}: the vector contradicts itself");
    assert_eq!(said.payee, case.payee, "{name}");
    assert_eq!(said.reference, case.reference, "{name}");
    assert_eq!((said.amount, said.amount_error), (case.amount_paise, case.amount_error.clone()), "{name}");
    assert!(case.payee_name.is_none() || said.payee_name == case.payee_name, "{name}");
}

fn of_emv(text: &str) -> Said {
    let (code, error) = Code::decode(text);
    assert_eq!(emv::read(text).err(), error);
    if let Some(error) = error {
        return Said { error: Some(error.name().to_owned()), ..Said::default() };
    }
    let amount = code.amount();
    Said {
        error: None,
        violations: emv::violations(&code),
        payee: code.payee().map(|payee| payee.to_string()),
        payee_name: code.get(59).map(str::to_owned),
        reference: code.reference().map(str::to_owned),
        amount: amount.ok().flatten().map(|amount| amount.get()),
        amount_error: amount.err().map(|fault| format!("{fault:?}")),
    }
}

fn of_upi(text: &str) -> Said {
    match upi::read(text) {
        Err(error) => Said { error: Some(error.name().to_owned()), ..Said::default() },
        Ok(link) => Said {
            error: None,
            violations: upi::violations(&link),
            payee: Some(link.payee().to_string()),
            payee_name: link.name().map(str::to_owned),
            reference: link.reference().map(str::to_owned),
            amount: link.amount().map(|amount| amount.get()),
            amount_error: None,
        },
    }
}
