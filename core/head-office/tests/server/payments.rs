//! The two addresses of payments: what a till asks, and what the payment service tells.

use crate::house::{Call, House, Reply};
use crate::paying::{ASKED, paid};
use raseed_head_office::psp::Secret;
use raseed_head_office::psp::razorpay::sign_webhook;
use raseed_head_office::server::Limits;
use raseed_protocol::ids::Sequence;
use raseed_protocol::payment_word::{PaymentState, PaymentWord};
use raseed_protocol::wire::{PaymentWords, ProblemCode};
use serde_json::json;

const BAD_REQUEST: (u16, ProblemCode) = (400, ProblemCode::BadRequest);

/// A house with a payment service, whose till has asked for money.
pub fn asking_house(limits: Limits) -> (House, Sequence) {
    let mut house = House::with_psp(limits);
    let asked = house.till.ask();
    house.office.receive(&house.till.till, &house.till.run(1..=2), crate::support::now()).unwrap();
    (house, asked)
}

pub fn words(house: &House, since: &str) -> Call {
    house.call("GET", &format!("/v1/tills/SAS07/payments?since={since}")).signed(&house.till.key)
}

/// A call of the payment service that tells of a payment for this request.
pub fn webhook(house: &House, asked: Sequence) -> Call {
    let payment = paid("pay_N1", Some(&house.till.id(asked)), ASKED);
    let entity = json!({
        "id": payment.id, "entity": "payment", "amount": payment.amount.get(), "currency": "INR", "status": "captured",
        "method": "upi", "captured": true, "notes": { "reference": payment.reference },
        "acquirer_data": { "rrn": "632512345678" }, "created_at": payment.paid.0 / 1000,
    });
    let event = json!({
        "entity": "event", "account_id": "acc_1", "event": "payment.captured", "contains": ["payment"],
        "payload": { "payment": { "entity": entity } }, "created_at": payment.paid.0 / 1000,
    });
    signed(house.call("POST", "/v1/psp/webhook").body(event.to_string().as_bytes()))
}

fn signed(call: Call) -> Call {
    let secret = Secret::new("webhook-secret-1").unwrap();
    let signature = sign_webhook(&call.body, &secret);
    call.header("content-type", "application/json").header("x-razorpay-signature", &signature)
}

fn told(house: &House, reply: &Reply) -> Vec<(u64, PaymentState)> {
    let words: PaymentWords = reply.json();
    let key = house.office.certificate().office().unwrap();
    words
        .words
        .iter()
        .map(|word| PaymentWord::verify(word, key).unwrap())
        .map(|word| (word.number, word.state))
        .collect()
}

#[test]
fn a_payment_that_the_service_tells_of_is_told_to_the_till() {
    let (house, asked) = asking_house(Limits::default());
    let first = told(&house, &house.ask(&words(&house, "0")))[0].0;
    for _ in 0..2 {
        assert_eq!(house.ask(&webhook(&house, asked)).status, 200);
    }
    assert_eq!(told(&house, &house.ask(&words(&house, &first.to_string()))), [(first + 1, PaymentState::Paid)]);
    assert_eq!(house.office.payments(true).unwrap().len(), 1);
}

#[test]
fn a_call_that_is_not_the_service_s_own_changes_nothing() {
    let (house, asked) = asking_house(Limits::default());
    let good = webhook(&house, asked);
    let mut changed = good.clone();
    changed.body[5] ^= 1;
    let mut twice = good.clone();
    twice.headers.push(("x-razorpay-signature".into(), "00".into()));
    let other = sign_webhook(&good.body, &Secret::new("another-secret").unwrap());
    let forged = [
        changed,
        twice,
        good.clone().without("x-razorpay-signature"),
        good.clone().header("x-razorpay-signature", "ä"),
        good.clone().header("x-razorpay-signature", &other),
        signed(good.clone().body(b"not json")),
    ];
    for call in forged {
        assert_eq!(house.ask(&call).problem(), BAD_REQUEST);
    }
    // As it is announced, before it is sent.
    let large = good.body(b"").header("content-length", &(256 * 1024 + 1).to_string());
    assert_eq!(house.ask(&large).problem(), (413, ProblemCode::TooLarge));
    assert!(house.office.payments(true).unwrap().is_empty());
    let without = House::new();
    let call = signed(without.call("POST", "/v1/psp/webhook").body(b"{}"));
    assert_eq!(without.ask(&call).problem(), (404, ProblemCode::NotFound));
}

#[test]
fn words_are_for_their_till_and_up_to_what_was_given() {
    let (house, _) = asking_house(Limits::default());
    assert_eq!(house.ask(&words(&house, "99")).problem(), BAD_REQUEST);
    assert_eq!(house.ask(&words(&house, "x")).problem(), BAD_REQUEST);
    let unsigned = house.call("GET", "/v1/tills/SAS07/payments?since=0");
    assert_eq!(house.ask(&unsigned).problem(), (401, ProblemCode::BadSignature));
    house.office.revoke(&house.till.till).unwrap();
    assert_eq!(house.ask(&words(&house, "0")).problem(), (403, ProblemCode::Revoked));
}
