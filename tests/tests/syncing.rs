//! Till and head office over a line that loses things: whatever happens, money is counted once.

use proptest::prelude::*;
use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;
use raseed_tests::world::{BookShape, Fault, World, all_adds_up, book, collect, rupees};
use raseed_till::sync::SyncError;
use raseed_till::{Till, TillError};

fn today() -> Day {
    "2026-11-22".parse().expect("a day")
}

fn a(n: u32) -> AccountId {
    format!("A-{n}").parse().expect("a consumer number")
}

fn world(accounts: u32, months: u16) -> World {
    World::new(11, today(), book(BookShape { accounts, months, fees: true }, today()))
}

fn payable(till: &Till, account: &AccountId) -> Paise {
    till.household(account).expect("in the book").dues.payable
}

#[test]
fn what_is_owed_does_not_change_by_syncing() {
    let mut world = world(3, 4);
    let (_, mut till) = world.till("SAS07");
    collect(&mut till, &a(1), rupees(200)).unwrap();
    let before = till.household(&a(1)).unwrap();
    assert_eq!(before.as_of.own_entries, 1);
    world.sync(&mut till).unwrap();
    let after = till.household(&a(1)).unwrap();
    assert_eq!(after.as_of.own_entries, 0, "the book has counted it");
    assert_eq!((after.dues, after.account.demands), (before.dues, before.account.demands));
}

