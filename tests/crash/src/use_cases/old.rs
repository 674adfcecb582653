//! Files of an older form, as a device and a head office hold them that were not updated for long: kept in `tests/fixtures`, made by
//! the programs of that time, never edited.

use crate::bench::{Bench, OFFICE, TILL};
use crate::image::Image;
use crate::past::Past;
use crate::shim;
use data_encoding::{BASE64, HEXLOWER};
use flate2::read::GzDecoder;
use raseed_protocol::time::WallMs;
use rusqlite::Connection;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// The till's file in its form 1, the head office's in its form 2.
const FIXTURE: &[u8] = include_bytes!("../../../fixtures/till-1-office-2.json.gz");

/// A till and its head office, by the files that they left.
#[derive(Deserialize)]
pub struct Old {
    /// What the clock showed when they were left.
    pub wall_ms: u64,
    /// Seeds in hexadecimal digits, by their names.
    vault: BTreeMap<String, String>,
    /// Files in Base64, by their paths.
    files: BTreeMap<String, String>,
}

impl Old {
    /// The oldest forms that there are.
    pub fn read() -> Old {
        // Before the first file is opened.
        shim::restart_randomness();
        let mut json = String::new();
        GzDecoder::new(FIXTURE).read_to_string(&mut json).expect("packed by gzip");
        serde_json::from_str(&json).expect("the shape of this fixture")
    }

    /// What is on the storage.
    pub fn image(&self) -> Image {
        let bytes = |text: &String| Arc::new(BASE64.decode(text.as_bytes()).expect("Base64"));
        let seed = |text: &String| {
            let bytes = HEXLOWER.decode(text.as_bytes()).expect("hexadecimal digits");
            bytes.try_into().expect("a seed has 32 bytes")
        };
        Image {
            files: self.files.iter().map(|(path, text)| (path.clone(), bytes(text))).collect(),
            vault: self.vault.iter().map(|(name, text)| (name.clone(), seed(text))).collect(),
        }
    }

    /// The journal, read with nothing but SQL.
    pub fn journal(folder: &Path) -> Vec<Vec<u8>> {
        let file = Connection::open(folder.join("till.db")).expect("the till's file");
        let mut statement = file.prepare("SELECT bytes FROM journal ORDER BY sequence").expect("its first table");
        let rows = statement.query_map([], |row| row.get(0)).expect("readable");
        rows.collect::<Result<_, _>>().expect("readable")
    }

    /// What a use case begins with. That every entry of the old file is there afterwards, unchanged, is its past.
    pub(super) fn base(&self, seed: u64, root: &Path) -> (Image, Past) {
        let (image, wall) = (self.image(), WallMs(self.wall_ms));
        image.write(root).expect("the laboratory's folder can be written");
        let journal = Old::journal(&root.join(TILL));
        let mut bench = Bench::new(root, &image, Past::beginning(wall), seed, None);
        bench.open_office().unwrap_or_else(|error| panic!("{OFFICE}: {error}"));
        bench.open_till().unwrap_or_else(|error| panic!("{TILL}: {error}"));
        let (_, mut past) = bench.finish();
        past.wishes.clear();
        past.began = wall;
        past.truth.insert(past.known.incarnation, journal);
        (image, past)
    }
}
