//! What a masked symbol is charged for what makes it hard to read (ISO/IEC 18004 §7.8.3.1, Table 11), 64 modules at a time.
//!
//! The whole symbol is judged, function patterns and format information too. Where the text leaves room it is read so:
//!
//! - N3, "1:1:3:1:1 ratio, preceded or followed by light area 4 modules wide": the seven modules dark, light, dark, dark,
//!   dark, light, dark, as §7.8.1 names them, with four light ones on at least one side. They count once, in a row as in a
//!   column, and what lies outside the symbol is its quiet zone: light.
//! - N4, "50 ± (5 × k) % to 50 ± (5 × (k + 1)) %": at a whole multiple of 5 %, which belongs to two steps, k is the larger.
//!
//! Down the columns nothing has to be turned: one word of a row is 64 columns, and the row below is the next module of each.
//! Across, patterns reach over the borders of words; so a row is looked at through windows of 64 columns that overlap by as
//! much as a pattern with its light area is long. Every pattern is counted where it begins, in one window only.

use super::rows::{Row, WIDEST, first, window};

const N1: u64 = 3;
const N2: u64 = 3;
const N3: u64 = 40;
const N4: u64 = 10;

/// Light modules before or after what looks like a finder.
const LIGHT: usize = 4;
/// From one window to the next.
const STRIDE: usize = 48;

/// The penalty of a symbol of so many rows.
pub fn penalty(rows: &[Row]) -> u64 {
    let width = rows.len();
    let mut lines = [0; LIGHT + WIDEST + LIGHT];
    let lines = &mut lines[..LIGHT + width + LIGHT];
    let (mut points, mut dark) = (0, 0);
    for start in (0..width.saturating_sub(64 - STRIDE)).step_by(STRIDE) {
        for (line, row) in lines[LIGHT..].iter_mut().zip(rows) {
            *line = window(row, start);
        }
        let window = Window::new(start, width);
        dark += window.dark(lines);
        points += window.across(&lines[LIGHT..LIGHT + width]) + window.down(lines);
    }
    points + proportion(dark, width)
}

/// N4: how far the dark modules are from being half of all.
fn proportion(dark: u64, width: usize) -> u64 {
    let all = u64::try_from(width * width).expect("a symbol is small");
    N4 * ((2 * dark).abs_diff(all) * 10 / all)
}

/// 64 columns, and sets of them.
struct Window {
    /// Whose patterns are counted here: those with all around them that decides.
    own: u64,
    /// Who have a neighbour at their right in the symbol.
    paired: u64,
}

impl Window {
    fn new(start: usize, width: usize) -> Window {
        let from = if start == 0 { 0 } else { LIGHT };
        let until = if width - start <= 64 { width - start } else { STRIDE + LIGHT };
        Window { own: low(until) & !low(from), paired: low(width - start - 1) }
    }

    fn dark(&self, lines: &[u64]) -> u64 {
        lines.iter().map(|line| count(line & self.own)).sum()
    }

    /// N1, N2 and N3 in the direction of the rows, N2 down as well.
    fn across(&self, body: &[u64]) -> u64 {
        let runs = body.iter().map(|line| {
            let same = !(line ^ line >> 1) & self.paired;
            let four = same & same >> 1;
            let five = four & four >> 2 & self.own;
            run_points(five, !(same << 1))
        });
        let blocks = body.array_windows().map(|[line, below]| {
            let same = !(line ^ below);
            N2 * count(same & same >> 1 & !(line ^ line >> 1) & self.paired & self.own)
        });
        let finders = body.iter().map(|line| {
            let before = [4, 3, 2, 1].map(|back| line << back);
            let seven = [0, 1, 2, 3, 4, 5, 6].map(|on| line >> on);
            let after = [7, 8, 9, 10].map(|on| line >> on);
            N3 * count(finder(before, seven, after) & self.own)
        });
        runs.sum::<u64>() + blocks.sum::<u64>() + finders.sum::<u64>()
    }

    /// N1 and N3 in the direction of the columns.
    fn down(&self, lines: &[u64]) -> u64 {
        let body = &lines[LIGHT..lines.len() - LIGHT];
        let five = |[a, b, c, d, e]: [u64; 5]| !((a ^ b) | (b ^ c) | (c ^ d) | (d ^ e)) & self.own;
        let top = run_points(five([body[0], body[1], body[2], body[3], body[4]]), u64::MAX);
        let runs = body.array_windows().map(|[above, a, b, c, d, e]| run_points(five([*a, *b, *c, *d, *e]), above ^ a));
        let finders = lines.array_windows().map(|&[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o]| {
            N3 * count(finder([a, b, c, d], [e, f, g, h, i, j, k], [l, m, n, o]) & self.own)
        });
        top + runs.sum::<u64>() + finders.sum::<u64>()
    }
}

/// N1 for runs of five or more: `five` is set where five of one colour begin. A run of five is charged 3 and each further
/// module 1, which is 1 for each beginning and 2 more for the first, one of which is `unlike` the module before it.
fn run_points(five: u64, unlike: u64) -> u64 {
    count(five) + (N1 - 1) * count(five & unlike)
}

/// Where seven modules look like a finder, with light on one side at least.
fn finder(before: [u64; LIGHT], [a, b, c, d, e, f, g]: [u64; 7], after: [u64; LIGHT]) -> u64 {
    let dark = |four: [u64; LIGHT]| four[0] | four[1] | four[2] | four[3];
    a & !b & c & d & e & !f & g & !(dark(before) & dark(after))
}

fn count(set: u64) -> u64 {
    u64::from(set.count_ones())
}

/// The lowest `count` columns.
fn low(count: usize) -> u64 {
    first(count)[0]
}
