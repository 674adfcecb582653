//! What every run begins with: a head office with its book, two tills that are enrolled, synced and have their shift open. Made once,
//! and copied for each run.

use raseed_head_office::Office;
use raseed_protocol::ids::TillId;
use raseed_protocol::time::{Day, WallMs};
use raseed_tests::world::{BookShape, Device, MemoryVault, World, book, copy_over};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How many flat accounts, and how many months each of them owes at first.
pub const ACCOUNTS: u32 = 4;
pub const MONTHS: u16 = 2;

/// The tills that are enrolled.
pub const TILLS: [&str; 2] = ["SAS07", "SAS08"];
/// The one that enrols over the bad line.
pub const NEWCOMER: &str = "SAS09";

/// The stage of all runs with this kind of book.
pub struct Stage {
    folder: TempDir,
    vaults: Vec<MemoryVault>,
    /// What the clocks show.
    pub wall: WallMs,
    /// Whether the book has late fees and rebates.
    pub fees: bool,
}

/// The first day of all runs.
pub fn today() -> Day {
    "2026-11-22".parse().expect("a day")
}

/// The book as it is after so many further months.
pub fn book_after(months: u16, fees: bool) -> raseed_head_office::import::BookFile {
    let newest = today().period().plus_months(i32::from(months));
    let day = if months == 0 { today() } else { newest.first_day() };
    book(BookShape { accounts: ACCOUNTS, months: MONTHS + months, fees }, day)
}

impl Stage {
    pub fn new(fees: bool) -> Stage {
        let folder = work_folder();
        let mut world = World::new(77, today(), book_after(0, fees));
        let devices = TILLS.map(|name| {
            let (device, till) = world.till(name);
            drop(till);
            device
        });
        world.office.add_till(&NEWCOMER.parse().expect("a till name"), NEWCOMER).expect("a new till");
        let vaults = devices.iter().map(Device::vault).collect();
        let wall = world.clock.wall();
        let beside = devices[0].folder.parent().expect("in the world's folder").to_owned();
        for name in TILLS.into_iter().chain(["office"]) {
            copy_over(&beside.join(name), &folder.path().join(name));
        }
        // Opened and closed once: its log is written back, and there is one file less to copy each time.
        drop(Office::open(&folder.path().join("office")).expect("a healthy office"));
        Stage { folder, vaults, wall, fees }
    }

    /// A new folder with a copy of everything.
    pub fn copy(&self) -> TempDir {
        let copied = work_folder();
        for name in TILLS.into_iter().chain(["office"]) {
            copy_over(&self.folder.path().join(name), &copied.path().join(name));
        }
        copied
    }

    /// The tills, each with a vault of its own.
    pub fn tills(&self) -> impl Iterator<Item = (TillId, MemoryVault)> {
        let name = |name: &&str| name.parse().expect("a till name");
        TILLS.iter().map(name).zip(self.vaults.iter().map(MemoryVault::copied))
    }
}

/// In memory where the system has a folder for that: what a power cut leaves is tried elsewhere.
fn work_folder() -> TempDir {
    let memory = PathBuf::from("/dev/shm");
    let made = if Path::is_dir(&memory) { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a temporary folder")
}
