//! The eight data masks (ISO/IEC 18004 §7.8) and the format information that names the chosen one (§7.9).

use super::patterns::Patterns;
use super::penalty::penalty;
use super::rows::{Row, set_if};

/// How many there are; a mask is its reference, 0 to 7.
pub const MASKS: u8 = 8;

/// After so many rows a mask begins again; across it does so every six columns.
const PERIOD: usize = 12;

static INVERTED: [[Row; PERIOD]; 8] = inverted();

/// Masks `unmasked` (function patterns and codewords) with each of the eight: the one that has the least penalty, the lowest
/// reference where two have.
pub fn best(patterns: &Patterns, unmasked: &[Row]) -> Vec<Row> {
    let mut best = masked(patterns, unmasked, 0);
    let mut least = penalty(&best);
    let mut other = best.clone();
    for mask in 1..MASKS {
        draw(patterns, unmasked, mask, &mut other);
        let penalty = penalty(&other);
        if penalty < least {
            least = penalty;
            std::mem::swap(&mut best, &mut other);
        }
    }
    best
}

/// The symbol with this mask.
pub fn masked(patterns: &Patterns, unmasked: &[Row], mask: u8) -> Vec<Row> {
    let mut rows = vec![Row::default(); unmasked.len()];
    draw(patterns, unmasked, mask, &mut rows);
    rows
}

fn draw(patterns: &Patterns, unmasked: &[Row], mask: u8, rows: &mut [Row]) {
    let inverted = &INVERTED[usize::from(mask)];
    let inverted = inverted.iter().cycle();
    for (((row, unmasked), region), inverted) in rows.iter_mut().zip(unmasked).zip(&patterns.region).zip(inverted) {
        *row = std::array::from_fn(|word| unmasked[word] ^ region[word] & inverted[word]);
    }
    draw_format(rows, mask);
}

/// Twice, around the finder at the top left and along the two others (Figure 25).
fn draw_format(rows: &mut [Row], mask: u8) {
    const BESIDE: usize = 8;
    let width = rows.len();
    let bits = format_information(mask);
    for bit in 0..15 {
        let dark = bits >> bit & 1 == 1;
        let row = match bit {
            0..6 => bit,
            // Over the timing pattern.
            6..8 => bit + 1,
            _ => width - 15 + bit,
        };
        set_if(&mut rows[row], BESIDE, dark);
        let column = match bit {
            0..8 => width - 1 - bit,
            8 => 7,
            _ => 14 - bit,
        };
        set_if(&mut rows[BESIDE], column, dark);
    }
}

/// Error correction level M and the mask, their error correction by the BCH code (15, 5) of Annex C, and the pattern that
/// keeps it from being all 0.
fn format_information(mask: u8) -> u16 {
    const LEVEL_M: u16 = 0b00;
    const GENERATOR: u16 = 0b101_0011_0111;
    const AGAINST_ZERO: u16 = 0b101_0100_0001_0010;
    let data = (LEVEL_M << 3 | u16::from(mask)) << 10;
    let rest =
        (0..5).rev().fold(data, |rest, bit| if rest >> (bit + 10) & 1 == 1 { rest ^ GENERATOR << bit } else { rest });
    (data | rest) ^ AGAINST_ZERO
}

const fn inverted() -> [[Row; PERIOD]; 8] {
    let mut all = [[[0; 3]; PERIOD]; 8];
    let mut mask = 0;
    while mask < all.len() {
        let mut row = 0;
        while row < PERIOD {
            let mut column = 0;
            while column < 192 {
                if inverts(mask, row, column) {
                    all[mask][row][column / 64] |= 1 << (column % 64);
                }
                column += 1;
            }
            row += 1;
        }
        mask += 1;
    }
    all
}

/// Table 10.
const fn inverts(mask: usize, row: usize, column: usize) -> bool {
    let product = row * column;
    match mask {
        0 => (row + column).is_multiple_of(2),
        1 => row.is_multiple_of(2),
        2 => column.is_multiple_of(3),
        3 => (row + column).is_multiple_of(3),
        4 => (row / 2 + column / 3).is_multiple_of(2),
        5 => product % 2 + product % 3 == 0,
        6 => (product % 2 + product % 3).is_multiple_of(2),
        _ => ((row + column) % 2 + product % 3).is_multiple_of(2),
    }
}
