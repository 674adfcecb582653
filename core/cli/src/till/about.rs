//! `raseed till about`: what this till is, and what its storage is worth.

use crate::output::{Failure, Output};
use raseed_till::Till;
use raseed_till::storage::StorageStanding;
use serde_json::{Value, json};

/// Says it.
pub fn run(till: &Till, out: &Output) -> Result<(), Failure> {
    let (identity, standing, storage) = (till.identity(), till.standing(), till.storage());
    let value = json!({
        "till": identity.till,
        "life": identity.incarnation,
        "tenant": identity.tenant,
        "office": identity.office_url,
        "profile": identity.profile,
        "newest": standing.newest,
        "receipts": standing.receipts,
        "grand_total_paise": standing.grand_total,
        "head": till.head().to_string(),
        "storage": storage_value(storage),
    });
    out.say(&value, || {
        let mut lines = vec![
            format!("till {}, life {}, of {}", identity.till, identity.incarnation, identity.tenant),
            format!("head office: {}", identity.office_url),
            format!("{} receipts, {}; newest entry {}", standing.receipts, standing.grand_total, standing.newest),
            format!("journal ends with {}", till.head()),
            storage_line(storage),
        ];
        lines.extend(storage.trouble().map(|trouble| format!("LOOK: {trouble}")));
        lines.join("\n")
    })
}

/// For scripts.
pub fn storage_value(storage: &StorageStanding) -> Value {
    json!({
        "class": storage.class,
        "filesystem": storage.filesystem,
        "flush_us": storage.flush_us,
        "examined_ms": storage.examined,
        "syncs_every_commit": storage.syncs_every_commit(),
        "trouble": storage.trouble().map(|trouble| trouble.code()),
    })
}

fn storage_line(storage: &StorageStanding) -> String {
    let kind = if storage.filesystem.is_empty() { "not known" } else { &storage.filesystem };
    let flush = storage.flush_us.map_or_else(|| "not measured".to_owned(), |us| format!("{us} µs"));
    let synced = if storage.syncs_every_commit() { ", the whole file system is synced after every record" } else { "" };
    let examined = storage.examined.to_people();
    format!("storage: {} ({kind}), a flush takes {flush}{synced}; looked at {examined}", storage.class)
}
