//! SQLite's own way to its files, with a recorder in between.
//!
//! Registered once for the process as the default VFS. A file that no recorder is interested in is opened by the stock `unix`
//! VFS directly and never passes here again: that is how crash images are opened. Only this folder speaks C.
#![allow(unsafe_code, reason = "a VFS is a table of C functions")]

mod file;
pub mod memory;
mod vfs;

use crate::tape::Tape;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// Recorders by the folders that they listen to.
static TAPES: Mutex<Vec<(PathBuf, Tape)>> = Mutex::new(Vec::new());

static INSTALLED: OnceLock<()> = OnceLock::new();

/// Makes the shim the default VFS of this process; once is enough, more does no harm.
pub fn install() {
    INSTALLED.get_or_init(|| {
        memory::install();
        vfs::register();
    });
}

/// Listens to a folder for as long as the result lives.
pub fn listen(tape: &Tape) -> Listening {
    install();
    tapes().push((tape.root(), tape.clone()));
    Listening(tape.root())
}

/// While this lives, its recorder listens. Files that are open stay connected to it until they are closed.
pub struct Listening(PathBuf);

impl Drop for Listening {
    fn drop(&mut self) {
        tapes().retain(|(root, _)| *root != self.0);
    }
}

/// Makes SQLite's random numbers begin anew, so that a run repeats to the byte.
pub fn restart_randomness() {
    install();
    // SAFETY: with no bytes asked for and no buffer, this is SQLite's documented way to forget its random state.
    unsafe { rusqlite::ffi::sqlite3_randomness(0, std::ptr::null_mut()) };
}

/// Who listens to this path.
fn tape_of(path: &Path) -> Option<Tape> {
    tapes().iter().find(|(root, _)| path.starts_with(root)).map(|(_, tape)| tape.clone())
}

fn tapes() -> MutexGuard<'static, Vec<(PathBuf, Tape)>> {
    TAPES.lock().unwrap_or_else(PoisonError::into_inner)
}
