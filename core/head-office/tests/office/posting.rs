//! What entries do to the books.

use crate::support::*;
use raseed_protocol::book::{Account, AccountStatus, Meter};
use raseed_protocol::ids::{HeadId, RequestId, Sequence};
use raseed_protocol::journal::{Body, Mode, Seen, Split, SpotBillMade};
use raseed_protocol::money::MAX_PAISE;
use raseed_protocol::time::WallMs;

fn household() -> Account {
    account("A-1", vec![demand("B-1", "2026-11", 20_000, 5_000)])
}

#[test]
fn a_payment_for_nobody_known_is_held_in_suspense() {
    let fixture = Fixture::with(vec![household()]);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&account("A-9", vec![]), 7_000, Mode::Cash, now());
    till.collect(&household(), 25_000, Mode::Upi, now());
    let reply = till.send(&fixture);
    assert_eq!((codes(&reply), &reply.refused), (vec![(2, "unknown-account")], &None));
    assert_eq!(fixture.balance("cash:SAS07"), 7_000);
    assert_eq!(fixture.balance("suspense"), -7_000);
    assert_eq!(fixture.balance("clearing:upi"), 25_000);
    assert_eq!(fixture.balance("consumers:10"), 0);
    fixture.assert_books_are_right();
}

#[test]
fn two_tills_take_money_for_one_bill_and_the_second_is_an_advance() {
    let fixture = Fixture::with(vec![household()]);
    let (mut one, mut two) = (fixture.till("SAS07", 3), fixture.till("SAS08", 4));
    one.collect(&household(), 25_000, Mode::Cash, noon("2026-11-10"));
    two.collect(&household(), 25_000, Mode::Card, noon("2026-11-11"));
    assert_eq!(codes(&one.send(&fixture)), []);
    assert_eq!(codes(&two.send(&fixture)), [(2, "paid-twice")]);
    assert_eq!(fixture.account("A-1").advance, paise(25_000));
    assert_eq!(fixture.balance("advances"), -25_000);
    let open = fixture.office.exceptions().unwrap();
    assert!(open[0].what.contains("₹250"), "{}", open[0].what);
    fixture.office.close_exception(&open[0].entry, "paid-twice", now()).unwrap();
    assert!(fixture.office.close_exception(&open[0].entry, "paid-twice", now()).is_err());
    assert!(fixture.office.exceptions().unwrap().is_empty());
    assert_eq!(codes(&two.send(&fixture)), [], "what was dealt with is not told again");
    assert_eq!(fixture.office.all_exceptions().unwrap().len(), 1);
    fixture.assert_books_are_right();
}

#[test]
fn an_advance_settles_the_next_demand() {
    let fixture = Fixture::with(vec![account("A-1", vec![])]);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&account("A-1", vec![]), 30_000, Mode::Cash, noon("2026-11-10"));
    assert_eq!(codes(&till.send(&fixture)), []);
    // The bill comes after its due date, the money was there before: no late fee.
    fixture.office.import_book(&rules(), &[tariff()], vec![household()], now()).unwrap();
    let known = fixture.account("A-1");
    assert_eq!((known.advance, known.demands[0].open()), (paise(5_000), paise(0)));
    assert_eq!(fixture.balance("income:10"), -20_000);
    let kinds: Vec<_> =
        fixture.office.statement(&"A-1".parse().unwrap(), 10).unwrap().lines.iter().map(|l| l.kind).collect();
    assert_eq!(kinds, ["advance-applied", "demand-raised", "receipt-settled"]);
    fixture.assert_books_are_right();
}

#[test]
fn a_late_fee_is_income_once_it_is_paid() {
    let fixture = Fixture::with(vec![household()]);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&household(), 26_000, Mode::Cash, now());
    assert_eq!(codes(&till.send(&fixture)), []);
    assert_eq!(fixture.balance("late-fee"), -1_000);
    assert_eq!(fixture.balance("consumers:1"), 0);
    let report = fixture.office.ledger_report().unwrap();
    let of = |id| report.heads.iter().find(|head| head.head == HeadId(id)).unwrap().clone();
    assert_eq!((of(1).asked_paise.0, of(1).settled_paise.0, of(1).open_paise.0), (1_000, 1_000, 0));
    assert_eq!((of(10).name.as_str(), of(10).settled_paise.0), ("WATER", 20_000));
    assert_eq!(report.cash[0].cash_paise.0, 26_000);
    fixture.assert_books_are_right();
}

#[test]
fn a_payment_counts_as_of_its_own_day_but_never_of_one_to_come() {
    let fixture = Fixture::with(vec![household()]);
    let mut till = fixture.till("SAS07", 3);
    // Paid in time, sent after the due date: no late fee.
    till.collect(&household(), 20_000, Mode::Cash, noon("2026-11-20"));
    // The clock runs a year ahead: the fee is for one month, as of today.
    let ahead = WallMs(now().0 + 365 * 86_400_000);
    let parts = Split::new(vec![(HeadId::LATE_FEE, paise(1_000)), (HeadId(11), paise(5_000))]).unwrap();
    let receipt = till.plain_receipt(&"A-1".parse().unwrap(), 6_000, Mode::Cash, parts, |_| {});
    till.write(ahead, Body::Receipt(receipt));
    assert_eq!(codes(&till.send(&fixture)), [(3, "dated-ahead")]);
    assert_eq!((fixture.balance("late-fee"), fixture.balance("advances")), (-1_000, 0));
    fixture.assert_books_are_right();
}

