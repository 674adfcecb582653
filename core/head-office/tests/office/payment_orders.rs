//! Journal and money come in any order, and the books end the same.

use crate::paying::*;
use crate::support::*;
use raseed_head_office::psp::PspPayment;
use raseed_head_office::store::Fate;
use raseed_protocol::journal::{Mode, Outcome};
use raseed_protocol::payment_word::PaymentState;

#[test]
fn money_before_its_request_waits_for_it() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    fixture.money(&paid("pay_2", Some(&till.id(asked)), 1_000));
    fixture.money(&paid("pay_3", Some(&till.id(asked)), ASKED));
    assert_eq!((fixture.fate("pay_2"), fixture.balance("clearing:upi")), (Fate::Matched, -2 * ASKED - 1_000));
    fixture.assert_money_is_right();
    let reply = till.send(&fixture);
    assert_eq!(codes(&reply), [(2, "other-amount"), (2, "paid-again")]);
    assert_eq!(fixture.told(&till, asked), (PaymentState::Paid, ASKED));
    let fates = ["pay_1", "pay_2", "pay_3"].map(|id| fixture.fate(id));
    assert_eq!(fates, [Fate::Matched, Fate::Credited, Fate::Credited]);
    fixture.assert_money_is_right();
}

#[test]
fn the_whole_journal_after_the_money() {
    for end in [None, Some(Outcome::Expired)] {
        let fixture = paying_office();
        let mut till = fixture.till("SAS07", 3);
        let asked = till.ask();
        match end {
            None => till.receipt_for(asked, Mode::Upi, None),
            Some(outcome) => till.end(asked, outcome),
        };
        fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
        let reply = till.send(&fixture);
        let told = if end.is_none() { PaymentState::Realised } else { PaymentState::Credited };
        assert_eq!(fixture.told(&till, asked), (told, ASKED));
        assert_eq!(codes(&reply), if end.is_none() { vec![] } else { vec![(2, "late-payment")] });
        assert_eq!((fixture.balance("clearing:upi"), fixture.balance("consumers:10")), (0, 0));
        fixture.assert_money_is_right();
    }
}

#[test]
fn a_receipt_before_its_money_is_realised_by_it() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.end(asked, Outcome::Unknown);
    till.receipt_for(asked, Mode::Upi, None);
    till.send(&fixture);
    assert_eq!(fixture.told(&till, asked), (PaymentState::Waiting, 0));
    assert_eq!(fixture.balance("clearing:upi"), ASKED);
    fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    assert_eq!(fixture.told(&till, asked), (PaymentState::Realised, ASKED));
    assert_eq!(fixture.balance("clearing:upi"), 0);
    fixture.assert_money_is_right();
}

#[test]
fn an_end_after_the_money_credits_it() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let (asked, sale) = (till.ask(), till.ask_for(None, 9_000, Mode::Upi));
    till.send(&fixture);
    fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    fixture.money(&paid("pay_2", Some(&till.id(sale)), 9_000));
    till.end(asked, Outcome::Unknown);
    till.send(&fixture);
    assert_eq!(fixture.told(&till, asked), (PaymentState::Paid, ASKED), "unknown is not an end");
    till.end(asked, Outcome::LetGo);
    till.end(sale, Outcome::Expired);
    till.send(&fixture);
    assert_eq!(fixture.told(&till, asked), (PaymentState::Credited, ASKED));
    assert_eq!(fixture.told(&till, sale), (PaymentState::RefundDue, 9_000));
    assert_eq!((fixture.balance("clearing:upi"), fixture.balance("refunds-due")), (0, -9_000));
    fixture.assert_money_is_right();
}

#[test]
fn card_money_before_its_journal_moves_to_its_own_clearing() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask_for(Some("A-1"), ASKED, Mode::Card);
    till.receipt_for(asked, Mode::Card, None);
    fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    assert_eq!(fixture.balance("clearing:upi"), -ASKED);
    till.send(&fixture);
    assert_eq!((fixture.balance("clearing:upi"), fixture.balance("clearing:card")), (0, 0));
    fixture.assert_money_is_right();
}

#[test]
fn money_without_a_reference_is_claimed_by_the_receipt_that_names_it() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    for (id, amount) in [("pay_1", ASKED), ("pay_2", 5)] {
        fixture.money(&PspPayment { rrn: Some("632512345678".into()), ..paid(id, None, amount) });
    }
    assert_eq!(fixture.balance("refunds-due"), -ASKED - 5);
    let asked = till.ask_for(Some("A-1"), ASKED, Mode::Card);
    till.receipt_for(asked, Mode::Card, Some("632512345678"));
    till.send(&fixture);
    assert_eq!((fixture.fate("pay_1"), fixture.fate("pay_2")), (Fate::Matched, Fate::RefundDue));
    assert_eq!(fixture.told(&till, asked), (PaymentState::Realised, ASKED));
    assert_eq!((fixture.balance("clearing:card"), fixture.balance("clearing:upi")), (0, 0));
    fixture.assert_money_is_right();
}

#[test]
fn money_for_a_place_where_no_request_stands_is_given_back_when_the_journal_comes() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    till.send(&fixture);
    let place = till.collect(&household(), ASKED, Mode::Cash, at(0));
    fixture.money(&paid("pay_1", Some(&till.id(place)), ASKED));
    assert_eq!(fixture.fate("pay_1"), Fate::Matched);
    till.send(&fixture);
    assert_eq!((fixture.fate("pay_1"), fixture.balance("refunds-due")), (Fate::RefundDue, -ASKED));
    fixture.assert_money_is_right();
}
