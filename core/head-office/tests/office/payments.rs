//! What becomes of a payment: each rule by itself.

use crate::paying::*;
use crate::support::*;
use raseed_head_office::psp::PspPayment;
use raseed_head_office::store::{ComplaintOutcome, Fate};
use raseed_head_office::{MoneyCame, OfficeError};
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::{Body, ComplaintCause, Mode, Outcome};
use raseed_protocol::payment_reference::PaymentReference;
use raseed_protocol::payment_word::PaymentState;

#[test]
fn exactly_what_was_asked_waits_for_its_receipt() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.send(&fixture);
    assert_eq!(fixture.told(&till, asked), (PaymentState::Waiting, 0));
    let came = fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    assert_eq!(came, MoneyCame { matched: 1, ..MoneyCame::default() });
    assert_eq!(fixture.told(&till, asked), (PaymentState::Paid, ASKED));
    assert_eq!((fixture.balance("bank"), fixture.balance("clearing:upi")), (ASKED, -ASKED));
    fixture.assert_money_is_right();
    till.receipt_for(asked, Mode::Upi, None);
    assert_eq!(codes(&till.send(&fixture)), []);
    assert_eq!(fixture.told(&till, asked), (PaymentState::Realised, ASKED));
    assert_eq!((fixture.balance("clearing:upi"), fixture.balance("consumers:10")), (0, 0));
    assert!(fixture.office.payments(false).unwrap().is_empty());
    fixture.assert_money_is_right();
}

#[test]
fn a_repeat_is_an_answer_and_another_content_is_pointed_out() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.send(&fixture);
    let payment = paid("pay_1", Some(&till.id(asked)), ASKED);
    fixture.money(&payment);
    // A settlement file may know less, and another time of day.
    let less = PspPayment { reference: None, rrn: None, paid: at(31), ..payment.clone() };
    let by_rrn = PspPayment { id: "rrn-x".parse().unwrap(), reference: None, ..payment.clone() };
    for told in [&payment, &less, &by_rrn] {
        assert_eq!(fixture.money(told), MoneyCame { known: 1, ..MoneyCame::default() });
    }
    assert_eq!(fixture.codes(), [""; 0]);
    let other = PspPayment { amount: paise(1), ..payment };
    for _ in 0..2 {
        assert_eq!(fixture.money(&other), MoneyCame { contradicted: 1, ..MoneyCame::default() });
    }
    assert_eq!(fixture.codes(), ["payment-contradicted"]);
    assert!(fixture.office.payments(false).unwrap()[0].contradicted.is_some());
    assert_eq!(fixture.balance("bank"), ASKED);
    fixture.assert_money_is_right();
}

#[test]
fn what_comes_otherwise_than_asked_is_credited() {
    for (outcome, amounts, code, came) in [
        (Some(Outcome::Expired), [ASKED, 0], "late-payment", ASKED),
        (Some(Outcome::LetGo), [ASKED, 0], "late-payment", ASKED),
        (Some(Outcome::Declined), [ASKED, 0], "late-payment", ASKED),
        (Some(Outcome::Failed), [ASKED, 0], "late-payment", ASKED),
        (None, [10_000, 0], "other-amount", 10_000),
        (Some(Outcome::Unknown), [30_000, 0], "other-amount", 30_000),
        (Some(Outcome::Failed), [10_000, 5_000], "other-amount", 15_000),
    ] {
        let fixture = paying_office();
        let mut till = fixture.till("SAS07", 3);
        let asked = till.ask();
        if let Some(outcome) = outcome {
            till.end(asked, outcome);
        }
        till.send(&fixture);
        for (n, amount) in (0..).zip(amounts).filter(|(_, amount)| *amount > 0) {
            fixture.money(&paid(&format!("pay_{n}"), Some(&till.id(asked)), amount));
            assert_eq!(fixture.fate(&format!("pay_{n}")), Fate::Credited);
        }
        assert_eq!(fixture.told(&till, asked), (PaymentState::Credited, came), "{code}");
        assert_eq!(fixture.codes(), [code]);
        assert_eq!(fixture.balance("clearing:upi"), 0);
        let open: i64 = fixture.account("A-1").demands.iter().map(|demand| demand.open().get()).sum();
        assert_eq!(open - fixture.account("A-1").advance.get(), ASKED - came);
        fixture.assert_money_is_right();
    }
}

