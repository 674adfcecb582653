//! The QR symbol of a text (ISO/IEC 18004): its modules, and the pictures of it that need no image library.
//!
//! Error correction level M. The `qrcode` crate encodes the text and corrects it (`codewords`); here the codewords are placed
//! and the mask is chosen, which is nine tenths of the work elsewhere, on whole rows of bits. Nothing here may know what the
//! text means.

mod codewords;
mod mask;
mod patterns;
mod penalty;
mod picture;
mod place;
mod rows;

#[cfg(test)]
mod test_plain_penalty;
#[cfg(test)]
mod tests;

pub use picture::Pixel;

use codewords::{Codewords, in_byte_mode, smallest};
use patterns::Patterns;
use rows::{Row, is_set};
use std::ops::Range;
use thiserror::Error;

/// Modules of white that a symbol needs on each side (ISO/IEC 18004 §9.1).
pub const QUIET_ZONE: usize = 4;

/// A drawn QR symbol, without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    version: u8,
    rows: Vec<Row>,
}

/// The text does not fit any symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the text is too long for a QR code")]
pub struct TooLong;

impl Symbol {
    /// Draws a text in the modes that make the smallest symbol: an all-upper-case receipt link goes in alphanumeric mode but
    /// for its `#`. A text that is not all ASCII goes as by [`Symbol::in_bytes`].
    pub fn new(text: &str) -> Result<Symbol, TooLong> {
        smallest(text).map(|codewords| Symbol::drawn(&codewords))
    }

    /// Draws a text in byte mode alone, as payment codes must be (EMVCo QR Code Specification, Merchant-Presented Mode,
    /// §4.12.1.1); what is not ASCII is announced as UTF-8 by ECI 000026 (§4.12.1.2).
    pub fn in_bytes(text: &str) -> Result<Symbol, TooLong> {
        in_byte_mode(text).map(|codewords| Symbol::drawn(&codewords))
    }

    fn drawn(Codewords { version, codewords }: &Codewords) -> Symbol {
        let patterns = Patterns::new(*version);
        let unmasked = place::placed(&patterns, codewords);
        Symbol { version: *version, rows: mask::best(&patterns, &unmasked) }
    }

    /// Modules on one side.
    pub fn width(&self) -> usize {
        self.rows.len()
    }

    /// 1 to 40.
    pub fn version(&self) -> u8 {
        self.version
    }

    /// Whether the module in this column and row is dark; outside the symbol all is light.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        self.rows.get(row).is_some_and(|row| is_set(row, column))
    }

    /// The columns of each run of dark modules in this row, from the left; none outside the symbol.
    pub fn dark_runs(&self, row: usize) -> impl Iterator<Item = Range<usize>> {
        rows::runs(self.rows.get(row).copied().unwrap_or_default())
    }
}
