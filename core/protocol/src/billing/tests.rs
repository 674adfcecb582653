//! What must hold for every account, every rule and every day; and the extremes.

use super::test_accounts::*;
use super::*;
use crate::book::*;
use crate::ids::HeadId;
use crate::money::{MAX_PAISE, Paise};
use proptest::prelude::*;

fn total<'a>(lines: impl IntoIterator<Item = &'a SettledLine>) -> i64 {
    lines.into_iter().map(|line| line.amount.get()).sum()
}

/// What is settled on the tenant's own heads, in all.
fn own_settled(account: &Account) -> i64 {
    let lines = account.demands.iter().flat_map(|demand| &demand.lines);
    lines.filter(|line| !line.head.is_reserved()).map(|line| line.paid.get()).sum()
}

/// Everything that is settled, whatever the head.
fn all_settled(account: &Account) -> i64 {
    account.demands.iter().flat_map(|demand| &demand.lines).map(|line| line.paid.get()).sum()
}

proptest! {
    #[test]
    fn no_paisa_is_made_or_lost(
        before in any_account(60_000), rules in any_rules(), amount in 1..400_000i64, on in any_day(),
    ) {
        let mut after = before.clone();
        let settlement = settle(&mut after, &rules, paise(amount), on);
        prop_assert_eq!(total(&settlement.lines) + settlement.to_advance.get(), amount);
        prop_assert_eq!(settlement.by_head().iter().map(|part| part.amount.get()).sum::<i64>(), amount);
        let held = after.advance.get() - before.advance.get();
        prop_assert_eq!(all_settled(&after) - all_settled(&before) + held, amount);
        prop_assert_eq!(total(&settlement.from_advance), before.advance.get() - (after.advance - settlement.to_advance).get());
    }

    #[test]
    fn what_was_a_good_account_still_is(
        mut account in any_account(60_000), rules in any_rules(), amount in 1..400_000i64, on in any_day(),
    ) {
        settle(&mut account, &rules, paise(amount), on);
        prop_assert_eq!(account.check(), Ok(()));
    }

    #[test]
    fn money_is_held_only_when_nothing_is_open(
        mut account in any_account(60_000), rules in any_rules(), amount in 1..400_000i64, on in any_day(),
    ) {
        settle(&mut account, &rules, paise(amount), on);
        if account.advance.is_positive() {
            prop_assert!(account.demands.iter().flat_map(|demand| &demand.lines).all(|line| line.open().is_zero()));
        }
    }

    #[test]
    fn paying_what_is_payable_leaves_nothing(account in any_account(60_000), rules in any_rules(), on in any_day()) {
        let mut account = account;
        let owed = dues(&account, &rules, on);
        prop_assert!(owed.payable >= Paise::ZERO);
        prop_assert_eq!(owed.arrears + owed.current, owed.payable);
        for demand in &owed.demands {
            prop_assert_eq!(demand.lines.iter().map(|line| line.amount).sum::<Paise>(), demand.payable);
        }
        let settlement = settle(&mut account, &rules, owed.payable, on);
        prop_assert_eq!(settlement.to_advance, Paise::ZERO);
        let after = dues(&account, &rules, on);
        prop_assert_eq!(after.payable, Paise::ZERO);
        prop_assert_eq!(after.demands, vec![]);
        prop_assert_eq!(after.advance_left, owed.advance_left);
    }

    #[test]
    fn a_paisa_less_leaves_something(account in any_account(60_000), rules in any_rules(), on in any_day()) {
        let mut account = account;
        let owed = dues(&account, &rules, on).payable;
        prop_assume!(owed.is_positive());
        settle(&mut account, &rules, owed - paise(1), on);
        prop_assert!(dues(&account, &rules, on).payable.is_positive());
    }

    #[test]
    fn parts_settle_what_the_whole_does(
        account in any_account(60_000), parts in prop::collection::vec(1..50_000i64, 1..6), on in any_day(),
    ) {
        let (mut whole, mut by_parts) = (account.clone(), account);
        settle(&mut whole, &rules(), paise(parts.iter().sum()), on);
        for part in &parts {
            settle(&mut by_parts, &rules(), paise(*part), on);
        }
        prop_assert_eq!(own_settled(&whole), own_settled(&by_parts));
        prop_assert_eq!(whole.demands, by_parts.demands);
        prop_assert_eq!(whole.advance, by_parts.advance);
    }

    #[test]
    fn using_the_advance_twice_is_using_it_once(
        mut account in any_account(60_000), rules in any_rules(), on in any_day(),
    ) {
        apply_advance(&mut account, &rules, on);
        let once = account.clone();
        prop_assert_eq!(apply_advance(&mut account, &rules, on), vec![]);
        prop_assert_eq!(account, once);
    }

    #[test]
    fn a_preview_is_what_happens(
        mut account in any_account(60_000), rules in any_rules(), amount in 1..400_000i64, on in any_day(),
    ) {
        let before = account.clone();
        let seen = preview(&account, &rules, paise(amount), on);
        prop_assert_eq!(&account, &before);
        prop_assert_eq!(settle(&mut account, &rules, paise(amount), on), seen);
    }

    #[test]
    fn older_periods_are_cleared_before_newer_ones_are_touched(
        mut account in any_account(60_000), rules in any_rules(), amount in 1..400_000i64, on in any_day(),
    ) {
        let settlement = settle(&mut account, &rules, paise(amount), on);
        let periods: Vec<_> = settlement.lines.iter().map(|line| line.period).collect();
        prop_assert!(periods.is_sorted());
        if let Some(newest) = settlement.newest_period() {
            let older = account.demands.iter().filter(|demand| demand.period < newest);
            prop_assert!(older.flat_map(|demand| &demand.lines).all(|line| line.open().is_zero()));
        }
    }

    #[test]
    fn what_policy_takes_keeps_within_the_rules(
        account in any_account(60_000), amount in -1_000..900_000i64, on in any_day(),
        least in 1..50_000i64, max_advance in 0..100_000i64,
    ) {
        let rules = Rules {
            part_payment: PartPayment::Minimum(paise(least)), max_advance: paise(max_advance),
            max_cash_receipt: paise(800_000), ..rules()
        };
        let owed = dues(&account, &rules, on);
        let mut after = account.clone();
        settle(&mut after, &rules, paise(amount), on);
        match policy::check(&account, &rules, paise(amount), on) {
            Ok(()) => {
                prop_assert!(after.advance.get() <= max_advance || amount <= owed.payable.get());
                prop_assert!(amount >= least.min(owed.payable.get()) && amount > 0 && amount <= 800_000);
            }
            // What the refusal says would be taken is taken.
            Err(policy::PaymentRefused::BelowMinimum { minimum: says, .. } | policy::PaymentRefused::AdvanceTooLarge { most: says, .. }) => {
                prop_assert_eq!(policy::check_cashless(&account, &rules, says, on), Ok(()));
            }
            Err(_) => {}
        }
    }

    #[test]
    fn a_charge_adds_up(units in any::<u32>(), months in 1..=120u16, rates in prop::collection::vec(0..10_000i64, 1..6)) {
        let last = rates.len() - 1;
        let slabs = (1u32..).zip(&rates).enumerate().map(|(place, (n, &rate))| {
            Slab { up_to: (place < last).then_some(n * 10), rate: paise(rate) }
        });
        let metered = MeteredCharge { head: HeadId(10), slabs: slabs.collect(), minimum: paise(4_050) };
        let fixed = vec![TariffLine { head: HeadId(11), amount: paise(1_234) }];
        let tariff = Tariff { code: "DOM".parse().unwrap(), name: "D".into(), fixed, metered: Some(metered) };
        match charge(&tariff, &rules(), Some(units), months) {
            Ok(made) => {
                prop_assert_eq!(made.lines.iter().map(|line| line.amount).sum::<Paise>(), made.total);
                prop_assert_eq!(made.total.get() % 100, 0);
                prop_assert!(made.total.get() >= 5_284 * i64::from(months) - 50);
            }
            Err(error) => prop_assert_eq!(error, ChargeError::TooLarge),
        }
    }
}

