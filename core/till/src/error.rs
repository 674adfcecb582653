//! Everything that can be refused, each with what to do next. A refusal leaves the books as they were.

use crate::card::SettingsError;
use crate::ports::VaultError;
use raseed_protocol::billing::policy::PaymentRefused;
use raseed_protocol::billing::{ReadingError, SpotBillRefused};
use raseed_protocol::ids::{AccountId, EntryId, RequestId, Sequence, StaffId, TillId};
use raseed_protocol::journal::{ChainError, Mode};
use raseed_protocol::keys::SigningRefused;
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why the till did not do it.
#[derive(Debug, Error)]
pub enum TillError {
    /// No enrolment yet.
    #[error("this till is not enrolled; ask the supervisor for an enrolment link and run `till enrol`")]
    NotEnrolled,
    /// Enrolled already.
    #[error("this folder already holds till {till}; use another folder for another till")]
    AlreadyEnrolled {
        /// Which one.
        till: TillId,
    },
    /// Another program has it open.
    #[error("this till is open in another program; close that one first")]
    InUse,
    /// The book is not here yet.
    #[error("there is no complete book of bills on this till yet; run `till sync` where there is a network")]
    NoBook,
    /// No shift is open.
    #[error("no shift is open; open one first (`till shift --float AMOUNT`)")]
    NoShift,
    /// A bag cannot hold less than nothing.
    #[error("the cash in the bag is {float}; give what is in it, zero or more")]
    BadFloat {
        /// As given.
        float: Paise,
    },
    /// A shift is open already.
    #[error("shift {number} is open already; go on collecting in it")]
    ShiftOpen {
        /// Its number.
        number: u32,
    },
    /// Nobody of that number.
    #[error("there is no account {account} in this till's book; check the number, or sync if the connection is new")]
    UnknownAccount {
        /// As given.
        account: AccountId,
    },
    /// The payment may not be taken like this.
    #[error(transparent)]
    Payment(#[from] PaymentRefused),
    /// The payment settles more heads than a receipt can carry.
    #[error("this payment settles more than {most} heads at once; take it in two payments, the older bills first")]
    TooManyHeads {
        /// The most.
        most: usize,
    },
    /// This way to pay is not set up.
    #[error("{} is not taken here: the head office has not set it up. Take the payment another way", mode.name())]
    ModeOff {
        /// Which one.
        mode: Mode,
    },
    /// A sale where none is sold.
    #[error("there are no sales over the counter here: the head office has not set them up. Choose a household first")]
    NoSales,
    /// Another payment for the account may have moved money.
    #[error(
        "money may have moved for {account} (payment {payment}). Do not charge again: ask for it first (`till payments`), \
         or let a supervisor let it go (`till payment {payment} --let-go`)"
    )]
    MoneyMayHaveMoved {
        /// The account.
        account: AccountId,
        /// The payment whose end is not known.
        payment: EntryId,
    },
    /// The payment app of the rules cannot be asked.
    #[error("{0}. Take the payment another way, and tell the head office")]
    CardApp(#[from] SettingsError),
    /// The rules name the simulator, and this is no rehearsal.
    #[error(
        "this payment app takes no money: it is for rehearsals. Have the head office name the acquirer's app in its rules, \
         and take the payment another way"
    )]
    TakesNoMoney,
    /// No such payment on this till.
    #[error("there is no payment {id} on this till")]
    NoSuchPayment {
        /// As given.
        id: EntryId,
    },
    /// It is over, and nothing more can be done with it here.
    #[error(
        "payment {payment} has ended ({state}); nothing was changed. If money comes after all, the head office credits it"
    )]
    PaymentOver {
        /// Which one.
        payment: EntryId,
        /// How it ended.
        state: &'static str,
    },
    /// Nothing says that it was paid.
    #[error("there is no word yet that payment {payment} was paid; wait for it, or sync where there is a network")]
    NotPaid {
        /// Which one.
        payment: EntryId,
    },
    /// Not a payment's reference.
    #[error(
        "that is not the reference of a payment; type the number (RRN or UTR) that the payer's app shows, 6 to 24 letters or digits"
    )]
    BadReference,
    /// The same reference was shown before.
    #[error(
        "reference {reference} was already used for payment {payment}: the same payment counts once. Call the supervisor"
    )]
    ReferenceUsed {
        /// As given.
        reference: String,
        /// Where it was used.
        payment: EntryId,
    },
    /// A note that is too long.
    #[error("a note has at most {max} characters")]
    BadNote {
        /// The most.
        max: usize,
    },
    /// No PIN was set.
    #[error("no supervisor's PIN was set on this device; the supervisor sets one first (`till pin --new PIN`)")]
    NoPin,
    /// Not a PIN.
    #[error("a PIN has 4 to 8 digits, and not all of them are the same; choose another")]
    BadPin,
    /// Not the PIN.
    #[error("that is not the PIN; {left} more may be wrong before there is a wait")]
    WrongPin {
        /// How many more may be wrong.
        left: u32,
    },
    /// Too many were wrong.
    #[error("too many PINs were wrong; wait {minutes} minutes, then try again")]
    PinLocked {
        /// How long.
        minutes: u64,
    },
    /// A collector cannot approve for himself.
    #[error("somebody else than {staff} must let the payment go: a supervisor")]
    NotYourOwn {
        /// Who asked.
        staff: StaffId,
    },
    /// The bill cannot be made like this.
    #[error(transparent)]
    SpotBill(#[from] SpotBillRefused),
    /// The reading cannot be right.
    #[error(transparent)]
    Reading(#[from] ReadingError),
    /// The same request id was used for something else.
    #[error(
        "request {request} was already answered with {answered_by} for another account or amount; use a new request id"
    )]
    RequestReused {
        /// The id.
        request: RequestId,
        /// What it was answered with.
        answered_by: EntryId,
    },
    /// The clock is behind the journal.
    #[error(
        "the clock of this device shows {}, but the newest record is of {}; set the right date and time, \
         or confirm the clock (`till clock --confirm REASON`)",
        now.to_people(),
        was.to_people()
    )]
    ClockWentBack {
        /// Time of the newest entry.
        was: WallMs,
        /// What the clock says.
        now: WallMs,
    },
    /// The clock shows a time that no reader of a receipt accepts.
    #[error("the clock of this device shows a year after 2199; set the right date and time, then try again")]
    ClockImpossible,
    /// The keys of the day that the clock shows are destroyed, or it is before the till was enrolled.
    #[error(
        "the clock of this device shows {}, but its keys count from {} on: those of earlier days are destroyed. Set the right \
         date and time; if they are right, sync where there is a network, and the head office gives this till new keys",
        now.to_people(),
        from.to_people()
    )]
    DayIsOver {
        /// What the clock says.
        now: WallMs,
        /// From when on there are keys.
        from: WallMs,
    },
    /// The clock is right; there is nothing to confirm.
    #[error("the clock is not behind the newest record; there is nothing to confirm")]
    ClockIsFine,
    /// A reason that is empty or too long.
    #[error("give a reason of 1 to {max} characters")]
    BadReason {
        /// The most.
        max: usize,
    },
    /// No such receipt on this till.
    #[error("there is no receipt {id} on this till")]
    NoSuchReceipt {
        /// As given.
        id: EntryId,
    },
    /// The storage is full.
    #[error(
        "the storage of this device is full. Do not hand out anything: free some space, open the till again, and ask \
         for the same request once more; it tells whether it was recorded"
    )]
    DiskFull,
    /// The end of a commit is not known.
    #[error(
        "the storage did not confirm the last record. Do not hand out anything: open the till again, \
         and ask for the same request once more; it tells whether it was recorded"
    )]
    CommitUnknown,
    /// The till stopped after such an error and must be opened again.
    #[error("the till has stopped because its storage failed; open it again, it checks itself first")]
    Stopped,
    /// The database does not open or contradicts itself.
    #[error(
        "the till's file {path} is damaged ({what}). Nothing was deleted. Take the device to the supervisor: \
         `journal check` salvages what is in it, and `till enrol` with a new link sets the file aside and starts afresh",
        path = path.display()
    )]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// Written by a newer program.
    #[error(
        "the till's file was written by a newer program (form {found}, this one knows {known}); update the program. Nothing was touched"
    )]
    NewerFile {
        /// Its version.
        found: i64,
        /// The newest that we know.
        known: i64,
    },
    /// The vault did not open.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The vault would not sign.
    #[error(transparent)]
    Signing(#[from] SigningRefused),
    /// The key in the vault is not the one that was certified.
    #[error("the key in this device's vault is not the one that the head office certified; enrol the till again")]
    WrongKey,
    /// Another storage failure; nothing was recorded.
    #[error(
        "the storage failed ({0}); nothing was recorded. Try again; if it stays so, take the device to the supervisor"
    )]
    Storage(String),
    /// The signed copies from the head office do not fit what was pinned at enrolment.
    #[error("the head office's answer is not signed by the key that this till trusts ({0}); nothing was taken from it")]
    NotTheOffice(String),
    /// A journal that does not verify.
    #[error("the journal does not verify: {0}. Nothing was recorded; take the device to the supervisor")]
    Journal(#[from] ChainError),
    /// The second copy of the journal goes further than the database, and does not close the gap.
    #[error(
        "this device has {ours} entries, but its second copy goes on to entry {copy}, and from entry {at} on they do not fit \
         together: it was restored from an older backup, or copied. It takes nothing more, so that no receipt number is given \
         twice. Take device and copy to the supervisor: `office take` takes the copy's files in, and `till enrol` with a new link \
         starts afresh"
    )]
    OlderThanCopy {
        /// The newest entry here.
        ours: Sequence,
        /// The newest entry in the copy.
        copy: Sequence,
        /// The first entry that is missing in both, or is another one in the copy.
        at: Sequence,
    },
    /// A file that was carried by hand.
    #[error(transparent)]
    Carry(#[from] crate::sync::CarryError),
    /// Talking to the head office.
    #[error(transparent)]
    Sync(#[from] crate::sync::SyncError),
}

/// By SQLite's own codes, never by its words. A row that cannot be what we wrote is damage too, and so is one that a
/// constraint refuses: every one of them states what our own code keeps.
impl From<rusqlite::Error> for TillError {
    fn from(error: rusqlite::Error) -> TillError {
        use rusqlite::{Error, ErrorCode};
        let what = error.to_string();
        // The index of the write-ahead log could not grow: there is no room for it.
        if error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return TillError::DiskFull;
        }
        match (&error, error.sqlite_error_code()) {
            (_, Some(ErrorCode::DiskFull)) => TillError::DiskFull,
            (_, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) => TillError::InUse,
            (_, Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::ConstraintViolation))
            // SQLITE_ERROR: a statement of ours makes no sense in this file. Storage lost the page that names its tables.
            | (_, Some(ErrorCode::Unknown))
            | (
                Error::FromSqlConversionFailure(..)
                | Error::IntegralValueOutOfRange(..)
                | Error::InvalidColumnType(..)
                | Error::Utf8Error(..),
                _,
            ) => TillError::damaged(what),
            _ => TillError::Storage(what),
        }
    }
}

