//! Runs every case of `tests/vectors/storage.json`: a list of mounts, a folder, and what storage it is.
#![allow(clippy::unwrap_used, reason = "the whole file is a test; a vector that cannot be read must stop it")]

use raseed_protocol::storage::StorageClass;
use raseed_till::storage::classify;
use serde::Deserialize;
use std::collections::BTreeSet;

const VECTORS: &str = include_str!("../../../tests/vectors/storage.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "comment")]
    _comment: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    mounts: Vec<String>,
    folder: String,
    filesystem: String,
    class: StorageClass,
}

#[test]
fn every_list_of_mounts_says_what_storage_a_folder_is_on() {
    let file: File = serde_json::from_str(VECTORS).unwrap();
    assert_eq!(file.cases.len(), 32);
    for case in &file.cases {
        let found = classify(&case.mounts.join("\n"), &case.folder);
        assert_eq!(found, Ok((case.class, case.filesystem.clone())), "{}", case.name);
    }
    let classes: BTreeSet<_> = file.cases.iter().map(|case| case.class.code()).collect();
    assert_eq!(classes.len(), StorageClass::ALL.len(), "there is a case for every class");
}