#[test]
fn a_second_payment_is_credited_and_the_first_keeps_its_receipt() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.send(&fixture);
    fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    fixture.money(&paid("pay_2", Some(&till.id(asked)), ASKED));
    assert_eq!((fixture.fate("pay_1"), fixture.fate("pay_2")), (Fate::Matched, Fate::Credited));
    assert_eq!(fixture.told(&till, asked), (PaymentState::Paid, ASKED));
    till.receipt_for(asked, Mode::Upi, None);
    assert_eq!(codes(&till.send(&fixture)), [(2, "paid-again"), (3, "paid-twice")]);
    fixture.money(&paid("pay_3", Some(&till.id(asked)), ASKED));
    assert_eq!(fixture.fate("pay_3"), Fate::Credited);
    assert_eq!((fixture.account("A-1").advance, fixture.balance("bank")), (paise(2 * ASKED), 3 * ASKED));
    fixture.assert_money_is_right();
}

#[test]
fn what_nobody_can_be_credited_with_is_given_back() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let sale = till.ask_for(None, 9_000, Mode::Upi);
    let stranger = till.ask_for(Some("A-9"), 8_000, Mode::Upi);
    till.end(sale, Outcome::Expired);
    till.end(stranger, Outcome::Expired);
    till.send(&fixture);
    let unknown = |id: &str, reference: &str| PspPayment { reference: Some(reference.into()), ..paid(id, None, 1_000) };
    fixture.money(&paid("pay_1", Some(&till.id(sale)), 9_000));
    fixture.money(&paid("pay_2", Some(&till.id(stranger)), 8_000));
    fixture.money(&unknown("pay_3", "order 4711"));
    fixture.money(&unknown("pay_4", "SAS99-1-2"));
    fixture.money(&unknown("pay_5", "SAS07-1-1"));
    fixture.money(&unknown("pay_6", "BILL--NONE"));
    fixture.money(&paid("pay_7", None, 1_000));
    assert_eq!((fixture.balance("refunds-due"), fixture.balance("clearing:upi")), (-22_000, 0));
    assert_eq!(fixture.office.payments(false).unwrap().len(), 7);
    assert_eq!(fixture.told(&till, sale), (PaymentState::RefundDue, 9_000));
    fixture.assert_money_is_right();
    fixture.office.refund_paid(&"pay_1".parse().unwrap(), now()).unwrap();
    fixture.office.refund_paid(&"pay_1".parse().unwrap(), now()).unwrap();
    assert_eq!((fixture.balance("refunds-due"), fixture.balance("bank")), (-13_000, 13_000));
    assert!(fixture.office.refund_paid(&"pay_0".parse().unwrap(), now()).is_err());
    fixture.assert_money_is_right();
}

#[test]
fn a_bill_s_own_code_credits_whose_bill_it_is() {
    let fixture = paying_office();
    let reference = PaymentReference::of_bill(&"B-1".parse().unwrap()).unwrap().to_string();
    for id in ["pay_1", "pay_2"] {
        fixture.money(&PspPayment { reference: Some(reference.clone()), ..paid(id, None, ASKED) });
        assert_eq!(fixture.fate(id), Fate::Credited);
    }
    assert_eq!(fixture.account("A-1").advance, paise(ASKED));
    assert_eq!(fixture.codes(), [""; 0]);
    assert!(fixture.office.refund_paid(&"pay_1".parse().unwrap(), now()).is_err());
    fixture.assert_money_is_right();
}

#[test]
fn a_sale_is_income_and_no_account_is_looked_up() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let sale = till.ask_for(None, 9_000, Mode::Upi);
    till.send(&fixture);
    fixture.money(&paid("pay_1", Some(&till.id(sale)), 9_000));
    till.sale_receipt(Some(sale), 9_000, Mode::Upi);
    till.sale_receipt(None, 500, Mode::Cash);
    assert_eq!(codes(&till.send(&fixture)), []);
    assert_eq!((fixture.balance("income:4"), fixture.balance("cash:SAS07")), (-9_500, 500));
    assert_eq!((fixture.balance("clearing:upi"), fixture.balance("suspense")), (0, 0));
    assert_eq!(fixture.told(&till, sale), (PaymentState::Realised, 9_000));
    fixture.assert_money_is_right();
}

