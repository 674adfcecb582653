//! A second copy of what is unsent: what a device that breaks leaves behind, and the witness when a database is older than it
//! should be.

use raseed_protocol::ids::{AccountId, Sequence, TillId};
use raseed_protocol::time::Day;
use raseed_tests::world::{BookShape, Device, Seeded, World, book, collect, copy_over, rupees};
use raseed_till::{CopyStanding, OpenShift, Standing, Till, TillError, audit_file, audit_run, audit_together};
use std::fs;
use std::path::PathBuf;

fn today() -> Day {
    "2026-11-22".parse().expect("a day")
}

fn a(n: u32) -> AccountId {
    format!("A-{n}").parse().expect("a consumer number")
}

fn name() -> TillId {
    "SAS07".parse().expect("a till name")
}

/// A till with its book, a shift, and a second copy from now on.
fn world() -> (World, Device, Till) {
    let mut world = World::new(31, today(), book(BookShape { accounts: 4, months: 3, fees: true }, today()));
    let (mut device, till) = world.till("SAS07");
    drop(till);
    device.copy = Some(device.folder.with_extension("card"));
    let till = device.open().expect("a healthy till");
    (world, device, till)
}

fn card(device: &Device) -> PathBuf {
    device.copy.clone().expect("it has a second copy")
}

fn segments(device: &Device) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(card(device))
        .map_or(Vec::new(), |files| files.map(|file| file.expect("readable").path()).collect());
    files.sort();
    files
}

/// Ten payments; after each the till is closed, its database is put aside, and it is opened again.
fn day_of_backups(device: &Device, mut till: Till) -> (Vec<PathBuf>, Standing, Vec<String>) {
    let mut backups = Vec::new();
    for n in 0..10 {
        drop(till);
        let backup = device.folder.with_extension(format!("backup-{n}"));
        copy_over(&device.folder, &backup);
        backups.push(backup);
        till = device.open().expect("a healthy till");
        collect(&mut till, &a(n % 4 + 1), rupees(i64::from(n) + 5)).expect("money is taken");
    }
    (backups, till.standing(), till.projections().expect("readable"))
}

#[test]
fn a_backup_of_any_hour_is_made_good_from_the_copy() {
    let (mut world, device, till) = world();
    let (backups, standing, projections) = day_of_backups(&device, till);
    for backup in &backups {
        // Twice: what was taken back is not taken back again, and the next restored backup is.
        for _ in 0..2 {
            copy_over(backup, &device.folder);
            let till = device.open().unwrap();
            assert_eq!((till.standing(), till.projections().unwrap()), (standing.clone(), projections.clone()));
        }
    }
    copy_over(&backups[0], &device.folder);
    let mut till = device.open().unwrap();
    let next = collect(&mut till, &a(1), rupees(3)).unwrap().id.sequence;
    assert_eq!(next, standing.newest.sequence.next(), "no number twice");
    world.sync(&mut till).unwrap();
    assert_eq!(world.office.verify_books().unwrap().findings, []);
    assert!(world.office.forks().unwrap().is_empty());
}

#[test]
fn a_cut_copy_gives_what_is_whole_and_a_missing_one_nothing() {
    let (_world, device, till) = world();
    let (backups, standing, _) = day_of_backups(&device, till);
    let newest = segments(&device).pop().unwrap();
    let bytes = fs::read(&newest).unwrap();
    fs::write(&newest, &bytes[..bytes.len() - 5]).unwrap();
    copy_over(&backups[3], &device.folder);
    let till = device.open().unwrap();
    assert_eq!(till.standing().newest.sequence.next(), standing.newest.sequence, "all but the entry that was cut");
    drop(till);
    fs::remove_dir_all(card(&device)).unwrap();
    copy_over(&backups[3], &device.folder);
    let mut till = device.open().unwrap();
    let before = till.standing();
    assert_eq!((before.receipts, before.second_copy), (3, CopyStanding::Fine));
    collect(&mut till, &a(1), rupees(3)).unwrap();
    drop(till);
    // The new copy has all that is unsent, not only what came after it was made.
    copy_over(&backups[0], &device.folder);
    let till = device.open().unwrap();
    assert_eq!(till.standing().newest.sequence, before.newest.sequence.next());
}

