//! One code, one key, one certificate; and what a revoked till may still do.

use crate::support::*;
use raseed_head_office::{CODE_LIFE_MS, OfficeError};
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::ids::{Incarnation, TillId};
use raseed_protocol::keys::{Signer, SigningKey};
use raseed_protocol::profile::Profile;
use raseed_protocol::time::WallMs;
use raseed_protocol::wire::{EnrolRequest, EnrolmentCode, ProblemCode};

fn till() -> TillId {
    "SAS07".parse().unwrap()
}

fn refused(result: Result<impl Sized, OfficeError>) -> ProblemCode {
    result.err().expect("should be refused").problem().code
}

#[test]
fn the_same_request_gets_the_same_certificate_and_another_key_gets_nothing() {
    let office = Fixture::new().office;
    office.add_till(&till(), "Counter 7").unwrap();
    office.add_till(&till(), "Counter 7").unwrap();
    assert!(matches!(office.add_till(&till(), "Counter 8"), Err(OfficeError::TillExists(_))));
    for name in ["", " ", "a\nb", &"x".repeat(41)] {
        assert!(matches!(office.add_till(&till(), name), Err(OfficeError::BadTillName)), "{name:?}");
    }
    let link = office.new_enrolment(&till(), "https://water.example/", now(), &mut entropy(3)).unwrap();
    assert_eq!(link.office_url, URL);
    let key = SigningKey::from_seed(&[3; 32]);
    let request = EnrolRequest::new(link.code.clone(), &key, vec![]).unwrap();
    let first = office.enrol(&request, now()).unwrap();
    assert_eq!(office.enrol(&request, WallMs(now().0 + 2 * CODE_LIFE_MS)).unwrap().certificate, first.certificate);
    let certificate = SignedCertificate::verify(&first.certificate, &link.root_key).unwrap();
    assert_eq!(certificate.till(), Ok((&till(), Incarnation(1))));
    assert_eq!(office.till_key(&till()).unwrap(), key.public_key());
    let other = EnrolRequest::new(link.code, &SigningKey::from_seed(&[4; 32]), vec![]).unwrap();
    assert_eq!(refused(office.enrol(&other, now())), ProblemCode::CodeNotValid);
}

#[test]
fn a_wrong_old_or_replaced_code_is_refused() {
    let office = Fixture::new().office;
    office.add_till(&till(), "Counter 7").unwrap();
    let key = SigningKey::from_seed(&[3; 32]);
    let request = |code: &EnrolmentCode| EnrolRequest::new(code.clone(), &key, vec![]).unwrap();
    let wrong = request(&EnrolmentCode::from_random([9; 8]));
    assert_eq!(refused(office.enrol(&wrong, now())), ProblemCode::CodeNotValid);
    let replaced = office.new_enrolment(&till(), URL, now(), &mut entropy(3)).unwrap();
    let link = office.new_enrolment(&till(), URL, now(), &mut entropy(4)).unwrap();
    assert_eq!(refused(office.enrol(&request(&replaced.code), now())), ProblemCode::CodeNotValid);
    let too_late = WallMs(now().0 + CODE_LIFE_MS + 1);
    assert_eq!(refused(office.enrol(&request(&link.code), too_late)), ProblemCode::CodeNotValid);
    let forged = EnrolRequest { proof: vec![0; 64], ..request(&link.code) };
    assert_eq!(refused(office.enrol(&forged, now())), ProblemCode::BadSignature);
    assert!(office.enrol(&request(&link.code), now()).is_ok());
}

#[test]
fn each_enrolment_begins_the_next_life_with_a_key_of_its_own() {
    let fixture = Fixture::new();
    fixture.till("SAS07", 3);
    let second = fixture.life(&till(), 4);
    assert_eq!(second.certificate.till().unwrap().1, Incarnation(2));
    assert_eq!(fixture.office.till_key(&till()).unwrap(), SigningKey::from_seed(&[4; 32]).public_key());
    let link = fixture.office.new_enrolment(&till(), URL, now(), &mut entropy(5)).unwrap();
    let old_key = EnrolRequest::new(link.code, &SigningKey::from_seed(&[3; 32]), vec![]).unwrap();
    assert!(matches!(fixture.office.enrol(&old_key, now()), Err(OfficeError::KeyUsedBefore)));
}

#[test]
fn only_the_hash_of_a_code_is_in_the_books() {
    let fixture = Fixture::new();
    fixture.office.add_till(&till(), "Counter 7").unwrap();
    let code = fixture.office.new_enrolment(&till(), URL, now(), &mut entropy(3)).unwrap().code;
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(&fixture.folder).unwrap() {
        bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    let shown = code.to_string();
    for text in [code.as_str(), &shown] {
        assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()));
    }
}

#[test]
fn a_revoked_till_is_heard_by_hand_alone() {
    let fixture = Fixture::with(vec![account("A-1", vec![])]);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&account("A-1", vec![]), 5_000, raseed_protocol::journal::Mode::Cash, now());
    fixture.office.revoke(&till.till).unwrap();
    fixture.office.revoke(&till.till).unwrap();
    let run = till.run(1..=2);
    assert_eq!(refused(fixture.office.receive(&till.till, &run, now())), ProblemCode::Revoked);
    assert_eq!(refused(fixture.office.book_page(&till.till, 0, now())), ProblemCode::Revoked);
    assert_eq!(refused(fixture.office.till_key(&till.till)), ProblemCode::Revoked);
    assert_eq!(refused(fixture.office.new_enrolment(&till.till, URL, now(), &mut entropy(8))), ProblemCode::Revoked);
    assert_eq!(fixture.balance("cash:SAS07"), 0);
    assert_eq!(through(&fixture, &fixture.office.receive_by_hand(&run, now()).unwrap()), 2);
    assert_eq!(fixture.balance("cash:SAS07"), 5_000);
}

#[test]
fn an_unknown_till_or_a_bad_address_is_refused() {
    let office = Fixture::new().office;
    assert_eq!(refused(office.till_key(&till())), ProblemCode::UnknownTill);
    assert_eq!(refused(office.revoke(&till())), ProblemCode::UnknownTill);
    assert_eq!(refused(office.new_enrolment(&till(), URL, now(), &mut entropy(8))), ProblemCode::UnknownTill);
    office.add_till(&till(), "Counter 7").unwrap();
    assert_eq!(refused(office.till_key(&till())), ProblemCode::UnknownTill);
    let open_line = office.new_enrolment(&till(), "http://water.example", now(), &mut entropy(8));
    assert_eq!(refused(open_line), ProblemCode::BadRequest);
}

#[test]
fn a_device_is_told_what_its_till_is_used_for() {
    let fixture = Fixture::new();
    let till: TillId = "SAS07".parse().unwrap();
    assert!(fixture.office.set_profile(&till, Profile::Kiosk).is_err(), "no such till");
    fixture.office.add_till(&till, "SAS07").unwrap();
    let enrol = |seed| {
        let link = fixture.office.new_enrolment(&till, URL, now(), &mut entropy(seed)).unwrap();
        let request = EnrolRequest::new(link.code, &SigningKey::from_seed(&[seed; 32]), vec![]).unwrap();
        fixture.office.enrol(&request, now()).unwrap().profile
    };
    assert_eq!(enrol(3), Profile::Collector);
    fixture.office.set_profile(&till, Profile::Kiosk).unwrap();
    assert_eq!(enrol(4), Profile::Kiosk);
}
