//! Codewords into the symbol (ISO/IEC 18004 §7.7.3): two columns at a time from the right, upwards and downwards in turn,
//! the right module of a row before the left one, past everything that is taken.

use super::patterns::{Patterns, TIMING};
use super::rows::Row;

/// Function patterns with the codewords between them, not masked. Remainder bits stay light.
pub fn placed(patterns: &Patterns, codewords: &[u8]) -> Vec<Row> {
    let mut rows = patterns.dark.clone();
    let mut bits = Bits { codewords: codewords.iter(), held: 0, count: 0 };
    let mut upwards = true;
    for pair in (0..rows.len() / 2).rev() {
        // The column of the timing pattern belongs to no pair.
        let left = 2 * pair + usize::from(2 * pair >= TIMING);
        let pair = rows.iter_mut().zip(&patterns.region);
        if upwards {
            pair.rev().for_each(|(row, region)| fill(row, region, left, &mut bits));
        } else {
            pair.for_each(|(row, region)| fill(row, region, left, &mut bits));
        }
        upwards = !upwards;
    }
    rows
}

/// The two modules from `left` on, as far as they are free. One by one: taking two bits at once was measured to be slower.
fn fill(row: &mut Row, region: &Row, left: usize, bits: &mut Bits<'_>) {
    for column in [left + 1, left] {
        let (word, shift) = (column / 64, column % 64);
        if region[word] >> shift & 1 == 1 {
            row[word] |= bits.next() << shift;
        }
    }
}

/// The bits of the codewords, highest first; 0 when they are used up.
struct Bits<'a> {
    codewords: std::slice::Iter<'a, u8>,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    fn next(&mut self) -> u64 {
        if self.count == 0 {
            self.held = self.codewords.next().copied().map_or(0, u64::from);
            self.count = 8;
        }
        self.count -= 1;
        self.held >> self.count & 1
    }
}
