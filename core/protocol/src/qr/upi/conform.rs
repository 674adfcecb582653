//! Whether a generator may emit a link: the formats of every parameter that the specifications name.
//!
//! It judges links that were read; it never decides whether one can be paid.

use super::encode::is_well_encoded;
use super::fields::{Label, OrgId, Purpose, TransactionId};
use super::invoice::{Gstin, InvoiceNumber};
use super::read::{Link, Parameter, Parameters};
use crate::qr::field::digits;
use crate::qr::{Mcc, Reference, Violation};
use data_encoding::BASE64;
use std::str::FromStr;

/// Every key that the specifications name, in the capitals that they give it. `orgId` occurs beside `orgid` in them.
const KEYS: &[&str] = &[
    "ver",
    "mode",
    "pa",
    "pn",
    "mc",
    "tid",
    "tr",
    "tn",
    "am",
    "mam",
    "cu",
    "url",
    "purpose",
    "orgid",
    "orgId",
    "sign",
    "category",
    "mid",
    "msid",
    "mtid",
    "enTips",
    "qrMedium",
    "invoiceName",
    "QRexpire",
    "QRts",
    "split",
    "pinCode",
    "Tier",
    "tier",
    "txnType",
    "Consent",
    "query",
    "gstBrkUp",
    "invoiceNo",
    "invoiceDate",
    "gstIn",
    "cc",
    "bAm",
    "bCurr",
];

/// Modes that promise a signature (UPI Linking Specification 1.6, initiation modes).
const SECURE: &[&str] = &["02", "05", "13", "16", "17", "20", "23", "24"];

/// What a generator must not emit in a link; empty if it may.
pub fn violations(link: &Link) -> Vec<Violation> {
    let parameters = link.parameters();
    let mut found = Vec::new();
    if !parameters.tidy_start {
        found.push(Violation::WrongCase("upi://pay".to_owned()));
    }
    if parameters.stray {
        found.push(Violation::Stray);
    }
    let mut seen = Vec::new();
    for parameter in parameters.iter() {
        let key = parameter.plain_key();
        if parameters.stray && parameter.raw.is_empty() && !is_known(&key) {
            continue;
        }
        if seen.contains(&key) {
            found.push(Violation::Repeated(key));
        } else {
            found.extend(of_parameter(&key, parameter));
            seen.push(key);
        }
    }
    found.extend(missing(link));
    if parameters.get("sign").is_some() && seen.last().is_none_or(|last| last != "sign") {
        found.push(Violation::NotLast("sign".to_owned()));
    }
    if link.minimum().is_some_and(|minimum| link.amount().is_none_or(|amount| minimum > amount)) {
        found.push(Violation::ConditionalMismatch("mam".to_owned()));
    }
    found
}

fn of_parameter(key: &str, parameter: &Parameter) -> Option<Violation> {
    let value = parameter.value.as_str();
    let shown = || key.chars().take(20).collect::<String>();
    let in_capitals = KEYS.contains(&parameter.key.as_str());
    if !in_capitals && (key != parameter.key || is_known(key)) {
        return Some(Violation::WrongCase(shown()));
    }
    if value.is_empty() || value.eq_ignore_ascii_case("null") {
        return Some(Violation::EmptyValue(shown()));
    }
    if !is_well_encoded(key, &parameter.raw) {
        return Some(Violation::WrongEncoding(shown()));
    }
    match longest(key) {
        Some(most) if value.chars().count() > most => Some(Violation::TooLong(shown(), most)),
        _ => (!fits(key, value)).then(|| Violation::BadFormat(shown())),
    }
}

fn is_known(key: &str) -> bool {
    KEYS.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Limits in characters of the parameters whose form is not laid down further.
fn longest(key: &str) -> Option<usize> {
    match key {
        "pn" | "url" | "invoicename" => Some(99),
        "tn" => Some(50),
        "tr" => Some(35),
        "mid" | "msid" | "mtid" | "invoiceno" => Some(20),
        "split" | "query" => Some(255),
        "pincode" => Some(10),
        _ => None,
    }
}

fn fits(key: &str, value: &str) -> bool {
    match key {
        "pn" | "tn" => !value.contains(['&', '#', '%', '+', '=', '\u{fffd}']),
        "mc" => parses::<Mcc>(value),
        "tid" => parses::<TransactionId>(value),
        "tr" => parses::<Reference>(value),
        // The reader has already found them to be amounts; a generator writes two decimals, always.
        "am" | "mam" => value.len() > 3 && value.as_bytes()[value.len() - 3] == b'.',
        "cu" => value == "INR",
        "url" => value.starts_with("https://") || value.starts_with("http://"),
        "ver" => value == "01",
        "mode" => digits(value, 2..=2) && value <= "24",
        "purpose" => parses::<Purpose>(value),
        "orgid" => parses::<OrgId>(value),
        "sign" => BASE64.decode(value.as_bytes()).is_ok_and(|bytes| !bytes.is_empty()),
        "category" => ["01", "02"].contains(&value),
        "mid" | "msid" | "mtid" => parses::<Label>(value),
        "entips" => value == "Y",
        // 01 is for the payer's own app.
        "qrmedium" => ["02", "03", "04", "05", "06"].contains(&value),
        "qrexpire" | "qrts" | "invoicedate" => is_time(value),
        "tier" => value.strip_prefix("TIER").is_some_and(|tier| digits(tier, 1..=1) && ("1"..="6").contains(&tier)),
        "txntype" => ["PAY", "COLLECT", "CREATE", "UPDATE", "REVOKE"].contains(&value),
        "gstbrkup" => value.split('|').all(is_tax),
        "invoiceno" => parses::<InvoiceNumber>(value),
        "gstin" => parses::<Gstin>(value),
        _ => true,
    }
}

fn missing(link: &Link) -> Vec<Violation> {
    let parameters = link.parameters();
    let has = |key: &str| parameters.get(key).is_some();
    let mut found = Vec::new();
    let mut need = |key: &str, when: bool| {
        if when && !has(key) {
            found.push(Violation::missing(key));
        }
    };
    need("pn", true);
    // A link that says its version is one of 2.x, and those say how they came to be.
    need("mode", has("ver"));
    need("qrMedium", has("ver"));
    need("tr", link.is_dynamic());
    need("sign", secure(parameters));
    need("orgid", has("sign"));
    need("category", has("url"));
    need("invoiceNo", has("gstBrkUp"));
    need("invoiceDate", has("gstBrkUp"));
    found
}

fn secure(parameters: &Parameters) -> bool {
    parameters.get("mode").is_some_and(|mode| SECURE.contains(&mode))
}

fn parses<T: FromStr>(text: &str) -> bool {
    text.parse::<T>().is_ok()
}

/// ISO 8601 to the second with an offset: `2019-06-11T13:21:55+05:30`.
fn is_time(text: &str) -> bool {
    let form = "0000-00-00T00:00:00+00:00";
    let same = |(given, wanted): (u8, u8)| match wanted {
        b'0' => given.is_ascii_digit(),
        b'+' => given == b'+' || given == b'-',
        _ => given == wanted,
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(same)
}

/// `CGST:8.45`.
fn is_tax(text: &str) -> bool {
    let amount = |amount: &str| {
        let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
        digits(whole, 1..=10) && digits(fraction, 0..=2)
    };
    text.split_once(':')
        .is_some_and(|(name, value)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic()) && amount(value))
}