proptest! {
    #[test]
    fn a_bill_made_at_the_door_fits_its_account(
        account in any_account(60_000), last in 0..10_000u32, usual_units in 0..50u32, reading in 0..11_000u32,
        on in any_day(),
    ) {
        let slabs = vec![Slab { up_to: Some(10), rate: paise(233) }, Slab { up_to: None, rate: paise(451) }];
        let metered = MeteredCharge { head: HeadId(10), slabs, minimum: paise(4_050) };
        let tariff = Tariff { code: "DOM".parse().unwrap(), name: "D".into(), fixed: vec![], metered: Some(metered) };
        let meter = Meter { reading: last, read_on: "2026-08-15".parse().unwrap(), digits: 4, usual_units };
        let mut account = Account { meter: Some(meter), ..account };
        let every = [Question::RolledOver, Question::UnusuallyHigh, Question::NoUse];
        if let Ok(bill) = spot_bill(&account, &tariff, &rules(), Some(reading), on, &every, "NEW-1".parse().unwrap()) {
            prop_assert_eq!(bill.demand.total(), bill.total);
            prop_assert!(bill.demand.due_on.days_since(on) >= Rules::MIN_DAYS_TO_PAY);
            let owed = dues(&account, &rules(), on);
            account.demands.push(bill.demand);
            account.meter = bill.meter;
            prop_assert_eq!(account.check(), Ok(()));
            let more = dues(&account, &rules(), on);
            let net = |dues: &Dues| dues.payable - dues.advance_left;
            prop_assert_eq!(net(&more), net(&owed) + bill.total);
        }
    }
}