#[test]
fn a_receipt_for_money_that_was_credited_counts_no_second_time() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.send(&fixture);
    fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    fixture.office.revoke(&till.till).unwrap();
    let credited = fixture.office.credit_waiting(&till.id(asked), now()).unwrap();
    assert_eq!((credited.len(), credited[0].fate), (1, Fate::Credited));
    assert!(matches!(fixture.office.credit_waiting(&till.id(asked), now()), Err(OfficeError::NothingWaits(_))));
    assert_eq!(fixture.account("A-1").demands[0].open(), paise(0));
    till.receipt_for(asked, Mode::Upi, None);
    let reply = fixture.office.receive_by_hand(&till.run(1..=till.entries.len()), now()).unwrap();
    assert_eq!(codes(&reply), [(3, "already-credited")]);
    assert_eq!((fixture.balance("suspense"), fixture.account("A-1").advance), (-ASKED, paise(0)));
    fixture.assert_money_is_right();
}

#[test]
fn the_money_of_a_lost_journal_can_be_credited_or_given_back() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    till.send(&fixture);
    let asked = till.ask();
    fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    assert_eq!(fixture.fate("pay_1"), Fate::Matched);
    let set_aside = fixture.office.credit_waiting(&till.id(asked), now()).unwrap();
    assert_eq!(set_aside[0].fate, Fate::RefundDue);
    // The journal is found after all: the receipt is kept, its money is not there twice.
    till.receipt_for(asked, Mode::Upi, None);
    assert_eq!(codes(&till.send(&fixture)), [(3, "already-credited")]);
    fixture.assert_money_is_right();
}

#[test]
fn cards_are_matched_by_reference_or_by_the_bank_s_own() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let (one, two) = (till.ask_for(Some("A-1"), ASKED, Mode::Card), till.ask_for(Some("A-1"), ASKED, Mode::Card));
    till.receipt_for(one, Mode::Card, Some("rrnpay_1"));
    till.receipt_for(two, Mode::Card, Some("rrnpay_2"));
    till.send(&fixture);
    fixture.money(&paid("pay_1", None, ASKED));
    fixture.money(&paid("pay_2", Some(&till.id(two)), ASKED));
    assert_eq!((fixture.balance("clearing:card"), fixture.balance("clearing:upi")), (0, 0));
    assert_eq!(fixture.told(&till, one), (PaymentState::Realised, ASKED));
    fixture.money(&PspPayment { rrn: Some("rrnpay_1".into()), ..paid("pay_3", None, ASKED) });
    assert_eq!(fixture.fate("pay_3"), Fate::Credited);
    assert!(fixture.codes().contains(&"paid-again".to_owned()));
    fixture.assert_money_is_right();
}

#[test]
fn a_receipt_that_names_no_request_has_its_money_by_the_bank_s_reference() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let mut receipt = till.receipt(&household(), ASKED, Mode::Upi, at(60));
    receipt.reference = Some("rrnpay_1".into());
    till.write(at(60), Body::Receipt(receipt));
    till.send(&fixture);
    for (id, amount, fate) in
        [("pay_1", ASKED, Fate::Matched), ("pay_2", ASKED, Fate::Credited), ("pay_3", 7, Fate::Credited)]
    {
        fixture.money(&PspPayment { rrn: Some("rrnpay_1".into()), ..paid(id, None, amount) });
        assert_eq!(fixture.fate(id), fate, "{id}");
    }
    assert_eq!(fixture.codes(), ["other-amount", "paid-again"]);
    assert_eq!(fixture.balance("clearing:upi"), 0);
    fixture.assert_money_is_right();
}

#[test]
fn entries_that_name_the_wrong_request_count_and_are_pointed_out() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let card = till.ask_for(Some("A-1"), ASKED, Mode::Card);
    till.receipt_for(card, Mode::Upi, None);
    till.end(till.chain.last(), Outcome::Failed);
    assert_eq!(codes(&till.send(&fixture)), [(3, "no-such-request"), (4, "no-such-request")]);
    assert_eq!(fixture.balance("clearing:upi"), ASKED);
    fixture.assert_money_is_right();
}

