//! Sealed files: signed things on their way by hand (a stick, an SD card, another phone), for the eyes of whom they are for.
//!
//! The form is in `schemas/sealed-file.md`: a header in which the file's key is wrapped for each recipient by HPKE (RFC 9180),
//! then records, each sealed with that key. A cut, swapped, repeated or changed record is found, and everything before it can
//! still be read.
//!
//! A seal hides and keeps together; it says nothing about who made it, because anybody who knows a public key can make one.
//! What is inside counts only by its own signature.

mod file;
mod header;
mod item;
mod key;

pub use file::{Ending, Opener, Sealer};
pub use header::{MAGIC, Purpose};
pub use item::{Item, Question};
pub use key::{NotARecipient, OpeningKey, check_recipient};

use crate::cbor::FormatError;
use crate::keys::KeyId;
use thiserror::Error;

/// Fills bytes with what nobody can guess. Only a composition root has one.
pub type Entropy<'a> = &'a mut dyn FnMut(&mut [u8]);

/// The most bytes of one record before it is sealed: a whole page of the book, and its frame.
pub const MAX_RECORD: usize = 4 * 1024 * 1024 + 64;

/// The most bytes of a sealed file that anybody reads: the book of a city, or years of one till.
pub const MAX_FILE: usize = 256 * 1024 * 1024;

/// Why a file cannot be opened, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SealedError {
    /// Something else.
    #[error("this is not a sealed file; take the one that `carry` wrote")]
    NotSealed,
    /// Of a later form.
    #[error("this file was written by a newer program; update this one, then take it again")]
    Newer,
    /// The header cannot be read.
    #[error("the beginning of the file is damaged ({0}); carry once more")]
    Header(FormatError),
    /// For somebody else.
    #[error("the file is sealed for somebody else (keys {for_keys}), not for key {ours}; bring it to whom it is for")]
    NotForUs {
        /// Whom it is for, as key ids with commas between.
        for_keys: String,
        /// Ours.
        ours: KeyId,
    },
    /// It names our key, and still does not open.
    #[error("the file's key does not open: its beginning was changed on the way; carry once more")]
    Wrap,
    /// More bytes than a record or a file may have.
    #[error("the file is larger than any that is taken; carry in several files")]
    TooLarge,
}
