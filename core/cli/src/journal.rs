//! `raseed journal`: for auditors and for the day a device is damaged.

use crate::args::{JournalArgs, JournalCommand};
use crate::output::{Failure, Output};
use raseed_protocol::keys::PublicKey;
use raseed_till::{Audit, IncarnationAudit, audit_file, audit_run};
use std::fs;
use std::io::Read;
use std::path::Path;

/// The largest exported journal that is read, in bytes: some ten million entries.
const MAX_FILE: u64 = 4 << 30;

/// Runs the command.
pub fn run(args: &JournalArgs, out: &Output) -> Result<(), Failure> {
    match &args.command {
        JournalCommand::Check { file, root_key, salvage } => check(file, root_key.as_deref(), salvage.as_deref(), out),
    }
}

fn check(file: &Path, root_key: Option<&str>, salvage: Option<&Path>, out: &Output) -> Result<(), Failure> {
    let key: Option<PublicKey> =
        root_key.map(|text| text.parse().map_err(|error| Failure::new("bad-key", error))).transpose()?;
    let audit = if is_database(file)? {
        audit_file(file, key.as_ref())?
    } else {
        let key = key.ok_or_else(|| {
            Failure::new(
                "key-needed",
                "an exported journal is checked against the head office's root key: give --root-key",
            )
        })?;
        let mut bytes = Vec::new();
        let opened = fs::File::open(file).map_err(Failure::io(file.display()))?;
        opened.take(MAX_FILE).read_to_end(&mut bytes).map_err(Failure::io(file.display()))?;
        audit_run(&bytes, &key)
    };
    if let Some(folder) = salvage {
        write_salvaged(folder, &audit)?;
    }
    out.say(&audit, || report(&audit))?;
    if audit.is_clean() {
        Ok(())
    } else {
        Err(Failure::new("not-clean", "the journal is not whole; what is listed above was found"))
    }
}

/// SQLite's files begin with these sixteen bytes; a till's file is also taken by its name, in case they are damaged.
fn is_database(file: &Path) -> Result<bool, Failure> {
    let mut start = [0; 16];
    let mut opened = fs::File::open(file).map_err(Failure::io(file.display()))?;
    let read = opened.read(&mut start).map_err(Failure::io(file.display()))?;
    let named = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("till.db"));
    Ok(named || &start[..read] == b"SQLite format 3\0")
}

fn write_salvaged(folder: &Path, audit: &Audit) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::io(folder.display()))?;
    for (part, run) in audit.incarnations.iter().zip(&audit.salvaged) {
        let path = folder.join(format!("{}-{}.journal", part.newest.till, part.newest.incarnation));
        fs::write(&path, run).map_err(Failure::io(path.display()))?;
    }
    Ok(())
}

fn report(audit: &Audit) -> String {
    let mut lines: Vec<String> = audit.incarnations.iter().map(report_part).collect();
    lines.extend(audit.unreadable.iter().map(|what| format!("CANNOT BE READ  {what}")));
    if lines.is_empty() {
        lines.push("nothing found".to_owned());
    }
    lines.join("\n")
}

fn report_part(part: &IncarnationAudit) -> String {
    let counts = format!(
        "till {} incarnation {}: {} of {} entries verified, {} receipts, {} in all\nhead {} {}",
        part.newest.till,
        part.newest.incarnation,
        part.verified,
        part.found,
        part.receipts,
        part.grand_total,
        part.newest.sequence,
        part.head
    );
    match &part.problem {
        None => format!("WHOLE  {counts}"),
        Some(problem) => format!("BROKEN  {counts}\n  at entry {}: {}", problem.at, problem.what),
    }
}
