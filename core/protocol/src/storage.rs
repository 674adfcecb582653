//! What a device's storage does with a flush, as a till finds it and a head office lists it. It must never change what money does.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What becomes of a record on this storage when the power is cut. `core/till/src/storage/README.md` has the reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StorageClass {
    /// A file that was flushed is on the storage.
    Flushes,
    /// A flushed file alone may be lost; what the whole file system was asked to write is not.
    NeedsSyncfs,
    /// Nothing asks the storage to write what it holds in its own memory.
    DoesNotFlush,
    /// It is no storage: a restart empties it.
    InMemory,
    /// What lies below cannot be seen from here.
    Unknown,
}

/// Text that is no storage class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a storage class is flushes, needs-syncfs, does-not-flush, in-memory or unknown")]
pub struct UnknownStorageClass;

impl StorageClass {
    /// All of them.
    pub const ALL: [StorageClass; 5] = [
        StorageClass::Flushes,
        StorageClass::NeedsSyncfs,
        StorageClass::DoesNotFlush,
        StorageClass::InMemory,
        StorageClass::Unknown,
    ];

    /// What it is called in files, rows and requests.
    pub fn code(self) -> &'static str {
        match self {
            StorageClass::Flushes => "flushes",
            StorageClass::NeedsSyncfs => "needs-syncfs",
            StorageClass::DoesNotFlush => "does-not-flush",
            StorageClass::InMemory => "in-memory",
            StorageClass::Unknown => "unknown",
        }
    }
}

impl fmt::Display for StorageClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for StorageClass {
    type Err = UnknownStorageClass;
    fn from_str(text: &str) -> Result<StorageClass, UnknownStorageClass> {
        StorageClass::ALL.into_iter().find(|class| class.code() == text).ok_or(UnknownStorageClass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_read_back_from_its_code_and_its_json() {
        for class in StorageClass::ALL {
            assert_eq!(class.code().parse(), Ok(class));
            assert_eq!(serde_json::to_string(&class).unwrap(), format!("\"{class}\""));
        }
        assert_eq!("Flushes".parse::<StorageClass>(), Err(UnknownStorageClass));
    }
}
