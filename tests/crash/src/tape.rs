//! The recorder of one run: it writes down what the shim passes on, and says where a call is to fail.
//!
//! It never changes what a call does, except where a fault was planned or a sabotage asked for.

use crate::image::Image;
use crate::ops::{FileId, Known, Op, folder_of};
use crate::shim::memory;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The storage that SQLite is told it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// What the released program is told on Linux: the machine's own answer.
    AsReleased,
    /// Nothing is promised, sectors of 4 KiB.
    Bare4096,
    /// Nothing is promised, sectors of 512 bytes.
    Bare512,
}

impl Device {
    /// All of them.
    pub const ALL: [Device; 3] = [Device::AsReleased, Device::Bare4096, Device::Bare512];

    /// Its name in a case and in a report.
    pub fn name(self) -> &'static str {
        match self {
            Device::AsReleased => "as-released",
            Device::Bare4096 => "bare-4096",
            Device::Bare512 => "bare-512",
        }
    }

    /// Bytes of a sector; `None`: ask the machine, also about its characteristics.
    pub(crate) fn sector(self) -> Option<i32> {
        match self {
            Device::AsReleased => None,
            Device::Bare4096 => Some(4096),
            Device::Bare512 => Some(512),
        }
    }
}

/// What is done wrong on purpose, to see that the laboratory sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sabotage {
    /// Nothing.
    #[default]
    None,
    /// Connections run with this value of `PRAGMA synchronous`, whatever they ask for.
    Synchronous(&'static str),
    /// The device is not told to flush the names in a folder.
    NoFolderSync,
    /// The device is not told to flush the database file itself.
    NoFileSync,
}

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The storage has an error.
    Broken,
    /// The storage is full.
    Full,
    /// Only half of the bytes go through, and then it has an error.
    Short,
    /// SQLite gets no memory. For the whole process, so never beside another test.
    Memory,
}

impl Fault {
    /// Those of the storage.
    pub const OF_STORAGE: [Fault; 3] = [Fault::Broken, Fault::Full, Fault::Short];

    /// Its name in a report.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Broken => "EIO",
            Fault::Full => "ENOSPC",
            Fault::Short => "short read or write",
            Fault::Memory => "no memory",
        }
    }

    fn can_hit(self, call: Call) -> bool {
        match self {
            Fault::Broken => true,
            Fault::Full => matches!(call, Call::Open | Call::Write | Call::ShmMap),
            Fault::Short => matches!(call, Call::Read | Call::Write),
            Fault::Memory => false,
        }
    }
}

/// Which call is to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How.
    pub fault: Fault,
    /// The first that fails, counted from 1 among those that can fail so.
    pub at: u64,
    /// Whether every later one fails too.
    pub for_ever: bool,
}

/// The calls that SQLite makes, as far as they can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// A file is opened.
    Open,
    /// A name is removed.
    Delete,
    /// It is asked whether a file is there.
    Access,
    /// Bytes are read.
    Read,
    /// Bytes are written.
    Write,
    /// A file is cut.
    Truncate,
    /// A file is flushed.
    Sync,
    /// It is asked how long a file is.
    Size,
    /// A file is locked.
    Lock,
    /// The shared index is mapped.
    ShmMap,
    /// A part of it is locked.
    ShmLock,
}

/// A recorder, shared with the shim.
#[derive(Clone)]
pub struct Tape(Arc<Mutex<Inner>>);

struct Inner {
    root: PathBuf,
    device: Device,
    sabotage: Sabotage,
    names: BTreeMap<String, FileId>,
    inodes: BTreeMap<FileId, u64>,
    next: FileId,
    ops: Vec<Op>,
    marks: Vec<(usize, Known)>,
    plan: Option<Plan>,
    calls: u64,
    all_calls: u64,
    paused: bool,
}

impl Tape {
    /// A recorder for what happens under `root`, where the files of `image` lie already.
    pub fn new(root: &Path, image: &Image, device: Device, sabotage: Sabotage) -> Tape {
        let names: BTreeMap<String, FileId> = image.numbered().map(|(id, path)| (path.clone(), id)).collect();
        let inodes = names.iter().filter_map(|(path, id)| Some((*id, inode(&root.join(path))?))).collect();
        let next = names.len();
        let (ops, marks) = (Vec::new(), vec![(0, Known::default())]);
        let (root, plan, calls, all_calls, paused) = (root.to_owned(), None, 0, 0, false);
        let inner = Inner { root, device, sabotage, names, inodes, next, ops, marks, plan, calls, all_calls, paused };
        Tape(Arc::new(Mutex::new(inner)))
    }

    /// Makes calls fail from now on; they are counted from here.
    pub fn plan(&self, plan: Plan) {
        let mut inner = self.inner();
        (inner.plan, inner.calls) = (Some(plan), 0);
        if plan.fault == Fault::Memory {
            memory::fail_at(plan.at, plan.for_ever);
        }
    }

    /// Lets everything succeed again; says how many calls were counted since the plan was made.
    pub fn heal(&self) -> u64 {
        let mut inner = self.inner();
        let allocations = memory::stop();
        let of_memory = inner.plan.take().is_some_and(|plan| plan.fault == Fault::Memory);
        if of_memory { allocations } else { inner.calls }
    }