#[test]
fn a_copy_that_lags_behind_is_caught_up() {
    let (_world, mut device, till) = world();
    let (backups, standing, projections) = day_of_backups(&device, till);
    let old = device.folder.with_extension("old-card");
    copy_over(&card(&device), &old);
    device.copy = None;
    let mut till = device.open().unwrap();
    assert_eq!(till.standing().second_copy, CopyStanding::None);
    collect(&mut till, &a(1), rupees(11)).unwrap();
    collect(&mut till, &a(2), rupees(12)).unwrap();
    drop(till);
    device.copy = Some(old);
    let mut till = device.open().unwrap();
    assert_eq!(till.standing().second_copy, CopyStanding::Fine);
    collect(&mut till, &a(3), rupees(13)).unwrap();
    let (now, projected) = (till.standing(), till.projections().unwrap());
    assert_ne!((&now, &projected), (&standing, &projections));
    drop(till);
    copy_over(&backups[5], &device.folder);
    let till = device.open().unwrap();
    assert_eq!((till.standing(), till.projections().unwrap()), (now, projected));
}

/// The till hears by hand that the head office has what it had before: nothing of what is in the copy.
fn take_reply(world: &World, till: &mut Till) {
    let run = till.export(till.standing().newest.sequence).expect("readable");
    let came = world.office.take_by_hand(&run, world.clock.wall()).expect("the till's own");
    let mut entropy = Seeded::new(8);
    let mut fill = |bytes: &mut [u8]| entropy.next(bytes);
    let answer =
        world.office.answer_by_hand(&came, world.clock.wall(), &mut fill).expect("an answer can always be given");
    till.take(&answer).expect("the head office's own");
}

