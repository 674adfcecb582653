//! What a till does on a good day: enrol, send its journal, fetch the book.

use crate::house::House;
use crate::support::{account, demand, now};
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::book::BookPage;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::journal::Mode;
use raseed_protocol::storage::StorageClass;
use raseed_protocol::wire::{BOOK_PAGE_MEDIA_TYPE, EnrolReply, UploadReply};
use std::io::Read;

#[test]
fn a_device_enrols_and_the_same_request_again_gets_the_same_certificate() {
    let house = House::new();
    let call = house.enrolment(9);
    let first: EnrolReply = house.ask(&call).json();
    assert_eq!(first.till, house.till.till);
    assert!(SignedCertificate::verify(&first.certificate, &house.office.root_key()).is_ok());
    assert_eq!(house.ask(&call).json::<EnrolReply>(), first);
}

#[test]
fn a_journal_is_taken_plain_or_packed_and_acknowledged() {
    let mut house = House::new();
    let book = account("A-1", vec![demand("B-1", "2026-10", 30_000, 5_000)]);
    house.till.collect(&book, 10_000, Mode::Cash, now());
    let through = |reply: UploadReply| {
        assert_eq!(reply.refused, None);
        Acknowledgement::verify(&reply.acknowledgement, house.office.certificate().office().unwrap()).unwrap().through.0
    };
    assert_eq!(through(house.ask(&house.upload(&house.till.run(1..=1))).json()), 1);
    assert_eq!(through(house.ask(&house.packed_upload(&house.till.run(1..=2))).json()), 2);
    assert_eq!(through(house.ask(&house.packed_upload(&house.till.run(1..=2))).json()), 2, "a repeat is an answer");
}

#[test]
fn what_a_device_says_of_its_storage_is_kept_with_its_life_and_never_refuses_an_entry() {
    let mut house = House::new();
    let book = account("A-1", vec![demand("B-1", "2026-10", 30_000, 5_000)]);
    house.till.collect(&book, 10_000, Mode::Cash, now());
    let said = |query: &str| {
        let mut call = house.upload(&house.till.run(1..=1));
        call.target.push_str(query);
        house.ask(&call.signed(&house.till.key)).json::<UploadReply>();
        house.office.tills().unwrap()[0].1.last().unwrap().storage.map(|(class, _)| class)
    };
    assert_eq!(said(""), None, "an old till says nothing");
    assert_eq!(said("?storage=needs-syncfs"), Some(StorageClass::NeedsSyncfs));
    for other in ["", "?storage=of-the-future", "?storage=", "?other=1", "?storage=flushes&more=1"] {
        assert_eq!(said(other), Some(StorageClass::NeedsSyncfs), "{other}");
    }
    assert_eq!(said("?storage=flushes"), Some(StorageClass::Flushes));
    let mut unsigned = house.upload(&house.till.run(1..=1));
    unsigned.target.push_str("?storage=in-memory");
    assert_eq!(house.ask(&unsigned).status, 401, "what is said stands under the signature");
}

#[test]
fn the_book_comes_as_signed_plain_or_packed() {
    let house = House::new();
    let call = house.book(&house.till.till, 0).signed(&house.till.key);
    let plain = house.ask(&call);
    assert_eq!((plain.status, plain.header("content-type")), (200, Some(BOOK_PAGE_MEDIA_TYPE)));
    assert_eq!(plain.header("content-encoding"), None);
    let page = BookPage::verify(&plain.body, house.office.certificate().office().unwrap()).unwrap();
    assert_eq!(page.accounts.len(), 1);
    let packed = house.ask(&call.header("accept-encoding", "gzip"));
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(packed.body.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
}

#[test]
fn requests_may_be_pipelined() {
    let house = House::new();
    let mut client = house.connect();
    let book = house.book(&house.till.till, 0).signed(&house.till.key).bytes();
    let journal = house.upload(&house.till.run(1..=1)).bytes();
    let health = house.call("GET", "/v1/health").bytes();
    client.send(&[journal, health, book].concat());
    let kinds: Vec<_> = (0..3).map(|_| client.reply().header("content-type").unwrap().to_owned()).collect();
    assert_eq!(kinds, ["application/json", "application/json", BOOK_PAGE_MEDIA_TYPE]);
}

#[test]
fn every_answer_is_guarded() {
    let house = House::new();
    for target in ["/v1/health", "/v1/keys", "/nothing", "/v1/enrol"] {
        let reply = house.ask(&house.call("GET", target));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{target}");
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(reply.header("content-security-policy"), Some("default-src 'none'; frame-ancestors 'none'"));
    }
}
