//! A small world in one process: a real head office, real tills in folders of their own, a clock that is set by hand,
//! random bytes from a seed, and a line between them that can be cut.
//!
//! Only the machine is replaced (clock, entropy, vault, network cable); every rule runs as it is released.

mod book;
mod disk;
mod line;
mod machine;
mod simulated_card;

pub use book::{BookShape, book};
pub use disk::HandDisk;
pub use line::{Fault, Line};
pub use machine::{HandClock, MemoryVault, Patient, Seeded};
pub use simulated_card::simulated_reference;

use raseed_head_office::Office;
use raseed_head_office::import::BookFile;
use raseed_protocol::ids::{AccountId, StaffId, TillId};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{Day, WallMs};
use raseed_simulated_psp::SimulatedPsp;
use raseed_till::ports::{Disk, FolderCopy, SecondCopy};
use raseed_till::sync::SyncReport;
use raseed_till::{Collect, Given, OpenShift, Ports, Till, TillError, enrol};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// The world.
pub struct World {
    /// The head office.
    pub office: Arc<Office>,
    /// The clock that everybody reads.
    pub clock: HandClock,
    /// The line between tills and head office.
    pub line: Line,
    folder: TempDir,
    seed: u64,
    psp: Option<Arc<SimulatedPsp>>,
}

/// A till in the world, which can be closed and opened again.
pub struct Device {
    /// Where its file is.
    pub folder: PathBuf,
    /// Where its second copy is, if it has one.
    pub copy: Option<PathBuf>,
    /// Its storage: one that flushes, unless a test says otherwise.
    pub disk: Arc<dyn Disk>,
    vault: MemoryVault,
    clock: HandClock,
    entropy: Seeded,
}

impl World {
    /// A head office with this book, at noon of the day.
    pub fn new(seed: u64, day: Day, book: BookFile) -> World {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = HandClock::new(WallMs(day.start().0 + 12 * 3_600_000));
        let mut entropy = Seeded::new(seed);
        let mut fill = |bytes: &mut [u8]| entropy.next(bytes);
        let tenant = book.rules.tenant.clone();
        let office = Office::create(&folder.path().join("office"), &tenant, clock.wall(), &mut fill);
        let office = Arc::new(office.expect("a new office"));
        office.import_book(&book.rules, &book.tariffs, book.accounts, clock.wall()).expect("a good book");
        let line = Line::new(Arc::clone(&office), clock.clone());
        World { office, clock, line, folder, seed, psp: None }
    }

    /// A new device, enrolled, not synced.
    pub fn device(&mut self, name: &str) -> Device {
        let till: TillId = name.parse().expect("a till name");
        self.office.add_till(&till, name).expect("a new till");
        self.seed += 1;
        let device = Device {
            folder: self.folder.path().join(name),
            vault: MemoryVault::default(),
            clock: self.clock.clone(),
            entropy: Seeded::new(self.seed),
            copy: None,
            disk: Arc::new(HandDisk::flushing()),
        };
        self.enrol(&device, &till).expect("enrolled");
        device
    }

    /// Enrols a device (again).
    pub fn enrol(&mut self, device: &Device, till: &TillId) -> Result<raseed_till::Enrolled, TillError> {
        self.seed += 1;
        let mut entropy = Seeded::new(self.seed);
        let mut fill = |bytes: &mut [u8]| entropy.next(bytes);
        let link = self.office.new_enrolment(till, "https://office.example", self.clock.wall(), &mut fill);
        enrol(&device.folder, &device.ports(), &link.expect("an active till"), &mut self.line)
    }

    /// A till with the book and an open shift.
    pub fn till(&mut self, name: &str) -> (Device, Till) {
        let device = self.device(name);
        let mut till = device.open().expect("a healthy till");
        self.sync(&mut till).expect("a line");
        till.open_shift(&OpenShift { staff: staff(), float: Paise::ZERO }).expect("a first shift");
        (device, till)
    }

