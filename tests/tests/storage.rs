//! What a till does about its storage: looks at it, makes every record durable, says what it is worth.
#![allow(clippy::unwrap_used, reason = "the whole file is a test")]

use raseed_protocol::ids::TillId;
use raseed_protocol::storage::StorageClass;
use raseed_protocol::time::Day;
use raseed_tests::world::{BookShape, Device, HandDisk, World, book, collect, rupees, staff};
use raseed_till::ports::{Disk, MachineDisk};
use raseed_till::storage::StorageTrouble;
use raseed_till::{Collect, Till, TillError};
use rusqlite::{Connection, OpenFlags};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

fn world() -> World {
    let day: Day = "2026-11-22".parse().unwrap();
    World::new(7, day, book(BookShape { accounts: 4, months: 3, fees: true }, day))
}

/// A device on this storage, enrolled again there.
fn on(world: &mut World, disk: Arc<dyn Disk>) -> (Device, Till) {
    let (mut device, till) = world.till("SAS07");
    drop(till);
    device.disk = disk;
    let till = device.open().unwrap();
    (device, till)
}

/// The real thing, which also looks at what stands in the till's file at the moment of the call.
struct Watching {
    real: MachineDisk,
    stood: Mutex<Vec<i64>>,
}

impl Disk for Watching {
    fn mounts(&self) -> io::Result<String> {
        HandDisk::mounted("f2fs", "rw,fsync_mode=nobarrier").mounts()
    }

    fn flush_times(&self, folder: &Path, most: usize) -> io::Result<Vec<Duration>> {
        self.real.flush_times(folder, most)
    }

