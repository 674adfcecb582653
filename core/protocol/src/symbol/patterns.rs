//! What all symbols of a version have in common (ISO/IEC 18004 §6.3): finder, timing and alignment patterns, version
//! information, and the region that is left for codewords. Format information depends on the mask: `mask.rs` draws it.

use super::rows::{Row, first, set};

/// The modules that do not depend on the text, and where those that do have their place.
pub struct Patterns {
    /// Dark modules of the function patterns and of the version information.
    pub dark: Vec<Row>,
    /// The encoding region: set where a codeword's bit, or a remainder bit, has its place.
    pub region: Vec<Row>,
}

/// From the left, lowest bit first; the same from every side.
const FINDER: [u64; 7] = [0b111_1111, 0b100_0001, 0b101_1101, 0b101_1101, 0b101_1101, 0b100_0001, 0b111_1111];
const ALIGNMENT: [u64; 5] = [0b1_1111, 0b1_0001, 0b1_0101, 0b1_0001, 0b1_1111];

/// Row and column of the two timing patterns.
pub const TIMING: usize = 6;
const EVEN: u64 = 0x5555_5555_5555_5555;

/// Modules on one side of this version.
pub fn width_of(version: u8) -> usize {
    17 + 4 * usize::from(version)
}

impl Patterns {
    /// Those of a version, 1 to 40.
    pub fn new(version: u8) -> Patterns {
        let width = width_of(version);
        let mut drawn = Drawn { dark: vec![Row::default(); width], taken: vec![Row::default(); width] };
        drawn.timing();
        drawn.finders();
        drawn.alignment(version);
        drawn.version(version);
        let all = first(width);
        for row in &mut drawn.taken {
            *row = std::array::from_fn(|word| all[word] & !row[word]);
        }
        Patterns { dark: drawn.dark, region: drawn.taken }
    }
}

/// Function patterns while they are drawn: which modules are dark, and which are no longer free.
struct Drawn {
    dark: Vec<Row>,
    taken: Vec<Row>,
}

impl Drawn {
    /// Between the finders' separators; every other module is dark.
    fn timing(&mut self) {
        let width = self.dark.len();
        let (before, after) = (first(8), first(width - 8));
        self.dark[TIMING] = std::array::from_fn(|word| EVEN & after[word] & !before[word]);
        self.taken[TIMING] = first(width);
        for (at, (dark, taken)) in self.dark.iter_mut().zip(&mut self.taken).enumerate() {
            dark[0] |= u64::from(at % 2 == 0 && (8..width - 8).contains(&at)) << TIMING;
            taken[0] |= 1 << TIMING;
        }
    }

    /// With separators, the places of the format information, and the one module that is dark in every symbol.
    fn finders(&mut self) {
        let width = self.dark.len();
        for (at, bits) in FINDER.into_iter().enumerate() {
            set(&mut self.dark[at], 0, bits);
            set(&mut self.dark[at], width - 7, bits);
            set(&mut self.dark[width - 7 + at], 0, bits);
        }
        set(&mut self.dark[width - 8], 8, 1);
        for row in &mut self.taken[..9] {
            set(row, 0, 0x1ff);
            set(row, width - 8, 0xff);
        }
        for row in &mut self.taken[width - 8..] {
            set(row, 0, 0x1ff);
        }
    }

    /// At every crossing of the centres' rows and columns but where a finder is. They agree with the timing patterns.
    fn alignment(&mut self, version: u8) {
        let centres = alignment_centres(version);
        let last = self.dark.len() - 7;
        for (row, column) in centres.iter().flat_map(|row| centres.iter().map(move |column| (*row, *column))) {
            if matches!((row, column), (TIMING, TIMING))
                || (row, column) == (TIMING, last)
                || (row, column) == (last, TIMING)
            {
                continue;
            }
            for (at, bits) in ALIGNMENT.into_iter().enumerate() {
                set(&mut self.dark[row - 2 + at], column - 2, bits);
                set(&mut self.taken[row - 2 + at], column - 2, 0b1_1111);
            }
        }
    }

    /// Version information (§7.10) beside two finders: 18 bits, from version 7 on.
    fn version(&mut self, version: u8) {
        if version < 7 {
            return;
        }
        let far = self.dark.len() - 11;
        let bits = version_information(version);
        for at in 0..6 {
            let three = bits >> (3 * at) & 0b111;
            set(&mut self.dark[at], far, three);
            set(&mut self.taken[at], far, 0b111);
            for (row, shift) in (far..far + 3).zip(0..3) {
                set(&mut self.dark[row], at, three >> shift & 1);
                set(&mut self.taken[row], at, 1);
            }
        }
    }
}

/// Rows, and as well columns, of the centres of alignment patterns (Annex E): evenly spaced but for the first gap.
fn alignment_centres(version: u8) -> Vec<usize> {
    if version == 1 {
        return Vec::new();
    }
    let (version, last) = (usize::from(version), width_of(version) - 7);
    let gaps = version / 7 + 1;
    // The table's one exception from its own rule is version 32.
    let gap = if version == 32 { 26 } else { (last - TIMING).div_ceil(2 * gaps) * 2 };
    let spaced = (0..gaps).rev().map(|from_end| last - from_end * gap);
    std::iter::once(TIMING).chain(spaced).collect()
}

/// The version and its error correction by the Golay code (18, 6) of Annex D.
fn version_information(version: u8) -> u64 {
    const GENERATOR: u64 = 0b1_1111_0010_0101;
    let data = u64::from(version) << 12;
    data | (0..6).rev().fold(data, |rest, bit| if rest >> (bit + 12) & 1 == 1 { rest ^ GENERATOR << bit } else { rest })
}
