//! What a symbol must be: the same matrix as another library draws for the same codewords and mask, the mask that the
//! standard asks for, pictures that show every module.

use super::codewords::{Codewords, in_byte_mode, smallest};
use super::mask::{MASKS, masked};
use super::patterns::{Patterns, width_of};
use super::penalty::penalty;
use super::place::placed;
use super::rows::{Row, first, is_set};
use super::test_plain_penalty::plain_penalty;
use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel, Version};

const BY_REFERENCE: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

#[test]
fn every_version_with_every_mask_is_drawn_as_by_the_crate() {
    for number in 1..=40 {
        let version = Version::Normal(i16::from(number));
        let bytes = qrcode::bits::Bits::new(version).max_len(EcLevel::M).unwrap() / 8;
        // No pattern in it, and never the same in two versions.
        let data: Vec<u8> = (0..bytes).map(|at| (at * at * 7 + at * 31 + bytes).to_le_bytes()[0]).collect();
        let (data, correction) = construct_codewords(&data, version, EcLevel::M).unwrap();
        let mut canvas = Canvas::new(version, EcLevel::M);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &correction);
        let patterns = Patterns::new(number);
        let unmasked = placed(&patterns, &[data, correction].concat());
        for mask in 0..MASKS {
            let mut theirs = canvas.clone();
            theirs.apply_mask(BY_REFERENCE[usize::from(mask)]);
            let ours = squares(&masked(&patterns, &unmasked, mask))
                .concat()
                .into_iter()
                .map(|dark| if dark { Color::Dark } else { Color::Light });
            assert!(ours.eq(theirs.into_colors()), "version {number}, mask {mask}");
        }
    }
}

#[test]
fn the_mask_is_the_one_with_the_least_penalty() {
    let digits = "31415926535897932384626433832795".repeat(80);
    for version in 1..=40u8 {
        let most = qrcode::bits::Bits::new(Version::Normal(version.into())).max_len(EcLevel::M).unwrap();
        assert_eq!(chosen_is_best(&digits[..most / 8 - 3]), version);
    }
}

#[test]
fn of_two_masks_with_as_little_penalty_it_is_the_first() {
    // Small symbols have few points, so that two masks are often even.
    for number in 0..200 {
        assert_eq!(chosen_is_best(&number.to_string()), 1);
    }
}

/// Gives the version.
fn chosen_is_best(text: &str) -> u8 {
    let Codewords { version, codewords } = in_byte_mode(text).unwrap();
    let patterns = Patterns::new(version);
    let unmasked = placed(&patterns, &codewords);
    let all = (0..MASKS).map(|mask| masked(&patterns, &unmasked, mask));
    let least = all.min_by_key(|rows| plain_penalty(&squares(rows))).unwrap();
    assert!(mask::best(&patterns, &unmasked) == least, "the mask of {text}");
    version
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_penalty_is_that_of_the_plain_count(rows in any_square()) {
        prop_assert_eq!(penalty(&rows), plain_penalty(&squares(&rows)));
    }
}

/// Any modules, as light, as dark and as regular as patterns need to become many.
fn any_square() -> impl Strategy<Value = Vec<Row>> {
    let like_finders = [0x0005_d0ba_1742_e85d, 0xd0ba_1742_e85d_0000, 0x2e85_d0ba_1742_e85d];
    let row = prop_oneof![
        4 => any::<Row>(),
        2 => (any::<Row>(), any::<Row>()).prop_map(|(a, b)| std::array::from_fn(|word| a[word] & b[word])),
        2 => (any::<Row>(), any::<Row>()).prop_map(|(a, b)| std::array::from_fn(|word| a[word] | b[word])),
        1 => Just(like_finders),
        1 => Just([0; 3]),
        1 => Just([u64::MAX; 3]),
    ];
    let square = (1..=40u8).prop_flat_map(move |version| vec(row.clone(), width_of(version)));
    (square, any::<bool>()).prop_map(|(mut rows, turned)| {
        let all = first(rows.len());
        rows.iter_mut().for_each(|row| *row = std::array::from_fn(|word| row[word] & all[word]));
        if turned { turn(&rows) } else { rows }
    })
}

fn turn(rows: &[Row]) -> Vec<Row> {
    let mut turned = vec![Row::default(); rows.len()];
    for (at, row) in rows.iter().enumerate() {
        for (column, turned) in turned.iter_mut().enumerate() {
            rows::set(turned, at, u64::from(is_set(row, column)));
        }
    }
    turned
}

fn squares(rows: &[Row]) -> Vec<Vec<bool>> {
    rows.iter().map(|row| (0..rows.len()).map(|column| is_set(row, column)).collect()).collect()
}

#[test]
fn a_symbol_has_its_finder_pattern_and_quiet_zone() {
    let symbol = Symbol::new("HTTPS://RASEED.EXAMPLE/V#ABC").unwrap();
    assert!(symbol.is_dark(0, 0) && symbol.is_dark(6, 6) && !symbol.is_dark(1, 1) && !symbol.is_dark(999, 0));
    let (side, rows) = symbol.to_luma(4);
    assert_eq!(side, (symbol.width() + 8) * 4);
    assert_eq!(rows.len(), side * side);
    assert!(rows[..side * 16].iter().all(|dot| *dot == 255), "the quiet zone is light");
    assert_eq!(symbol.to_terminal().lines().count(), (symbol.width() + 5) / 2);
    assert_eq!(symbol.to_luma(0), (0, Vec::new()));
}