    fn sync_all(&self, folder: &Path) -> io::Result<()> {
        let file = Connection::open_with_flags(folder.join("till.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let entries = file.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).unwrap();
        self.stood.lock().unwrap().push(entries);
        self.real.sync_all(folder)
    }
}

/// Commit, then `syncfs`, then the answer, and only then a printer is told anything.
#[test]
fn where_a_flush_is_not_enough_the_file_system_is_synced_between_the_commit_and_the_answer() {
    let mut world = world();
    let disk = Arc::new(Watching { real: MachineDisk::new(|| Duration::ZERO), stood: Mutex::default() });
    let (_device, mut till) = on(&mut world, Arc::clone(&disk) as Arc<dyn Disk>);
    assert!(till.storage().syncs_every_commit());
    let account = till.some_accounts(1).unwrap().remove(0);
    disk.stood.lock().unwrap().clear();
    let given = collect(&mut till, &account, rupees(10)).unwrap();
    let stood = std::mem::take(&mut *disk.stood.lock().unwrap());
    let entry = i64::try_from(given.id.sequence.0).unwrap();
    assert_eq!(
        stood,
        [entry],
        "the receipt was committed when the file system was synced, once, and then it was given"
    );
    till.printed(&given.id).unwrap();
    assert_eq!(disk.stood.lock().unwrap().len(), 1, "the mark that it was printed, too");
}

#[test]
fn a_receipt_that_could_not_be_synced_is_not_shown_and_is_found_again() {
    let mut world = world();
    let disk = HandDisk::mounted("f2fs", "rw,fsync_mode=nobarrier");
    let (device, mut till) = on(&mut world, Arc::new(disk.clone()));
    let account = till.some_accounts(1).unwrap().remove(0);
    let wish = Collect { request: till.new_request(), account, amount: rupees(10), staff: staff() };
    disk.fails(true);
    assert!(matches!(till.collect_cash(&wish), Err(TillError::CommitUnknown)));
    assert!(matches!(till.collect_cash(&wish), Err(TillError::Stopped)));
    drop(till);
    assert!(matches!(device.open(), Err(TillError::Storage(_))), "what was left is synced first, or nothing is shown");
    disk.fails(false);
    let syncs = disk.syncs();
    let mut till = device.open().unwrap();
    assert_eq!(disk.syncs(), syncs + 1, "a process that was killed may have left a commit that nobody synced");
    assert!(till.collect_cash(&wish).unwrap().repeated);
}

#[test]
fn only_where_it_helps_is_every_commit_synced() {
    let mut world = world();
    for (filesystem, options, class, syncs) in [
        ("ext4", "rw", StorageClass::Flushes, 0),
        ("ext4", "rw,nobarrier", StorageClass::DoesNotFlush, 0),
        ("tmpfs", "rw", StorageClass::InMemory, 0),
        ("f2fs", "rw,fsync_mode=nobarrier", StorageClass::NeedsSyncfs, 1),
        ("fuse", "rw", StorageClass::Unknown, 1),
    ] {
        let (mut device, disk) = (world.device(filesystem_name(class)), HandDisk::mounted(filesystem, options));
        device.disk = Arc::new(disk.clone());
        let mut till = device.open().unwrap();
        world.sync(&mut till).unwrap();
        assert_eq!((till.storage().class, till.storage().filesystem.as_str()), (class, filesystem));
        till.open_shift(&raseed_till::OpenShift { staff: staff(), float: rupees(0) }).unwrap();
        let (account, before) = (till.some_accounts(1).unwrap().remove(0), disk.syncs());
        collect(&mut till, &account, rupees(1)).unwrap();
        assert_eq!(disk.syncs() - before, syncs, "{class}");
    }
}

fn filesystem_name(class: StorageClass) -> &'static str {
    match class {
        StorageClass::Flushes => "T1",
        StorageClass::NeedsSyncfs => "T2",
        StorageClass::DoesNotFlush => "T3",
        StorageClass::InMemory => "T4",
        StorageClass::Unknown => "T5",
    }
}

#[test]
fn what_may_lose_receipts_is_said_and_stops_nothing() {
    let mut world = world();
    let disk = HandDisk::flushing();
    let (device, mut till) = on(&mut world, Arc::new(disk.clone()));
    assert_eq!(till.storage().trouble(), None);
    for (filesystem, options, flush_us, trouble) in [
        ("ext4", "rw", 49, Some(StorageTrouble::TooQuick)),
        ("ext4", "rw", 50, None),
        ("ext4", "rw,nobarrier", 900, Some(StorageTrouble::DoesNotFlush)),
        ("tmpfs", "rw", 1, Some(StorageTrouble::InMemory)),
        ("f2fs", "rw,fsync_mode=nobarrier", 20, None),
        ("fuse", "rw", 20, Some(StorageTrouble::TooQuick)),
        ("fuse", "rw", 900, None),
    ] {
        drop(till);
        disk.remount(filesystem, options);
        disk.flushes_in(Duration::from_micros(flush_us));
        world.clock.pass(7 * DAY_MS);
        till = device.open().unwrap();
        assert_eq!(till.storage().trouble(), trouble, "{filesystem} {options} {flush_us}");
        let account = till.some_accounts(1).unwrap().remove(0);
        collect(&mut till, &account, rupees(1)).unwrap();
    }
}

#[test]
fn it_is_examined_at_enrolment_every_week_and_when_it_is_another_one() {
    let mut world = world();
    let (mut device, till) = world.till("SAS07");
    assert_eq!(till.storage().class, StorageClass::Flushes);
    let enrolled = till.storage().clone();
    let disk = HandDisk::flushing();
    device.disk = Arc::new(disk.clone());
    drop(till);
    world.clock.pass(7 * DAY_MS - 1);
    let till = device.open().unwrap();
    assert_eq!((disk.probes(), till.storage()), (0, &enrolled), "it was examined when it was enrolled");
    drop(till);
    world.clock.pass(1);
    let mut till = device.open().unwrap();
    assert_eq!((disk.probes(), till.storage().examined), (1, world.clock.wall()));
    world.sync(&mut till).unwrap();
    assert_eq!(disk.probes(), 1);
    world.clock.pass(7 * DAY_MS);
    world.sync(&mut till).unwrap();
    assert_eq!(disk.probes(), 2, "a till that stays open is examined when it syncs");
    disk.remount("f2fs", "rw,fsync_mode=nobarrier");
    let syncs = disk.syncs();
    world.sync(&mut till).unwrap();
    assert_eq!((disk.probes(), till.storage().class), (3, StorageClass::NeedsSyncfs));
    assert!(disk.syncs() > syncs, "and from then on every commit is synced");
}

#[test]
fn the_head_office_is_told_with_the_first_upload_and_after_a_change() {
    let mut world = world();
    let disk = HandDisk::flushing();
    let (_device, mut till) = on(&mut world, Arc::new(disk.clone()));
    let name: TillId = "SAS07".parse().unwrap();
    let told = |world: &World| {
        let tills = world.office.tills().unwrap();
        tills.iter().find(|(till, _)| till.till == name).unwrap().1.last().unwrap().storage
    };
    let first = world.clock.wall();
    assert_eq!(told(&world), Some((StorageClass::Flushes, first)), "the first sync was at enrolment");
    world.clock.pass(DAY_MS);
    world.sync(&mut till).unwrap();
    assert_eq!(told(&world), Some((StorageClass::Flushes, first)), "since when it is so");
    disk.remount("ext4", "rw,barrier=0");
    assert_eq!(till.standing().unsent, 0, "nothing else is to be sent");
    world.sync(&mut till).unwrap();
    assert_eq!(told(&world), Some((StorageClass::DoesNotFlush, world.clock.wall())));
}
