//! `raseed till carry | take`: what is unsent goes out as a file, and the answer comes in as one.

use crate::output::{Failure, Output};
use crate::whole_file;
use raseed_protocol::sealed::MAX_FILE;
use raseed_till::{Parcel, Till};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Writes what is unsent, sealed for the head office: into a folder as many files as it takes, or one file.
pub fn run(till: &Till, place: &Path, out: &Output) -> Result<(), Failure> {
    let mut written: Vec<(PathBuf, Parcel)> = Vec::new();
    loop {
        let parcel = till.carry(written.last().map(|(_, parcel)| parcel.last))?;
        let path = if place.is_dir() { place.join(&parcel.name) } else { place.to_owned() };
        whole_file::write(&path, &parcel.bytes)?;
        let done = parcel.left == 0 || !place.is_dir();
        written.push((path, parcel));
        if done {
            break;
        }
    }
    let entries: u64 = written.iter().map(|(_, parcel)| parcel.entries).sum();
    let left = written.last().map_or(0, |(_, parcel)| parcel.left);
    let files: Vec<&PathBuf> = written.iter().map(|(path, _)| path).collect();
    out.say(&json!({ "files": files, "entries": entries, "left": left }), || text(&files, entries, left))
}

fn text(files: &[&PathBuf], entries: u64, left: u64) -> String {
    let what = match entries {
        0 => "nothing is unsent; the question for the book alone".to_owned(),
        some => format!("{some} unsent entries"),
    };
    let names: Vec<String> = files.iter().map(|file| format!("  {}", file.display())).collect();
    let rest = match left {
        0 => String::new(),
        some => format!("\n{some} more did not fit: name a folder, and as many files as it takes are written"),
    };
    format!(
        "{what}, sealed for the head office:\n{}\nThey count as sent once its answer is taken (`till take`){rest}",
        names.join("\n")
    )
}

/// Takes in an answer of the head office.
pub fn take(till: &mut Till, file: &Path, out: &Output) -> Result<(), Failure> {
    let taken = till.take(&whole_file::read(file, MAX_FILE)?)?;
    let unsent = till.standing().unsent;
    out.say(&json!({ "taken": taken, "unsent": unsent }), || {
        let old =
            if taken.old_pages > 0 { format!(", {} pages were here already", taken.old_pages) } else { String::new() };
        let look =
            if taken.notices > 0 { format!("; {} need a look: `till queue`", taken.notices) } else { String::new() };
        let cut =
            if taken.whole { "" } else { "\nthe file breaks off: what came before was taken; let it be copied again" };
        format!(
            "{} entries acknowledged, {} accounts came ({} pages{old}), {} payments moved; {unsent} unsent{look}{cut}",
            taken.acknowledged, taken.accounts, taken.pages, taken.payments
        )
    })
}
