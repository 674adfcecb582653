//! `raseed office take | carry`: files from tills come in, answers and books go out.

use crate::machine;
use crate::output::{Failure, Output};
use crate::whole_file;
use raseed_head_office::{CarriedIn, Office};
use raseed_protocol::ids::TillId;
use raseed_protocol::sealed::MAX_FILE;
use raseed_protocol::wire::Refusal;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Takes files in, each as one line of the answer. A file that goes on from another one waits until that one was taken.
pub fn take(office: &Office, files: &[PathBuf], answers: Option<&Path>, out: &Output) -> Result<(), Failure> {
    let mut waiting: Vec<&PathBuf> = files.iter().collect();
    let mut failure = None;
    loop {
        let mut again = Vec::new();
        let before = waiting.len();
        let last_round = |again: &[&PathBuf]| again.len() == before;
        let mut gaps = Vec::new();
        for file in waiting {
            match office.take_by_hand(&whole_file::read(file, MAX_FILE)?, machine::wall()) {
                Ok(came) if matches!(came.refused, Some(Refusal::Gap { .. })) && came.taken.is_none() => {
                    again.push(file);
                    gaps.push(came);
                }
                Ok(came) => {
                    let answer = answers.map(|folder| write_answer(office, &came, folder)).transpose()?;
                    failure = refusal(&came).or(failure);
                    say(file, &came, answer.as_deref(), out)?;
                }
                Err(error) => {
                    let error = Failure::from(error);
                    out.refusal(&Failure::new("not-taken", format!("{}: {error}", file.display())));
                    failure = Some(error);
                }
            }
        }
        if again.is_empty() || last_round(&again) {
            for (file, came) in again.iter().zip(&gaps) {
                failure = refusal(came).or(failure);
                say(file, came, None, out)?;
            }
            return failure.map_or(Ok(()), Err);
        }
        waiting = again;
    }
}

/// The book for a till that did not ask.
pub fn carry(office: &Office, till: &str, since: u64, file: &Path, out: &Output) -> Result<(), Failure> {
    let till: TillId = till.parse().map_err(|error| Failure::new("bad-till", error))?;
    let bytes = office.carry_book(&till, since, machine::wall(), &mut machine::random)?;
    whole_file::write(file, &bytes)?;
    out.say(&json!({ "till": till, "file": file, "bytes": bytes.len() }), || {
        format!("the book for till {till} is sealed in {}; take it there with `till take`", file.display())
    })
}

fn write_answer(office: &Office, came: &CarriedIn, folder: &Path) -> Result<PathBuf, Failure> {
    let bytes = office.answer_by_hand(came, machine::wall(), &mut machine::random)?;
    let path = folder.join(format!("{}-answer.sealed", came.newest()));
    whole_file::write(&path, &bytes)?;
    Ok(path)
}

fn refusal(came: &CarriedIn) -> Option<Failure> {
    let text = match came.refused.as_ref()? {
        Refusal::Gap { expected } => {
            format!(
                "entries of {} from {expected} on are missing before this file: take the file with those first",
                came.till
            )
        }
        Refusal::Fork { at } => format!(
            "the books hold another entry {at} of {} than this file: the device was copied or restored. Both are kept as a \
             proof (`office exceptions`); call whoever was responsible for the device",
            came.till
        ),
        Refusal::BadEntry { at, what } => format!("entry {at} of {} was not taken: {what}", came.till),
    };
    Some(Failure::new("not-taken", text))
}

fn say(file: &Path, came: &CarriedIn, answer: Option<&Path>, out: &Output) -> Result<(), Failure> {
    out.say(&value(file, came, answer), || text(file, came, answer))
}

fn value(file: &Path, came: &CarriedIn, answer: Option<&Path>) -> Value {
    json!({
        "file": file,
        "till": came.till,
        "incarnation": came.incarnation,
        "taken": came.taken.map_or(0, |(first, last)| last.0 + 1 - first.0),
        "known": came.known,
        "through": came.through,
        "whole": came.whole,
        "exceptions": came.exceptions,
        "refused": came.refused,
        "answer": answer,
    })
}

fn text(file: &Path, came: &CarriedIn, answer: Option<&Path>) -> String {
    let taken = match came.taken {
        Some((first, last)) => format!("entries {first} to {last} are new"),
        None => "nothing in it is new".to_owned(),
    };
    let known = if came.known > 0 { format!(", {} were here already", came.known) } else { String::new() };
    let mut lines = vec![format!(
        "{}: till {}, {taken}{known}; its journal is here up to {}",
        file.display(),
        came.till,
        came.newest()
    )];
    lines.extend(
        came.exceptions.iter().map(|about| format!("  entry {}: {} [{}]", about.sequence, about.what, about.code)),
    );
    lines.extend(refusal(came).map(|failure| format!("  {failure}")));
    if !came.whole {
        lines.push(
            "  the file breaks off or is damaged from some place on: let it be carried once more for the rest"
                .to_owned(),
        );
    }
    lines
        .extend(answer.map(|path| format!("  the answer is in {}; take it to the till (`till take`)", path.display())));
    lines.join("\n")
}
