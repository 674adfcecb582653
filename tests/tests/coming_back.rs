//! A file, a key or a head office that is not what it was: noticed, said, and a way on.

use raseed_protocol::ids::{AccountId, Sequence, TillId};
use raseed_protocol::time::Day;
use raseed_tests::world::{BookShape, Device, Fault, World, book, collect, copy_over, rupees};
use raseed_till::{OpenShift, Till, TillError};
use std::fs;

fn today() -> Day {
    "2026-11-22".parse().expect("a day")
}

fn a(n: u32) -> AccountId {
    format!("A-{n}").parse().expect("a consumer number")
}

fn name() -> TillId {
    "SAS07".parse().expect("a till name")
}

fn world() -> (World, Device, Till) {
    let mut world = World::new(5, today(), book(BookShape { accounts: 4, months: 3, fees: true }, today()));
    let (device, till) = world.till("SAS07");
    (world, device, till)
}

/// The device enrols again, opens its next life, and everything still adds up.
fn begins_a_new_life(world: &mut World, device: &Device) {
    let enrolled = world.enrol(device, &name()).expect("the file is set aside");
    assert_eq!(enrolled.incarnation.0, 2);
    assert!(enrolled.set_aside.is_some_and(|aside| aside.exists()), "never deleted");
    let mut till = device.open().expect("a healthy new life");
    world.sync(&mut till).expect("a healthy new life");
    till.open_shift(&OpenShift { staff: raseed_tests::world::staff(), float: rupees(0) }).expect("a healthy new life");
    collect(&mut till, &a(3), rupees(30)).expect("a healthy new life");
    world.sync(&mut till).expect("a healthy new life");
    assert_eq!(world.office.verify_books().expect("a healthy new life").findings, []);
    assert!(world.office.forks().expect("a healthy new life").is_empty());
}

#[test]
fn a_restored_backup_gives_no_number_twice() {
    let (mut world, device, mut till) = world();
    collect(&mut till, &a(1), rupees(50)).unwrap();
    world.sync(&mut till).unwrap();
    drop(till);
    let backup = device.folder.with_extension("backup");
    copy_over(&device.folder, &backup);
    let mut till = device.open().unwrap();
    collect(&mut till, &a(2), rupees(70)).unwrap();
    collect(&mut till, &a(2), rupees(20)).unwrap();
    world.sync(&mut till).unwrap();
    drop(till);
    copy_over(&backup, &device.folder);

    let mut till = device.open().unwrap();
    assert_eq!(world.sync(&mut till).unwrap_err().code(), "behind");
    assert_eq!(collect(&mut till, &a(1), rupees(10)).unwrap_err().code(), "behind");
    drop(till);
    let mut till = device.open().expect("it can still be looked at");
    assert_eq!(collect(&mut till, &a(1), rupees(10)).unwrap_err().code(), "behind");
    assert!(till.household(&a(1)).is_ok());
    drop(till);
    begins_a_new_life(&mut world, &device);
}

#[test]
fn a_device_that_was_replaced_says_so_and_keeps_what_it_owes_right() {
    let (mut world, device, mut old) = world();
    collect(&mut old, &a(1), rupees(50)).unwrap();
    let other = device.folder.with_extension("other");
    let link = {
        let mut fill = |bytes: &mut [u8]| bytes.fill(3);
        world.office.new_enrolment(&name(), "https://office.example", world.clock.wall(), &mut fill).unwrap()
    };
    let vault = Box::new(raseed_tests::world::MemoryVault::default());
    let ports = || raseed_till::Ports { vault: vault.clone(), ..device.ports() };
    raseed_till::enrol(&other, &ports(), &link, &mut world.line).unwrap();
    let mut new = Till::open(&other, ports()).unwrap();
    world.sync(&mut new).unwrap();
    let before = old.household(&a(1)).unwrap().dues;
    assert_eq!(world.sync(&mut old).unwrap_err().code(), "replaced");
    assert_eq!(old.standing().unsent, 0, "what was taken is sent");
    assert_eq!(old.household(&a(1)).unwrap().dues, before);
    collect(&mut old, &a(1), rupees(10)).unwrap();
    assert_eq!(old.household(&a(1)).unwrap().dues.payable, before.payable - rupees(10));
}

#[test]
fn wrong_totals_in_the_file_are_found_before_a_receipt_goes_on_from_them() {
    for change in ["grand_total_paise = 1", "receipts = 7", "wall_ms = 5"] {
        let (mut world, device, mut till) = world();
        collect(&mut till, &a(1), rupees(50)).unwrap();
        world.sync(&mut till).unwrap();
        drop(till);
        let file = rusqlite::Connection::open(device.folder.join("till.db")).unwrap();
        file.execute(&format!("UPDATE state SET {change}"), []).unwrap();
        drop(file);
        assert_eq!(device.open().err().map(|error| error.code()), Some("damaged"), "{change}");
        begins_a_new_life(&mut world, &device);
    }
}

