//! `raseed journal`: for auditors and for the day a device is damaged.

use crate::args::{JournalArgs, JournalCommand};
use crate::output::{Failure, Output};
use crate::verify::refused;
use raseed_protocol::journal::{Testimony, Witness};
use raseed_protocol::keys::PublicKey;
use raseed_protocol::receipt_link;
use raseed_till::{Audit, ForkFound, GapFound, IncarnationAudit, audit_file, audit_run, audit_together};
use serde_json::{Value, json};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest exported journal that is read, in bytes: some ten million entries.
const MAX_FILE: u64 = 4 << 30;

/// Runs the command.
pub fn run(args: &JournalArgs, out: &Output) -> Result<(), Failure> {
    let JournalCommand::Check { files, root_key, receipt, salvage } = &args.command;
    let key: Option<PublicKey> =
        root_key.as_deref().map(|text| text.parse().map_err(|error| Failure::new("bad-key", error))).transpose()?;
    let witnesses = witnesses(receipt, key.as_ref())?;
    match files.as_slice() {
        [file] => check(file, key.as_ref(), &witnesses, salvage.as_deref(), out),
        files => check_together(files, key.as_ref(), &witnesses, salvage.as_deref(), out),
    }
}

/// Receipts that were given out, each proven genuine first.
fn witnesses(receipts: &[String], key: Option<&PublicKey>) -> Result<Vec<Witness>, Failure> {
    if receipts.is_empty() {
        return Ok(Vec::new());
    }
    let key = key.ok_or_else(|| {
        Failure::new("key-needed", "a receipt is proven with the head office's root key: give --root-key")
    })?;
    let witness = |text: &String| receipt_link::verify(text, key).map(|receipt| Witness::of_receipt(&receipt));
    receipts.iter().map(|text| witness(text).map_err(|error| refused(&error))).collect()
}

fn check(
    file: &Path,
    key: Option<&PublicKey>,
    witnesses: &[Witness],
    salvage: Option<&Path>,
    out: &Output,
) -> Result<(), Failure> {
    let audit = audit(file, key)?;
    if let Some(folder) = salvage {
        write_salvaged(folder, &audit)?;
    }
    let audits = [audit];
    let heard = hear(witnesses, &audits);
    let [audit] = &audits;
    let mut value = json!(audit);
    if !heard.is_empty() {
        value["receipts"] = values(&heard);
    }
    out.say(&value, || {
        [report(audit)].into_iter().chain(heard.iter().map(report_heard)).collect::<Vec<_>>().join("\n")
    })?;
    if audit.is_clean() && all_stand(&heard) { Ok(()) } else { Err(not_clean()) }
}

/// A receipt, and what it says about the files.
type Heard<'a> = (&'a Witness, Testimony);

/// Each receipt must stand in one of the files. If it does not, the worst that it says is said.
fn hear<'a>(witnesses: &'a [Witness], audits: &[Audit]) -> Vec<Heard<'a>> {
    let says = |witness: &Witness| {
        let all: Vec<Testimony> = audits.iter().map(|audit| audit.hear(witness)).collect();
        let order = [Testimony::Stands, Testimony::Different, Testimony::Missing];
        order.into_iter().find(|testimony| all.contains(testimony)).unwrap_or(Testimony::OtherJournal)
    };
    witnesses.iter().map(|witness| (witness, says(witness))).collect()
}

fn all_stand(heard: &[Heard<'_>]) -> bool {
    heard.iter().all(|(_, testimony)| *testimony == Testimony::Stands)
}

fn values(heard: &[Heard<'_>]) -> Value {
    let value = |(witness, testimony): &Heard<'_>| json!({ "receipt": witness.at, "testimony": code(*testimony) });
    heard.iter().map(value).collect()
}

/// For scripts; never changes once released.
fn code(testimony: Testimony) -> &'static str {
    match testimony {
        Testimony::Stands => "stands",
        Testimony::Missing => "missing",
        Testimony::Different => "different",
        Testimony::OtherJournal => "other-journal",
    }
}

fn report_heard((witness, testimony): &Heard<'_>) -> String {
    let at = &witness.at;
    match testimony {
        Testimony::Stands => format!("RECEIPT  {at} stands in the journal: up to it nothing was changed or left out"),
        Testimony::Missing => format!(
            "MISSING  {at} was given out, and the journal ends before it: its end was cut off, or this is an older copy"
        ),
        Testimony::Different => format!(
            "DIFFERENT  {at} was given out, and another entry stands at its place: the journal was written anew, or the device was \
             copied"
        ),
        Testimony::OtherJournal => {
            format!("RECEIPT  {at} is of a journal that is not among these files; look for that one")
        }
    }
}

/// Several journals: each for itself, and what they say together.
fn check_together(
    files: &[PathBuf],
    key: Option<&PublicKey>,
    witnesses: &[Witness],
    salvage: Option<&Path>,
    out: &Output,
) -> Result<(), Failure> {
    let key = key.ok_or_else(|| {
        Failure::new("key-needed", "several journals are checked against the head office's root key: give --root-key")
    })?;
    let audits = files.iter().map(|file| audit(file, Some(key))).collect::<Result<Vec<_>, _>>()?;
    if let Some(folder) = salvage {
        for (number, audit) in audits.iter().enumerate() {
            write_salvaged(&folder.join((number + 1).to_string()), audit)?;
        }
    }
    let (together, heard) = (audit_together(&audits, key), hear(witnesses, &audits));
    let each: Vec<_> = files.iter().zip(&audits).map(|(file, audit)| json!({ "file": file, "audit": audit })).collect();
    let mut value = json!({ "files": each, "forks": together.forks, "gaps": together.gaps });
    if !heard.is_empty() {
        value["receipts"] = values(&heard);
    }
    out.say(&value, || {
        let mut lines = Vec::new();
        for (file, audit) in files.iter().zip(&audits) {
            lines.push(format!("{}:\n{}", file.display(), report(audit)));
        }
        lines.extend(together.forks.iter().map(report_fork));
        lines.extend(together.gaps.iter().map(report_gap));
        lines.extend(heard.iter().map(report_heard));
        lines.join("\n")
    })?;
    let whole = together.is_clean() && audits.iter().all(Audit::is_clean);
    if whole && all_stand(&heard) { Ok(()) } else { Err(not_clean()) }
}

fn report_fork(fork: &ForkFound) -> String {
    format!(
        "FORK  {}: two entries are signed for this place: the device was copied or restored. Proof, for anybody:\n  \
         certificate {}\n  one {}\n  other {}",
        fork.at,
        fork.certificates.join("\n  certificate "),
        fork.one,
        fork.other
    )
}

fn report_gap(gap: &GapFound) -> String {
    format!(
        "GAP  till {} incarnation {}: entries {} to {} are in none of these files, and {} says that they were written; look for \
         the till's second copy",
        gap.till, gap.incarnation, gap.from, gap.to, gap.said_by
    )
}

fn not_clean() -> Failure {
    Failure::new("not-clean", "the journal is not whole; what is listed above was found")
}

fn audit(file: &Path, key: Option<&PublicKey>) -> Result<Audit, Failure> {
    if is_database(file)? {
        return Ok(audit_file(file, key)?);
    }
    let key = key.ok_or_else(|| {
        Failure::new("key-needed", "an exported journal is checked against the head office's root key: give --root-key")
    })?;
    let mut bytes = Vec::new();
    let opened = fs::File::open(file).map_err(Failure::io(file.display()))?;
    opened.take(MAX_FILE).read_to_end(&mut bytes).map_err(Failure::io(file.display()))?;
    Ok(audit_run(&bytes, key))
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