#[test]
fn a_payment_dated_before_the_newest_word_of_the_office_is_pointed_out() {
    let fixture = Fixture::with(vec![household()]);
    let mut till = fixture.till("SAS07", 3);
    till.seen = Some(Seen { sequence: Sequence(1), office: noon("2026-11-12") });
    till.collect(&household(), 1_000, Mode::Cash, noon("2026-11-10"));
    till.collect(&household(), 1_000, Mode::Cash, noon("2026-11-12"));
    assert_eq!(codes(&till.send(&fixture)), [(2, "dated-back")]);
    assert_eq!(fixture.balance("cash:SAS07"), 2_000);
}

#[test]
fn what_the_books_apply_otherwise_than_printed_is_pointed_out() {
    let newer = account("A-1", vec![demand("B-0", "2026-10", 9_000, 1_000), demand("B-1", "2026-11", 20_000, 5_000)]);
    let fixture = Fixture::with(vec![newer]);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&household(), 20_000, Mode::Cash, noon("2026-11-10"));
    assert_eq!(codes(&till.send(&fixture)), [(2, "applied-differently")]);
    fixture.assert_books_are_right();
}

#[test]
fn money_on_a_closed_account_counts_and_is_pointed_out() {
    let closed = Account { status: AccountStatus::Closed, ..household() };
    let fixture = Fixture::with(vec![closed.clone()]);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&closed, 1_000, Mode::Cheque, now());
    assert_eq!(codes(&till.send(&fixture)), [(2, "account-closed")]);
    assert_eq!(fixture.balance("clearing:cheque"), 1_000);
}

#[test]
fn more_than_an_account_can_hold_goes_to_suspense() {
    let fixture = Fixture::with(vec![account("A-1", vec![])]);
    let (mut one, mut two) = (fixture.till("SAS07", 3), fixture.till("SAS08", 4));
    one.collect(&account("A-1", vec![]), MAX_PAISE, Mode::Cash, now());
    two.collect(&account("A-1", vec![]), MAX_PAISE, Mode::Cash, now());
    assert_eq!(codes(&one.send(&fixture)), []);
    assert_eq!(codes(&two.send(&fixture)), [(2, "too-large")]);
    assert_eq!(fixture.balance("suspense"), -MAX_PAISE);
    fixture.assert_books_are_right();
}

#[test]
fn an_entry_of_an_unknown_kind_is_kept_and_the_ones_after_it_go_on() {
    let fixture = Fixture::with(vec![household()]);
    let mut till = fixture.till("SAS07", 3);
    let content = raseed_protocol::cbor::encode(&raseed_protocol::cbor::Map::new().put(1, "later").into());
    till.write(now(), Body::Unknown { kind: u64::MAX, content });
    till.collect(&household(), 1_000, Mode::Cash, now());
    let reply = till.send(&fixture);
    assert_eq!((through(&fixture, &reply), codes(&reply)), (3, vec![(2, "unknown-kind")]));
    assert_eq!(fixture.balance("cash:SAS07"), 1_000);
    fixture.assert_books_are_right();
}

fn spot_bill(bill: &str, read_on: &str) -> Body {
    Body::SpotBill(SpotBillMade {
        account: "A-1".parse().unwrap(),
        bill: bill.parse().unwrap(),
        period: read_on[..7].parse().unwrap(),
        read_on: day(read_on),
        due_on: day(read_on).plus_days(20),
        reading: Some(raseed_protocol::journal::ReadingMade { before: 100, now: 122, units: 22 }),
        tariff: "DOM".parse().unwrap(),
        lines: Split::new(vec![(HeadId(10), paise(22_040)), (HeadId::ROUNDING, paise(-40))]).unwrap(),
        confirmed: vec![],
        request: RequestId([1; 8]),
    })
}

#[test]
fn a_bill_made_at_the_door_is_owed_once() {
    let meter = Some(Meter { reading: 100, read_on: day("2026-10-01"), digits: 4, usual_units: 20 });
    let fixture = Fixture::with(vec![Account { meter, advance: paise(2_000), ..account("A-1", vec![]) }]);
    assert_eq!(fixture.balance("opening"), 2_000);
    let (mut one, mut two) = (fixture.till("SAS07", 3), fixture.till("SAS08", 4));
    one.write(now(), spot_bill("SAS07-1-2", "2026-11-21"));
    two.write(now(), spot_bill("SAS08-1-2", "2026-11-22"));
    two.write(now(), spot_bill("SAS07-1-2", "2026-12-21"));
    assert_eq!(codes(&one.send(&fixture)), []);
    assert_eq!(codes(&two.send(&fixture)), [(2, "already-billed"), (3, "already-billed")]);
    let known = fixture.account("A-1");
    assert_eq!((known.demands.len(), known.demands[0].open(), known.advance), (1, paise(20_000), paise(0)));
    assert_eq!(known.meter.unwrap().reading, 122);
    assert_eq!((fixture.balance("income:10"), fixture.balance("rounding")), (-22_040, 40));
    let book = fixture.page(&one, 0).accounts.remove(0);
    one.collect(&book, 20_000, Mode::Cash, now());
    assert_eq!(codes(&one.send(&fixture)), []);
    fixture.assert_books_are_right();
}

#[test]
fn a_bill_that_cannot_stand_is_not_owed() {
    let closed = Account { status: AccountStatus::Closed, ..account("A-1", vec![]) };
    let fixture = Fixture::with(vec![closed]);
    let mut till = fixture.till("SAS07", 3);
    till.write(now(), spot_bill("SAS07-1-2", "2026-11-21"));
    let Body::SpotBill(unknown) = spot_bill("SAS07-1-3", "2026-11-21") else { unreachable!() };
    till.write(now(), Body::SpotBill(SpotBillMade { account: "A-9".parse().unwrap(), ..unknown }));
    assert_eq!(codes(&till.send(&fixture)), [(2, "bill-not-possible"), (3, "unknown-account")]);
    assert_eq!(fixture.balance("income:10"), 0);
}
