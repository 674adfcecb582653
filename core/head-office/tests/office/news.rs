//! What the office asks by itself: nothing is left out, nothing counts twice, and what is learned later still finds its place.

use crate::paying::*;
use crate::payment_codes::{Table, served_office};
use crate::support::*;
use raseed_head_office::OfficeError;
use raseed_head_office::psp::PspPayment;
use raseed_head_office::store::Fate;
use raseed_protocol::book::CodeMaker;
use raseed_protocol::journal::Outcome;
use raseed_protocol::payment_word::PaymentState;
use raseed_protocol::time::WallMs;

const HOUR: u64 = 3_600;

fn pay(table: &Table, id: &str, reference: Option<&str>, when: WallMs) {
    let payment = PspPayment { reference: reference.map(str::to_owned), paid: when, ..paid(id, None, 1_000) };
    table.0.lock().unwrap().paid.push(payment);
}

fn silent(table: &Table, is_silent: bool) {
    table.0.lock().unwrap().is_silent = is_silent;
}

#[test]
fn a_bill_that_is_paid_from_its_message_is_settled_with_no_till_asking() {
    let (fixture, table) = served_office(CodeMaker::Till);
    let from = now();
    pay(&table, "pay_old", None, WallMs(from.0 - 1));
    pay(&table, "pay_1", Some("BILL--B-1"), later(HOUR));
    let came = fixture.office.ask_for_news(from, later(2 * HOUR)).unwrap();
    assert_eq!((came.credited, came.refund_due), (1, 0), "from the beginning, and no further back");
    // One that shows itself late, and a new one.
    pay(&table, "pay_late", Some("BILL--B-1"), later(2 * HOUR - 500));
    pay(&table, "pay_2", Some("BILL--B-1"), later(2 * HOUR + 100));
    let came = fixture.office.ask_for_news(from, later(2 * HOUR + 300)).unwrap();
    assert_eq!((came.credited, came.known), (2, 0), "ten minutes overlap, an hour ago is not asked again");
    fixture.assert_money_is_right();
}

#[test]
fn however_long_it_is_silent_nothing_is_left_out() {
    let (fixture, table) = served_office(CodeMaker::Till);
    let from = now();
    silent(&table, true);
    pay(&table, "pay_1", Some("BILL--B-1"), later(1));
    for hour in 1..200 {
        assert!(matches!(fixture.office.ask_for_news(from, later(hour * HOUR)), Err(OfficeError::Psp(_))));
    }
    silent(&table, false);
    assert_eq!(fixture.office.ask_for_news(from, later(200 * HOUR)).unwrap().credited, 1);
    // And after it has answered once.
    silent(&table, true);
    pay(&table, "pay_2", Some("BILL--B-1"), later(201 * HOUR));
    assert!(fixture.office.ask_for_news(from, later(202 * HOUR)).is_err());
    silent(&table, false);
    assert_eq!(fixture.office.ask_for_news(from, later(400 * HOUR)).unwrap().credited, 1);
    fixture.assert_money_is_right();
}

/// A till asks only from its own oldest request on: what came before that is still to be asked for.
#[test]
fn what_tills_ask_leaves_no_gap() {
    let (fixture, table) = served_office(CodeMaker::Till);
    let from = WallMs(at(0).0 - 48 * HOUR * 1_000);
    let mut till = fixture.till("SAS07", 3);
    till.ask();
    till.send(&fixture);
    pay(&table, "pay_before", Some("BILL--B-1"), WallMs(from.0 + 1_000));
    fixture.words(&till, 0, at(60));
    assert!(fixture.office.payments(true).unwrap().is_empty());
    assert_eq!(fixture.office.ask_for_news(from, at(120)).unwrap().credited, 1);
    // And what both have asked for is not asked again.
    pay(&table, "pay_long_ago", Some("BILL--B-1"), WallMs(from.0 + 2_000));
    let came = fixture.office.ask_for_news(from, at(180)).unwrap();
    assert_eq!((came.credited, came.known), (0, 0));
    fixture.assert_money_is_right();
}

#[test]
fn more_than_is_told_at_once_is_asked_for_in_pieces() {
    let (fixture, table) = served_office(CodeMaker::Till);
    for n in 0..40 {
        pay(&table, &format!("pay_{n}"), Some("BILL--B-1"), later(n * 100));
    }
    table.0.lock().unwrap().most = 7;
    let came = fixture.office.ask_for_news(now(), later(2 * HOUR)).unwrap();
    assert_eq!(came.credited, 40);
    assert!(table.asked().len() > 6);
    for n in 0..8 {
        pay(&table, &format!("pay_same_{n}"), Some("BILL--B-1"), later(2 * HOUR + 100));
    }
    assert!(fixture.office.ask_for_news(now(), later(3 * HOUR)).is_err(), "a moment is not cut for ever");
    fixture.assert_money_is_right();
}

