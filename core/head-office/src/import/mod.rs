//! The bill-book import: a utility's accounts, unpaid bills, tariffs and rules, read from its own files.
//!
//! A book is read whole or refused whole, and a refusal names every bad row at once. Reading is pure: nothing here
//! may store anything, change an amount, or guess what was meant. The formats are written down in
//! `schemas/book-import.md`.

mod accounts;
mod bytes;
mod check;
mod contacts;
mod demands;
mod fault;
mod folder;
mod fuzz;
mod json;
mod refusal;
mod rules;
mod table;
mod text;
mod whole;
mod write;

pub(crate) use contacts::read_contacts;
pub use fault::Fault;
pub use folder::{FolderBytes, read_folder, read_parts};
pub use fuzz::{read_any_contacts, read_anything};
pub use refusal::{BadRow, ImportRefused};
pub(crate) use table::{is_blank as is_blank_line, split as split_line};
pub use whole::{read_json, write_json};
pub use write::write_folder;

use raseed_protocol::book::{Account, Rules, Tariff};
use serde::Serialize;

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 256 * 1024 * 1024;
/// The most rows of one table, or records of one list.
pub const MAX_ROWS: usize = 2_000_000;
/// The longest line of a table, in bytes, its end not counted.
pub const MAX_LINE: usize = 8 * 1024;
/// The most tariffs of one book.
pub const MAX_TARIFFS: usize = 500;

/// A book as it was read: every id unique, every reference known, every sum within the bounds of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BookFile {
    /// The tenant's rules.
    pub rules: Rules,
    /// Its tariffs, in the order of the file.
    pub tariffs: Vec<Tariff>,
    /// Its accounts, in the order of the file. Demands oldest first; their lines in the order of `rules.heads`, rounding
    /// last.
    pub accounts: Vec<Account>,
}
