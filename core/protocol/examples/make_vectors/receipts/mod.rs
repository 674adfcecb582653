//! Receipt links, genuine and not.

pub mod content;
pub mod encoding;
pub mod forged;
pub mod text;
pub mod valid;

use super::forge;
use super::people::{Who, certified, entry, link, receipt, signed, till_certificate};
use raseed_protocol::journal::Body;
use raseed_protocol::signed::Namespace;
use serde::Serialize;

/// One case of a receipt file.
#[derive(Serialize)]
pub struct Case {
    pub name: String,
    pub text: String,
    pub root_key: String,
    pub valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Shown>,
    /// Which of the five refusals: see `schemas/receipt-link.md`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'static str>,
}

/// What a verifier must read in a genuine receipt.
#[derive(Serialize)]
pub struct Shown {
    pub tenant: String,
    pub number: String,
    pub account: String,
    pub bill: Option<String>,
    pub amount_paise: i64,
    /// As people read it.
    pub amount: String,
    pub split: Vec<(u8, i64)>,
    pub mode: &'static str,
    pub reference: Option<String>,
    pub subject_to_realisation: bool,
    pub periods: Option<(String, String)>,
    pub receipts: u64,
    pub grand_total_paise: i64,
    pub request: String,
    pub wall_ms: u64,
    /// As people read it, in Indian time.
    pub wall: String,
    pub staff: String,
    pub previous: String,
}

pub const DAMAGED: &str = "damaged";
pub const FORGED: &str = "forged";
pub const STRANGER: &str = "stranger";
pub const NOT_A_LINK: &str = "not-a-link";
pub const NOT_A_RECEIPT: &str = "not-a-receipt";

/// A case that must be refused, under the usual root key.
pub fn refused(name: &str, error: &'static str, text: String) -> Case {
    let root_key = Who::Root.public().to_string();
    Case { name: name.to_owned(), text, root_key, valid: false, receipt: None, error: Some(error) }
}

/// The bytes of the usual certificate.
pub fn usual_certificate() -> Vec<u8> {
    certified(till_certificate(Who::Till), Who::Root).bytes().to_vec()
}

/// The bytes of the usual entry.
pub fn usual_entry() -> Vec<u8> {
    signed(entry(Body::Receipt(receipt())), Who::Till).bytes().to_vec()
}

/// A link that carries exactly so many bytes, by an unknown field of the entry.
pub fn link_of_bytes(size: usize) -> String {
    let usual = 2 + usual_certificate().len() + usual_entry().len();
    // The field's key is 1 byte, its head 3, and the head of the payload grows by 1.
    let padding = vec![0u8; size - usual - 5];
    let entry = forge::resigned(Namespace::Entry, &usual_entry(), Who::Till, |payload| {
        forge::fields(payload, &[(9, Some(forge::bytes(&padding)))])
    });
    let bytes = [&[0x82, 0x81][..], &usual_certificate(), &entry].concat();
    assert_eq!(bytes.len(), size);
    text::pack(&bytes)
}

/// The usual link.
pub fn usual_link() -> String {
    link(&[&usual_certificate()], &usual_entry())
}
