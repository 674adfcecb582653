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
    let mut taking = Taking { office, answers, out, failure: None };
    let mut waiting: Vec<&PathBuf> = files.iter().collect();
    while !waiting.is_empty() {
        let mut early = Vec::new();
        for file in &waiting {
            match taking.open(file) {
                Ok(came) if is_early(&came) => early.push((*file, came)),
                Ok(came) => taking.finish(file, &came)?,
                Err(error) => taking.fail(error),
            }
        }
        if early.len() == waiting.len() {
            early.iter().try_for_each(|(file, came)| taking.finish(file, came))?;
            break;
        }
        waiting = early.into_iter().map(|(file, _)| file).collect();
    }
    taking.failure.map_or(Ok(()), Err)
}

/// Files on their way in.
struct Taking<'a> {
    office: &'a Office,
    answers: Option<&'a Path>,
    out: &'a Output,
    failure: Option<Failure>,
}

impl Taking<'_> {
    fn open(&self, file: &Path) -> Result<CarriedIn, Failure> {
        let bytes = whole_file::read(file, MAX_FILE)?;
        let came = self.office.take_by_hand(&bytes, machine::wall());
        came.map_err(|error| Failure::new("not-taken", format!("{}: {error}", file.display())))
    }

    fn finish(&mut self, file: &Path, came: &CarriedIn) -> Result<(), Failure> {
        let answer = self.answers.map(|folder| write_answer(self.office, came, folder)).transpose()?;
        say(file, came, answer.as_deref(), self.out)?;
        if let Some(refused) = refusal(came) {
            self.fail(refused);
        }
        Ok(())
    }

    /// One bad file keeps back none of the others; the last failure is the command's.
    fn fail(&mut self, failure: Failure) {
        if let Some(earlier) = self.failure.replace(failure) {
            self.out.refusal(&earlier);
        }
    }
}

/// True if entries before it are missing, which another of the files may bring.
fn is_early(came: &CarriedIn) -> bool {
    came.taken.is_none() && matches!(came.refused, Some(Refusal::Gap { .. }))
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
