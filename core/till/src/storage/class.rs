//! From a mount to what a flush on it is worth. A pure rule; `tests/vectors/storage.json` holds it, the README beside this file
//! gives the sources.
//!
//! It must never say more than the system does: a kind of file system that is not in the list is *unknown*.

use super::mounts::Mount;
use raseed_protocol::storage::StorageClass;

/// The class of what is mounted there.
pub fn class_of(mount: &Mount) -> StorageClass {
    let without_barriers = mount.has("nobarrier") || mount.value("barrier").is_some_and(is_off);
    match mount.filesystem.as_str() {
        "tmpfs" | "ramfs" | "rootfs" | "devtmpfs" => StorageClass::InMemory,
        "f2fs" => of_f2fs(mount),
        "ext2" | "ext3" | "ext4" | "xfs" | "btrfs" if without_barriers => StorageClass::DoesNotFlush,
        "ext2" | "ext3" | "ext4" | "xfs" | "btrfs" => StorageClass::Flushes,
        // `volatile` leaves out every flush; otherwise it is worth what it is worth on the layer below, which is not seen here.
        "overlay" if mount.has("volatile") => StorageClass::DoesNotFlush,
        _ => StorageClass::Unknown,
    }
}

fn of_f2fs(mount: &Mount) -> StorageClass {
    // While checkpoints are off (Android does it until a new system version has started), a cut goes back to the last one.
    let off = mount.value("checkpoint").is_some_and(|value| value.starts_with("disable"));
    match mount.value("fsync_mode") {
        _ if off || mount.has("nobarrier") => StorageClass::DoesNotFlush,
        Some("nobarrier") => StorageClass::NeedsSyncfs,
        // Kernels that do not say it have `posix`.
        Some("posix" | "strict") | None => StorageClass::Flushes,
        Some(_) => StorageClass::Unknown,
    }
}

fn is_off(value: &str) -> bool {
    matches!(value, "0" | "none")
}
