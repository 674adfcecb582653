//! What a till and its head office must agree on: money, billing, the journal, receipts, the book, signatures.
//!
//! Pure by rule: no I/O, no clock, no randomness, no async, no floating point. Everything that comes from outside is
//! bounded and refused with a typed error. The byte formats are written down in `schemas/`.

pub mod acknowledgement;
pub mod billing;
pub mod book;
pub mod cbor;
pub mod certificate;
pub mod ids;
pub mod journal;
pub mod keys;
pub mod language;
pub mod ledger;
pub mod money;
pub mod pay_link;
pub mod payment_code;
pub mod payment_reference;
pub mod payment_word;
pub mod pin;
pub mod profile;
pub mod qr;
pub mod receipt_link;
pub mod sealed;
pub mod signed;
pub mod storage;
pub mod symbol;
pub mod time;
pub mod wire;
