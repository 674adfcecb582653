//! The file system's half of the shim: opening, removing, asking. What it does not wrap is the stock VFS's own function.

use super::file::{self, Opened};
use super::tape_of;
use crate::tape::{Call, Fault, Sabotage};
use rusqlite::ffi;
use std::cell::Cell;
use std::ffi::{CStr, OsStr, c_char, c_int};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::ptr;
use std::sync::OnceLock;

/// The stock VFS, and ours as SQLite holds it.
struct Registered {
    real: *mut ffi::sqlite3_vfs,
}

// SAFETY: the stock VFS is a static of the SQLite library and is only read after it was registered.
unsafe impl Send for Registered {}
// SAFETY: as above.
unsafe impl Sync for Registered {}

static REGISTERED: OnceLock<Registered> = OnceLock::new();

/// The stock `unix` VFS.
fn real() -> *mut ffi::sqlite3_vfs {
    REGISTERED.get().expect("the shim is called after it was registered").real
}

/// Registers the shim as the default.
pub fn register() {
    // SAFETY: the name is a C string; SQLite initialises itself and gives back its static `unix` VFS, or null.
    let real = unsafe { ffi::sqlite3_vfs_find(c"unix".as_ptr()) };
    assert!(!real.is_null(), "SQLite has a VFS called unix on every system that this laboratory runs on");
    // SAFETY: not null, and valid for the life of the process.
    let mut ours = unsafe { *real };
    ours.zName = c"raseed-crash".as_ptr();
    ours.pNext = ptr::null_mut();
    ours.szOsFile += file::HEADER;
    ours.xOpen = Some(open);
    ours.xDelete = Some(delete);
    ours.xAccess = Some(access);
    ours.xRandomness = Some(randomness);
    assert!(REGISTERED.set(Registered { real }).is_ok(), "it is registered once");
    // It lives as long as the process: SQLite keeps the pointer.
    let ours = Box::leak(Box::new(ours));
    // SAFETY: `ours` is a whole VFS that is never freed; the callback is a whole entry point.
    unsafe {
        assert_eq!(ffi::sqlite3_vfs_register(ours, 1), ffi::SQLITE_OK);
        assert_eq!(ffi::sqlite3_auto_extension(Some(on_connection)), ffi::SQLITE_OK);
    }
}

unsafe extern "C" fn open(
    _vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    handle: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: the stock VFS is whole, and SQLite calls us with what it would call it with; the buffer behind `handle` has
    // `szOsFile` bytes, which is more than the stock VFS asks for.
    let stock = |into| unsafe { (*real()).xOpen.expect("a whole VFS")(real(), name, into, flags, out_flags) };
    let Some(path) = path_of(name) else { return stock(handle) };
    let Some(tape) = tape_of(&path) else { return stock(handle) };
    if tape.call(Call::Open).is_some() {
        file::close_handle(handle);
        return ffi::SQLITE_CANTOPEN;
    }
    if flags & ffi::SQLITE_OPEN_MAIN_DB != 0 {
        tape.notice_renames(&path);
    }
    let existed = path.exists();
    let code = stock(file::inner(handle));
    if code != ffi::SQLITE_OK {
        file::close_handle(handle);
        return code;
    }
    let id = tape.opened(&path, existed);
    let names_are_new = [ffi::SQLITE_OPEN_SUPER_JOURNAL, ffi::SQLITE_OPEN_MAIN_JOURNAL, ffi::SQLITE_OPEN_WAL];
    let is_log = names_are_new.iter().any(|kind| flags & kind != 0);
    let folder_unsynced = Cell::new(is_log && flags & ffi::SQLITE_OPEN_CREATE != 0);
    let is_database = flags & ffi::SQLITE_OPEN_MAIN_DB != 0;
    file::open_handle(handle, Opened { tape, id, path, is_database, folder_unsynced });
    code
}

unsafe extern "C" fn delete(_vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    // SAFETY: as SQLite calls us.
    let stock = || unsafe { (*real()).xDelete.expect("a whole VFS")(real(), name, sync_folder) };
    let Some((path, tape)) = path_of(name).and_then(|path| tape_of(&path).map(|tape| (path, tape))) else {
        return stock();
    };
    if tape.call(Call::Delete).is_some() {
        return ffi::SQLITE_IOERR_DELETE;
    }
    let code = stock();
    if code == ffi::SQLITE_OK {
        tape.deleted(&path, sync_folder & 1 != 0);
    }
    code
}

unsafe extern "C" fn access(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    result: *mut c_int,
) -> c_int {
    let failed = path_of(name).and_then(|path| tape_of(&path)).and_then(|tape| tape.call(Call::Access));
    if failed.is_some() {
        return ffi::SQLITE_IOERR_ACCESS;
    }
    // SAFETY: as SQLite calls us.
    unsafe { (*real()).xAccess.expect("a whole VFS")(real(), name, flags, result) }
}

/// The same bytes every time: salts of logs are the only random thing in a file, and a case must repeat.
unsafe extern "C" fn randomness(_vfs: *mut ffi::sqlite3_vfs, length: c_int, out: *mut c_char) -> c_int {
    let length_usize = usize::try_from(length).unwrap_or(0);
    // SAFETY: SQLite passes a buffer of this length.
    let out = unsafe { std::slice::from_raw_parts_mut(out.cast::<u8>(), length_usize) };
    (1..).zip(out).for_each(|(number, byte)| *byte = number);
    length
}

/// Runs once for each new connection: the place where a sabotaged one is set wrong.
unsafe extern "C" fn on_connection(
    connection: *mut ffi::sqlite3,
    _message: *mut *mut c_char,
    _api: *const ffi::sqlite3_api_routines,
) -> c_int {
    // SAFETY: SQLite passes an open connection; the name it gives back is its own and lives as long.
    let name = unsafe { ffi::sqlite3_db_filename(connection, c"main".as_ptr()) };
    let tape = path_of(name).and_then(|path| tape_of(&path));
    if let Some(Sabotage::Synchronous(value)) = tape.map(|tape| tape.sabotage()) {
        let sql = std::ffi::CString::new(format!("PRAGMA synchronous = {value}")).expect("a plain word");
        // SAFETY: an open connection and a C string; no callback, no message wanted.
        return unsafe { ffi::sqlite3_exec(connection, sql.as_ptr(), None, ptr::null_mut(), ptr::null_mut()) };
    }
    ffi::SQLITE_OK
}

/// The path in a name that SQLite passes; `None` for a temporary file without one.
fn path_of(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: not null, and a C string as every name that SQLite passes.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    (!bytes.is_empty()).then(|| PathBuf::from(OsStr::from_bytes(bytes)))
}

/// The code with which a write fails.
pub fn write_code(fault: Fault) -> c_int {
    if fault == Fault::Full { ffi::SQLITE_FULL } else { ffi::SQLITE_IOERR_WRITE }
}
