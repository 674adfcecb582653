//! The report of a long run: what was done, how often, and what came of it. Figures only as they were counted.

use crate::check::Noticed;
use crate::damage::Damage;
use crate::plan::{Failed, Tally};
use crate::tape::Fault;
use crate::use_cases::UseCase;
use std::fmt::Write;

/// Everything that a long run has to say.
#[derive(Default)]
pub struct Report {
    /// The commit that was tested.
    pub commit: String,
    /// The day.
    pub day: String,
    /// The first and the last seed of a run.
    pub seeds: (u64, u64),
    /// How it ended: all that was planned, or the time.
    pub ended: String,
    /// Use cases, and what came of each.
    pub crashes: Vec<(UseCase, Tally)>,
    /// Faults, and what came of each.
    pub faults: Vec<(Fault, Failed)>,
}

impl Report {
    /// All crashes together.
    pub fn all(&self) -> Tally {
        let mut all = Tally::default();
        self.crashes.iter().for_each(|(_, tally)| all.add(tally.clone()));
        all
    }

    /// All that must not be.
    pub fn findings(&self) -> Vec<String> {
        let crashes = self.all().findings.into_iter().map(|(case, finding)| format!("`CRASH_CASE={case}`: {finding}"));
        crashes.chain(self.faults.iter().flat_map(|(_, failed)| failed.findings.clone())).collect()
    }

    /// As a document.
    pub fn markdown(&self) -> String {
        let all = self.all();
        let findings = self.findings();
        let mut text = String::new();
        let verdict = match findings.len() {
            0 => "**Nothing was found.**".to_owned(),
            many => format!("**{many} findings; they stand below.**"),
        };
        put(&mut text, HEAD);
        put(
            &mut text,
            &format!(
                "{} of commit `{}`: {} cases, {} images opened, {} of them with further cuts while they recovered; {} calls made to \
                 fail. Runs from seed {} to {}. {} {verdict}\n",
                self.day,
                self.commit,
                all.cases,
                all.opened,
                all.again,
                self.faults.iter().map(|(_, failed)| failed.checked).sum::<u64>(),
                self.seeds.0,
                self.seeds.1,
                self.ended,
            ),
        );
        self.use_cases(&mut text);
        damages(&mut text, &all);
        lies(&mut text, &all);
        self.failing(&mut text);
        put(&mut text, LIMITS);
        if !findings.is_empty() {
            put(&mut text, "## Findings\n");
            findings.iter().take(200).for_each(|finding| put(&mut text, &format!("- {finding}")));
        }
        text
    }

    fn use_cases(&self, text: &mut String) {
        put(text, "## Use cases\n");
        put(text, "| use case | what is done | runs | calls | cut behind | cases | images opened |");
        put(text, "|---|---|---:|---:|---:|---:|---:|");
        for (case, tally) in &self.crashes {
            let Tally { runs, calls, cuts, cases, opened, .. } = tally;
            put(text, &format!("| {} | {} | {runs} | {calls} | {cuts} | {cases} | {opened} |", case.name, case.what));
        }
        put(text, "\nCases with the same image and the same past count as cases and are opened once.\n");
    }

    fn failing(&self, text: &mut String) {
        put(text, "## Calls that fail\n");
        put(
            text,
            "Once and for ever, each in a run of its own; afterwards the files are looked at as a kill, a power cut and an",
        );
        put(
            text,
            "orderly end leave them. After a failed sync the model loses what it should have flushed, whatever is synced later.\n",
        );
        put(text, "| fault | calls that can fail | made to fail | broke off what was done |");
        put(text, "|---|---:|---:|---:|");
        for (fault, failed) in &self.faults {
            put(text, &format!("| {} | {} | {} | {} |", fault.name(), failed.calls, failed.checked, failed.felt));
        }
        put(text, "");
    }
}

fn damages(text: &mut String, all: &Tally) {
    put(text, "## Models of damage\n");
    put(text, "| model | cases |");
    put(text, "|---|---:|");
    for damage in Damage::ALL {
        let cases = all.by_damage.get(&damage).copied().unwrap_or(0);
        put(text, &format!("| {} | {cases} |", damage.name()));
    }
    put(text, "");
}

fn lies(text: &mut String, all: &Tally) {
    put(text, "## Devices whose sync does not flush\n");
    put(text, "| what came of it | cases |");
    put(text, "|---|---:|");
    for (noticed, what) in [
        (Noticed::NothingLost, "nothing that was told was lost"),
        (
            Noticed::Refused,
            "the file was refused as damaged, or as never enrolled; or the office no longer knew the till, and said so",
        ),
        (Noticed::ByVerifying, "the file opened, and its journal did not verify to its end"),
        (
            Noticed::ByRebuilding,
            "the journal was whole, and rows beside it were older: opening did not see it, a rebuild does",
        ),
        (
            Noticed::ByTheOffice,
            "the head office held more: the till was told at its next sync, and gave no further number",
        ),
        (Noticed::SentAgain, "the head office had lost what it had acknowledged, and the till sent it again"),
        (Noticed::AsAFork, "numbers were given twice while apart; the head office holds the proof"),
        (Noticed::Unseen, "entries were lost that the head office never had: only their holders can tell"),
    ] {
        put(text, &format!("| {what} | {} |", all.lies.get(&noticed).copied().unwrap_or(0)));
    }
    put(text, "");
}

fn put(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a text in memory takes every line");
}

const HEAD: &str = "\
# Reliability

Written by the crash laboratory (`tests/lab.sh`); figures as they were counted, not as they were hoped for.

Every call that SQLite makes to its files is recorded while a till and a head office work. The record is cut off behind a call;
what had not been synced is damaged; the files are opened again by the released stores on the stock VFS. What people had been
told must then be true: every receipt that may have been printed is there, byte by byte; the chain verifies; the projections are
those of the journal; a wish that is asked again is answered with the same receipt, once; the next number is fresh; SQLite finds
nothing wrong; what the head office acknowledged it still has; and after a sync both have the same journal and the books balance.
";

const LIMITS: &str = "\
## What this does not prove

- A device whose sync does not flush can lose receipts that were printed. The loss is found where the head office, or the holder
  of a later receipt, knows more than the file; it is not found where nobody else knows.
- Where such a device loses single pages, rows beside a whole journal (answers to requests, totals of days) can be older than it.
  Opening the till does not compare them; `rebuild` mends them.
- A till that has lost its newest entries and has nothing to send asks for news of payments before it hears that it is behind; a
  receipt that it then gives for one bears a number that was given before. The head office holds the proof.
- A head office whose device lost what it had acknowledged hears of it with the till's next entry, not with a sync that has
  nothing to send.
- Power is cut in a model, not on a device. Which devices are honest must be measured on them.
- The model knows what goes through SQLite and the vault's port. That the till syncs its folder behind each name that it changes
  itself is taken as done. It does not know the folder of a new till or office, whose own name is made by the system's calls, nor the key files of a vault; `tests/processes` kills the
  real program around those.
- One till and one head office, each with one process at a time, as they are released.

One case again: `CRASH_CASE=... cargo test -p raseed-crash --test crash what_was_told -- --nocapture`.
";