#[test]
fn pictures_show_every_module() {
    for length in [10, 180, 700, 2300] {
        let symbol = Symbol::new(&"a receipt 17 ".repeat(180)[..length]).unwrap();
        let (side, picture) = symbol.to_luma(3);
        let mut pixels = vec![[7; 4]; side * side + 1];
        symbol.draw_pixels(3, &mut pixels);
        assert_eq!(pixels.pop(), Some([7; 4]), "nothing is drawn behind the end");
        assert!(pixels.iter().zip(&picture).all(|(pixel, dot)| *pixel == [*dot, *dot, *dot, 255]));
        let stroked = strokes(&symbol.to_svg());
        for row in 0..symbol.width() {
            let runs: Vec<usize> = symbol.dark_runs(row).flatten().collect();
            let dark: Vec<usize> = (0..200).filter(|column| symbol.is_dark(*column, row)).collect();
            assert_eq!(runs, dark, "row {row}");
            assert_eq!(stroked[row + QUIET_ZONE], runs, "row {row}");
        }
        for (at, dot) in picture.iter().enumerate() {
            let [column, row] = [at % side, at / side].map(|dot| (dot / 3).wrapping_sub(QUIET_ZONE));
            assert_eq!(*dot == 0, symbol.is_dark(column, row), "dot {at}");
        }
    }
}

/// The dark columns of every row that an SVG document draws, without its quiet zone.
fn strokes(svg: &str) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); 200];
    let (_, path) = svg.split_once("stroke=\"#000\" d=\"M").unwrap();
    for row in path.strip_suffix("\"/></svg>").unwrap().split('M') {
        let (start, runs) = row.split_once('h').unwrap();
        let (column, row) = start.split_once(' ').unwrap();
        let mut at = column.parse::<usize>().unwrap() - QUIET_ZONE;
        for run in format!("0 0h{runs}").split('m') {
            let (over, length) = run.split_once(" 0h").unwrap();
            at += over.parse::<usize>().unwrap();
            let end = at + length.parse::<usize>().unwrap();
            rows[row.strip_suffix(".5").unwrap().parse::<usize>().unwrap()].extend(at..end);
            at = end;
        }
    }
    rows
}

#[test]
fn a_payment_code_is_in_bytes_and_as_large_as_that_needs() {
    for (bytes, version) in [(122, 7), (152, 8), (180, 9), (213, 10), (251, 11), (287, 12), (298, 13), (331, 13)] {
        assert_eq!(Symbol::in_bytes(&"0".repeat(bytes)).unwrap().version(), version, "{bytes} bytes");
        assert!(Symbol::new(&"0".repeat(bytes)).unwrap().version() < version, "digits take less in their own mode");
    }
    // Mode 0100, 8 bits of length.
    assert_eq!(in_byte_mode("A").unwrap().codewords[..2], [0b0100_0000, 0b0001_0100]);
    // Mode 0111, 26, then as before: three bytes.
    assert_eq!(in_byte_mode("₹").unwrap().codewords[..4], [0b0111_0001, 0b1010_0100, 0b0000_0011, 0xe2]);
    assert_eq!(Symbol::new("₹"), Symbol::in_bytes("₹"), "no kanji are made of other scripts");
    assert_eq!(smallest("A").unwrap().codewords[0] >> 4, 0b0010, "alphanumeric");
    // 12 bits more, so that one byte of 180 has no place.
    assert_eq!(Symbol::in_bytes(&"ß".repeat(90)).unwrap().version(), 10);
    assert_eq!(Symbol::in_bytes(&format!("{}s", "ß".repeat(89))).unwrap().version(), 9);
}

#[test]
fn mixed_modes_are_never_larger_than_bytes() {
    for (length, version) in [(14, 1), (180, 9), (331, 13), (1059, 26), (1125, 27), (2331, 40)] {
        let often = "ABCDEFG1234567a".chars().cycle().take(length).collect::<String>();
        let seldom = "receipt 17 of ".chars().cycle().take(length).collect::<String>();
        for text in [often, seldom] {
            assert!(Symbol::new(&text).is_ok_and(|symbol| symbol.version() <= version), "{length} bytes");
        }
    }
}

#[test]
fn what_is_too_long_is_refused() {
    assert_eq!(Symbol::in_bytes(&"x".repeat(2331)).unwrap().version(), 40);
    assert_eq!(Symbol::in_bytes(&"x".repeat(2332)), Err(TooLong));
    assert_eq!(Symbol::new(&"7".repeat(5596)).unwrap().version(), 40);
    assert_eq!(Symbol::new(&"7".repeat(5597)), Err(TooLong));
    assert_eq!(Symbol::new(&"x".repeat(4000)), Err(TooLong));
    assert_eq!(Symbol::new(&"ß".repeat(40_000_000)), Err(TooLong));
    assert_eq!(Symbol::new("").unwrap().version(), 1);
}
