//! The bench: one till and one head office in a folder of the laboratory, with the machine under its control.
//!
//! The stores run as they are released. Every answer that a person would see is marked on the tape at the moment when it is
//! given, and not before.

use crate::dice::Dice;
use crate::image::Image;
use crate::ops::Op;
use crate::past::{Past, Wish, Wished};
use crate::shim::{self, Listening};
use crate::tape::Tape;
use raseed_head_office::{Office, OfficeError};
use raseed_protocol::ids::{AccountId, RequestId, Sequence};
use raseed_protocol::journal::RunReader;
use raseed_protocol::time::WallMs;
use raseed_tests::world::{HandClock, HandDisk, Line, Seeded, staff};
use raseed_till::ports::{Vault, VaultError};
use raseed_till::{Ports, Till, TillError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

/// The till's name and folder.
pub const TILL: &str = "T1";

/// The head office's folder.
pub const OFFICE: &str = "office";

/// Why a step did not succeed.
#[derive(Debug)]
pub enum Trouble {
    /// The till says so.
    Till(TillError),
    /// The head office says so.
    Office(OfficeError),
}

impl From<TillError> for Trouble {
    fn from(error: TillError) -> Trouble {
        Trouble::Till(error)
    }
}

impl From<OfficeError> for Trouble {
    fn from(error: OfficeError) -> Trouble {
        Trouble::Office(error)
    }
}

/// The bench. Fields are dropped from the first to the last: the till before the office, both before the tape.
pub struct Bench {
    /// The till, while it is open.
    pub till: Option<Till>,
    /// The head office, while it is open.
    pub office: Option<Arc<Office>>,
    /// The line between them.
    pub line: Option<Line>,
    /// What has happened.
    pub past: Past,
    /// The clock of both.
    pub clock: HandClock,
    /// Where the files are.
    pub root: PathBuf,
    /// The recorder, if there is one.
    pub tape: Option<Tape>,
    vault: TapedVault,
    entropy: Seeded,
    _listening: Option<Listening>,
}

impl Bench {
    /// Puts an image on the storage; nothing is open yet. With a tape all that follows is recorded.
    pub fn new(root: &Path, image: &Image, past: Past, seed: u64, tape: Option<Tape>) -> Bench {
        let clock = HandClock::new(past.wall());
        let seeds = Arc::new(Mutex::new(image.vault.clone()));
        let vault = TapedVault { seeds, tape: tape.clone() };
        let listening = tape.as_ref().map(shim::listen);
        shim::restart_randomness();
        Bench {
            till: None,
            office: None,
            line: None,
            past,
            clock,
            root: root.to_owned(),
            tape,
            vault,
            // Other bytes than any other bench of the same laboratory draws.
            entropy: Seeded::new(Dice::new(seed).roll()),
            _listening: listening,
        }
    }

    /// Opens the head office, and connects the line.
    pub fn open_office(&mut self) -> Result<(), OfficeError> {
        let office = Arc::new(Office::open(&self.root.join(OFFICE))?);
        self.line = Some(Line::new(Arc::clone(&office), self.clock.clone()));
        self.office = Some(office);
        Ok(())
    }

    /// Opens the till.
    pub fn open_till(&mut self) -> Result<(), TillError> {
        self.till = None;
        self.till = Some(Till::open(&self.till_folder(), self.ports())?.for_rehearsal());
        self.told();
        Ok(())
    }

    /// Where the till's file is.
    pub fn till_folder(&self) -> PathBuf {
        self.root.join(TILL)
    }

    /// The till, which must be open.
    pub fn till(&mut self) -> &mut Till {
        self.till.as_mut().expect("the script has opened the till")
    }

    /// The head office, which must be open.
    pub fn office(&self) -> Arc<Office> {
        Arc::clone(self.office.as_ref().expect("the script has opened the office"))
    }

    /// What the clock shows.
    pub fn wall(&self) -> WallMs {
        self.clock.wall()
    }

    /// A fresh id for a wish.
    pub fn request(&mut self) -> RequestId {
        let mut bytes = [0; 8];
        self.entropy.next(&mut bytes);
        RequestId(bytes)
    }

    /// Random bytes of this bench.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        self.entropy.next(bytes);
    }

    /// Notes that something is asked for from now on.
    pub fn begins(&mut self, wish: &Wish) {
        let begun = self.tape.as_ref().map_or(0, Tape::position);
        let incarnation = self.past.known.incarnation;
        self.past.wishes.push(Wished { begun, wall: self.wall(), incarnation, wish: wish.clone() });
    }

    /// The person has been told what the till's last verb did: it must be so from now on.
    pub fn told(&mut self) {
        let Some(till) = &self.till else { return };
        let incarnation = till.identity().incarnation.0;
        if incarnation != self.past.known.incarnation {
            self.past.known.begin_life(incarnation);
        }
        self.past.known.sound = true;
        self.past.known.entries = till.standing().newest.sequence.0;
        self.read_back();
        self.mark();
    }

    /// Writes on the tape what is known.
    pub fn mark(&self) {
        if let Some(tape) = &self.tape {
            tape.mark(self.past.known.clone());
        }
    }

    /// Adds what the journal has grown by to the truth.
    fn read_back(&mut self) {
        let Some(till) = &self.till else { return };
        let truth = self.past.truth.entry(till.identity().incarnation.0).or_default();
        let have = u64::try_from(truth.len()).expect("few entries");
        let new = self.tape.as_ref().map_or_else(
            || till.export(Sequence(have)),
            |tape| {
                tape.pause(true);
                let new = till.export(Sequence(have));
                tape.pause(false);
                new
            },
        );
        let Ok(run) = new else { return };
        truth.extend(entries_of(&run));
    }

    /// The machine that the till runs on.
    pub fn ports(&self) -> Ports {
        Ports {
            clock: Box::new(self.clock.clone()),
            entropy: Box::new(self.entropy.clone()),
            vault: Box::new(self.vault.clone()),
            copy: None,
            disk: Arc::new(HandDisk::flushing()),
        }
    }

    /// The vault has lost the till's key.
    pub fn lose_key(&mut self) {
        self.till = None;
        self.past.known.sound = false;
        self.mark();
        self.vault.put("till", None);
    }

    /// Closes till and office, as a program that ends in order.
    pub fn close(&mut self) {
        self.till = None;
        self.line = None;
        self.office = None;
    }

    /// Closes everything and reads what is on the storage.
    pub fn finish(mut self) -> (Image, Past) {
        self.close();
        let mut image = Image::read(&self.root).expect("the laboratory's folder can be read");
        image.files.retain(|path, _| !path.ends_with(".lock") && !path.ends_with("-shm"));
        image.vault = self.vault.seeds();
        (image, self.past.clone())
    }
}