impl TillError {
    /// The till's file is damaged; [`TillError::in_file`] says where it is.
    pub(crate) fn damaged(what: impl Into<String>) -> TillError {
        TillError::Damaged { path: PathBuf::from(crate::store::FILE_NAME), what: what.into() }
    }

    /// The same error where an entry stands already: whoever hears of it must not hear that nothing was recorded.
    pub(crate) fn once_recorded(self) -> TillError {
        match self {
            TillError::Storage(_) => TillError::CommitUnknown,
            other => other,
        }
    }

    /// True if a person must look at the device's clock before anything new is written.
    pub fn is_about_the_clock(&self) -> bool {
        matches!(self, TillError::ClockWentBack { .. } | TillError::ClockImpossible | TillError::DayIsOver { .. })
    }

    /// The same error, with the whole path of the file that it is about.
    pub(crate) fn in_file(self, path: &Path) -> TillError {
        match self {
            TillError::Damaged { what, .. } => TillError::Damaged { path: path.to_owned(), what },
            other => other,
        }
    }

    /// A short name for scripts and logs; never changes once released.
    pub fn code(&self) -> &'static str {
        match self {
            TillError::NotEnrolled => "not-enrolled",
            TillError::AlreadyEnrolled { .. } => "already-enrolled",
            TillError::InUse => "in-use",
            TillError::NoBook => "no-book",
            TillError::NoShift => "no-shift",
            TillError::BadFloat { .. } => "bad-float",
            TillError::ShiftOpen { .. } => "shift-open",
            TillError::UnknownAccount { .. } => "unknown-account",
            TillError::Payment(_) => "payment-refused",
            TillError::TooManyHeads { .. } => "too-many-heads",
            TillError::ModeOff { .. } => "mode-off",
            TillError::NoSales => "no-sales",
            TillError::MoneyMayHaveMoved { .. } => "money-may-have-moved",
            TillError::CardApp(_) => "card-app",
            TillError::TakesNoMoney => "takes-no-money",
            TillError::NoSuchPayment { .. } => "no-such-payment",
            TillError::PaymentOver { .. } => "payment-over",
            TillError::NotPaid { .. } => "not-paid",
            TillError::BadReference => "bad-reference",
            TillError::ReferenceUsed { .. } => "reference-used",
            TillError::BadNote { .. } => "bad-note",
            TillError::NoPin => "no-pin",
            TillError::BadPin => "bad-pin",
            TillError::WrongPin { .. } => "wrong-pin",
            TillError::PinLocked { .. } => "pin-locked",
            TillError::NotYourOwn { .. } => "not-your-own",
            TillError::SpotBill(_) => "bill-refused",
            TillError::Reading(_) => "reading-refused",
            TillError::RequestReused { .. } => "request-reused",
            TillError::ClockWentBack { .. } => "clock-went-back",
            TillError::ClockImpossible => "clock-impossible",
            TillError::DayIsOver { .. } => "day-is-over",
            TillError::ClockIsFine => "clock-is-fine",
            TillError::BadReason { .. } => "bad-reason",
            TillError::NoSuchReceipt { .. } => "no-such-receipt",
            TillError::DiskFull => "disk-full",
            TillError::CommitUnknown => "commit-unknown",
            TillError::Stopped => "stopped",
            TillError::Damaged { .. } => "damaged",
            TillError::NewerFile { .. } => "newer-file",
            TillError::Vault(_) => "vault",
            TillError::Signing(_) => "signing",
            TillError::WrongKey => "wrong-key",
            TillError::Storage(_) => "storage",
            TillError::NotTheOffice(_) => "not-the-office",
            TillError::Journal(_) => "journal",
            TillError::OlderThanCopy { .. } => "older-than-copy",
            TillError::Carry(error) => error.code(),
            TillError::Sync(error) => error.code(),
        }
    }
}
