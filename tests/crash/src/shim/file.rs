//! An open file's half of the shim: each call is counted, may be made to fail, goes to the stock VFS, and is written down.

use super::vfs::write_code;
use crate::ops::{FileId, Op};
use crate::tape::{Call, Fault, Sabotage, Tape};
use rusqlite::ffi::{self, sqlite3_file, sqlite3_io_methods};
use std::cell::Cell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::PathBuf;
use std::ptr;

/// Bytes that our part takes in front of the stock VFS's: room for [`Handle`], and its alignment.
pub const HEADER: c_int = 32;

/// What SQLite holds for each file: first its own part, then ours; the stock VFS's begins [`HEADER`] bytes on.
#[repr(C)]
struct Handle {
    base: sqlite3_file,
    opened: *mut Opened,
}

/// A file that is open.
pub struct Opened {
    /// Who listens.
    pub tape: Tape,
    /// Its number in the log.
    pub id: FileId,
    /// Its name when it was opened.
    pub path: PathBuf,
    /// True for the database itself, false for its log or journal.
    pub is_database: bool,
    /// True until the first sync, which in the stock VFS syncs the folder of a new journal or log too.
    pub folder_unsynced: Cell<bool>,
}

/// Where the stock VFS keeps its part.
pub fn inner(handle: *mut sqlite3_file) -> *mut sqlite3_file {
    let header = usize::try_from(HEADER).expect("positive");
    // Nothing is read here: the caller of each function below has a handle of `szOsFile` bytes.
    handle.cast::<u8>().wrapping_add(header).cast()
}

/// Puts our part in place after the stock VFS has opened its own.
pub fn open_handle(handle: *mut sqlite3_file, opened: Opened) {
    // SAFETY: SQLite gave us `szOsFile` bytes, aligned for pointers; nothing of ours is in them yet.
    unsafe {
        let handle = handle.cast::<Handle>();
        ptr::write(&raw mut (*handle).base, sqlite3_file { pMethods: &METHODS });
        ptr::write(&raw mut (*handle).opened, Box::into_raw(Box::new(opened)));
    }
}

/// Says that the file is not open, so that SQLite does not close it.
pub fn close_handle(handle: *mut sqlite3_file) {
    // SAFETY: as above; SQLite looks at this field alone after an open that failed.
    unsafe { (*handle).pMethods = ptr::null() };
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    // Without memory-mapped reading (3), which would pass by us.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Our part of an open file.
fn ours<'a>(handle: *mut sqlite3_file) -> &'a Opened {
    // SAFETY: SQLite calls our methods on files that `open_handle` has made and `close` has not yet unmade.
    unsafe { &*(*handle.cast::<Handle>()).opened }
}

/// Calls a method of the stock VFS on its part of the file.
macro_rules! stock {
    ($handle:expr, $method:ident $(, $argument:expr)*) => {{
        let file = inner($handle);
        // SAFETY: the stock VFS opened this file, so its table is whole; the arguments are as SQLite passed them.
        unsafe { (*(*file).pMethods).$method.expect("the stock VFS has all methods")(file $(, $argument)*) }
    }};
}

unsafe extern "C" fn close(handle: *mut sqlite3_file) -> c_int {
    let code = stock!(handle, xClose);
    // SAFETY: made by `open_handle`, and never used again: SQLite closes a file once.
    drop(unsafe { Box::from_raw((*handle.cast::<Handle>()).opened) });
    code
}

unsafe extern "C" fn read(handle: *mut sqlite3_file, into: *mut c_void, length: c_int, at: i64) -> c_int {
    match ours(handle).tape.call(Call::Read) {
        Some(Fault::Short) => {
            stock!(handle, xRead, into, length / 2, at);
            ffi::SQLITE_IOERR_READ
        }
        Some(_) => ffi::SQLITE_IOERR_READ,
        None => stock!(handle, xRead, into, length, at),
    }
}

unsafe extern "C" fn write(handle: *mut sqlite3_file, from: *const c_void, length: c_int, at: i64) -> c_int {
    let fault = ours(handle).tape.call(Call::Write);
    let length = match fault {
        None => length,
        Some(Fault::Short) => length / 2,
        Some(fault) => return write_code(fault),
    };
    let code = stock!(handle, xWrite, from, length, at);
    if code == ffi::SQLITE_OK {
        let (length, at) = (usize::try_from(length).unwrap_or(0), u64::try_from(at).unwrap_or(0));
        // SAFETY: SQLite passes at least so many bytes.
        let data = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), length) };
        let opened = ours(handle);
        opened.tape.wrote(opened.id, at, data);
    }
    fault.map_or(code, write_code)
}

