//! Accounts and rules for the tests beside this file: one household's, and any that `Account::check` lets in.

use crate::book::*;
use crate::ids::HeadId;
use crate::language::Names;
use crate::money::Paise;
use crate::time::{Day, Period};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub fn paise(n: i64) -> Paise {
    Paise::new(n).unwrap()
}

/// The day on which the households of these tests are visited.
pub fn today() -> Day {
    "2026-11-22".parse().unwrap()
}

/// Heads 11, 10, 12 in this order; no late fee, no rebate, rupees, everything allowed.
pub fn rules() -> Rules {
    let head = |id, code: &str| Head { id: HeadId(id), code: code.into(), name: code.into(), names: Names::new() };
    Rules {
        names: Names::new(),
        receipt_host: String::new(),
        tenant: "SAS".parse().unwrap(),
        name: "Water and sanitation".into(),
        heads: vec![head(11, "SEWER"), head(10, "WATER"), head(12, "METER")],
        late_fee: None,
        rebate: None,
        rounding: Rounding::NearestRupee,
        part_payment: PartPayment::Allowed,
        max_advance: paise(500_000),
        max_cash_receipt: paise(2_000_000),
        due_day: 15,
        payments: Default::default(),
    }
}

pub fn account(demands: Vec<Demand>) -> Account {
    Account {
        id: "SAS-1".parse().unwrap(),
        name: "ਜਸਪ੍ਰੀਤ".into(),
        name_latin: String::new(),
        house: String::new(),
        place: "Kharar".into(),
        phone_last4: String::new(),
        tariff: "DOM".parse().unwrap(),
        status: AccountStatus::Active,
        meter: None,
        demands,
        advance: Paise::ZERO,
        last_payment: None,
    }
}

/// A demand of the `n`th month from January 2026, issued on its first day, due 20 days later.
pub fn demand(n: i32, lines: &[(u8, i64)]) -> Demand {
    let period = "2026-01".parse::<Period>().unwrap().plus_months(n);
    let line =
        |&(head, amount): &(u8, i64)| DemandLine { head: HeadId(head), amount: paise(amount), paid: Paise::ZERO };
    Demand {
        bill: format!("B{n}").parse().unwrap(),
        period,
        issued_on: period.first_day(),
        due_on: period.first_day().plus_days(20),
        lines: lines.iter().map(line).collect(),
    }
}

/// Any account that `Account::check` lets in, with amounts up to `most` paise a line.
pub fn any_account(most: i64) -> impl Strategy<Value = Account> {
    (vec(any_demand(most), 0..8), 0..=most).prop_map(|(lines, advance)| {
        let mut demands: Vec<Demand> = (0..12).zip(&lines).map(|(n, lines)| demand_of(n, lines)).collect();
        // Two bills of one month, now and then.
        if let [_, second, third, ..] = &mut demands[..] {
            third.period = second.period;
        }
        let account = Account { advance: paise(advance), ..account(demands) };
        account.check().expect("the strategy makes good accounts");
        account
    })
}

/// Head, amount, how many hundredths of it are settled; and the rounding.
type Lines = (Vec<(i64, i64)>, i64);

fn any_demand(most: i64) -> impl Strategy<Value = Lines> {
    (vec((0..=most, prop_oneof![4 => Just(0i64), 1 => 0..=100i64]), 1..5), -99..=99i64)
}

fn demand_of(n: i32, (heads, rounding): &Lines) -> Demand {
    let mut demand = demand(n, &[]);
    for (id, &(amount, percent)) in (10u8..).zip(heads) {
        let paid = paise(amount).checked_ratio(percent, 100).unwrap();
        demand.lines.push(DemandLine { head: HeadId(id), amount: paise(amount), paid });
    }
    let open: i64 = demand.lines.iter().map(|line| line.open().get()).sum();
    let rounding = paise((*rounding).max(-open));
    demand.lines.insert(0, DemandLine { head: HeadId::ROUNDING, amount: rounding, paid: Paise::ZERO });
    demand
}

/// Any rules that `Rules::check` lets in, as far as they decide what is asked.
pub fn any_rules() -> impl Strategy<Value = Rules> {
    let fee_size = prop_oneof![
        (0..20_000i64).prop_map(|n| LateFeeAmount::Flat(paise(n))),
        (0..=10_000u16).prop_map(LateFeeAmount::BasisPoints)
    ];
    let fee = (fee_size, 0..60u16, option::of((0..50_000i64).prop_map(paise)), any::<bool>())
        .prop_map(|(amount, grace_days, cap, once)| LateFee { amount, grace_days, cap, once });
    let rebate_size = prop_oneof![
        (0..20_000i64).prop_map(|n| RebateAmount::Flat(paise(n))),
        (0..=10_000u16).prop_map(RebateAmount::BasisPoints)
    ];
    let rebate = (rebate_size, 0..400u16).prop_map(|(amount, within_days)| Rebate { amount, within_days });
    let rounding = prop_oneof![Just(Rounding::Exact), Just(Rounding::NearestRupee)];
    (option::of(fee), option::of(rebate), rounding).prop_map(|(late_fee, rebate, rounding)| {
        let rules = Rules { late_fee, rebate, rounding, ..rules() };
        rules.check().expect("the strategy makes good rules");
        rules
    })
}

/// Any day from before the first demand to long after the last.
pub fn any_day() -> impl Strategy<Value = Day> {
    (0..1_500i32).prop_map(|days| "2025-12-01".parse::<Day>().unwrap().plus_days(days))
}
