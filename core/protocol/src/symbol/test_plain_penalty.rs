//! The penalty once more, module by module in plain loops over ISO/IEC 18004 Table 11: what the fast one is held to.

/// Of a square of modules, `true` where dark.
pub fn plain_penalty(dark: &[Vec<bool>]) -> u64 {
    let width = dark.len();
    let turned: Vec<Vec<bool>> = (0..width).map(|column| dark.iter().map(|row| row[column]).collect()).collect();
    let lines = || dark.iter().chain(&turned);
    let n1: u64 = lines().map(|line| adjacent(line)).sum();
    let n3: usize = lines().map(|line| finders(line)).sum();
    let count = dark.iter().flatten().filter(|dark| **dark).count();
    n1 + 3 * u64::try_from(blocks(dark)).unwrap() + 40 * u64::try_from(n3).unwrap() + proportion(count, width * width)
}

/// N1: 3 + i for each 5 + i modules of one colour.
fn adjacent(line: &[bool]) -> u64 {
    let runs = line.chunk_by(|a, b| a == b).map(|run| u64::try_from(run.len()).unwrap());
    runs.filter(|length| *length >= 5).map(|length| 3 + (length - 5)).sum()
}

/// N2: 3 x (m - 1) x (n - 1) for a block of m x n modules, which is 3 for each square of four in it.
fn blocks(dark: &[Vec<bool>]) -> usize {
    let squares = (1..dark.len()).flat_map(|row| (1..dark.len()).map(move |column| (row, column)));
    let same = |(row, column): &(usize, usize)| {
        let colour = dark[*row][*column];
        dark[row - 1][*column] == colour && dark[*row][column - 1] == colour && dark[row - 1][column - 1] == colour
    };
    squares.filter(same).count()
}

/// N3: as often as dark, light, three dark, light, dark stands with four light beside it, the quiet zone being light.
fn finders(line: &[bool]) -> usize {
    const LIKE_A_FINDER: [bool; 7] = [true, false, true, true, true, false, true];
    let padded: Vec<bool> = [&[false; 4], line, &[false; 4]].concat();
    let found = |from: &usize| {
        let (before, after) = (&padded[from - 4..*from], &padded[from + 7..from + 11]);
        padded[*from..from + 7] == LIKE_A_FINDER && (!before.contains(&true) || !after.contains(&true))
    };
    (4..padded.len() - 10).filter(found).count()
}

/// N4: 10 for each whole 5 % that the dark modules are away from half.
fn proportion(dark: usize, all: usize) -> u64 {
    let steps = (0..10).filter(|step| 100 * dark.abs_diff(all - dark) >= 2 * 5 * (step + 1) * all).count();
    10 * u64::try_from(steps).unwrap()
}