#[test]
fn a_complaint_is_closed_by_a_person_or_by_the_answer() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let asked: Vec<_> = (0..4).map(|_| till.ask()).collect();
    let sale = till.ask_for(None, ASKED, Mode::Upi);
    let numbers: Vec<_> =
        asked.iter().chain([&sale]).map(|asked| till.complain(*asked, ComplaintCause::PayerSays)).collect();
    let not_realised = till.complain(asked[0], ComplaintCause::NotRealised);
    till.end(asked[1], Outcome::LetGo);
    till.end(sale, Outcome::Failed);
    till.send(&fixture);
    assert_eq!(fixture.office.complaints(true).unwrap().len(), 6);
    for (id, asked) in [("pay_1", asked[0]), ("pay_2", asked[1]), ("pay_3", sale)] {
        fixture.money(&paid(id, Some(&till.id(asked)), ASKED));
    }
    till.receipt_for(asked[0], Mode::Upi, None);
    till.send(&fixture);
    fixture.office.refund_paid(&"pay_3".parse().unwrap(), now()).unwrap();
    fixture.office.close_complaint(&till.id(numbers[2]), ComplaintOutcome::NotDebited, now()).unwrap();
    assert!(fixture.office.close_complaint(&till.id(numbers[2]), ComplaintOutcome::Paid, now()).is_err());
    let all = fixture.office.complaints(false).unwrap();
    let outcome =
        |place| all.iter().find(|c| c.id == till.id(place)).unwrap().closed.map(|(outcome, _)| outcome.code());
    assert_eq!(
        numbers.iter().map(|n| outcome(*n)).collect::<Vec<_>>(),
        [Some("paid"), Some("credited"), Some("not-debited"), None, Some("refunded")]
    );
    assert_eq!(outcome(not_realised), Some("realised"));
    // One that is opened when the answer is there is closed at once.
    let late = till.complain(asked[0], ComplaintCause::Unknown);
    till.send(&fixture);
    let closed = fixture.office.complaints(false).unwrap().into_iter().find(|c| c.id == till.id(late)).unwrap().closed;
    assert_eq!(closed.map(|(outcome, _)| outcome), Some(ComplaintOutcome::Paid));
    fixture.assert_money_is_right();
}

#[test]
fn books_of_payments_that_were_tampered_with_are_seen() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.send(&fixture);
    fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    fixture.money(&paid("pay_2", None, 1_000));
    fixture.assert_money_is_right();
    let books = rusqlite::Connection::open(fixture.folder.join("office.sqlite")).unwrap();
    books.execute_batch("DROP TRIGGER payment_unchanged; DROP TRIGGER payment_request_unchanged").unwrap();
    for (wrong, right) in [
        ("UPDATE payment SET amount = amount + 1", "UPDATE payment SET amount = amount - 1"),
        ("UPDATE payment SET mode = 'card'", "UPDATE payment SET mode = 'upi'"),
        (
            "UPDATE payment SET fate = 'refunded' WHERE payment = 'pay_2'",
            "UPDATE payment SET fate = 'refund-due' WHERE payment = 'pay_2'",
        ),
        (
            "UPDATE payment SET fate = 'credited', account = 'A-1' WHERE payment = 'pay_1'",
            "UPDATE payment SET fate = 'matched', account = NULL WHERE payment = 'pay_1'",
        ),
        ("UPDATE payment_request SET word_state = 'realised'", "UPDATE payment_request SET word_state = 'paid'"),
        ("UPDATE payment_request SET amount = amount + 1", "UPDATE payment_request SET amount = amount - 1"),
    ] {
        books.execute_batch(wrong).unwrap();
        assert!(!fixture.office.verify_books().unwrap().findings.is_empty(), "{wrong}");
        books.execute_batch(right).unwrap();
        fixture.assert_money_is_right();
    }
}

#[test]
fn a_card_sale_is_found_by_its_request_whatever_its_seal() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let card = till.ask_for(Some("A-1"), ASKED, Mode::Card);
    let upi = till.ask_for(None, 9_000, Mode::Upi);
    till.send(&fixture);
    let sealed = |request, seal: &str| PspPayment {
        reference: Some(format!("{}-{seal}", till.id(request))),
        ..paid(&format!("pay_{request}_{seal}"), None, ASKED)
    };
    let (good, far) = (sealed(card, "WMMKB6GK3CUAI"), sealed(Sequence(9), "WMMKB6GK3CUAI"));
    assert_eq!(fixture.money(&good), MoneyCame { matched: 1, ..MoneyCame::default() });
    assert_eq!(fixture.told(&till, card), (PaymentState::Paid, ASKED));
    assert_eq!((fixture.balance("clearing:card"), fixture.balance("clearing:upi")), (-ASKED, 0));
    assert_eq!(fixture.money(&far), MoneyCame { matched: 1, ..MoneyCame::default() }, "its journal comes later");
    // Not a seal, too long for one, and a request that no card pays: nobody knows what they are for.
    for other in [sealed(card, "wmmkb6gk3cuai"), sealed(card, "WMMKB6GK3CUAIA"), sealed(upi, "WMMKB6GK3CUAI")] {
        assert_eq!(fixture.money(&other), MoneyCame { refund_due: 1, ..MoneyCame::default() }, "{other:?}");
    }
    fixture.assert_money_is_right();
}
