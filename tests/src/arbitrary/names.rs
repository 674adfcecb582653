//! Ids, amounts and times over their whole range.
//!
//! Never out of range: what the product must refuse is the business of the tests of that refusal.

use proptest::prelude::*;
use raseed_protocol::ids::{AccountId, BillNumber, StaffId, TariffCode, TenantId, TillId};
use raseed_protocol::money::{MAX_PAISE, Paise};
use raseed_protocol::time::{Day, Period, WallMs};
use std::fmt::Debug;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// A tenant.
pub fn tenant() -> impl Strategy<Value = TenantId> {
    parsed("[A-Za-z0-9][A-Za-z0-9-]{0,11}")
}

/// A till.
pub fn till() -> impl Strategy<Value = TillId> {
    parsed("[A-Za-z0-9][A-Za-z0-9_]{0,11}")
}

/// A member of staff.
pub fn staff() -> impl Strategy<Value = StaffId> {
    parsed("[A-Za-z0-9][A-Za-z0-9._-]{0,11}")
}

/// A consumer number.
pub fn account_id() -> impl Strategy<Value = AccountId> {
    parsed("[A-Za-z0-9][A-Za-z0-9/._-]{0,19}")
}

/// A bill number.
pub fn bill_number() -> impl Strategy<Value = BillNumber> {
    parsed("[A-Za-z0-9][A-Za-z0-9/._-]{0,19}")
}

/// A tariff's code.
pub fn tariff_code() -> impl Strategy<Value = TariffCode> {
    parsed("[A-Za-z0-9][A-Za-z0-9_-]{0,11}")
}

/// Text in the scripts of the places, of this many characters.
pub(super) fn text(length: RangeInclusive<usize>) -> impl Strategy<Value = String> {
    let character = prop_oneof![
        8 => prop::char::range('a', 'z'),
        2 => Just(' '),
        2 => prop::char::range('\u{0905}', '\u{0939}'),
        2 => prop::char::range('\u{0a05}', '\u{0a39}'),
        1 => any::<char>(),
    ];
    prop::collection::vec(character, length).prop_map(|characters| characters.into_iter().collect())
}

/// An amount between two numbers of paise; often one of the ends.
pub fn amount(paise: RangeInclusive<i64>) -> impl Strategy<Value = Paise> {
    assert!(*paise.start() >= -MAX_PAISE && *paise.end() <= MAX_PAISE, "an amount has bounds");
    let (least, most) = (*paise.start(), *paise.end());
    prop_oneof![1 => Just(least), 1 => Just(most), 8 => paise].prop_map(|n| Paise::new(n).expect("within the bounds"))
}

/// A day from 2000 to 2199.
pub fn day() -> impl Strategy<Value = Day> {
    (10_957i64..84_006).prop_map(|number| Day::from_number(number).expect("in range"))
}

/// A billing month.
pub fn period() -> impl Strategy<Value = Period> {
    (0u64..2_400).prop_map(|number| Period::from_number(number).expect("in range"))
}

/// A wall time from 1970 to 2199.
pub fn wall() -> impl Strategy<Value = WallMs> {
    (0u64..7_258_118_400_000).prop_map(WallMs)
}

fn parsed<T: FromStr<Err: Debug> + Debug>(pattern: &'static str) -> impl Strategy<Value = T> {
    pattern.prop_map(|text| text.parse().expect("the pattern is that of the id"))
}
