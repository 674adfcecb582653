//! Signatures of a run, checked before anything is locked: this is where most of the time goes.
//!
//! It says nothing about places in a chain, and it never goes past the first entry that is not good.

use raseed_protocol::journal::{EntryError, SignedEntry, TillKeys};

/// Fewer entries than this are not worth a thread.
const PER_THREAD: usize = 128;

/// The good entries up to the first bad one, and what is wrong with that.
pub(crate) struct Verified {
    pub entries: Vec<SignedEntry>,
    pub bad: Option<EntryError>,
}

/// Verifies entries with the keys that they name, on several processors if there are many.
pub(crate) fn verify_all(entries: &[&[u8]], keys: &TillKeys) -> Verified {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(entries.len().div_ceil(PER_THREAD)).max(1);
    let chunks: Vec<&[&[u8]]> = entries.chunks(entries.len().div_ceil(threads).max(1)).collect();
    let Some((first, others)) = chunks.split_first() else {
        return Verified { entries: Vec::new(), bad: None };
    };
    let parts: Vec<Verified> = std::thread::scope(|scope| {
        let others: Vec<_> = others.iter().map(|chunk| scope.spawn(|| verify(chunk, keys))).collect();
        let first = verify(first, keys);
        let joined = others.into_iter().map(|thread| thread.join().expect("verifying does not panic"));
        std::iter::once(first).chain(joined).collect()
    });
    up_to_the_first_bad(parts, entries.len())
}

fn verify(entries: &[&[u8]], keys: &TillKeys) -> Verified {
    let mut verified = Verified { entries: Vec::with_capacity(entries.len()), bad: None };
    for bytes in entries {
        match keys.verify(bytes) {
            Ok(entry) => verified.entries.push(entry),
            Err(error) => {
                verified.bad = Some(error);
                break;
            }
        }
    }
    verified
}

fn up_to_the_first_bad(parts: Vec<Verified>, count: usize) -> Verified {
    let mut all = Verified { entries: Vec::with_capacity(count), bad: None };
    for part in parts {
        all.entries.extend(part.entries);
        if part.bad.is_some() {
            all.bad = part.bad;
            break;
        }
    }
    all
}
