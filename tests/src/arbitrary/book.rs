//! Accounts, rules, tariffs and pages that pass their own `check`.
//!
//! Never more than a few demands an account: the bounds of counts have tests of their own.

use super::names::{account_id, amount, day, period, tariff_code, tenant, text, till, wall};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use raseed_protocol::book::{
    Account, AccountStatus, BookPage, CardApp, CodeMaker, Demand, DemandLine, Head, LastPayment, LateFee,
    LateFeeAmount, Meter, MeteredCharge, PartPayment, Payments, Rebate, RebateAmount, Rounding, Rules, Slab, Tariff,
    TariffLine, UpiPayee,
};
use raseed_protocol::ids::{HeadId, Incarnation, Sequence};
use raseed_protocol::language::{Language, Names};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{Day, Period};

/// One crore rupees, the most of one field here: so the demands of an account stay below `Account::MAX_ASKED`.
const MOST: i64 = 1_000_000_000;

/// An account with up to four demands.
pub fn account() -> impl Strategy<Value = Account> {
    let person = (account_id(), text(0..=80), text(0..=20), text(0..=20), text(0..=80), "([0-9]{4})?");
    let rest = (tariff_code(), any::<bool>(), option::of(meter()), demands(), amount(0..=MOST), last_payment());
    (person, rest).prop_map(|(person, rest)| {
        let (id, name, name_latin, house, place, phone_last4) = person;
        let (tariff, closed, meter, demands, advance, last_payment) = rest;
        let status = if closed { AccountStatus::Closed } else { AccountStatus::Active };
        let mut account = Account {
            id,
            name,
            name_latin,
            house,
            place,
            phone_last4,
            tariff,
            status,
            meter,
            demands,
            advance,
            last_payment,
        };
        account.demands.sort_by_key(|demand| demand.period);
        account
    })
}

fn meter() -> impl Strategy<Value = Meter> {
    (1u8..=9, any::<u32>(), day(), any::<u32>()).prop_map(|(digits, reading, read_on, usual_units)| {
        let reading = reading % 10u32.pow(u32::from(digits));
        Meter { reading, read_on, digits, usual_units }
    })
}

fn last_payment() -> impl Strategy<Value = Option<LastPayment>> {
    option::of((amount(1..=MOST), day()).prop_map(|(amount, on)| LastPayment { amount, on }))
}

fn demands() -> impl Strategy<Value = Vec<Demand>> {
    vec((period(), day(), 0i32..60, lines()), 0..5)
        .prop_map(|parts| parts.into_iter().zip(1..).map(|(part, number)| demand(number, part)).collect())
}

fn demand(number: u32, (period, issued_on, days, lines): (Period, Day, i32, Vec<DemandLine>)) -> Demand {
    let bill = format!("B{number}-{period}").parse().expect("a bill number");
    Demand { bill, period, issued_on, due_on: issued_on.plus_days(days), lines }
}

/// Own heads part-settled; late fee, rebate and rounding settled with their charge.
fn lines() -> impl Strategy<Value = Vec<DemandLine>> {
    let own = vec((amount(0..=MOST), 0i64..=100), 0..5);
    let settled = (option::of(amount(0..=MOST)), option::of(amount(-MOST..=0)), option::of(amount(-50..=49)));
    (own, settled).prop_map(|(own, (late_fee, rebate, rounding))| {
        let own = own.into_iter().zip(10u8..).map(|((amount, percent), head)| DemandLine {
            head: HeadId(head),
            amount,
            paid: amount.checked_ratio(percent, 100).expect("no more than the amount"),
        });
        let whole = |head, amount: Option<Paise>| amount.map(|amount| DemandLine { head, amount, paid: amount });
        let reserved =
            [whole(HeadId::LATE_FEE, late_fee), whole(HeadId::REBATE, rebate), whole(HeadId::ROUNDING, rounding)];
        own.chain(reserved.into_iter().flatten()).collect()
    })
}

/// A tariff.
pub fn tariff() -> impl Strategy<Value = Tariff> {
    let line = (10u8..=255, amount(0..=MOST)).prop_map(|(head, amount)| TariffLine { head: HeadId(head), amount });
    (tariff_code(), text(1..=80), vec(line, 0..6), option::of(metered()))
        .prop_map(|(code, name, fixed, metered)| Tariff { code, name, fixed, metered })
}

fn metered() -> impl Strategy<Value = MeteredCharge> {
    (10u8..=255, btree_set(1u32.., 0..6), amount(0..=MOST), amount(0..=MOST)).prop_map(|(head, ends, rate, minimum)| {
        let ends = ends.into_iter().map(Some).chain([None]);
        MeteredCharge { head: HeadId(head), slabs: ends.map(|up_to| Slab { up_to, rate }).collect(), minimum }
    })
}

