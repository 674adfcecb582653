//! Amounts in words and months, in every language. `tests/oracles/words.py` compares them with sources that are not ours.

use raseed_protocol::language::{Language, words};
use raseed_protocol::money::{MAX_PAISE, Paise};
use raseed_protocol::time::Period;
use serde::Serialize;
use std::collections::BTreeMap;

/// One amount.
#[derive(Serialize)]
pub struct Amount {
    paise: i64,
    words: BTreeMap<Language, String>,
}

/// One month of a year.
#[derive(Serialize)]
pub struct Month {
    period: Period,
    words: BTreeMap<Language, String>,
}

/// Every number below a hundred, edges, paise alone and with rupees.
pub fn amounts() -> Vec<Amount> {
    let small = (0..100).map(|rupees| rupees * 100);
    let whole = LARGE.iter().map(|rupees| rupees * 100);
    let broken = [1, 50, 99, 101, 199, 26_050, 12_345_678_901, MAX_PAISE - 1];
    let below_zero = [-1, -100, -26_050, -MAX_PAISE];
    let all = small.chain(whole).chain(broken).chain(below_zero).chain([MAX_PAISE]);
    all.map(|paise| Amount { paise, words: in_all(|language| words(of(paise), language)) }).collect()
}

/// January to December.
pub fn months() -> Vec<Month> {
    let year: Period = "2026-01".parse().expect("a month");
    let months = (0..12).map(|after| year.plus_months(after));
    months.map(|period| Month { period, words: in_all(|language| period.to_people_in(language)) }).collect()
}

/// Rupees: each hundred, each scale alone, with its neighbours and with a gap.
const LARGE: &[i64] = &[
    100,
    101,
    110,
    111,
    200,
    260,
    300,
    400,
    500,
    600,
    700,
    800,
    900,
    999,
    1_000,
    1_001,
    1_100,
    1_250,
    9_999,
    10_000,
    12_345,
    99_999,
    100_000,
    100_001,
    100_100,
    101_000,
    999_999,
    1_234_567,
    9_999_999,
    10_000_000,
    10_000_001,
    10_101_101,
    123_456_789,
    999_999_999,
    1_000_000_000,
    1_234_567_890,
    10_000_000_000,
    12_345_678_901,
    99_999_999_999,
];

fn of(paise: i64) -> Paise {
    Paise::new(paise).expect("within the bound")
}

fn in_all(say: impl Fn(Language) -> String) -> BTreeMap<Language, String> {
    Language::ALL.into_iter().map(|language| (language, say(language))).collect()
}
