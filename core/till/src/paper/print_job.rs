//! One slip on its way through one printer: what to do next, and what became of it.
//!
//! It opens nothing and waits for nothing; the caller does each step and says what happened. It must never end in
//! `Printed` unless, after the last band, the printer said that it had worked through everything and was ready.

use super::printer_state::{PrinterState, Query, Question};
use std::num::NonZeroUsize;

/// How long to wait for an answer that is given at once. A Bluetooth link takes its time.
const AT_ONCE_MS: u32 = 3_000;
/// How long for one that waits for the paper: half a metre at the slowest 25 mm/s.
const WHEN_DONE_MS: u32 = 25_000;
/// Between two looks at a printer that will recover by itself, and how many in all.
const PAUSE_MS: u32 = 1_000;
const MOST_PAUSES: u32 = 60;
/// Bytes on end that answer nothing (flow control, status unasked for) before the printer is called not understood.
const MOST_NOISE: usize = 32;

/// Whether a printer can be asked: many cheap Bluetooth ones only listen. Configured, never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// It answers.
    Answers,
    /// It never does.
    Mute,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send this band, counted from 0; then say `sent`.
    Send(usize),
    /// Throw away what lies unread, send the question, listen for at most so many milliseconds; then say `heard`,
    /// `reported` or `silent`.
    Ask(Question, u32),
    /// Show why, let so many milliseconds pass, then say `waited`.
    Wait(PrinterState, u32),
    /// It is over.
    Done(Outcome),
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The printer says that it is on paper.
    Printed {
        /// The roll is near its end.
        paper_low: bool,
    },
    /// All was sent and nothing is known: ask the person whether it came out whole.
    SentUnconfirmed,
    /// It did not come out, or not whole.
    Stopped(Trouble, Sent),
}

/// Why it stopped; each has something that a person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Put in a roll.
    PaperOut,
    /// Close the cover.
    CoverOpen,
    /// Let it cool; it did not within a minute.
    Overheated,
    /// Switch it off and on; if that does not help it needs repair.
    Broken,
    /// It says that it does not print, and not why: look at its lamp.
    Offline,
    /// The connection is gone: switched off, or too far away.
    Gone,
    /// Connected, but it does not answer: if it never does, choose "cannot answer" for it.
    Silent,
    /// It answers in no language we know: choose another kind of printer.
    NotUnderstood,
}

/// How much had gone to the printer by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Nothing: no paper was used.
    Nothing,
    /// A part: what came out is to be torn up.
    Part,
    /// Everything: look whether it came out whole.
    Everything,
}

/// A slip on its way.
#[derive(Clone, Debug)]
pub struct PrintJob {
    talk: Talk,
    bands: usize,
    sent: usize,
    pauses: u32,
    noise: usize,
    done: Done,
    at: At,
}

/// What the printer said to `WhenDone`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    NotYet,
    Yes,
    NoAnswer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Sending,
    /// `worst` is the worst answer of this round so far.
    Asking {
        round: Round,
        next: usize,
        worst: PrinterState,
    },
    Finishing,
    Waiting(PrinterState),
    Over(Outcome),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    /// Between bands: is it online? One exchange.
    Short,
    /// Before, after, and when it is not: all four.
    Full,
}

impl Round {
    fn queries(self) -> &'static [Query] {
        match self {
            Round::Short => &Query::ALL[..1],
            Round::Full => &Query::ALL,
        }
    }

    fn begin(self) -> At {
        At::Asking { round: self, next: 0, worst: PrinterState::Ready }
    }
}

impl PrintJob {
    /// A slip of so many bands.
    pub fn new(bands: NonZeroUsize, talk: Talk) -> PrintJob {
        let at = match talk {
            Talk::Mute => At::Sending,
            Talk::Answers => Round::Full.begin(),
        };
        PrintJob { talk, bands: bands.get(), sent: 0, pauses: 0, noise: 0, done: Done::NotYet, at }
    }

    /// What to do now. Asking again changes nothing.
    pub fn step(&self) -> Step {
        match self.at {
            At::Sending => Step::Send(self.sent),
            At::Asking { round, next, .. } => Step::Ask(Question::Now(round.queries()[next]), AT_ONCE_MS),
            At::Finishing => Step::Ask(Question::WhenDone, WHEN_DONE_MS),
            At::Waiting(why) => Step::Wait(why, PAUSE_MS),
            At::Over(outcome) => Step::Done(outcome),
        }
    }

