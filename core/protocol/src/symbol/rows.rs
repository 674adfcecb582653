//! Modules as bits: a row is three words, and column `c` is bit `c % 64` of word `c / 64`. 1 is dark, or "belongs to it".

use std::ops::Range;

/// Modules on the side of the largest symbol (version 40).
pub const WIDEST: usize = 177;

/// One row of modules. Bits beyond the width of the symbol are 0.
pub type Row = [u64; 3];

/// Whether the module in this column is set.
pub fn is_set(row: &Row, column: usize) -> bool {
    row.get(column / 64).is_some_and(|word| word >> (column % 64) & 1 == 1)
}

/// Sets the module in this column where `on`.
pub fn set_if(row: &mut Row, column: usize, on: bool) {
    row[column / 64] |= u64::from(on) << (column % 64);
}

/// Sets what is set in `bits`, whose lowest bit lies in this column.
pub fn set(row: &mut Row, column: usize, bits: u64) {
    let (word, shift) = (column / 64, column % 64);
    row[word] |= bits << shift;
    if let Some(next) = row.get_mut(word + 1) {
        // In two steps, because a shift by all 64 is none.
        *next |= bits >> 1 >> (63 - shift);
    }
}

/// The 64 columns from `start` on, the first one lowest.
pub fn window(row: &Row, start: usize) -> u64 {
    let (word, shift) = (start / 64, start % 64);
    let next = row.get(word + 1).copied().unwrap_or(0);
    row[word] >> shift | next << 1 << (63 - shift)
}

/// A row that is set in the first `width` columns.
pub fn first(width: usize) -> Row {
    std::array::from_fn(|word| match width.saturating_sub(64 * word) {
        0 => 0,
        some => u64::MAX >> (64 - some.min(64)),
    })
}

/// Each run of what is set, from the left.
pub fn runs(row: Row) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = next(&row, from, 0)?;
        from = next(&row, start, u64::MAX).unwrap_or(64 * row.len());
        Some(start..from)
    })
}

/// The first column from `from` on whose module is not `like` all those in this word.
fn next(row: &Row, from: usize, like: u64) -> Option<usize> {
    let mut here = u64::MAX << (from % 64);
    for (word, bits) in row.iter().enumerate().skip(from / 64) {
        let found = (bits ^ like) & here;
        if found != 0 {
            return Some(64 * word + usize::try_from(found.trailing_zeros()).expect("less than 64"));
        }
        here = u64::MAX;
    }
    None
}
