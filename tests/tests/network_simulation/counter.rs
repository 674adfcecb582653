//! A device at work, with what its people remember of it.

use raseed_protocol::ids::{Sequence, TillId};
use raseed_protocol::journal::RunReader;
use raseed_tests::world::{HandClock, HandDisk, MemoryVault, Seeded, copy_over};
use raseed_till::{Collect, Given, Ports, Till};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A device.
pub struct Counter {
    /// What it is called in a trace.
    pub label: String,
    pub name: TillId,
    pub folder: PathBuf,
    pub clock: HandClock,
    /// What was taken on it, as its people saw it: the wish and the receipt.
    pub taken: Vec<(Collect, Given)>,
    /// Open, once it is enrolled.
    pub till: Option<Till>,
    vault: MemoryVault,
    entropy: Seeded,
}

impl Counter {
    /// A device with this vault, or with nothing yet.
    pub fn new(name: TillId, folder: PathBuf, clock: HandClock, keys: Option<MemoryVault>, entropy: Seeded) -> Counter {
        let (label, enrolled) = (name.to_string(), keys.is_some());
        let vault = keys.unwrap_or_default();
        let mut counter = Counter { label, name, folder, clock, taken: Vec::new(), till: None, vault, entropy };
        if enrolled {
            counter.reopen();
        }
        counter
    }

    /// A second device with the same file, key and past: the real one's storage was copied.
    pub fn copied(&mut self, folder: &Path, clock: HandClock, entropy: Seeded) -> Counter {
        self.till = None;
        copy_over(&self.folder, folder);
        self.reopen();
        let (label, name) = (format!("{} copied", self.label), self.name.clone());
        let (folder, taken, vault) = (folder.to_owned(), self.taken.clone(), self.vault.copied());
        let mut copied = Counter { label, name, folder, clock, taken, till: None, vault, entropy };
        copied.reopen();
        copied
    }

    /// The program ends and is started again.
    pub fn reopen(&mut self) {
        self.till = None;
        self.till = Some(Till::open(&self.folder, self.ports()).expect("a healthy till"));
    }

    pub fn ports(&self) -> Ports {
        Ports {
            clock: Box::new(self.clock.clone()),
            entropy: Box::new(self.entropy.clone()),
            vault: Box::new(self.vault.clone()),
            copy: None,
            disk: Arc::new(HandDisk::flushing()),
        }
    }

    /// The whole journal as it exports it.
    pub fn exported(&self) -> Vec<u8> {
        let till = self.till.as_ref().expect("an enrolled till");
        till.export(Sequence(0)).expect("readable")
    }

    /// Its entries, verbatim, in their order.
    pub fn entries(&self) -> Vec<Vec<u8>> {
        let run = self.exported();
        let reader = RunReader::new(&run).expect("a run");
        reader.map(|entry| entry.expect("an entry").to_vec()).collect()
    }
}
