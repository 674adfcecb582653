//! What a symbol is for: another program reads from its modules what was put in, in every version.

use proptest::char::range;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use raseed_protocol::symbol::Symbol;
use rxing::common::BitMatrix;
use rxing::qrcode::decoder::qrcode_decoder::decode_bitmatrix;

/// Bytes that versions 1 to 40 hold at level M in byte mode (ISO/IEC 18004, Table 7).
const BYTES: [usize; 40] = [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
    997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];

#[test]
fn what_is_drawn_in_bytes_is_read_in_every_version() {
    let mut fewest = 1;
    for (version, most) in (1..=40u8).zip(BYTES) {
        let printable = vec(range(' ', '~'), fewest..=most).prop_map(String::from_iter);
        holds(40, &printable, |text| {
            let symbol = Symbol::in_bytes(text).unwrap();
            if symbol.version() == version { read(&symbol) } else { Default::default() }
        });
        fewest = most + 1;
    }
}

#[test]
fn what_is_drawn_in_mixed_modes_is_read() {
    let piece = |letters: &str, most: usize| {
        vec(select(letters.chars().collect::<Vec<char>>()), 0..most).prop_map(String::from_iter)
    };
    let pieces = prop_oneof![
        piece("0123456789", 300),
        piece("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 $%*+-./:", 300),
        piece("#abcdefghijklmnopqrstuvwxyz&=?\n\t\0\u{7f}", 90),
    ];
    holds(500, &vec(pieces, 1..9).prop_map(|pieces| pieces.concat()), |text| read(&Symbol::new(text).unwrap()));
}

#[test]
fn what_is_not_ascii_is_read_as_it_was() {
    let letters = "₹ पानी का बिल ਪਾਣੀ জল é ß 漢字 😀 0aA".chars().collect::<Vec<char>>();
    holds(300, &vec(select(letters), 1..550).prop_map(String::from_iter), |text| read(&Symbol::new(text).unwrap()));
}

/// That `again` gives back so many texts.
fn holds(cases: u32, texts: &impl Strategy<Value = String>, again: impl Fn(&str) -> String) {
    let ran = TestRunner::new(Config::with_cases(cases)).run(texts, |text| {
        prop_assert_eq!(again(&text), text);
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

fn read(symbol: &Symbol) -> String {
    let width = symbol.width();
    let rows: Vec<Vec<bool>> =
        (0..width).map(|row| (0..width).map(|column| symbol.is_dark(column, row)).collect()).collect();
    decode_bitmatrix(&BitMatrix::parse_bools(&rows))
        .map_or_else(|error| error.to_string(), |read| read.getText().to_owned())
}
