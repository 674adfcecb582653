//! What people do with a till and an office: each a script that is recorded once for a seed, and then cut off anywhere.

mod base;
mod collecting;
mod enrolling;
mod office;
mod old;
mod paying;

pub use base::{base, world_book};
pub use old::Old;

use crate::bench::{Bench, Trouble};
use crate::dice::Dice;

/// What is there when the script begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Begins {
    /// A head office with a book, and a device that is nobody's till yet.
    Fresh,
    /// A till with the book, an open shift and a few receipts.
    Ready,
    /// The same and a whole queue of what is not sent, as the first form of the till's file and the second of the head office's
    /// held it: to be brought up to the newest.
    Old,
}

/// Which machine loses its power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hit {
    /// The till's.
    Till,
    /// The head office's.
    Office,
    /// Both, at the same moment.
    Both,
}

impl Hit {
    /// Its name in a case.
    pub fn name(self) -> &'static str {
        match self {
            Hit::Till => "till",
            Hit::Office => "office",
            Hit::Both => "both",
        }
    }

    /// Whether this machine is hit.
    pub fn is(self, machine: &str) -> bool {
        match self {
            Hit::Till => machine != crate::bench::OFFICE,
            Hit::Office => machine == crate::bench::OFFICE,
            Hit::Both => true,
        }
    }
}

/// What is done on a bench; the dice are its seed's.
pub type Script = fn(&mut Bench, &mut Dice) -> Result<(), Trouble>;

/// One use case.
#[derive(Clone, Copy)]
pub struct UseCase {
    /// Its name in a case and in a report.
    pub name: &'static str,
    /// What it does, in a few words.
    pub what: &'static str,
    /// What is there at first.
    pub begins: Begins,
    /// Who may lose power in it.
    pub hits: &'static [Hit],
    /// What is done.
    pub script: Script,
}

const TILL: &[Hit] = &[Hit::Till];
const ALL_HITS: &[Hit] = &[Hit::Till, Hit::Office, Hit::Both];

/// All use cases.
pub const ALL: [UseCase; 18] = [
    UseCase {
        name: "enrol",
        what: "the till's file is made and filled (the first migration), the device is enrolled and opened",
        begins: Begins::Fresh,
        hits: ALL_HITS,
        script: enrolling::enrol,
    },
    UseCase {
        name: "enrol-again",
        what: "a damaged file is set aside, the device makes a new key and begins its next life",
        begins: Begins::Ready,
        hits: ALL_HITS,
        script: enrolling::enrol_again,
    },
    UseCase {
        name: "shift",
        what: "the first book comes and the first shift is opened",
        begins: Begins::Fresh,
        hits: TILL,
        script: enrolling::first_shift,
    },
    UseCase {
        name: "collect",
        what: "cash is taken, once with the till opened again in between",
        begins: Begins::Ready,
        hits: TILL,
        script: collecting::collect,
    },
    UseCase {
        name: "long-day",
        what: "so many receipts that the log is written back into the file on the way",
        begins: Begins::Ready,
        hits: TILL,
        script: collecting::long_day,
    },
    UseCase {
        name: "print",
        what: "receipts are printed, and printed again",
        begins: Begins::Ready,
        hits: TILL,
        script: collecting::print,
    },
    UseCase {
        name: "spot-bill",
        what: "bills are made at the door, one from a meter, and paid",
        begins: Begins::Ready,
        hits: TILL,
        script: collecting::spot_bill,
    },
    UseCase {
        name: "clock",
        what: "the clock is found behind, and confirmed",
        begins: Begins::Ready,
        hits: TILL,
        script: collecting::clock,
    },
    UseCase {
        name: "pin",
        what: "wrong PINs are tried, and counted",
        begins: Begins::Ready,
        hits: TILL,
        script: collecting::wrong_pins,
    },
    UseCase {
        name: "pay",
        what: "payments by UPI are asked for, taken on a reference shown, given up, let go",
        begins: Begins::Ready,
        hits: TILL,
        script: paying::pay,
    },
    UseCase {
        name: "card",
        what: "card sales: approved, and without an answer",
        begins: Begins::Ready,
        hits: TILL,
        script: paying::card,
    },
    UseCase {
        name: "complain",
        what: "a payer says that it is paid",
        begins: Begins::Ready,
        hits: TILL,
        script: paying::complain,
    },
    UseCase {
        name: "follow",
        what: "the head office hears of payments, its words come down, receipts follow",
        begins: Begins::Ready,
        hits: ALL_HITS,
        script: paying::follow,
    },
    UseCase {
        name: "acknowledge",
        what: "the journal goes up, is stored and posted, and its acknowledgement comes down",
        begins: Begins::Ready,
        hits: ALL_HITS,
        script: office::acknowledge,
    },
    UseCase {
        name: "book",
        what: "a new month's book is taken in and comes down in pages",
        begins: Begins::Ready,
        hits: ALL_HITS,
        script: office::new_book,
    },
    UseCase {
        name: "new-day",
        what: "days begin, each with another key, the one before is destroyed, and keys for days to come are certified",
        begins: Begins::Ready,
        hits: ALL_HITS,
        script: office::new_day,
    },
    UseCase {
        name: "upgrade",
        what: "files of an older form are brought up to the newest, with all that is unsent in them",
        begins: Begins::Old,
        hits: ALL_HITS,
        script: office::upgrade,
    },
    UseCase {
        name: "any-day",
        what: "any of these, in any order",
        begins: Begins::Ready,
        hits: ALL_HITS,
        script: office::any_day,
    },
];

/// The use case of this name.
pub fn named(name: &str) -> Option<&'static UseCase> {
    ALL.iter().find(|case| case.name == name)
}