    /// All calls of the run, reads included.
    pub fn all_calls(&self) -> u64 {
        self.inner().all_calls
    }

    /// The world outside has been told this.
    pub fn mark(&self, known: Known) {
        let mut inner = self.inner();
        let at = inner.ops.len();
        inner.marks.push((at, known));
    }

    /// Calls recorded so far.
    pub fn position(&self) -> usize {
        self.inner().ops.len()
    }

    /// A call that does not go through SQLite.
    pub fn note(&self, op: Op) {
        self.inner().ops.push(op);
    }

    /// While the laboratory itself looks, nothing fails and nothing is counted.
    pub fn pause(&self, paused: bool) {
        self.inner().paused = paused;
        memory::pause(paused);
    }

    /// What was recorded.
    pub fn take(&self) -> (Vec<Op>, Vec<(usize, Known)>) {
        let mut inner = self.inner();
        (std::mem::take(&mut inner.ops), std::mem::take(&mut inner.marks))
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.inner().root.clone()
    }

    pub(crate) fn device(&self) -> Device {
        self.inner().device
    }

    pub(crate) fn sabotage(&self) -> Sabotage {
        self.inner().sabotage
    }

    /// Counts a call; says how it is to fail, if it is.
    pub(crate) fn call(&self, call: Call) -> Option<Fault> {
        let mut inner = self.inner();
        if inner.paused {
            return None;
        }
        inner.all_calls += 1;
        let plan = inner.plan.filter(|plan| plan.fault.can_hit(call))?;
        inner.calls += 1;
        let hit = inner.calls == plan.at || (plan.for_ever && inner.calls > plan.at);
        hit.then_some(plan.fault)
    }

    /// A file was opened; `existed` says whether it was there before.
    pub(crate) fn opened(&self, path: &Path, existed: bool) -> FileId {
        let mut inner = self.inner();
        let name = inner.name_of(path);
        let known = inner.names.get(&name).copied();
        match known.filter(|_| existed) {
            Some(file) => file,
            None => {
                let file = inner.next;
                inner.next += 1;
                inner.ops.push(Op::Create { file, path: name.clone() });
                inner.names.insert(name, file);
                if let Some(inode) = inode(path) {
                    inner.inodes.insert(file, inode);
                }
                file
            }
        }
    }

    /// Names that the program itself has changed since SQLite was last asked for anything in this folder.
    pub(crate) fn notice_renames(&self, path: &Path) {
        let mut inner = self.inner();
        let folder = folder_of(&inner.name_of(path)).to_owned();
        let here: Vec<(String, FileId)> = inner.names.iter().map(|(name, file)| (name.clone(), *file)).collect();
        let mut moved = Vec::new();
        for (name, file) in here.into_iter().filter(|(name, _)| folder_of(name) == folder) {
            let Some(was) = inner.inodes.get(&file).copied() else { continue };
            if inode(&inner.root.join(&name)) != Some(was) {
                moved.push((name, file, was));
            }
        }
        for (from, file, was) in moved {
            let Some(to) = find(&inner.root, &folder, was) else { continue };
            inner.names.remove(&from);
            inner.names.insert(to.clone(), file);
            inner.ops.push(Op::Rename { from, to });
            // The till syncs the folder itself behind each of them, by a call of the system's that does not pass here.
            inner.ops.push(Op::SyncFolder { folder: folder.clone() });
        }
    }

    pub(crate) fn wrote(&self, file: FileId, at: u64, data: &[u8]) {
        self.note(Op::Write { file, at, data: data.to_vec() });
    }

    /// A file was synced; with `folder`, the names around it too.
    pub(crate) fn synced(&self, file: FileId, is_database: bool, folder: Option<&Path>) {
        let mut inner = self.inner();
        if !(inner.sabotage == Sabotage::NoFileSync && is_database) {
            inner.ops.push(Op::Sync { file });
        }
        if let Some(path) = folder {
            inner.sync_folder(path);
        }
    }

    pub(crate) fn deleted(&self, path: &Path, folder_too: bool) {
        let mut inner = self.inner();
        let path_name = inner.name_of(path);
        inner.names.remove(&path_name);
        inner.ops.push(Op::Delete { path: path_name });
        if folder_too {
            inner.sync_folder(path);
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn name_of(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.root).expect("the shim asks about files under the root alone");
        below.to_str().expect("plain names").to_owned()
    }

    fn sync_folder(&mut self, path: &Path) {
        let folder = folder_of(&self.name_of(path)).to_owned();
        if self.sabotage != Sabotage::NoFolderSync {
            self.ops.push(Op::SyncFolder { folder });
        }
    }
}

fn inode(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|found| found.ino())
}

fn find(root: &Path, folder: &str, inode: u64) -> Option<String> {
    let files = fs::read_dir(root.join(folder)).ok()?;
    let found = files.flatten().find(|file| file.metadata().is_ok_and(|found| found.ino() == inode))?;
    Some(format!("{folder}/{}", found.file_name().display()))
}