/// A tenant's rules.
pub fn rules() -> impl Strategy<Value = Rules> {
    let heads = vec((text(1..=80), names()), 1..=Rules::MAX_HEADS).prop_map(|heads| {
        let numbered = heads.into_iter().zip(10u8..);
        numbered.map(|((name, names), id)| Head { id: HeadId(id), code: format!("HEAD-{id}"), name, names }).collect()
    });
    let part_payment = prop_oneof![
        Just(PartPayment::Allowed),
        Just(PartPayment::NotAllowed),
        amount(1..=10_000).prop_map(PartPayment::Minimum)
    ];
    let rounding = prop_oneof![Just(Rounding::Exact), Just(Rounding::NearestRupee)];
    let who = (tenant(), text(1..=80), names(), "[a-z0-9.:-]{0,40}", heads);
    let how = (option::of(late_fee()), option::of(rebate()), rounding, part_payment);
    let limits = (amount(0..=MOST), amount(10_000..=MOST), 1u8..=28, payments());
    (who, how, limits).prop_map(|(who, how, limits)| {
        let (tenant, name, names, receipt_host, heads) = who;
        let (late_fee, rebate, rounding, part_payment) = how;
        let (max_advance, max_cash_receipt, due_day, payments) = limits;
        Rules {
            tenant,
            name,
            names,
            receipt_host,
            heads,
            late_fee,
            rebate,
            rounding,
            part_payment,
            max_advance,
            max_cash_receipt,
            due_day,
            payments,
        }
    })
}

fn payments() -> impl Strategy<Value = Payments> {
    let (least, most) = UpiPayee::SECONDS;
    let codes = prop_oneof![Just(CodeMaker::Till), Just(CodeMaker::Service)];
    let upi = ("[a-z0-9][a-z0-9._-]{0,20}@[a-z][a-z0-9]{1,10}", "[A-Za-z]{1,50}", "[0-9]{4}", least..=most, codes)
        .prop_map(|(vpa, name, mcc, seconds, codes)| UpiPayee { vpa, name, mcc, seconds, codes });
    let settings = btree_map("[a-z_]{1,20}", "[!-~]{1,64}", 0..=CardApp::MAX_SETTINGS);
    let card = ("[a-z-]{1,20}", settings).prop_map(|(acquirer, settings)| CardApp { acquirer, settings });
    let days = 0..=Payments::MAX_DAYS;
    (option::of(upi), option::of(card), option::of(account_id()), days.clone(), days).prop_map(
        |(upi, card, sales, complaint_days, bank_days)| Payments { upi, card, sales, complaint_days, bank_days },
    )
}

/// A thing's names in some languages.
fn names() -> impl Strategy<Value = Names> {
    btree_map(select(&Language::ALL[..]), text(1..=80), 0..=Language::ALL.len())
}

fn late_fee() -> impl Strategy<Value = LateFee> {
    let size = prop_oneof![
        amount(0..=LateFee::MAX_PER_BILL.get()).prop_map(LateFeeAmount::Flat),
        (0u16..=10_000).prop_map(LateFeeAmount::BasisPoints),
    ];
    (size, any::<u16>(), option::of(amount(0..=MOST)), any::<bool>())
        .prop_map(|(amount, grace_days, cap, once)| LateFee { amount, grace_days, cap, once })
}

fn rebate() -> impl Strategy<Value = Rebate> {
    let size = prop_oneof![
        amount(0..=MOST).prop_map(RebateAmount::Flat),
        (0u16..=10_000).prop_map(RebateAmount::BasisPoints),
    ];
    (size, any::<u16>()).prop_map(|(amount, within_days)| Rebate { amount, within_days })
}

/// A page of the book.
pub fn page() -> impl Strategy<Value = BookPage> {
    let cursor = (0u64..1 << 62, 1u64..1_000_000, any::<bool>(), wall());
    let counted = option::of((any::<u16>().prop_map(Incarnation), (0u64..1 << 62).prop_map(Sequence)));
    let content = (option::of(rules()), vec(tariff(), 0..3), vec(account(), 0..4));
    (tenant(), till(), cursor, counted, content).prop_map(|(tenant, till, cursor, counted, content)| {
        let (since, step, more, office) = cursor;
        let (rules, tariffs, accounts) = content;
        BookPage { tenant, till, since, until: since + step, more, counted, office, rules, tariffs, accounts }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_generated_passes_the_checks(page in page()) {
            for account in &page.accounts {
                prop_assert_eq!(account.check(), Ok(()));
            }
            for tariff in &page.tariffs {
                prop_assert_eq!(tariff.check(), Ok(()));
            }
            prop_assert_eq!(page.rules.as_ref().map_or(Ok(()), Rules::check), Ok(()));
        }
    }
}