/// The largest account that `check` lets in, with the harshest rules, paid with the most that there is.
#[test]
fn the_largest_good_account_is_settled_to_the_paisa() {
    let each = Account::MAX_ASKED / 240;
    let demands = (0..240).map(|n| demand(n - 120, &[(10, each)])).collect();
    let mut account = Account { advance: paise(MAX_PAISE), ..account(demands) };
    assert_eq!(account.check(), Ok(()));
    let late_fee = LateFee { amount: LateFeeAmount::BasisPoints(10_000), grace_days: 0, cap: None, once: false };
    let rules = Rules { late_fee: Some(late_fee), ..rules() };
    let on = "2199-12-31".parse().unwrap();
    let without_advance = Account { advance: Paise::ZERO, ..account.clone() };
    let owed = dues(&without_advance, &rules, on);
    assert_eq!(owed.payable.get(), 240 * (each + LateFee::MAX_PER_BILL.get()));
    let settlement = settle(&mut account, &rules, paise(MAX_PAISE), on);
    assert_eq!(settlement.by_head().iter().map(|part| part.amount.get()).sum::<i64>(), MAX_PAISE);
    assert_eq!(total(&settlement.from_advance), owed.payable.get());
    assert_eq!(account.advance.get(), MAX_PAISE, "stops at the bound");
    assert_eq!(account.check(), Ok(()));
}

/// Beyond what `check` lets in, sums stop at the bound; nothing panics.
#[test]
fn even_an_impossible_account_does_not_stop_the_program() {
    let lines = [(3, -MAX_PAISE), (10, MAX_PAISE), (11, MAX_PAISE), (200, -5)];
    let mut demands: Vec<Demand> = (0..240).map(|n| demand(n, &lines)).collect();
    demands[0].lines[1].paid = paise(-MAX_PAISE);
    let mut account = Account { advance: paise(-5), ..account(demands) };
    assert!(account.check().is_err());
    let rebate = Some(Rebate { amount: RebateAmount::BasisPoints(u16::MAX), within_days: u16::MAX });
    let rules = Rules { rebate, due_day: 0, ..rules() };
    for on in ["1970-01-01", "2026-11-22", "2199-12-31"] {
        let on = on.parse().unwrap();
        dues(&account, &rules, on);
        settle(&mut account, &rules, paise(MAX_PAISE), on);
        settle(&mut account, &rules, paise(-1), on);
        let _ = policy::check(&account, &rules, paise(1), on);
    }
}

