//! What must hold for every reader of bytes from outside, whatever the bytes.
//!
//! Each target takes any bytes and panics if a promise is broken. The fuzzer drives them with coverage, and an ordinary
//! test drives them with seeds and with changed seeds. A target must never accept "it did not panic" as its only promise.

mod card;
mod codes;
mod contacts;
mod money;
mod psp;
mod records;
mod requests;
mod sealed;
mod seeds;
mod signed;

pub use seeds::seeds;

/// A target's name, as the fuzzer calls it, and its promises.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("amount", money::amount),
    ("cbor_decode", records::cbor_decode),
    ("account_bytes", records::account_bytes),
    ("journal_run", records::journal_run),
    ("entry_verify", signed::entry_verify),
    ("certificate", signed::certificate),
    ("acknowledgement", signed::acknowledgement),
    ("book_page", signed::book_page),
    ("receipt_link", signed::receipt_link),
    ("enrolment_link", requests::enrolment_link),
    ("enrol_request_json", requests::enrol_request_json),
    ("upload_reply_json", requests::upload_reply_json),
    ("http_signature", requests::http_signature),
    ("qr_emv", codes::qr_emv),
    ("qr_upi", codes::qr_upi),
    ("pay_link", codes::pay_link),
    ("psp_webhook", psp::psp_webhook),
    ("settlement_file", psp::settlement_file),
    ("card_answer", card::card_answer),
    ("contacts_file", contacts::contacts_file),
    ("sealed_file", sealed::sealed_file),
];

/// Runs one target.
///
/// # Panics
/// If there is no such target, or if a promise is broken.
pub fn run(target: &str, bytes: &[u8]) {
    let (_, check) = TARGETS.iter().find(|(name, _)| *name == target).expect("a target of the list");
    check(bytes);
}