    /// The band was handed to the printer whole.
    pub fn sent(&mut self) {
        if self.at != At::Sending {
            return;
        }
        self.sent += 1;
        self.at = match (self.talk, self.sent < self.bands) {
            (Talk::Mute, true) => At::Sending,
            (Talk::Mute, false) => At::Over(Outcome::SentUnconfirmed),
            (Talk::Answers, true) => Round::Short.begin(),
            (Talk::Answers, false) => At::Finishing,
        };
    }

    /// Bytes came. `false`: none of them answers the question; listen on, without asking again.
    pub fn heard(&mut self, bytes: &[u8]) -> bool {
        let Step::Ask(question, _) = self.step() else {
            return true;
        };
        let states = bytes.iter().map(|byte| question.decode(*byte));
        if let Some(state) = states.into_iter().find(|state| *state != PrinterState::Unknown) {
            self.noise = 0;
            self.reported(state);
            return true;
        }
        self.noise += bytes.len();
        if self.noise > MOST_NOISE {
            self.stop(Trouble::NotUnderstood);
        }
        matches!(self.at, At::Over(_))
    }

    /// The answer as a state: from a printer that is asked through its maker's service.
    pub fn reported(&mut self, state: PrinterState) {
        match self.at {
            At::Asking { round, next, worst } => self.answered(round, next, worst.max(state)),
            At::Finishing if state.prints() => {
                self.done = Done::Yes;
                self.at = Round::Full.begin();
            }
            At::Finishing => self.judge(Round::Full, state),
            At::Sending | At::Waiting(_) | At::Over(_) => {}
        }
    }

    /// The time for an answer has passed.
    pub fn silent(&mut self) {
        match self.at {
            At::Asking { .. } => self.stop(Trouble::Silent),
            // Perhaps it cannot answer in turn, perhaps it stands still: what it says at once tells which.
            At::Finishing => {
                self.done = Done::NoAnswer;
                self.at = Round::Full.begin();
            }
            At::Sending | At::Waiting(_) | At::Over(_) => {}
        }
    }

    /// The pause is over.
    pub fn waited(&mut self) {
        if let At::Waiting(_) = self.at {
            self.at = Round::Full.begin();
        }
    }

    /// The connection broke, or sending failed.
    pub fn gone(&mut self) {
        if !matches!(self.at, At::Over(_)) {
            self.stop(Trouble::Gone);
        }
    }

    fn answered(&mut self, round: Round, next: usize, worst: PrinterState) {
        if next + 1 < round.queries().len() {
            self.at = At::Asking { round, next: next + 1, worst };
        } else {
            self.judge(round, worst);
        }
    }

    fn judge(&mut self, round: Round, worst: PrinterState) {
        if worst.prints() {
            self.go_on(worst == PrinterState::PaperLow);
        } else if round == Round::Short {
            self.at = Round::Full.begin();
        } else if worst.passes() && self.pauses < MOST_PAUSES {
            self.pauses += 1;
            self.at = At::Waiting(worst);
        } else {
            self.stop(trouble(worst));
        }
    }

    fn go_on(&mut self, paper_low: bool) {
        self.at = match self.done {
            _ if self.sent < self.bands => At::Sending,
            Done::NotYet => At::Finishing,
            Done::Yes => At::Over(Outcome::Printed { paper_low }),
            Done::NoAnswer => At::Over(Outcome::SentUnconfirmed),
        };
    }

    fn stop(&mut self, trouble: Trouble) {
        let sent = match self.sent {
            all if all == self.bands => Sent::Everything,
            // A send that failed may have let a part through.
            0 if self.at != At::Sending => Sent::Nothing,
            _ => Sent::Part,
        };
        self.at = At::Over(Outcome::Stopped(trouble, sent));
    }
}

fn trouble(state: PrinterState) -> Trouble {
    match state {
        PrinterState::PaperOut => Trouble::PaperOut,
        PrinterState::CoverOpen => Trouble::CoverOpen,
        PrinterState::Overheated => Trouble::Overheated,
        PrinterState::Broken => Trouble::Broken,
        PrinterState::Unknown => Trouble::NotUnderstood,
        PrinterState::Ready | PrinterState::PaperLow | PrinterState::Busy | PrinterState::Offline => Trouble::Offline,
    }
}
