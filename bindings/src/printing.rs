//! The core's print job for Kotlin: which step is next, what happened, and what became of it. No rule of its own.

use raseed_till::paper;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How a printer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PrinterState {
    /// Prints.
    Ready,
    /// Prints, but the roll is near its end.
    PaperLow,
    /// For a moment.
    Busy,
    /// Does not print, and has not said why.
    Offline,
    /// Needs repair.
    Broken,
    /// Prints again when its head has cooled.
    Overheated,
    /// No paper.
    PaperOut,
    /// The cover is open.
    CoverOpen,
    /// Not an answer to what was asked.
    Unknown,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PrintStep {
    /// Send this band, counted from 0; then `sent`.
    Send {
        /// Which.
        band: u32,
    },
    /// Throw away what lies unread, send the question and listen; then `heard`, `reported` or `silent`.
    Ask {
        /// The question, for a printer that is asked in bytes.
        bytes: Vec<u8>,
        /// Whether it is to be answered only when all before it is on paper.
        when_done: bool,
        /// At most so long, in milliseconds.
        patience_ms: u32,
    },
    /// Show why, let so long pass; then `waited`.
    Wait {
        /// Why.
        state: PrinterState,
        /// In milliseconds.
        pause_ms: u32,
    },
    /// It is over.
    Done {
        /// What became of it.
        outcome: PrintOutcome,
    },
}

/// What became of a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PrintOutcome {
    /// The printer says that it is on paper.
    Printed {
        /// The roll is near its end.
        paper_low: bool,
    },
    /// All was sent and nothing is known: ask the person whether it came out whole.
    SentUnconfirmed,
    /// It did not come out, or not whole.
    Stopped {
        /// Why.
        trouble: PrintTrouble,
        /// How much had gone by then.
        sent: PrintSent,
    },
}

/// Why it stopped; each has something that a person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PrintTrouble {
    /// Put in a roll.
    PaperOut,
    /// Close the cover.
    CoverOpen,
    /// Let it cool.
    Overheated,
    /// Switch it off and on; else it needs repair.
    Broken,
    /// It says that it does not print, and not why: look at its lamp.
    Offline,
    /// The connection is gone: switched off, or too far away.
    Gone,
    /// Connected, but it does not answer.
    Silent,
    /// It answers in no language that is known.
    NotUnderstood,
}

/// How much had gone to the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PrintSent {
    /// Nothing: no paper was used.
    Nothing,
    /// A part: tear up what came out.
    Part,
    /// Everything: look whether it came out whole.
    Everything,
}

/// A slip on its way through one printer.
#[derive(Debug, uniffi::Object)]
pub struct PrintJob {
    job: Mutex<paper::PrintJob>,
}

#[uniffi::export]
impl PrintJob {
    /// A slip of so many bands (none counts as one). `answers`: whether the printer can be asked at all.
    #[uniffi::constructor]
    pub fn new(bands: u32, answers: bool) -> PrintJob {
        let bands = usize::try_from(bands).ok().and_then(NonZeroUsize::new).unwrap_or(NonZeroUsize::MIN);
        let talk = if answers { paper::Talk::Answers } else { paper::Talk::Mute };
        PrintJob { job: Mutex::new(paper::PrintJob::new(bands, talk)) }
    }

    /// What to do now. Asking again changes nothing.
    pub fn step(&self) -> PrintStep {
        self.job().step().into()
    }

    /// The band was handed over whole.
    pub fn sent(&self) {
        self.job().sent();
    }

    /// Bytes came. `false`: they answer nothing; listen on, without asking again.
    pub fn heard(&self, bytes: Vec<u8>) -> bool {
        self.job().heard(&bytes)
    }

    /// The answer of a printer that is asked through its maker's service.
    pub fn reported(&self, state: PrinterState) {
        self.job().reported(state.into());
    }

    /// The time for an answer has passed.
    pub fn silent(&self) {
        self.job().silent();
    }

    /// The pause is over.
    pub fn waited(&self) {
        self.job().waited();
    }

    /// The connection broke, or sending failed.
    pub fn gone(&self) {
        self.job().gone();
    }
}

impl PrintJob {
    /// A panic cannot leave it half changed: every verb sets its state in one assignment at its end.
    fn job(&self) -> MutexGuard<'_, paper::PrintJob> {
        self.job.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The state behind a number of Sunmi's print service.
#[uniffi::export]
pub fn sunmi_state(code: i32) -> PrinterState {
    paper::PrinterState::of_sunmi(code).into()
}

impl From<paper::Step> for PrintStep {
    fn from(step: paper::Step) -> PrintStep {
        match step {
            paper::Step::Send(band) => PrintStep::Send { band: u32::try_from(band).unwrap_or(u32::MAX) },
            paper::Step::Ask(question, patience_ms) => PrintStep::Ask {
                bytes: question.bytes().to_vec(),
                when_done: question == paper::Question::WhenDone,
                patience_ms,
            },
            paper::Step::Wait(state, pause_ms) => PrintStep::Wait { state: state.into(), pause_ms },
            paper::Step::Done(outcome) => PrintStep::Done { outcome: outcome.into() },
        }
    }
}

impl From<paper::Outcome> for PrintOutcome {
    fn from(outcome: paper::Outcome) -> PrintOutcome {
        match outcome {
            paper::Outcome::Printed { paper_low } => PrintOutcome::Printed { paper_low },
            paper::Outcome::SentUnconfirmed => PrintOutcome::SentUnconfirmed,
            paper::Outcome::Stopped(trouble, sent) => {
                PrintOutcome::Stopped { trouble: trouble.into(), sent: sent.into() }
            }
        }
    }
}

/// The same names on both sides: the compiler sees to it that none is missing.
macro_rules! same_names {
    ($from:ty => $to:ty: $($name:ident),+) => {
        impl From<$from> for $to {
            fn from(it: $from) -> $to {
                match it { $(<$from>::$name => <$to>::$name),+ }
            }
        }
    };
}

same_names!(paper::PrinterState => PrinterState:
    Ready, PaperLow, Busy, Offline, Broken, Overheated, PaperOut, CoverOpen, Unknown);
same_names!(PrinterState => paper::PrinterState:
    Ready, PaperLow, Busy, Offline, Broken, Overheated, PaperOut, CoverOpen, Unknown);
same_names!(paper::Trouble => PrintTrouble:
    PaperOut, CoverOpen, Overheated, Broken, Offline, Gone, Silent, NotUnderstood);
same_names!(paper::Sent => PrintSent: Nothing, Part, Everything);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_goes_through_the_bridge_step_by_step() {
        let job = PrintJob::new(0, true);
        let mut sent = 0;
        let outcome = loop {
            match job.step() {
                PrintStep::Send { band } => {
                    assert_eq!(band, sent);
                    sent += 1;
                    job.sent();
                }
                PrintStep::Ask { when_done: true, .. } => assert!(job.heard(vec![0])),
                PrintStep::Ask { bytes, .. } => {
                    assert_eq!(bytes[..2], [0x10, 0x04]);
                    job.reported(sunmi_state(1));
                }
                PrintStep::Wait { .. } => job.waited(),
                PrintStep::Done { outcome } => break outcome,
            }
        };
        assert_eq!((sent, outcome), (1, PrintOutcome::Printed { paper_low: false }));
    }
}