    /// The head office is backed up, things happen, and then it is restored from that backup.
    pub fn office_forgets(&mut self, happens: impl FnOnce(&mut World)) {
        let (now, backup) = (self.folder.path().join("office"), self.folder.path().join("office.backup"));
        std::fs::create_dir_all(&backup).expect("a new folder");
        for file in std::fs::read_dir(&now).expect("the office's folder") {
            let file = file.expect("readable");
            std::fs::copy(file.path(), backup.join(file.file_name())).expect("copied");
        }
        happens(self);
        self.office = Arc::new(Office::open(&backup).expect("a good backup"));
        self.line = Line::new(Arc::clone(&self.office), self.clock.clone());
    }

    /// The head office asks this payment service from now on.
    pub fn pay_through(&mut self, psp: Arc<SimulatedPsp>) {
        self.psp = Some(psp);
        self.restart_office();
    }

    /// The head office's program stops and is started again.
    pub fn restart_office(&mut self) {
        let office = Office::open(&self.folder.path().join("office")).expect("a healthy office");
        self.office = Arc::new(match &self.psp {
            Some(psp) => office.with_psp(Box::new(Arc::clone(psp))),
            None => office,
        });
        self.line.leads_to(Arc::clone(&self.office));
    }

    /// Syncs until it works or gives up after a few failures.
    pub fn sync(&mut self, till: &mut Till) -> Result<SyncReport, TillError> {
        till.sync(&mut self.line, &mut Patient, 4)
    }
}

impl Device {
    /// Opens the till; its cards are the simulator's.
    pub fn open(&self) -> Result<Till, TillError> {
        Ok(Till::open(&self.folder, self.ports())?.for_rehearsal())
    }

    /// Its vault, as it is now.
    pub fn vault(&self) -> MemoryVault {
        self.vault.copied()
    }

    /// The machine of this device.
    pub fn ports(&self) -> Ports {
        Ports {
            clock: Box::new(self.clock.clone()),
            entropy: Box::new(self.entropy.clone()),
            vault: Box::new(self.vault.clone()),
            disk: Arc::clone(&self.disk),
            copy: self.copy.as_ref().map(|folder| Box::new(FolderCopy::new(folder)) as Box<dyn SecondCopy>),
        }
    }
}

/// The collector of these tests.
pub fn staff() -> StaffId {
    "jaspreet".parse().expect("a staff id")
}

/// Rupees.
pub fn rupees(amount: i64) -> Paise {
    Paise::from_rupees(amount).expect("a small amount")
}

/// Takes cash with a fresh request.
pub fn collect(till: &mut Till, account: &AccountId, amount: Paise) -> Result<Given, TillError> {
    let request = till.new_request();
    till.collect_cash(&Collect { request, account: account.clone(), amount, staff: staff() })
}

/// What a backup does, and what bringing one back does: this folder becomes like that one, whole.
pub fn copy_over(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("readable");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

/// When everything has got through: nothing is unsent, the books balance, the office has of each till the cash that it took, and
/// both say the same of the accounts.
pub fn all_adds_up(world: &World, tills: &[(Device, Till)], taken: &[Paise]) {
    let ledger = world.office.ledger_report().expect("a report");
    assert_eq!(world.office.verify_books().expect("verified").findings, []);
    for ((_, till), taken) in tills.iter().zip(taken) {
        let standing = till.standing();
        assert_eq!((standing.unsent, standing.grand_total), (0, *taken));
        let name = &till.identity().till;
        let booked = ledger.cash.iter().find(|line| line.till == *name).map_or(0, |line| line.cash_paise.0);
        assert_eq!(booked, taken.get());
        for n in 1..=4 {
            let account: AccountId = format!("A-{n}").parse().expect("a consumer number");
            let office = world.office.statement(&account, 1).expect("a statement").account;
            assert_eq!(till.household(&account).expect("in the book").account, office);
        }
    }
}
