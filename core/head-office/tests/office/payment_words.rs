//! The words to a till: numbers, pages, time, and the codes of the payment service.

use crate::paying::*;
use raseed_head_office::OfficeError;
use raseed_protocol::payment_word::PaymentState;
use raseed_protocol::wire::PaymentWords;

#[test]
fn each_change_has_the_next_number_and_only_the_newest_word_stays() {
    let fixture = paying_office();
    let (mut till, other) = (fixture.till("SAS07", 3), fixture.till("SAS08", 4));
    let (one, two) = (till.ask(), till.ask());
    till.send(&fixture);
    let numbers = |since| -> Vec<(u64, u64)> {
        fixture.words(&till, since, at(1)).iter().map(|word| (word.number, word.requested.0)).collect()
    };
    assert_eq!(numbers(0), [(1, one.0), (2, two.0)]);
    fixture.money(&paid("pay_1", Some(&till.id(one)), ASKED));
    fixture.money(&paid("pay_1", Some(&till.id(one)), ASKED));
    assert_eq!(numbers(0), [(2, two.0), (3, one.0)]);
    assert_eq!(numbers(2), [(3, one.0)]);
    assert_eq!(numbers(3), []);
    let word = fixture.words(&till, 2, at(1)).remove(0);
    assert_eq!((word.state, word.reference.as_deref(), word.office), (PaymentState::Paid, Some("rrnpay_1"), at(1)));
    let ahead = fixture.office.payment_words(&till.till, 4, at(1));
    assert!(matches!(ahead, Err(OfficeError::WordAhead { since: 4, newest: 3 })));
    assert_eq!(ahead.unwrap_err().problem().status, 400);
    assert!(fixture.words(&other, 0, at(1)).is_empty());
    fixture.office.revoke(&till.till).unwrap();
    assert!(matches!(fixture.office.payment_words(&till.till, 0, at(1)), Err(OfficeError::Revoked(_))));
}

#[test]
fn many_words_come_in_pages() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    for _ in 0..=PaymentWords::MAX {
        till.ask();
    }
    till.send(&fixture);
    let first = fixture.office.payment_words(&till.till, 0, at(1)).unwrap();
    assert_eq!((first.words.len(), first.more), (PaymentWords::MAX, true));
    let rest = fixture.office.payment_words(&till.till, 100, at(1)).unwrap();
    assert_eq!((rest.words.len(), rest.more), (1, false));
}
