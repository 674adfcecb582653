//! The reference head office: enrolment, book of bills, journal store, ledger, exceptions, reports.
//!
//! The library part speaks no HTTP (`server` does, around it), and nothing here asks the machine for time or random bytes. Verifying, storing and
//! posting are separate, in this order: what is verified is stored, and what is stored stays, also if it cannot be
//! posted. Nothing is acknowledged before it is durable.

mod address;
mod book;
mod carry;
mod contacts;
mod day_keys;
mod enrol;
mod error;
mod html;
pub mod import;
mod import_book;
mod keys;
mod office;
mod payments;
mod poster;
mod posting;
mod provider_http;
pub mod psp;
mod receive;
pub mod report;
pub mod server;
pub mod sms;
pub mod store;
mod tills;
mod verify_run;

pub use carry::CarriedIn;
pub use contacts::ContactsTaken;
pub use enrol::CODE_LIFE_MS;
pub use error::OfficeError;
pub use import_book::{BookRefused, Imported};
pub use keys::{Entropy, KeyFileError, OfficeKeys};
pub use office::Office;
pub use payments::{BillCodes, BillDue, MoneyCame, SettlementRefusal, SettlementReport};
pub use poster::Poster;
