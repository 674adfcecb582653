//! The QR symbol of a text: modules, and the two pictures of it that need no image library.
//!
//! Error correction level M; encoding modes are chosen by the `qrcode` crate, so an all-upper-case receipt link goes in
//! alphanumeric mode but for its `#`.

use qrcode::{EcLevel, QrCode, Version};
use thiserror::Error;

/// Modules of white that a symbol needs on each side (ISO/IEC 18004 §9.1).
pub const QUIET_ZONE: usize = 4;

/// A drawn QR symbol, without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    width: usize,
    version: u8,
    dark: Vec<bool>,
}

/// The text does not fit any symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the text is too long for a QR code")]
pub struct TooLong;

impl Symbol {
    /// Draws a text.
    pub fn new(text: &str) -> Result<Symbol, TooLong> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| TooLong)?;
        let Version::Normal(version) = code.version() else {
            return Err(TooLong);
        };
        let dark = code.to_colors().into_iter().map(|module| module == qrcode::Color::Dark).collect();
        Ok(Symbol { width: code.width(), version: u8::try_from(version).map_err(|_| TooLong)?, dark })
    }

    /// Modules on one side.
    pub fn width(&self) -> usize {
        self.width
    }

    /// 1 to 40.
    pub fn version(&self) -> u8 {
        self.version
    }

    /// Whether the module in this column and row is dark; outside the symbol all is light.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.width && row < self.width && self.dark[row * self.width + column]
    }

    /// An 8-bit grey picture, `dots` dots a module, quiet zone included: its side in dots, and the rows.
    pub fn to_luma(&self, dots: usize) -> (usize, Vec<u8>) {
        let side = (self.width + 2 * QUIET_ZONE) * dots;
        let mut rows = vec![255u8; side * side];
        for row in 0..self.width * dots {
            for column in 0..self.width * dots {
                if self.is_dark(column / dots, row / dots) {
                    rows[(row + QUIET_ZONE * dots) * side + column + QUIET_ZONE * dots] = 0;
                }
            }
        }
        (side, rows)
    }

    /// For a terminal: two modules a character in half blocks, light on dark, with a quiet zone of two modules.
    pub fn to_terminal(&self) -> String {
        const MARGIN: usize = 2;
        let side = self.width + 2 * MARGIN;
        let light = |column: usize, row: usize| {
            row < side && !(column >= MARGIN && row >= MARGIN && self.is_dark(column - MARGIN, row - MARGIN))
        };
        let mut text = String::with_capacity(side * side * 2);
        for row in (0..side).step_by(2) {
            for column in 0..side {
                text.push(match (light(column, row), light(column, row + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_has_its_finder_pattern_and_quiet_zone() {
        let symbol = Symbol::new("HTTPS://RASEED.EXAMPLE/V#ABC").unwrap();
        assert!(symbol.is_dark(0, 0) && symbol.is_dark(6, 6) && !symbol.is_dark(1, 1) && !symbol.is_dark(999, 0));
        let (side, rows) = symbol.to_luma(4);
        assert_eq!(side, (symbol.width() + 8) * 4);
        assert_eq!(rows.len(), side * side);
        assert!(rows[..side * 16].iter().all(|dot| *dot == 255), "the quiet zone is light");
        assert_eq!(symbol.to_terminal().lines().count(), (symbol.width() + 5) / 2);
        assert_eq!(Symbol::new(&"x".repeat(4000)), Err(TooLong));
    }
}