#[test]
fn a_card_that_was_in_another_till_is_left_alone() {
    let (mut world, device, mut till) = world();
    collect(&mut till, &a(1), rupees(50)).unwrap();
    let (mut other, open) = world.till("SAS08");
    drop(open);
    other.copy = Some(card(&device));
    let mut open = other.open().unwrap();
    collect(&mut open, &a(2), rupees(60)).unwrap();
    let theirs = segments(&device);
    assert_eq!(theirs.len(), 2);
    let before = till.standing();
    drop(till);
    let mut till = device.open().unwrap();
    assert_eq!(till.standing(), before);
    // An acknowledgement that says nothing new about what is in the copy: what is unsent stays, whatever number it has.
    take_reply(&world, &mut till);
    assert_eq!(segments(&device), theirs, "what is unsent stays");
    collect(&mut till, &a(3), rupees(70)).unwrap();
    world.sync(&mut till).unwrap();
    assert!(segments(&device).contains(&theirs[1]), "what another till wrote is not ours to remove");
    for file in segments(&device) {
        let came = world.office.take_by_hand(&fs::read(file).unwrap(), world.clock.wall()).unwrap();
        assert_eq!(came.refused, None);
    }
    assert_eq!(open.standing().grand_total, rupees(60));
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

#[test]
fn what_is_acknowledged_leaves_the_copy_and_the_newest_entry_stays_as_a_witness() {
    let (mut world, device, mut till) = world();
    for n in 1..=4 {
        collect(&mut till, &a(n), rupees(20)).unwrap();
        drop(till);
        till = device.open().unwrap();
    }
    assert_eq!(segments(&device).len(), 4);
    drop(till);
    let backup = device.folder.with_extension("backup");
    copy_over(&device.folder, &backup);
    let mut till = device.open().unwrap();
    collect(&mut till, &a(1), rupees(21)).unwrap();
    world.sync(&mut till).unwrap();
    let left = segments(&device);
    assert_eq!(left.len(), 1, "{left:?}");
    let came = world.office.take_by_hand(&fs::read(&left[0]).unwrap(), world.clock.wall()).unwrap();
    assert_eq!((came.taken, came.known), (None, 1));
    // The witness is enough to see that a database is old, with no network.
    let newest = till.standing().newest.sequence;
    drop(till);
    copy_over(&backup, &device.folder);
    let till = device.open().expect("all of it follows on");
    assert_eq!(till.standing().newest.sequence, newest);
}

/// Restored to before a sync: the copy has let go of what was sent, so the gap cannot be closed here.
fn older_than_its_copy() -> (World, Device, Sequence) {
    let (mut world, device, mut till) = world();
    collect(&mut till, &a(1), rupees(20)).expect("a healthy till");
    drop(till);
    let backup = device.folder.with_extension("backup");
    copy_over(&device.folder, &backup);
    let mut till = device.open().expect("a healthy till");
    for n in 1..=3 {
        collect(&mut till, &a(n), rupees(30)).expect("a healthy till");
    }
    world.sync(&mut till).expect("a healthy till");
    collect(&mut till, &a(4), rupees(40)).expect("a healthy till");
    collect(&mut till, &a(4), rupees(41)).expect("a healthy till");
    let newest = till.standing().newest.sequence;
    drop(till);
    copy_over(&backup, &device.folder);
    (world, device, newest)
}

#[test]
fn a_gap_that_the_copy_cannot_close_stops_the_till_and_is_named() {
    let (mut world, device, newest) = older_than_its_copy();
    let mut till = device.open().expect("it can still be looked at");
    let ours = till.standing().newest.sequence;
    match collect(&mut till, &a(1), rupees(10)) {
        Err(TillError::OlderThanCopy { ours: here, copy, at }) => {
            assert_eq!((here, copy, at), (ours, newest, ours.next()));
        }
        other => panic!("{:?}", other.map(|given| given.id)),
    }
    assert!(till.household(&a(1)).is_ok());
    drop(till);

    let enrolled = world.enrol(&device, &name()).expect("the file is set aside");
    assert_eq!(enrolled.incarnation.0, 2);
    let mut till = device.open().expect("a healthy new life");
    assert_eq!(till.standing().receipts, 6, "the new life goes on from what was witnessed");
    world.sync(&mut till).expect("a healthy new life");
    let missing = world.office.exceptions().unwrap();
    let missing = missing.iter().find(|exception| exception.code == "entries-missing").expect("the gap is reported");
    assert!(missing.what.contains(&format!("to {newest} in its life 1")), "{}", missing.what);
    // The old life's segments are still on the card, and the head office takes them.
    let mut new = Vec::new();
    for file in segments(&device) {
        let came = world.office.take_by_hand(&fs::read(file).unwrap(), world.clock.wall()).unwrap();
        assert_eq!(came.refused, None);
        new.extend(came.taken);
    }
    assert_eq!(new, [(Sequence(newest.0 - 1), newest)]);
    till.open_shift(&OpenShift { staff: raseed_tests::world::staff(), float: rupees(0) }).unwrap();
    collect(&mut till, &a(3), rupees(5)).unwrap();
    world.sync(&mut till).unwrap();
    assert_eq!(world.office.verify_books().unwrap().findings, []);
    assert_eq!(till.standing().grand_total, rupees(20 + 90 + 81 + 5));
}

#[test]
fn a_restored_backup_that_went_on_without_its_copy_is_a_fork() {
    for further in [1, 5] {
        let (mut world, mut device, till) = world();
        let (backups, standing, _) = day_of_backups(&device, till);
        copy_over(&backups[8], &device.folder);
        let there = device.copy.take();
        let mut till = device.open().unwrap();
        for n in 0..further {
            collect(&mut till, &a(4), rupees(100 + n)).unwrap();
        }
        let ours = till.standing().newest.sequence;
        drop(till);
        device.copy = there;
        let mut till = device.open().unwrap();
        match collect(&mut till, &a(1), rupees(10)) {
            Err(TillError::OlderThanCopy { ours: here, copy, .. }) => {
                assert_eq!((here, copy), (ours, standing.newest.sequence));
            }
            other => panic!("{:?}", other.map(|given| given.id)),
        }
        drop(till);
        world.enrol(&device, &name()).expect("the file is set aside");
    }
}

#[test]
fn a_broken_device_is_made_good_from_its_card() {
    let (mut world, device, mut till) = world();
    for n in 1..=4 {
        collect(&mut till, &a(n), rupees(25)).unwrap();
        if n == 2 {
            drop(till);
            till = device.open().unwrap();
        }
    }
    let taken = till.standing().grand_total;
    drop(till);
    fs::remove_dir_all(&device.folder).unwrap();
    let card = segments(&device);
    assert_eq!(card.len(), 2);
    for _ in 0..2 {
        for file in &card {
            let came = world.office.take_by_hand(&fs::read(file).unwrap(), world.clock.wall()).unwrap();
            assert_eq!((came.refused, came.whole), (None, true));
        }
    }
    assert_eq!(world.office.ledger_report().unwrap().cash[0].cash_paise.0, taken.get());
    assert_eq!(world.office.verify_books().unwrap().findings, []);
    // The same device, with nothing on it but its key, goes on as the next life, from where the card says.
    world.enrol(&device, &name()).unwrap();
    let mut till = device.open().unwrap();
    world.sync(&mut till).unwrap();
    let standing = till.standing();
    assert_eq!((standing.newest.incarnation.0, standing.receipts, standing.grand_total), (2, 4, taken));
    assert_eq!(world.office.exceptions().unwrap(), [], "nothing is missing, so nothing is reported");
}

#[test]
fn a_copy_that_cannot_be_written_stops_no_payment_and_is_said() {
    let (world, device, till) = world();
    drop(till);
    fs::remove_dir_all(card(&device)).unwrap();
    fs::write(card(&device), b"no folder").unwrap();
    let mut till = device.open().unwrap();
    assert_eq!(till.standing().second_copy, CopyStanding::Failing);
    collect(&mut till, &a(1), rupees(50)).unwrap();
    assert_eq!(till.standing().second_copy, CopyStanding::Failing);
    fs::remove_file(card(&device)).unwrap();
    collect(&mut till, &a(2), rupees(51)).unwrap();
    assert_eq!(till.standing().second_copy, CopyStanding::Fine);
    drop(till);
    // What it lacked came with the next entry.
    let till = device.open().unwrap();
    let file = fs::read(&segments(&device)[0]).unwrap();
    let came = world.office.take_by_hand(&file, world.clock.wall()).unwrap();
    assert_eq!(came.taken.map(|(first, last)| last.0 - first.0 + 1), Some(till.standing().unsent));
}

/// What an auditor sees who is given the files.
#[test]
fn an_auditor_sees_the_gap_and_the_fork_with_its_proof() {
    let (mut world, device, newest) = older_than_its_copy();
    let root = world.office.root_key();
    let till = device.open().unwrap();
    let ours = till.standing().newest.sequence;
    drop(till);
    world.enrol(&device, &name()).unwrap();
    let till = device.open().unwrap();
    let new = audit_run(&till.export(Sequence(0)).unwrap(), &root);
    let old = audit_file(&device.folder.join("till.db.damaged-1"), Some(&root)).unwrap();
    let together = audit_together(&[new, old.clone()], &root);
    assert_eq!(together.forks, []);
    let [gap] = together.gaps.as_slice() else { panic!("{:?}", together.gaps) };
    assert_eq!((gap.incarnation.0, gap.from, gap.to), (1, ours.next(), newest));
    assert_eq!(gap.said_by.to_string(), "SAS07-2-1");

    let (elsewhere, mut device, till) = self::world();
    let (backups, ..) = day_of_backups(&device, till);
    let root = elsewhere.office.root_key();
    let honest = audit_file(&device.folder.join("till.db"), Some(&root)).unwrap();
    copy_over(&backups[7], &device.folder);
    device.copy = None;
    let mut till = device.open().unwrap();
    collect(&mut till, &a(4), rupees(100)).unwrap();
    let forked = audit_run(&till.export(Sequence(0)).unwrap(), &root);
    let together = audit_together(&[honest.clone(), forked], &root);
    assert_eq!(together.forks.len(), 1);
    assert_eq!(together.forks[0].at, till.standing().newest);
    assert!(audit_together(&[honest.clone(), honest], &root).is_clean());
}