unsafe extern "C" fn truncate(handle: *mut sqlite3_file, size: i64) -> c_int {
    if ours(handle).tape.call(Call::Truncate).is_some() {
        return ffi::SQLITE_IOERR_TRUNCATE;
    }
    let code = stock!(handle, xTruncate, size);
    if code == ffi::SQLITE_OK {
        let op = Op::Truncate { file: ours(handle).id, size: u64::try_from(size).unwrap_or(0) };
        ours(handle).tape.note(op);
    }
    code
}

unsafe extern "C" fn sync(handle: *mut sqlite3_file, flags: c_int) -> c_int {
    let opened = ours(handle);
    if opened.tape.call(Call::Sync).is_some() {
        opened.tape.note(Op::SyncFailed { file: opened.id });
        return ffi::SQLITE_IOERR_FSYNC;
    }
    let code = stock!(handle, xSync, flags);
    if code == ffi::SQLITE_OK {
        let folder = opened.folder_unsynced.take().then_some(opened.path.as_path());
        opened.tape.synced(opened.id, opened.is_database, folder);
    }
    code
}

unsafe extern "C" fn file_size(handle: *mut sqlite3_file, size: *mut i64) -> c_int {
    if ours(handle).tape.call(Call::Size).is_some() {
        return ffi::SQLITE_IOERR_FSTAT;
    }
    stock!(handle, xFileSize, size)
}

unsafe extern "C" fn lock(handle: *mut sqlite3_file, level: c_int) -> c_int {
    if ours(handle).tape.call(Call::Lock).is_some() {
        return ffi::SQLITE_IOERR_LOCK;
    }
    stock!(handle, xLock, level)
}

unsafe extern "C" fn unlock(handle: *mut sqlite3_file, level: c_int) -> c_int {
    stock!(handle, xUnlock, level)
}

unsafe extern "C" fn check_reserved_lock(handle: *mut sqlite3_file, result: *mut c_int) -> c_int {
    stock!(handle, xCheckReservedLock, result)
}

unsafe extern "C" fn file_control(handle: *mut sqlite3_file, what: c_int, argument: *mut c_void) -> c_int {
    if what == ffi::SQLITE_FCNTL_PRAGMA
        && matches!(ours(handle).tape.sabotage(), Sabotage::Synchronous(_))
        && asks_for_full_sync(argument)
    {
        // "Done": so the connection keeps the value that the sabotage has set.
        return ffi::SQLITE_OK;
    }
    stock!(handle, xFileControl, what, argument)
}

/// True for `PRAGMA synchronous = FULL`.
fn asks_for_full_sync(argument: *mut c_void) -> bool {
    let texts = argument.cast::<*const c_char>();
    let text = |place: usize| {
        // SAFETY: for this call SQLite passes an array of four texts: answer, name, value (or null), and a spare one.
        let text = unsafe { *texts.add(place) };
        // SAFETY: not null is a C string.
        (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_string_lossy().to_lowercase())
    };
    text(1).as_deref() == Some("synchronous") && text(2).as_deref() == Some("full")
}

unsafe extern "C" fn sector_size(handle: *mut sqlite3_file) -> c_int {
    ours(handle).tape.device().sector().unwrap_or_else(|| stock!(handle, xSectorSize))
}

unsafe extern "C" fn device_characteristics(handle: *mut sqlite3_file) -> c_int {
    let machine = stock!(handle, xDeviceCharacteristics);
    // A bare device promises nothing: writes are not atomic, not in order, and may hurt their neighbours.
    if ours(handle).tape.device().sector().is_some() { 0 } else { machine }
}

unsafe extern "C" fn shm_map(
    handle: *mut sqlite3_file,
    region: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    let opened = ours(handle);
    match opened.tape.call(Call::ShmMap) {
        Some(Fault::Full) => return ffi::SQLITE_IOERR_SHMSIZE,
        Some(_) => return ffi::SQLITE_IOERR_SHMMAP,
        None => opened.tape.note(Op::Shared { file: opened.id }),
    }
    stock!(handle, xShmMap, region, size, extend, out)
}

unsafe extern "C" fn shm_lock(handle: *mut sqlite3_file, offset: c_int, many: c_int, flags: c_int) -> c_int {
    // Giving a lock back cannot fail in a way that SQLite would hear of.
    if flags & ffi::SQLITE_SHM_UNLOCK == 0 && ours(handle).tape.call(Call::ShmLock).is_some() {
        return ffi::SQLITE_IOERR_SHMLOCK;
    }
    ours(handle).tape.note(Op::Shared { file: ours(handle).id });
    stock!(handle, xShmLock, offset, many, flags)
}

unsafe extern "C" fn shm_barrier(handle: *mut sqlite3_file) {
    stock!(handle, xShmBarrier);
}

unsafe extern "C" fn shm_unmap(handle: *mut sqlite3_file, delete: c_int) -> c_int {
    ours(handle).tape.note(Op::Shared { file: ours(handle).id });
    stock!(handle, xShmUnmap, delete)
}