/// The entries of a run that a till has exported.
pub fn entries_of(run: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = RunReader::new(run).expect("a run that a till has written");
    reader.by_ref().map(|entry| entry.expect("a whole run").to_vec()).collect()
}

/// An account of the book.
pub fn account(id: &str) -> AccountId {
    id.parse().expect("a consumer number")
}

/// Who stands at the till.
pub fn collector() -> raseed_protocol::ids::StaffId {
    staff()
}

/// A vault whose every change is on the tape: its port promises that a key is kept when `save` returns.
#[derive(Clone)]
struct TapedVault {
    seeds: Arc<Mutex<BTreeMap<String, [u8; 32]>>>,
    tape: Option<Tape>,
}

impl TapedVault {
    fn seeds(&self) -> BTreeMap<String, [u8; 32]> {
        self.seeds.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, name: &str, seed: Option<[u8; 32]>) {
        let mut seeds = self.seeds.lock().unwrap_or_else(PoisonError::into_inner);
        match seed {
            Some(seed) => seeds.insert(name.to_owned(), seed),
            None => seeds.remove(name),
        };
        if let Some(tape) = &self.tape {
            tape.note(Op::Vault { name: name.to_owned(), seed });
        }
    }
}

impl Vault for TapedVault {
    fn load(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError> {
        Ok(self.seeds().get(name).copied().map(Zeroizing::new))
    }

    fn save(&self, name: &str, seed: &[u8; 32]) -> Result<(), VaultError> {
        self.put(name, Some(*seed));
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        self.put(name, None);
        Ok(())
    }
}
