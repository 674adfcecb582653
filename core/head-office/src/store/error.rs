//! What can go wrong between the office and its database. Never carries the content of a row.

use thiserror::Error;

/// Why the store did not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database was written by a newer program. It was left as it is.
    #[error(
        "these books are of version {found}, this program knows versions up to {known}: nothing was touched; install the newer program"
    )]
    Newer {
        /// The version found.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The file is a database of something else. It was left as it is.
    #[error("the file is not the books of a head office: nothing was touched; check the folder")]
    NotOurs,
    /// What was read does not hold together.
    #[error("the books are damaged: {what}; stop, keep a copy of the folder, and restore the newest good one")]
    Damaged {
        /// What was being read, without its content.
        what: &'static str,
    },
    /// A number that the database cannot hold.
    #[error("a number is too large for the database; nothing was stored")]
    OutOfRange,
    /// The database refused or failed: disk full, locked, a rule of the schema broken.
    #[error("the database could not do it: {0}; nothing was stored, try again")]
    Backend(#[source] Box<dyn std::error::Error + Send + Sync>),
}
