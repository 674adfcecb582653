//! Uploads: repeats, gaps, forks, bad entries, strangers; and a store that fails.

use crate::support::*;
use raseed_head_office::OfficeError;
use raseed_protocol::book::Account;
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::{Body, ForkProof, Mode, ShiftOpened, SignedEntry, TillKeys, TillOpened};
use raseed_protocol::keys::{Hash, SigningKey};
use raseed_protocol::time::WallMs;
use raseed_protocol::wire::{MAX_UPLOAD_BYTES, ProblemCode, Refusal};

fn household() -> Account {
    account("A-1", vec![demand("B-1", "2026-11", 20_000, 5_000)])
}

/// Before the bill is due, so that till and office settle alike.
fn in_time() -> WallMs {
    noon("2026-11-10")
}

/// An office with one household, and a till that collected three times from it.
fn collected() -> (Fixture, TestTill) {
    let fixture = Fixture::with(vec![household()]);
    let mut till = fixture.till("SAS07", 3);
    for amount in [1_000, 2_000, 3_000] {
        till.collect(&household(), amount, Mode::Cash, in_time());
    }
    (fixture, till)
}

#[test]
fn a_repeat_is_answered_and_changes_nothing() {
    let (fixture, till) = collected();
    let first = till.send(&fixture);
    assert_eq!((through(&fixture, &first), first.refused.clone()), (4, None));
    let before = fixture.office.ledger_report().unwrap();
    assert_eq!(till.send(&fixture), first);
    let part = fixture.office.receive(&till.till, &till.run(2..=3), now()).unwrap();
    assert_eq!((through(&fixture, &part), part.refused), (4, None));
    let nothing = fixture.office.receive(&till.till, &till.run_of(&[]), now()).unwrap();
    assert_eq!(through(&fixture, &nothing), 4);
    assert_eq!(fixture.office.ledger_report().unwrap(), before);
    assert_eq!(fixture.balance("cash:SAS07"), 6_000);
    fixture.assert_books_are_right();
}

#[test]
fn after_a_gap_nothing_is_taken_and_the_till_learns_from_where_to_send() {
    let (fixture, till) = collected();
    let reply = fixture.office.receive(&till.till, &till.run(2..=4), now()).unwrap();
    assert_eq!((through(&fixture, &reply), reply.refused), (0, Some(Refusal::Gap { expected: Sequence(1) })));
    let hole = till.run_of(&[&till.entries[0], &till.entries[1], &till.entries[3]]);
    let reply = fixture.office.receive(&till.till, &hole, now()).unwrap();
    assert_eq!((through(&fixture, &reply), reply.refused), (2, Some(Refusal::Gap { expected: Sequence(3) })));
    assert_eq!(fixture.balance("cash:SAS07"), 1_000);
    till.send(&fixture);
    assert_eq!(fixture.balance("cash:SAS07"), 6_000);
}

#[test]
fn another_entry_at_a_held_place_is_an_alarm_with_proof() {
    let (fixture, till) = collected();
    let mut copy = till.copy(3);
    let mut till = till;
    till.collect(&household(), 4_000, Mode::Cash, in_time());
    till.send(&fixture);
    copy.collect(&household(), 9_000, Mode::Cash, in_time());
    let reply = copy.send(&fixture);
    assert_eq!((through(&fixture, &reply), &reply.refused), (5, &Some(Refusal::Fork { at: Sequence(5) })));
    assert_eq!(codes(&reply), [(5, "fork")]);
    assert_eq!(copy.send(&fixture), reply, "the alarm is told again");
    let forks = fixture.office.forks().unwrap();
    assert_eq!(forks.len(), 1);
    let proof = ForkProof::check(&TillKeys::of(&till.certificate).unwrap(), &forks[0].held, &forks[0].other).unwrap();
    assert_eq!(proof.at.to_string(), "SAS07-1-5");
    assert_eq!(fixture.balance("cash:SAS07"), 10_000, "the fork moved no money");
    fixture.assert_books_are_right();
}