#[test]
fn a_bill_paid_twice_while_apart_becomes_an_advance_and_is_flagged() {
    let mut world = world(3, 2);
    let (_, mut one) = world.till("SAS07");
    let (_, mut two) = world.till("SAS08");
    let due = payable(&one, &a(1));
    collect(&mut one, &a(1), due).unwrap();
    collect(&mut two, &a(1), due).unwrap();
    world.sync(&mut one).unwrap();
    world.sync(&mut two).unwrap();
    let notices = two.queue(0).unwrap().notices;
    assert!(notices.iter().any(|(_, code, _)| code == "paid-twice"), "{notices:?}");
    assert!(one.queue(0).unwrap().notices.is_empty());
    assert_eq!(two.household(&a(1)).unwrap().account.advance, due);
    world.sync(&mut one).unwrap();
    assert_eq!(one.household(&a(1)).unwrap().account.advance, due);
    assert!(world.office.exceptions().unwrap().iter().any(|exception| exception.code == "paid-twice"));
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

#[test]
fn a_lost_answer_is_asked_for_again_and_nothing_is_doubled() {
    let mut world = world(3, 2);
    let (_, mut till) = world.till("SAS07");
    collect(&mut till, &a(1), rupees(50)).unwrap();
    world.line.plan([Fault::AnswerLost, Fault::AnswerLost]);
    let report = world.sync(&mut till).unwrap();
    assert_eq!((report.retries, till.standing().unsent), (2, 0));
    assert_eq!(world.office.verify_books().unwrap().findings, []);
    assert_eq!(payable(&till, &a(2)) - payable(&till, &a(1)), rupees(50));
}

#[test]
fn a_damaged_or_forged_answer_changes_nothing() {
    let mut world = world(3, 2);
    let (_, mut till) = world.till("SAS07");
    collect(&mut till, &a(1), rupees(50)).unwrap();
    let before = (till.standing(), till.projections().unwrap());
    world.line.plan([Fault::AnswerDamaged]);
    assert_eq!(world.sync(&mut till).unwrap_err().code(), "not-the-office");
    assert_eq!((till.standing(), till.projections().unwrap()), before);
    world.line.plan([Fault::None, Fault::AnswerDamaged]);
    assert_eq!(world.sync(&mut till).unwrap_err().code(), "not-the-office");
    assert_eq!(till.standing().unsent, 0, "what got through stays through");
    world.sync(&mut till).unwrap();
}

#[test]
fn an_entry_that_is_not_taken_does_not_keep_the_book_away() {
    let mut world = world(3, 2);
    let (_, mut one) = world.till("SAS07");
    let (_, mut two) = world.till("SAS08");
    let before = payable(&one, &a(2));
    collect(&mut two, &a(2), rupees(70)).unwrap();
    world.sync(&mut two).unwrap();
    collect(&mut one, &a(1), rupees(50)).unwrap();
    world.line.plan([Fault::RequestCut]);
    assert_eq!(world.sync(&mut one).unwrap_err().code(), "not-taken");
    assert_eq!(payable(&one, &a(2)), before - rupees(70), "the book came all the same");
    assert!(one.standing().unsent > 0);
    world.sync(&mut one).unwrap();
}

#[test]
fn without_a_line_nothing_is_lost_and_it_is_said_plainly() {
    let mut world = world(3, 2);
    let (_, mut till) = world.till("SAS07");
    collect(&mut till, &a(1), rupees(50)).unwrap();
    world.line.plan(vec![Fault::Down; 10]);
    let error = world.sync(&mut till).unwrap_err();
    assert!(matches!(error, TillError::Sync(SyncError::Unreachable(_))));
    assert!(error.to_string().contains("safe on this device"));
    assert_eq!(till.queue(10).unwrap().unsent, 2);
}

#[test]
fn a_revoked_till_keeps_its_work() {
    let mut world = world(3, 2);
    let (_, mut till) = world.till("SAS07");
    collect(&mut till, &a(1), rupees(50)).unwrap();
    world.office.revoke(&"SAS07".parse().unwrap()).unwrap();
    assert_eq!(world.sync(&mut till).unwrap_err().code(), "refused");
    assert_eq!(till.queue(10).unwrap().unsent, 2);
    let run = till.export(raseed_protocol::ids::Sequence(0)).unwrap();
    world.office.receive_by_hand(&run, world.clock.wall()).expect("the supervisor takes it in by hand");
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

#[test]
fn a_copied_device_is_an_alarm() {
    let mut world = world(3, 2);
    let (device, mut till) = world.till("SAS07");
    world.sync(&mut till).unwrap();
    drop(till);
    let copy = device.folder.with_extension("copy");
    copy_folder(&device.folder, &copy);
    let mut till = device.open().unwrap();
    collect(&mut till, &a(1), rupees(50)).unwrap();
    world.sync(&mut till).unwrap();
    let mut copied = raseed_till::Till::open(&copy, device.ports()).unwrap();
    collect(&mut copied, &a(2), rupees(70)).unwrap();
    assert_eq!(world.sync(&mut copied).unwrap_err().code(), "forked");
    assert_eq!(world.office.forks().unwrap().len(), 1);
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a new folder");
    for entry in std::fs::read_dir(from).expect("the till's folder") {
        let entry = entry.expect("readable");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

#[test]
fn a_damaged_file_is_set_aside_by_a_new_enrolment_and_a_new_life_begins() {
    let mut world = world(3, 2);
    let (device, mut till) = world.till("SAS07");
    collect(&mut till, &a(1), rupees(50)).unwrap();
    world.sync(&mut till).unwrap();
    drop(till);
    let file = device.folder.join("till.db");
    for companion in ["till.db-wal", "till.db-shm"] {
        let _ = std::fs::remove_file(device.folder.join(companion));
    }
    std::fs::write(&file, vec![0x5a; 20_000]).unwrap();
    assert_eq!(device.open().err().map(|error| error.code()), Some("damaged"));
    assert_eq!(std::fs::read(&file).unwrap().len(), 20_000, "left alone");
    let enrolled = world.enrol(&device, &"SAS07".parse().unwrap()).unwrap();
    assert_eq!(enrolled.incarnation.0, 2);
    assert_eq!(std::fs::read(enrolled.set_aside.unwrap()).unwrap(), vec![0x5a; 20_000]);
    let mut till = device.open().unwrap();
    world.sync(&mut till).unwrap();
    assert_eq!(till.standing().newest.incarnation.0, 2);
    drop(till);
    assert!(matches!(world.enrol(&device, &"SAS07".parse().unwrap()), Err(TillError::AlreadyEnrolled { .. })));
}

#[test]
fn a_lost_answer_to_an_enrolment_is_asked_for_again_with_the_same_key() {
    let mut world = world(1, 1);
    let link = {
        world.office.add_till(&"SAS09".parse().unwrap(), "SAS09").unwrap();
        let mut fill = |bytes: &mut [u8]| bytes.fill(9);
        let till = "SAS09".parse().unwrap();
        world.office.new_enrolment(&till, "https://office.example", world.clock.wall(), &mut fill).unwrap()
    };
    let other = world.device("SAS07");
    let folder = other.folder.with_extension("nine");
    let ports = raseed_till::Ports { vault: Box::new(raseed_tests::world::MemoryVault::default()), ..other.ports() };
    world.line.plan([Fault::AnswerLost]);
    assert!(raseed_till::enrol(&folder, &ports, &link, &mut world.line).is_err());
    assert!(matches!(raseed_till::Till::open(&folder, other.ports()), Err(TillError::NotEnrolled)));
    let enrolled = raseed_till::enrol(&folder, &ports, &link, &mut world.line).unwrap();
    assert_eq!(enrolled.incarnation.0, 1, "one key, one certificate");
}

/// What somebody does.
#[derive(Clone, Debug)]
enum Act {
    Pay { till: usize, account: u32, amount: i64 },
    Sync { till: usize, faults: Vec<Fault> },
    Reopen { till: usize },
    Wait { hours: u64 },
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let fault = prop_oneof![
        2 => Just(Fault::None),
        1 => Just(Fault::Down),
        1 => Just(Fault::AnswerLost),
        1 => Just(Fault::RequestCut),
        1 => Just(Fault::AnswerDamaged),
        1 => Just(Fault::AnswerOld),
    ];
    let act = prop_oneof![
        6 => (0usize..2, 1u32..=4, 1i64..900).prop_map(|(till, account, amount)| Act::Pay { till, account, amount }),
        3 => (0usize..2, proptest::collection::vec(fault, 0..5)).prop_map(|(till, faults)| Act::Sync { till, faults }),
        1 => (0usize..2).prop_map(|till| Act::Reopen { till }),
        1 => (1u64..400).prop_map(|hours| Act::Wait { hours }),
    ];
    proptest::collection::vec(act, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Two tills, any faults, any order: after healing everything is sent, the ledger is right, both tills and the head
    /// office agree on every account, and what the tills took is what the office has.
    #[test]
    fn after_healing_everybody_agrees(acts in acts()) {
        let mut world = world(4, 3);
        let mut tills: Vec<_> = ["SAS07", "SAS08"].map(|name| world.till(name)).into();
        let mut taken = [Paise::ZERO; 2];
        for act in acts {
            match act {
                Act::Pay { till, account, amount } => {
                    match collect(&mut tills[till].1, &a(account), rupees(amount)) {
                        Ok(given) => taken[till] += given.receipt().amount,
                        Err(TillError::Payment(_)) => {}
                        Err(error) => prop_assert!(false, "{error}"),
                    }
                }
                Act::Sync { till, faults } => {
                    world.line.plan(faults);
                    if let Err(error) = world.sync(&mut tills[till].1) {
                        let known = ["unreachable", "interrupted", "not-the-office", "nonsense", "not-taken", "office-lost"];
                        prop_assert!(known.contains(&error.code()), "{error:?}");
                    }
                    world.line.heal();
                }
                Act::Reopen { till } => {
                    let (device, open) = tills.remove(till);
                    drop(open);
                    let open = device.open().expect("a healthy file");
                    tills.insert(till, (device, open));
                }
                Act::Wait { hours } => world.clock.pass(hours * 3_600_000),
            }
        }
        for _ in 0..2 {
            for (_, till) in &mut tills {
                world.sync(till).expect("a healed line");
            }
        }
        all_adds_up(&world, &tills, &taken);
    }
}

/// The head office billed the month meanwhile: the bill made at the door cannot stand, and leaves the till again.
#[test]
fn a_bill_that_the_office_refuses_does_not_stay_on_the_till() {
    let mut world = world(3, 0);
    let (_, mut till) = world.till("SAS07");
    let (_, mut other) = world.till("SAS08");
    for till in [&mut till, &mut other] {
        let bill = raseed_till::BillAtDoor {
            request: till.new_request(),
            account: a(1),
            reading: None,
            confirmed: vec![],
            staff: raseed_tests::world::staff(),
        };
        till.bill_at_door(&bill).unwrap();
    }
    world.sync(&mut till).unwrap();
    world.sync(&mut other).unwrap();
    assert!(other.queue(0).unwrap().notices.iter().any(|(_, code, _)| code == "already-billed"));
    for till in [&till, &other] {
        let household = till.household(&a(1)).unwrap();
        assert_eq!((household.account.demands.len(), household.as_of.own_entries), (1, 0));
    }
    // Billed again for the same month by a device that has not heard of it, after everybody else has synced.
    let (_, mut late) = world.till("SAS09");
    let bill = |till: &mut Till, request| {
        till.bill_at_door(&raseed_till::BillAtDoor {
            request,
            account: a(2),
            reading: None,
            confirmed: vec![],
            staff: raseed_tests::world::staff(),
        })
    };
    let request = till.new_request();
    bill(&mut till, request).unwrap();
    let request = late.new_request();
    bill(&mut late, request).unwrap();
    world.sync(&mut till).unwrap();
    world.line.plan([Fault::None, Fault::Down, Fault::Down, Fault::Down, Fault::Down]);
    world.sync(&mut late).unwrap_err();
    world.line.heal();
    world.sync(&mut late).unwrap();
    assert_eq!(late.household(&a(2)).unwrap().account.demands.len(), 1);
}