/// A device whose flushes do nothing can lose a page of them: the journal is whole, so they are made from it again.
#[test]
fn rows_that_are_older_than_the_journal_are_made_again_when_it_opens() {
    let lost = [
        "DELETE FROM account_entry WHERE sequence = (SELECT totals_sequence FROM state)",
        "UPDATE day_total SET receipts = 1",
        "UPDATE day_total SET amount_paise = amount_paise - 100",
        "DELETE FROM day_total",
    ];
    for lost in lost {
        let (_world, device, mut till) = world();
        collect(&mut till, &a(1), rupees(50)).unwrap();
        collect(&mut till, &a(2), rupees(60)).unwrap();
        let (whole, standing) = (till.projections().unwrap(), till.standing());
        drop(till);
        let file = rusqlite::Connection::open(device.folder.join("till.db")).unwrap();
        assert_eq!(file.execute(lost, []).unwrap(), 1, "{lost}");
        drop(file);
        let till = device.open().unwrap();
        assert_eq!((till.projections().unwrap(), till.standing()), (whole, standing), "{lost}");
    }
}

#[test]
fn a_lost_key_is_said_and_a_new_link_helps() {
    let (mut world, device, till) = world();
    drop(till);
    device.ports().vault.forget("till").unwrap();
    assert!(matches!(device.open(), Err(TillError::WrongKey)));
    begins_a_new_life(&mut world, &device);
}

/// The vault may keep the waiting key after all was done; it must not begin the next life.
#[test]
fn a_key_begins_one_life_only() {
    let (mut world, device, till) = world();
    drop(till);
    let vault = device.ports().vault;
    let seed = vault.load("till").unwrap().unwrap();
    vault.save("till.pending", &seed).unwrap();
    fs::write(device.folder.join("till.db"), vec![7; 9_000]).unwrap();
    begins_a_new_life(&mut world, &device);
}

/// The head office has certified the key; the device never heard of it, and its next link is another one.
#[test]
fn an_enrolment_that_broke_off_does_not_stand_in_the_way_of_the_next_link() {
    let (mut world, device, till) = world();
    drop(till);
    device.ports().vault.forget("till").unwrap();
    world.line.plan([Fault::AnswerLost]);
    assert!(world.enrol(&device, &name()).is_err());
    let enrolled = world.enrol(&device, &name()).expect("a new key under the new link");
    assert_eq!(enrolled.incarnation.0, 3, "the second life was certified and never begun");
    let mut till = device.open().unwrap();
    world.sync(&mut till).unwrap();
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

#[test]
fn a_log_without_its_file_is_damage_not_a_new_till() {
    let (mut world, device, till) = world();
    drop(till);
    fs::rename(device.folder.join("till.db"), device.folder.join("till.db-wal")).unwrap();
    begins_a_new_life(&mut world, &device);
    assert!(device.folder.join("till.db.damaged-1-wal").exists());
}

#[test]
fn a_head_office_restored_from_a_backup_gets_again_what_it_lost() {
    let (mut world, _device, mut till) = world();
    collect(&mut till, &a(1), rupees(50)).unwrap();
    world.sync(&mut till).unwrap();
    world.office_forgets(|world| {
        collect(&mut till, &a(2), rupees(70)).unwrap();
        world.sync(&mut till).unwrap();
    });
    collect(&mut till, &a(3), rupees(20)).unwrap();
    let owed = till.household(&a(2)).unwrap().dues;
    let seen = till.standing().newest.sequence;
    world.sync(&mut till).unwrap();
    assert_eq!(till.standing().acknowledged.map(|seen| seen.sequence), Some(seen));
    assert_eq!(till.household(&a(2)).unwrap().dues, owed);
    assert_eq!(world.office.verify_books().unwrap().findings, []);
    assert_eq!(world.office.ledger_report().unwrap().cash[0].cash_paise.0, rupees(140).get());
    assert!(seen > Sequence(4));
}

/// Two devices have one identity, and the head office goes on with the other one: what only this one has is nowhere else, however far
/// the head office says it is. It stays unsent, and in the second copy.
#[test]
fn what_only_a_copied_device_has_is_never_taken_for_sent() {
    let (mut world, mut device, mut till) = world();
    world.sync(&mut till).unwrap();
    drop(till);
    let [copied, backup] = ["copied", "backup"].map(|name| device.folder.with_extension(name));
    copy_over(&device.folder, &copied);
    copy_over(&device.folder, &backup);
    let mut till = device.open().unwrap();
    for n in 1..=4 {
        collect(&mut till, &a(n), rupees(20)).unwrap();
    }
    world.sync(&mut till).unwrap();
    device.copy = Some(device.folder.with_extension("card"));
    let mut other = Till::open(&copied, device.ports()).unwrap();
    let taken = [1, 2].map(|n| collect(&mut other, &a(n), rupees(30)).unwrap().id);
    for _ in 0..2 {
        assert_eq!(world.sync(&mut other).unwrap_err().code(), "behind");
        let listed: Vec<_> = other.queue(10).unwrap().entries.into_iter().map(|unsent| unsent.id).collect();
        assert!(taken.iter().all(|id| listed.contains(id)), "{listed:?}");
        assert!(other.standing().unsent >= 2);
    }
    assert_eq!(world.office.forks().unwrap().len(), 1);
    let head = other.head();
    drop(other);
    copy_over(&backup, &copied);
    assert_eq!(Till::open(&copied, device.ports()).unwrap().head(), head, "the second copy had all of it");
}