#[test]
fn what_comes_before_a_bad_entry_is_kept() {
    let (fixture, till) = collected();
    let mut damaged = till.entries[2].clone();
    *damaged.last_mut().unwrap() ^= 1;
    let run = till.run_of(&[&till.entries[0], &till.entries[1], &damaged, &till.entries[3]]);
    let reply = fixture.office.receive(&till.till, &run, now()).unwrap();
    assert_eq!(through(&fixture, &reply), 2);
    assert!(matches!(reply.refused, Some(Refusal::BadEntry { at: Sequence(3), .. })));
    let mut cut = till.run(1..=4);
    cut.truncate(cut.len() - 1);
    let reply = fixture.office.receive(&till.till, &cut, now()).unwrap();
    assert_eq!(through(&fixture, &reply), 3);
    assert!(matches!(reply.refused, Some(Refusal::BadEntry { at: Sequence(4), .. })));
    till.send(&fixture);
    assert_eq!(fixture.balance("cash:SAS07"), 6_000);
    fixture.assert_books_are_right();
}

#[test]
fn an_entry_that_breaks_the_chain_is_not_taken() {
    let (fixture, mut till) = collected();
    let mut receipt = till.receipt(&household(), 1_000, Mode::Cash, in_time());
    receipt.receipts += 1;
    let wrong = till.sign(now(), Body::Receipt(receipt)).bytes().to_vec();
    till.entries.push(wrong);
    let reply = till.send(&fixture);
    assert_eq!(through(&fixture, &reply), 4);
    assert!(matches!(reply.refused, Some(Refusal::BadEntry { at: Sequence(5), .. })));
}

#[test]
fn strangers_are_refused() {
    let (fixture, till) = collected();
    let other_office = Fixture::new();
    let code = |result: Result<_, OfficeError>| {
        result.map(|_: raseed_protocol::wire::UploadReply| ()).unwrap_err().problem().code
    };
    let run = till.run(1..=4);
    let second = fixture.till("SAS08", 4);
    assert_eq!(code(fixture.office.receive(&second.till, &run, now())), ProblemCode::UnknownTill);
    assert_eq!(code(other_office.office.receive(&till.till, &run, now())), ProblemCode::UnknownTill);
    assert_eq!(code(fixture.office.receive(&till.till, b"no run", now())), ProblemCode::BadRequest);
    let long = vec![0; MAX_UPLOAD_BYTES + 1];
    assert_eq!(code(fixture.office.receive(&till.till, &long, now())), ProblemCode::TooLarge);
    let mut of_other_key = second;
    of_other_key.entries = till.entries.clone();
    let reply = of_other_key.send(&fixture);
    assert!(matches!(reply.refused, Some(Refusal::BadEntry { at: Sequence(1), .. })));
    assert_eq!(fixture.balance("cash:SAS07"), 0);
}

/// Signed by our own root key, but not in the books: a restored backup of the office must not take it for known.
#[test]
fn a_certificate_that_the_books_do_not_know_is_refused() {
    let (fixture, till) = collected();
    let root = SigningKey::from_seed(&{
        let mut seed = [0; 32];
        entropy(1)(&mut seed);
        seed
    });
    let mut certificate = till.certificate.certificate().clone();
    certificate.not_after_s += 1;
    let stranger = TestTill { certificate: certificate.seal(&root).unwrap(), ..till };
    let refused = fixture.office.receive(&stranger.till, &stranger.run(1..=4), now());
    assert!(matches!(refused, Err(OfficeError::OtherTill(_))), "{refused:?}");
}

