//! Requests that must not be taken, and what their senders are told.

use crate::house::{Call, House, gzip};
use crate::support::{account, demand, now};
use raseed_head_office::server::Limits;
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::journal::Mode;
use raseed_protocol::keys::SigningKey;
use raseed_protocol::wire::{MAX_UPLOAD_BYTES, ProblemCode, UploadReply};

const BAD_REQUEST: (u16, ProblemCode) = (400, ProblemCode::BadRequest);
const BAD_SIGNATURE: (u16, ProblemCode) = (401, ProblemCode::BadSignature);

/// The house still takes the journal as if nothing had been.
fn assert_nothing_was_kept(house: &House) {
    let reply: UploadReply = house.ask(&house.upload(&house.till.run_of(&[]))).json();
    let office = house.office.certificate().office().unwrap();
    assert_eq!(Acknowledgement::verify(&reply.acknowledgement, office).unwrap().through.0, 0);
}

#[test]
fn a_packed_body_that_is_damaged_is_refused() {
    let house = House::new();
    let packed = gzip(&house.till.run(1..=1));
    let send = |body: &[u8]| house.ask(&house.packed_upload(b"").body(body).signed(&house.till.key)).problem();
    for cut in 0..packed.len() {
        assert_eq!(send(&packed[..cut]), BAD_REQUEST, "cut at {cut}");
    }
    let mut wrong_sum = packed.clone();
    wrong_sum[packed.len() - 6] ^= 1;
    assert_eq!(send(&wrong_sum), BAD_REQUEST);
    assert_eq!(send(&[packed.clone(), b"more".to_vec()].concat()), BAD_REQUEST);
    assert_nothing_was_kept(&house);
}

#[test]
fn a_body_that_unpacks_to_too_much_is_refused() {
    let house = House::new();
    let bomb = gzip(&vec![0; 16 * MAX_UPLOAD_BYTES]);
    assert!(bomb.len() < MAX_UPLOAD_BYTES / 10);
    let call = house.packed_upload(b"").body(&bomb).signed(&house.till.key);
    assert_eq!(house.ask(&call).problem(), (413, ProblemCode::TooLarge));
}

#[test]
fn a_body_may_be_as_large_as_is_said_and_not_larger() {
    let house = House::new();
    assert_eq!(house.ask(&house.upload(&vec![0; MAX_UPLOAD_BYTES])).problem(), BAD_REQUEST, "read, and not a run");
    let larger = house.upload(&vec![0; MAX_UPLOAD_BYTES + 1]);
    assert_eq!(house.ask(&larger).problem(), (413, ProblemCode::TooLarge));
}

#[test]
fn a_body_that_is_announced_too_large_is_refused_before_it_is_sent() {
    let house = House::new();
    let call = house.upload(b"").header("content-length", &(MAX_UPLOAD_BYTES + 5000).to_string());
    assert_eq!(house.ask(&call).problem(), (413, ProblemCode::TooLarge));
}

#[test]
fn a_body_of_unknown_length_is_bounded_too() {
    let house = House::new();
    let chunk = format!("1388\r\n{}\r\n0\r\n\r\n", " ".repeat(0x1388));
    let call = house.enrolment(9).header("transfer-encoding", "chunked").body(chunk.as_bytes());
    assert_eq!(house.ask(&call).problem(), (413, ProblemCode::TooLarge));
}

#[test]
fn what_is_not_signed_is_not_read() {
    let house = House::new();
    let good = house.upload(&house.till.run(1..=1));
    for name in ["content-digest", "signature-input", "signature", "host"] {
        assert_eq!(house.ask(&good.clone().without(name)).problem().0, 401, "{name}");
        let mut twice = good.clone();
        twice.headers.extend(good.headers.iter().find(|(known, _)| known == name).cloned());
        assert_eq!(house.ask(&twice).problem().0, 401, "{name} twice");
    }
    for (name, value) in
        [("signature", "raseed=:AAAA:"), ("signature-input", "x"), ("content-digest", "sha-256=:AA==:")]
    {
        assert_eq!(house.ask(&good.clone().header(name, value)).problem(), BAD_SIGNATURE, "{name}");
    }
    assert_eq!(house.ask(&good.clone().header("signature", "ä")).problem(), BAD_SIGNATURE);
    assert_nothing_was_kept(&house);
}

#[test]
fn a_signature_counts_for_what_was_signed_alone() {
    let house = House::new();
    let good = house.upload(&house.till.run(1..=1));
    let changed = |change: &dyn Fn(&mut Call)| {
        let mut call = good.clone();
        change(&mut call);
        house.ask(&call).problem()
    };
    assert_eq!(changed(&|call| call.target.push_str("?x")), BAD_SIGNATURE);
    assert_eq!(changed(&|call| call.headers[0].1 = "other.example".into()), BAD_SIGNATURE);
    assert_eq!(changed(&|call| call.body.push(0)), BAD_REQUEST);
    let book = house.book(&house.till.till, 0).signed(&house.till.key);
    assert_eq!(
        house.ask(&Call { target: "/v1/tills/SAS07/book?since=1".into(), ..book.clone() }).problem(),
        BAD_SIGNATURE
    );
    assert_eq!(house.ask(&Call { target: "/v1/tills/SAS07/book".into(), ..book }).problem(), BAD_SIGNATURE);
    assert_nothing_was_kept(&house);
}

