//! SQLite's memory, with a place where an allocation can fail. For the whole process: a test that uses it stands alone.

use rusqlite::ffi::{self, sqlite3_mem_methods};
use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The two ways to memory of SQLite's own allocator.
struct Real {
    malloc: unsafe extern "C" fn(c_int) -> *mut c_void,
    realloc: unsafe extern "C" fn(*mut c_void, c_int) -> *mut c_void,
}

static REAL: OnceLock<Real> = OnceLock::new();

/// The first allocation that fails, counted from 1; 0: none does.
static FIRST: AtomicU64 = AtomicU64::new(0);
static FOR_EVER: AtomicBool = AtomicBool::new(false);
static PAUSED: AtomicBool = AtomicBool::new(false);
static COUNTED: AtomicU64 = AtomicU64::new(0);

/// Puts the counter between SQLite and its memory; before SQLite is used for anything.
pub fn install() {
    let none = sqlite3_mem_methods {
        xMalloc: None,
        xFree: None,
        xRealloc: None,
        xSize: None,
        xRoundup: None,
        xInit: None,
        xShutdown: None,
        pAppData: ptr::null_mut(),
    };
    let mut real = none;
    // SAFETY: SQLite is not initialised yet, and the argument is what this option takes: a place for the methods in use.
    let code = unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_GETMALLOC, &raw mut real) };
    assert_eq!(code, ffi::SQLITE_OK, "the laboratory is installed before SQLite is used");
    let ours = sqlite3_mem_methods { xMalloc: Some(malloc), xRealloc: Some(realloc), ..real };
    let (malloc_of, realloc_of) = (real.xMalloc.expect("a whole allocator"), real.xRealloc.expect("a whole allocator"));
    assert!(REAL.set(Real { malloc: malloc_of, realloc: realloc_of }).is_ok(), "it is installed once");
    // SAFETY: as above; SQLite copies the methods.
    let code = unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_MALLOC, &raw const ours) };
    assert_eq!(code, ffi::SQLITE_OK, "the laboratory is installed before SQLite is used");
}

/// Lets allocations fail from this one on, once or for ever; they are counted from here.
pub fn fail_at(first: u64, for_ever: bool) {
    COUNTED.store(0, Ordering::SeqCst);
    FOR_EVER.store(for_ever, Ordering::SeqCst);
    FIRST.store(first, Ordering::SeqCst);
}

/// Lets none fail any more; says how many were counted.
pub fn stop() -> u64 {
    FIRST.store(0, Ordering::SeqCst);
    COUNTED.load(Ordering::SeqCst)
}

/// While the laboratory itself looks, nothing fails and nothing is counted.
pub fn pause(paused: bool) {
    PAUSED.store(paused, Ordering::SeqCst);
}

fn fails() -> bool {
    let first = FIRST.load(Ordering::SeqCst);
    if first == 0 || PAUSED.load(Ordering::SeqCst) {
        return false;
    }
    let number = COUNTED.fetch_add(1, Ordering::SeqCst) + 1;
    number == first || (number > first && FOR_EVER.load(Ordering::SeqCst))
}

fn real() -> &'static Real {
    REAL.get().expect("SQLite asks after it was installed")
}

unsafe extern "C" fn malloc(bytes: c_int) -> *mut c_void {
    if fails() {
        return ptr::null_mut();
    }
    // SAFETY: SQLite's own allocator, asked as SQLite asks.
    unsafe { (real().malloc)(bytes) }
}

unsafe extern "C" fn realloc(memory: *mut c_void, bytes: c_int) -> *mut c_void {
    if fails() {
        return ptr::null_mut();
    }
    // SAFETY: SQLite's own allocator, asked as SQLite asks.
    unsafe { (real().realloc)(memory, bytes) }
}