#[test]
fn a_store_that_fails_keeps_nothing_and_acknowledges_nothing() {
    let (fixture, till) = collected();
    let books = rusqlite::Connection::open(fixture.folder.join("office.sqlite")).unwrap();
    // In the middle of posting the last receipt; and at the very end, while committing.
    for broken in ["INSERT ON ledger_posting WHEN new.amount = 3000", "INSERT ON ledger_balance WHEN true"] {
        let trigger = format!("CREATE TRIGGER broken BEFORE {broken} BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        books.execute_batch(&trigger).unwrap();
        let refused = fixture.office.receive(&till.till, &till.run(1..=4), now()).unwrap_err();
        assert_eq!(refused.problem().code, ProblemCode::Unavailable);
        assert!(!refused.problem().detail.contains("disk full"), "what ails the office is not the till's business");
        let stored: i64 = books.query_row("SELECT count(*) FROM journal_entry", [], |row| row.get(0)).unwrap();
        assert_eq!((stored, fixture.balance("cash:SAS07")), (0, 0));
        books.execute_batch("DROP TRIGGER broken").unwrap();
    }
    assert_eq!(through(&fixture, &till.send(&fixture)), 4);
    assert_eq!(fixture.balance("cash:SAS07"), 6_000);
    fixture.assert_books_are_right();
}

#[test]
fn an_entry_from_the_end_of_all_numbers_does_not_stop_the_ones_before_it() {
    let (fixture, mut till) = collected();
    let mut last = till.sign(in_time(), Body::ShiftOpened(ShiftOpened { number: 1, float: paise(0) })).entry().clone();
    last.sequence = Sequence(u64::MAX - 1);
    till.entries.push(SignedEntry::sign(last, &till.key).unwrap().bytes().to_vec());
    let reply = till.send(&fixture);
    assert_eq!((through(&fixture, &reply), reply.refused), (4, Some(Refusal::Gap { expected: Sequence(5) })));
}

#[test]
fn tills_upload_at_the_same_time() {
    let fixture = Fixture::with(vec![household()]);
    let mut tills: Vec<TestTill> = (1..=4).map(|n| fixture.till(&format!("SAS{n}"), n)).collect();
    for till in &mut tills {
        (0..40).for_each(|_| _ = till.collect(&household(), 700, Mode::Cash, in_time()));
    }
    std::thread::scope(|scope| {
        for till in &tills {
            scope.spawn(|| {
                for first in (1..=41).step_by(10) {
                    let run = till.run(first..=(first + 9).min(41));
                    assert_eq!(fixture.office.receive(&till.till, &run, now()).unwrap().refused, None);
                    fixture.office.book_page(&till.till, 0, now()).unwrap();
                }
            });
        }
    });
    assert_eq!(fixture.balance("cash:SAS1") + fixture.balance("cash:SAS4"), 2 * 40 * 700);
    fixture.assert_books_are_right();
}

#[test]
fn the_rest_of_an_old_journal_still_comes_in_after_a_new_enrolment() {
    let (fixture, mut old) = collected();
    fixture.office.receive(&old.till, &old.run(1..=2), now()).unwrap();
    let mut new = fixture.life(&old.till, 4);
    let before = Some((old.chain.incarnation(), old.chain.last(), old.chain.head()));
    let (receipts, grand_total) = (old.chain.receipts(), old.chain.grand_total());
    let opened = TillOpened { program: "test".into(), before, receipts, grand_total };
    new.write(now(), Body::TillOpened(opened));
    old.send(&fixture);
    assert_eq!(codes(&new.send(&fixture)), []);
    assert_eq!(fixture.page(&new, 0).counted, Some((new.chain.incarnation(), Sequence(1))));
    old.write(now(), Body::ShiftOpened(ShiftOpened { number: 1, float: paise(0) }));
    assert_eq!(through(&fixture, &old.send(&fixture)), 5);
    fixture.assert_books_are_right();
}

#[test]
fn a_journal_that_does_not_go_on_where_the_old_one_ends_is_pointed_out() {
    let (fixture, old) = collected();
    old.send(&fixture);
    let (incarnation, last, head) = (old.chain.incarnation(), old.chain.last(), old.chain.head());
    let total = paise(6_000);
    for (seed, before, receipts, grand_total) in [
        (4, Some((incarnation, Sequence(3), head)), 3, total),
        (5, Some((incarnation, last, Hash::of(b"another"))), 3, total),
        (6, Some((incarnation, last, head)), 2, total),
        (7, Some((incarnation, last, head)), 3, paise(6_001)),
        (8, None, 0, paise(0)),
    ] {
        let mut new = fixture.life(&old.till, seed);
        new.write(now(), Body::TillOpened(TillOpened { program: "test".into(), before, receipts, grand_total }));
        assert_eq!(codes(&new.send(&fixture)), [(1, "opening-differs")], "{seed}");
    }
}