/// An account that `check` refuses, with a rounding down that its heads cannot take up: no money comes out of it.
#[test]
fn a_rounding_down_never_makes_money() {
    let mut account = account(vec![demand(0, &[(3, -900), (10, 100)])]);
    assert_eq!(dues(&account, &rules(), today()).payable, Paise::ZERO);
    let settlement = settle(&mut account, &rules(), paise(500), today());
    assert_eq!(settlement.to_advance, paise(500));
    assert_eq!(total(&settlement.from_advance), 0);
}

#[test]
fn what_is_not_above_zero_is_no_payment() {
    for amount in [0, -500] {
        let mut account = account(vec![demand(0, &[(10, 1_000)])]);
        account.advance = paise(300);
        let settlement = settle(&mut account, &rules(), paise(amount), today());
        assert_eq!((settlement.amount, settlement.to_advance), (Paise::ZERO, Paise::ZERO));
        assert_eq!(settlement.lines, vec![]);
        assert_eq!(total(&settlement.from_advance), 300, "the advance still settles");
        assert_eq!(account.last_payment, None);
    }
}

#[test]
fn account_check_names_each_flaw() {
    let flaw = |lines: &[(u8, i64)], paid: &[i64]| {
        let mut demand = demand(0, lines);
        for (line, paid) in demand.lines.iter_mut().zip(paid) {
            line.paid = Paise::new(*paid).unwrap();
        }
        demand.check()
    };
    let head = HeadId(10);
    assert_eq!(flaw(&[(3, -40), (10, 5_040)], &[0, 0]), Ok(()));
    assert_eq!(flaw(&[(10, 5), (10, 5)], &[]), Err(DemandError::RepeatedHead { head }));
    assert_eq!(flaw(&[(0, 5)], &[]), Err(DemandError::UnknownHead { head: HeadId::ADVANCE }));
    assert_eq!(flaw(&[(10, -5)], &[]), Err(DemandError::WrongSign { head, amount: paise(-5) }));
    let (amount, paid) = (paise(5), paise(6));
    assert_eq!(flaw(&[(10, 5)], &[6]), Err(DemandError::PaidBeyond { head, amount, paid }));
    let (head, paid) = (HeadId::LATE_FEE, paise(4));
    assert_eq!(flaw(&[(1, 5)], &[4]), Err(DemandError::NotSettledAtOnce { head, amount, paid }));
    assert_eq!(flaw(&[(10, 30), (3, -40)], &[]), Err(DemandError::OpenBelowZero));
    let many: Vec<(u8, i64)> = (10..24).map(|head| (head, 5)).collect();
    assert_eq!(flaw(&many, &[]), Err(DemandError::TooManyLines { count: 14 }));

    let refused = |demands| account(demands).check().unwrap_err();
    let (one, two) = (demand(1, &[(10, 5)]), demand(2, &[(10, 5)]));
    assert_eq!(refused(vec![two.clone(), one.clone()]), AccountError::OutOfOrder { bill: one.bill.clone() });
    assert_eq!(refused(vec![one.clone(), one.clone()]), AccountError::RepeatedBill { bill: one.bill.clone() });
    assert_eq!(refused(vec![demand(1, &[(10, MAX_PAISE)])]), AccountError::TooMuchAsked);
    assert_eq!(refused(vec![one; 241]), AccountError::TooManyDemands { count: 241 });
    let early = Demand { due_on: today().plus_days(-1), issued_on: today(), ..two.clone() };
    assert_eq!(refused(vec![early]), AccountError::Demand { bill: two.bill, flaw: DemandError::DueBeforeIssue });
    let negative = Account { advance: paise(-1), ..account(vec![]) };
    assert_eq!(negative.check(), Err(AccountError::NegativeAdvance { advance: paise(-1) }));
    let phone = Account { phone_last4: "98765".into(), ..account(vec![]) };
    assert_eq!(phone.check(), Err(AccountError::BadPhone));
    let long = Account { name: "ਜ".repeat(81), ..account(vec![]) };
    assert_eq!(long.check(), Err(AccountError::TextTooLong));
    let meter = Meter { reading: 1_000, read_on: today(), digits: 3, usual_units: 0 };
    let dial = Account { meter: Some(meter), ..account(vec![]) };
    assert_eq!(dial.check(), Err(AccountError::BadMeter { reading: 1_000, digits: 3 }));
}
