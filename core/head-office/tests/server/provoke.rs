//! Every answer that the document lists, provoked.

use crate::house::{Call, House, Reply, gzip};
use crate::payments::{asking_house, webhook, words};
use raseed_head_office::server::Limits;
use raseed_protocol::keys::{Signer, SigningKey};
use raseed_protocol::wire::{DayKeysRequest, EnrolRequest, EnrolmentCode, MAX_UPLOAD_BYTES};
use std::time::Duration;

/// Calls, each with what a real server said to it.
pub fn every_answer() -> Vec<(Call, Reply)> {
    let house = House::new();
    let calls = [unreadable(&house), not_allowed(&house), too_much(&house), good(&house)].concat();
    let mut seen: Vec<_> = calls.into_iter().map(|call| (call.clone(), house.ask(&call))).collect();
    seen.extend(too_slow());
    seen.extend(too_many());
    seen.extend(without_books());
    seen.extend(of_keys());
    seen.extend(of_payments());
    seen.extend(of_bills());
    seen
}

fn good(house: &House) -> Vec<Call> {
    vec![
        house.upload(&house.till.run(1..=1)),
        house.book(&house.till.till, 0).signed(&house.till.key),
        house.call("GET", "/v1/health"),
        house.call("GET", "/v1/keys"),
        house.call("GET", "/V"),
        house.call("GET", "/V/style.css"),
        house.call("GET", "/V/nothing"),
        // The last: from now on the till signs with its new key.
        house.enrolment(20),
    ]
}

fn unreadable(house: &House) -> Vec<Call> {
    vec![
        house.enrolment(21).body(b"{}"),
        house.enrolment(21).header("content-type", "text/plain"),
        house.upload(b"not a run").signed(&house.till.key),
        house.upload(b"").header("content-type", "text/plain").signed(&house.till.key),
        house.call("GET", "/v1/tills/SAS07/book?since=x").signed(&house.till.key),
    ]
}

fn not_allowed(house: &House) -> Vec<Call> {
    let code = EnrolmentCode::from_random([1; 8]);
    let mut request = EnrolRequest::new(code, &SigningKey::from_seed(&[3; 32]), vec![]).unwrap();
    let unknown = house.enrolment_with(&request);
    request.proof[0] ^= 1;
    vec![
        unknown,
        house.enrolment_with(&request),
        house.call("POST", "/v1/tills/SAS07/journal"),
        house.call("POST", "/v1/tills/NOBODY/journal").signed(&house.till.key),
        house.book(&house.till.till, 0),
        house.call("GET", "/v1/tills/NOBODY/book?since=0").signed(&house.till.key),
    ]
}

fn too_much(house: &House) -> Vec<Call> {
    let bomb = gzip(&vec![0; MAX_UPLOAD_BYTES + 1]);
    let packed = house.packed_upload(b"").body(&bomb).signed(&house.till.key);
    vec![house.enrolment(21).body(&[b' '; 5000]), packed]
}

fn of_keys() -> Vec<(Call, Reply)> {
    let house = House::new();
    let ask = |house: &House, key| {
        let request = DayKeysRequest { keys: vec![key], anew: false };
        let call = house.call("POST", "/v1/tills/SAS07/keys").header("content-type", "application/json");
        call.body(&serde_json::to_vec(&request).unwrap())
    };
    let good = ask(&house, SigningKey::from_seed(&[31; 32]).public_key());
    let signed = |call: &Call| call.clone().signed(&house.till.key);
    let calls = [
        signed(&good),
        signed(&ask(&house, house.till.key.public_key())),
        house.enrolment_of(25, &house.till.key),
        signed(&good.clone().body(b"{}")),
        signed(&good.clone().body(&[b' '; 5000])),
        signed(&house.call("POST", "/v1/tills/SAS07/keys").header("content-type", "text/plain").body(b"{}")),
        good.clone(),
        house.call("POST", "/v1/tills/NOBODY/keys").body(b"{}").signed(&house.till.key),
    ];
    let mut seen: Vec<_> = calls.into_iter().map(|call| (call.clone(), house.ask(&call))).collect();
    let slow = House::within(Limits { still: Duration::from_millis(20), ..Limits::default() });
    let call = ask(&slow, SigningKey::from_seed(&[31; 32]).public_key()).signed(&slow.till.key);
    let mut client = slow.connect();
    client.send(&call.head());
    seen.push((call, client.reply()));
    let call = signed(&good);
    house.lose_the_books();
    seen.push((call.clone(), house.ask(&call)));
    seen
}

fn of_payments() -> Vec<(Call, Reply)> {
    let (house, asked) = asking_house(Limits::default());
    let told = webhook(&house, asked);
    let calls = [
        words(&house, "0"),
        words(&house, "x"),
        house.call("GET", "/v1/tills/SAS07/payments?since=0"),
        house.call("GET", "/v1/tills/NOBODY/payments?since=0").signed(&house.till.key),
        told.clone(),
        told.clone().without("x-razorpay-signature"),
        told.body(b"").header("content-length", "300000"),
    ];
    let mut seen: Vec<_> = calls.into_iter().map(|call| (call.clone(), house.ask(&call))).collect();
    let without = House::new();
    let call = without.call("POST", "/v1/psp/webhook").body(b"{}");
    seen.push((call.clone(), without.ask(&call)));
    let (slow, _) = asking_house(Limits { still: Duration::from_millis(20), ..Limits::default() });
    let mut client = slow.connect();
    let call = slow.call("POST", "/v1/psp/webhook").body(b"{}");
    client.send(&call.head());
    seen.push((call, client.reply()));
    let calls = [words(&house, "0"), webhook(&house, asked)];
    house.lose_the_books();
    seen.extend(calls.map(|call| (call.clone(), house.ask(&call))));
    seen
}

fn of_bills() -> Vec<(Call, Reply)> {
    let house = House::paying(Limits { bill_pages_a_minute: 3, ..Limits::default() });
    let good = house.call("GET", "/P/B-1/25000/pa");
    let unknown = house.call("GET", "/P/B-9/25000/pa");
    let mut seen: Vec<_> = [good.clone(), unknown].map(|call| (call.clone(), house.ask(&call))).into();
    house.lose_the_books();
    // The third is not answered for want of books, the fourth is one too many.
    seen.extend([good.clone(), good].map(|call| (call.clone(), house.ask(&call))));
    seen
}

fn too_slow() -> Vec<(Call, Reply)> {
    let house = House::within(Limits { still: Duration::from_millis(20), ..Limits::default() });
    let calls = [house.upload(&house.till.run(1..=1)), house.enrolment(22)];
    let heads = calls.map(|call| {
        let mut client = house.connect();
        client.send(&call.head());
        (call, client.reply())
    });
    heads.into()
}

fn too_many() -> Option<(Call, Reply)> {
    let house = House::within(Limits { enrolments_a_minute: 1, ..Limits::default() });
    let call = house.enrolment(23);
    house.ask(&call);
    let reply = house.ask(&call);
    Some((call, reply))
}

fn without_books() -> Vec<(Call, Reply)> {
    let house = House::new();
    let calls = [
        house.enrolment(24),
        house.upload(&house.till.run(1..=1)),
        house.book(&house.till.till, 0).signed(&house.till.key),
        house.call("GET", "/v1/health"),
        house.call("GET", "/V"),
    ];
    house.lose_the_books();
    calls.map(|call| (call.clone(), house.ask(&call))).into()
}