#[test]
fn a_till_speaks_for_itself_alone() {
    let house = House::new();
    let other = "SAS08".parse().unwrap();
    house.office.add_till(&other, "SAS08").unwrap();
    let stranger = SigningKey::from_seed(&[8; 32]);
    assert_eq!(house.ask(&house.upload(&house.till.run(1..=1)).signed(&stranger)).problem(), BAD_SIGNATURE);
    assert_eq!(house.ask(&house.book(&house.till.till, 0).signed(&stranger)).problem(), BAD_SIGNATURE);
    // It was added, but never enrolled: it has no key that could sign.
    let unknown = (403, ProblemCode::UnknownTill);
    assert_eq!(house.ask(&house.book(&other, 0).signed(&house.till.key)).problem(), unknown);
}

#[test]
fn an_old_life_of_a_till_is_no_longer_listened_to() {
    let house = House::new();
    house.ask(&house.enrolment(9)).json::<serde_json::Value>();
    assert_eq!(house.ask(&house.book(&house.till.till, 0).signed(&house.till.key)).problem(), BAD_SIGNATURE);
}

#[test]
fn a_till_that_is_not_known_is_told_so() {
    let house = House::new();
    for name in ["NOBODY", "%53AS07", "a%20b", "waytoolongforatill", "%FF", "S'--"] {
        let call = house.call("GET", &format!("/v1/tills/{name}/book?since=0")).signed(&house.till.key);
        assert_eq!(house.ask(&call).problem(), (403, ProblemCode::UnknownTill), "{name}");
    }
}

#[test]
fn a_revoked_till_is_told_so_whatever_it_sends() {
    let house = House::new();
    house.office.revoke(&house.till.till).unwrap();
    let revoked = (403, ProblemCode::Revoked);
    assert_eq!(house.ask(&house.upload(&house.till.run(1..=1))).problem(), revoked);
    assert_eq!(house.ask(&house.book(&house.till.till, 0).signed(&house.till.key)).problem(), revoked);
}

/// A connection that is closed while a till still writes would take the answer with it.
#[test]
fn a_till_that_is_refused_may_speak_to_its_end_and_then_hears_why() {
    let house = House::new();
    house.office.revoke(&house.till.till).unwrap();
    let call = house.upload(&[0; 100_000]);
    let mut client = house.connect();
    client.send(&call.head());
    call.body.iter().for_each(|byte| client.send(&[*byte]));
    assert_eq!(client.reply().problem(), (403, ProblemCode::Revoked));
}

#[test]
fn another_kind_of_body_is_refused() {
    let house = House::new();
    let run = house.till.run(1..=1);
    for (name, value) in [("content-type", "application/cbor"), ("content-encoding", "br"), ("content-encoding", "")] {
        let call = house.upload(&run).header(name, value);
        assert_eq!(house.ask(&call).problem(), (415, ProblemCode::BadRequest), "{name}: {value}");
    }
    assert_eq!(house.ask(&house.enrolment(9).header("content-type", "text/json")).problem().0, 415);
    assert_eq!(house.ask(&house.enrolment(9).without("content-type")).problem().0, 415);
}

#[test]
fn an_enrolment_that_cannot_be_read_is_not_quoted() {
    let house = House::new();
    let call = house.call("POST", "/v1/enrol").header("content-type", "application/json; charset=utf-8");
    let reply = house.ask(&call.body(br#"{"code":"SECRET-CODE-HERE"}"#));
    assert_eq!(reply.problem(), BAD_REQUEST);
    assert!(!String::from_utf8_lossy(&reply.body).contains("SECRET"));
}

#[test]
fn guessing_codes_is_slowed_down() {
    let house = House::within(Limits { enrolments_a_minute: 2, ..Limits::default() });
    let guess = house.enrolment(9).body(b"{}");
    assert_eq!(house.ask(&guess).problem(), BAD_REQUEST);
    assert_eq!(house.ask(&guess).problem(), BAD_REQUEST);
    let reply = house.ask(&house.enrolment(9));
    assert_eq!(reply.problem(), (429, ProblemCode::TooMany));
    assert_eq!(reply.header("retry-after"), Some("60"));
    assert_nothing_was_kept(&house);
}

#[test]
fn what_is_not_there_is_refused_in_our_form() {
    let house = House::new();
    for target in ["/", "/v1", "/v1/enrol/", "/v1/tills/SAS07", "/v1/tills/SAS07/journal/1", "//v1/health", "/v1/%00"] {
        assert_eq!(house.ask(&house.call("GET", target)).problem(), (404, ProblemCode::NotFound), "{target}");
    }
    for (method, target, allowed) in
        [("GET", "/v1/enrol", "POST"), ("PUT", "/v1/tills/SAS07/journal", "POST"), ("POST", "/v1/health", "GET,HEAD")]
    {
        let reply = house.ask(&house.call(method, target));
        assert_eq!(reply.problem(), (405, ProblemCode::BadRequest), "{method} {target}");
        assert_eq!(reply.header("allow"), Some(allowed));
    }
}

#[test]
fn an_upload_that_could_be_taken_in_part_is_an_answer_and_not_a_refusal() {
    let mut house = House::new();
    let book = account("A-1", vec![demand("B-1", "2026-10", 30_000, 5_000)]);
    house.till.collect(&book, 10_000, Mode::Cash, now());
    house.till.collect(&book, 10_000, Mode::Cash, now());
    let gap: UploadReply = house.ask(&house.upload(&house.till.run(2..=3))).json();
    assert!(gap.refused.is_some());
    let mut bad = house.till.run(1..=2);
    let last = bad.len() - 1;
    bad[last] ^= 1;
    let part: UploadReply = house.ask(&house.upload(&bad)).json();
    assert!(part.refused.is_some());
    let all: UploadReply = house.ask(&house.upload(&house.till.run(1..=3))).json();
    assert_eq!(all.refused, None);
}