#[test]
fn codes_that_are_over_are_taken_out_of_use_with_nobody_asking() {
    let (fixture, table) = served_office(CodeMaker::Service);
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.send(&fixture);
    fixture.words(&till, 0, later(1));
    silent(&table, true);
    till.end(asked, Outcome::Declined);
    till.send(&fixture);
    table.asked();
    silent(&table, false);
    fixture.office.ask_for_news(now(), later(HOUR)).unwrap();
    assert_eq!(table.asked(), ["fetch", "close qr_SAS07-1-2"]);
}

/// What came for a code of the payment service is told of without the reference first: that it came, but not for what.
#[test]
fn a_reference_that_is_learned_later_finds_its_request() {
    for amount in [ASKED, 1_000] {
        let (fixture, table) = served_office(CodeMaker::Service);
        let mut till = fixture.till("SAS07", 3);
        let asked = till.ask();
        till.send(&fixture);
        fixture.words(&till, 0, later(1));
        let money = PspPayment { paid: later(5), ..paid("pay_1", None, amount) };
        table.0.lock().unwrap().paid.push(money);
        assert_eq!(fixture.office.ask_for_news(now(), later(10)).unwrap().refund_due, 1);
        fixture.assert_money_is_right();
        let words = fixture.words(&till, 0, later(20));
        let whole = amount == ASKED;
        let (state, fate) =
            if whole { (PaymentState::Paid, Fate::Matched) } else { (PaymentState::Credited, Fate::Credited) };
        assert_eq!((words.last().unwrap().state, fixture.fate("pay_1")), (state, fate));
        fixture.assert_money_is_right();
        if whole {
            till.receipt_for(asked, raseed_protocol::journal::Mode::Upi, None);
            till.send(&fixture);
        }
        assert_eq!((fixture.balance("clearing:upi"), fixture.balance("refunds-due")), (0, 0));
        fixture.assert_money_is_right();
    }
}

/// Set aside, found to be a sale's, and set aside once more when the sale ended without it: the journal still comes through.
#[test]
fn a_sale_that_ends_after_its_money_was_found_gives_it_back() {
    for place in [false, true] {
        let fixture = paying_office();
        let mut till = fixture.till("SAS07", 3);
        let sale = till.ask_for(None, 9_000, raseed_protocol::journal::Mode::Upi);
        till.send(&fixture);
        let nameless = paid("pay_1", None, 9_000);
        fixture.money(&nameless);
        let named = PspPayment { reference: Some(till.id(sale).to_string()), ..nameless };
        fixture.money(&named);
        assert_eq!((fixture.fate("pay_1"), fixture.balance("refunds-due")), (Fate::Matched, 0));
        till.end(sale, Outcome::Expired);
        till.send(&fixture);
        assert_eq!((fixture.fate("pay_1"), fixture.balance("refunds-due")), (Fate::RefundDue, -9_000));
        fixture.assert_money_is_right();
        let id = "pay_1".parse().unwrap();
        if place {
            fixture.office.place_payment(&id, &household().id, now()).unwrap();
        } else {
            fixture.office.refund_paid(&id, now()).unwrap();
        }
        assert_eq!((fixture.balance("refunds-due"), fixture.balance("clearing:upi")), (0, 0));
        fixture.assert_money_is_right();
    }
}

#[test]
fn money_without_a_reference_waits_for_a_person_who_places_it_once() {
    let fixture = paying_office();
    fixture.money(&paid("pay_1", None, 1_000));
    fixture.money(&paid("pay_2", None, 2_000));
    assert_eq!(fixture.fate("pay_1"), Fate::RefundDue);
    assert!(
        fixture.office.payments(false).unwrap().iter().any(|record| record.payment.id.as_str() == "pay_1"),
        "listed"
    );
    let (id, account) = ("pay_1".parse().unwrap(), "A-1".parse().unwrap());
    let nobody = "A-9".parse().unwrap();
    assert!(matches!(fixture.office.place_payment(&id, &nobody, now()), Err(OfficeError::UnknownAccount(_))));
    for _ in 0..2 {
        let placed = fixture.office.place_payment(&id, &account, now()).unwrap();
        assert_eq!((placed.fate, placed.account.as_ref()), (Fate::Credited, Some(&account)));
    }
    assert!(
        matches!(fixture.office.refund_paid(&id, now()), Err(OfficeError::NoRefundDue(_))),
        "it is not given back too"
    );
    let second = "pay_2".parse().unwrap();
    fixture.office.refund_paid(&second, now()).unwrap();
    assert!(matches!(fixture.office.place_payment(&second, &account, now()), Err(OfficeError::NoRefundDue(_))));
    assert_eq!(fixture.balance("refunds-due"), 0);
    fixture.assert_money_is_right();
}
