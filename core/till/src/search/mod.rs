//! Finding a household as one types, in any script, among 200,000 within a few milliseconds.
//!
//! Not an index but a scan: every account is one short line of folded text, all lines lie in one block of memory, and a
//! substring search with vector instructions walks it. It measures better than FTS5 with trigrams on the hardest queries
//! (a frequent name and a rare one together), needs no second copy on the flash, and finds any part of any word.

mod finder;
mod fold;
mod found;

pub use finder::Finder;
pub use fold::account_text;
pub use found::Found;
