//! Finding a household as one types, in any script, among 200,000 within a few milliseconds.
//!
//! An index in memory alone: every word of every account, in order, with the accounts that have it. A beginning of words
//! is one slice of it; a part of words a walk through the words, which are few beside the accounts; several words are the
//! intersection of sets of bits. Nothing of it is on the flash, so nothing can be out of step with the book.

mod finder;
mod fit;
mod fold;
mod found;
mod words;

pub use finder::{Finder, Loading};
pub use fold::account_text;
pub use found::Found;
