//! Every refusal, as what a person at the device can do about it. One door: inside, errors are rich; out here each variant
//! is an action that a screen can offer, with amounts and dates ready to show. Messages are never to be parsed.

use crate::bills::ReadingQuestion;
use crate::home::small;
use crate::language::Language;
use crate::money::Money;
use raseed_protocol::billing::policy::PaymentRefused;
use raseed_protocol::billing::{ReadingError, SpotBillRefused};
use raseed_protocol::money::AmountError;
use raseed_protocol::time::{Day, WallMs};
use raseed_protocol::wire::ProblemCode;
use raseed_till::TillError;
use raseed_till::sync::SyncError;

/// Why it was not done, and so what to do. Nothing is half done by any of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum RaseedError {
    /// Enrol this device first: scan or type the link that the supervisor shows.
    #[error("this device is not enrolled")]
    Enrol,
    /// The device is enrolled; nothing to do.
    #[error("this device is enrolled already, as {till}")]
    AlreadyEnrolled {
        /// Its name.
        till: String,
    },
    /// The enrolment link is not one, damaged, or its code is not valid any more: ask the supervisor for a new one.
    #[error("the enrolment link cannot be used ({code})")]
    AskNewLink {
        /// What is wrong: `not-a-link`, `bad-code`, `bad-key`, `not-encrypted`, `code-not-valid`.
        code: String,
    },
    /// Fetch the book of bills first, where there is a network.
    #[error("there is no complete book of bills on this device yet")]
    FetchBook,
    /// Open a shift first.
    #[error("no shift is open")]
    OpenShift,
    /// A shift is open; go on in it.
    #[error("shift {number} is open already")]
    ShiftIsOpen {
        /// Its number.
        number: u32,
    },
    /// Nobody has this consumer number here: check it.
    #[error("there is no account {account}")]
    CheckNumber {
        /// As given.
        account: String,
    },
    /// The account is closed: send the payer to the office.
    #[error("the account is closed")]
    AccountClosed,
    /// What was typed is no amount: type it again.
    #[error("that is not an amount ({code})")]
    TypeAmount {
        /// What is wrong: `empty`, `not-a-number`, `decimals`, `grouping`, `too-large`, `zero`, `negative`.
        code: String,
    },
    /// Take at most this.
    #[error("take at most {}", most.text)]
    TakeLess {
        /// The most.
        most: Money,
        /// True if more could be taken, but not in cash.
        by_cash_only: bool,
    },
    /// Take at least this.
    #[error("take {} or more", least.text)]
    TakeMore {
        /// The least.
        least: Money,
    },
    /// Everything or nothing.
    #[error("take {}, part payment is not allowed here", payable.text)]
    TakeAll {
        /// Everything.
        payable: Money,
    },
    /// Nothing is due, and nothing more may be held in advance: take nothing.
    #[error("nothing is due")]
    TakeNothing,
    /// Too many heads for one receipt: take the older bills first.
    #[error("take it in two payments, the older bills first")]
    TakeInTwo,
    /// This way to pay is not set up here: take it another way.
    #[error("{mode} is not taken here")]
    ModeOff {
        /// Its name, in the language of the screens.
        mode: String,
    },
    /// There are no sales over the counter here: choose a household.
    #[error("there are no sales over the counter here")]
    NoSales,
    /// Money may have moved. Do not charge again: show that payment.
    #[error("money may have moved for {account} (payment {payment})")]
    MoneyMayHaveMoved {
        /// The account.
        account: String,
        /// The payment whose end is not known.
        payment: String,
    },
    /// No such payment here.
    #[error("there is no payment {payment}")]
    NoSuchPayment {
        /// As given.
        payment: String,
    },
    /// It has ended: show how.
    #[error("payment {payment} has ended ({state})")]
    PaymentOver {
        /// Which one.
        payment: String,
        /// How: a stable short name.
        state: String,
    },
    /// Nothing says yet that it was paid: wait for word.
    #[error("no word yet about payment {payment}")]
    WaitForWord {
        /// Which one.
        payment: String,
    },
    /// Type the reference that the payer's app shows.
    #[error("that is not the reference of a payment")]
    TypeReference,
    /// The same reference was shown before: call the supervisor.
    #[error("that reference was used for payment {payment}")]
    ReferenceUsed {
        /// Where.
        payment: String,
    },
    /// Type a shorter note.
    #[error("a note has at most {most} characters")]
    ShortenNote {
        /// The most.
        most: u32,
    },
    /// Somebody else must approve it: a supervisor.
    #[error("a supervisor must approve it")]
    AskSupervisor,
    /// Set a supervisor's PIN first.
    #[error("no supervisor's PIN was set on this device")]
    SetPin,
    /// Choose another PIN: 4 to 8 digits, not all the same.
    #[error("that is not a PIN")]
    ChoosePin,
    /// Type the PIN again.
    #[error("that is not the PIN")]
    TypePin {
        /// How many more may be wrong before there is a wait.
        left: u32,
    },
    /// Too many PINs were wrong: wait.
    #[error("wait {minutes} minutes")]
    WaitForPin {
        /// How long.
        minutes: u32,
    },
    /// The payment app's settings are wrong: have the head office correct them; take it another way meanwhile.
    #[error("the card app cannot be asked")]
    CorrectCardApp {
        /// The whole sentence, for the supervisor.
        detail: String,
    },
    /// The payment app of the rules is for rehearsals and takes no money: take the payment another way, tell the supervisor.
    #[error("this payment app takes no money")]
    NotWithThisApp,
    /// Read the meter again.
    #[error("the reading cannot be right ({code})")]
    ReadAgain {
        /// What is wrong: `too-many-digits`, `lower-than-last`, `missing`, `not-a-number`.
        code: String,
        /// The last reading, if it helps to know it.
        last: Option<u32>,
    },
    /// Look at the dial and answer these.
    #[error("look at the dial again")]
    LookAgain {
        /// What must be confirmed.
        questions: Vec<ReadingQuestion>,
    },
    /// The month is billed already: collect on that bill.
    #[error("already billed: {bill}")]
    AlreadyBilled {
        /// Its number.
        bill: String,
    },
    /// The office must make or correct this bill.
    #[error("the office must see to this bill ({code})")]
    BillAtOffice {
        /// What is wrong, for the office.
        code: String,
    },
    /// Set the date and time, or confirm that they are right.
    #[error("the clock shows {now}, but the newest record is of {was}")]
    FixClock {
        /// Time of the newest record.
        was: String,
        /// What the clock shows.
        now: String,
    },
    /// Set the date; if it is right, sync: the keys of that day are destroyed, and the head office gives new ones.
    #[error("the clock shows {now}, but the keys count from {from} on")]
    SyncForKeys {
        /// What the clock shows.
        now: String,
        /// From when on there are keys.
        from: String,
    },
    /// The clock is right; nothing to confirm.
    #[error("the clock is not behind")]
    ClockIsFine,
    /// Give a reason of 1 to `most` characters.
    #[error("give a reason of 1 to {most} characters")]
    GiveReason {
        /// The most.
        most: u32,
    },
    /// A name or number of staff that cannot be one: letters, digits, dashes.
    #[error("that is not a staff number")]
    TypeStaff,
    /// This wish was already answered with another receipt: begin again.
    #[error("this was already answered with {answered_by}")]
    BeginAgain {
        /// The receipt.
        answered_by: String,
    },
    /// No such receipt here.
    #[error("there is no receipt {receipt}")]
    NoSuchReceipt {
        /// As given.
        receipt: String,
    },
    /// Hand out nothing: free some space, then ask for the same once more.
    #[error("the storage of this device is full")]
    FreeSpace,
    /// Hand out nothing: ask for the same once more; the answer says whether it was recorded.
    #[error("the storage did not confirm the last record")]
    AskAgain,
    /// Nothing was recorded; try again.
    #[error("the storage failed")]
    TryAgain {
        /// What it said.
        detail: String,
    },
    /// Unlock the device, then try again.
    #[error("the key of this device cannot be reached")]
    UnlockDevice {
        /// What the vault said.
        detail: String,
    },
    /// Another program has the till open; close it.
    #[error("the till is open in another program")]
    CloseOther,
    /// Update the app.
    #[error("the file was written by a newer program")]
    UpdateApp,
    /// No way to the head office now. Everything is safe here; it is sent later.
    #[error("no connection to the head office")]
    WaitForNetwork,
    /// The line broke in the middle; it goes on where it stopped.
    #[error("the connection broke in the middle")]
    SyncLater,
    /// A person stopped it.
    #[error("stopped")]
    Stopped,
    /// What answers is not this till's head office: check the address, tell the supervisor.
    #[error("the head office's answer cannot be trusted ({code})")]
    WrongOffice {
        /// What is wrong.
        code: String,
        /// The whole sentence, for the supervisor.
        detail: String,
    },
    /// Stop collecting with this device and bring it to the supervisor. Nothing was deleted.
    #[error("bring the device to the supervisor ({code})")]
    BringDevice {
        /// What is wrong: a stable short name.
        code: String,
        /// The whole sentence, for the supervisor.
        detail: String,
    },
}

impl RaseedError {
    /// The till's refusal as an action; amounts and dates in the language of the screens.
    pub(crate) fn from_till(error: TillError, language: Language) -> RaseedError {
        let (code, detail) = (error.code().to_owned(), error.to_string());
        match error {
            TillError::NotEnrolled => RaseedError::Enrol,
            TillError::AlreadyEnrolled { till } => RaseedError::AlreadyEnrolled { till: till.to_string() },
            TillError::InUse => RaseedError::CloseOther,
            TillError::NoBook => RaseedError::FetchBook,
            TillError::NoShift => RaseedError::OpenShift,
            TillError::BadFloat { .. } => RaseedError::TypeAmount { code: "negative".to_owned() },
            TillError::ShiftOpen { number } => RaseedError::ShiftIsOpen { number },
            TillError::UnknownAccount { account } => RaseedError::CheckNumber { account: account.to_string() },
            TillError::Payment(refused) => RaseedError::from_payment(refused),
            TillError::TooManyHeads { .. } => RaseedError::TakeInTwo,
            TillError::ModeOff { mode } => RaseedError::ModeOff { mode: mode.name_in(language.core()).to_owned() },
            TillError::NoSales => RaseedError::NoSales,
            TillError::MoneyMayHaveMoved { account, payment } => {
                RaseedError::MoneyMayHaveMoved { account: account.to_string(), payment: payment.to_string() }
            }
            TillError::CardApp(_) => RaseedError::CorrectCardApp { detail },
            TillError::TakesNoMoney => RaseedError::NotWithThisApp,
            TillError::NoSuchPayment { id } => RaseedError::NoSuchPayment { payment: id.to_string() },
            TillError::PaymentOver { payment, state } => {
                RaseedError::PaymentOver { payment: payment.to_string(), state: state.to_owned() }
            }
            TillError::NotPaid { payment } => RaseedError::WaitForWord { payment: payment.to_string() },
            TillError::BadReference => RaseedError::TypeReference,
            TillError::ReferenceUsed { payment, .. } => RaseedError::ReferenceUsed { payment: payment.to_string() },
            TillError::BadNote { max } => RaseedError::ShortenNote { most: u32::try_from(max).unwrap_or(u32::MAX) },
            TillError::NotYourOwn { .. } => RaseedError::AskSupervisor,
            TillError::NoPin => RaseedError::SetPin,
            TillError::BadPin => RaseedError::ChoosePin,
            TillError::WrongPin { left } => RaseedError::TypePin { left },
            TillError::PinLocked { minutes } => RaseedError::WaitForPin { minutes: small(minutes) },
            TillError::SpotBill(refused) => RaseedError::from_bill(refused, language),
            TillError::Reading(error) => RaseedError::from_reading(&error, language),
            TillError::RequestReused { answered_by, .. } => {
                RaseedError::BeginAgain { answered_by: answered_by.to_string() }
            }
            TillError::ClockWentBack { was, now } => {
                let people = |wall: WallMs| wall.to_people_in(language.core());
                RaseedError::FixClock { was: people(was), now: people(now) }
            }
            TillError::ClockImpossible => RaseedError::FixClock { was: String::new(), now: String::new() },
            TillError::DayIsOver { now, from } => {
                let people = |wall: WallMs| wall.to_people_in(language.core());
                RaseedError::SyncForKeys { now: people(now), from: people(from) }
            }
            TillError::ClockIsFine => RaseedError::ClockIsFine,
            TillError::BadReason { max } => RaseedError::GiveReason { most: u32::try_from(max).unwrap_or(u32::MAX) },
            TillError::NoSuchReceipt { id } => RaseedError::NoSuchReceipt { receipt: id.to_string() },
            TillError::DiskFull => RaseedError::FreeSpace,
            TillError::CommitUnknown | TillError::Stopped => RaseedError::AskAgain,
            TillError::NewerFile { .. } => RaseedError::UpdateApp,
            TillError::Vault(_) | TillError::Signing(_) => RaseedError::UnlockDevice { detail },
            TillError::Storage(_) => RaseedError::TryAgain { detail },
            TillError::NotTheOffice(_) => RaseedError::WrongOffice { code, detail },
            TillError::Damaged { .. }
            | TillError::WrongKey
            | TillError::Journal(_)
            | TillError::OlderThanCopy { .. } => RaseedError::BringDevice { code, detail },
            TillError::Carry(_) => RaseedError::WrongOffice { code, detail },
            TillError::Sync(error) => RaseedError::from_sync(&error),
        }
    }

    fn from_sync(error: &SyncError) -> RaseedError {
        let (code, detail) = (error.code().to_owned(), error.to_string());
        match error {
            SyncError::Unreachable(_) => RaseedError::WaitForNetwork,
            SyncError::Refused(problem) => match problem.code {
                ProblemCode::CodeNotValid => RaseedError::AskNewLink { code: "code-not-valid".to_owned() },
                ProblemCode::Revoked => RaseedError::BringDevice { code: "revoked".to_owned(), detail },
                _ if error.is_passing() => RaseedError::SyncLater,
                _ => RaseedError::WrongOffice { code, detail },
            },
            SyncError::Interrupted(_) => RaseedError::SyncLater,
            SyncError::Nonsense(_) => RaseedError::WrongOffice { code, detail },
            SyncError::Forked { .. }
            | SyncError::NotTaken { .. }
            | SyncError::Behind { .. }
            | SyncError::Replaced { .. }
            | SyncError::OfficeLost { .. } => RaseedError::BringDevice { code, detail },
        }
    }

    fn from_payment(refused: PaymentRefused) -> RaseedError {
        let amount = |code: &str| RaseedError::TypeAmount { code: code.to_owned() };
        match refused {
            PaymentRefused::AccountClosed => RaseedError::AccountClosed,
            PaymentRefused::Zero { .. } => amount("zero"),
            PaymentRefused::Negative { .. } => amount("negative"),
            PaymentRefused::AboveCashLimit { limit, .. } => {
                RaseedError::TakeLess { most: limit.into(), by_cash_only: true }
            }
            PaymentRefused::BelowMinimum { minimum, .. } => RaseedError::TakeMore { least: minimum.into() },
            PaymentRefused::PartPaymentNotAllowed { payable, .. } => RaseedError::TakeAll { payable: payable.into() },
            PaymentRefused::NothingDue { .. } => RaseedError::TakeNothing,
            PaymentRefused::AdvanceTooLarge { most, .. } => {
                RaseedError::TakeLess { most: most.into(), by_cash_only: false }
            }
        }
    }

    fn from_bill(refused: SpotBillRefused, language: Language) -> RaseedError {
        let office = |code: &str| RaseedError::BillAtOffice { code: code.to_owned() };
        match refused {
            SpotBillRefused::AccountClosed => RaseedError::AccountClosed,
            SpotBillRefused::WrongTariff { .. } => RaseedError::FetchBook,
            SpotBillRefused::BadDay { on } => {
                RaseedError::FixClock { was: String::new(), now: on.to_people_in(language.core()) }
            }
            SpotBillRefused::AlreadyBilled { bill, .. } => RaseedError::AlreadyBilled { bill: bill.to_string() },
            SpotBillRefused::BilledWithoutReading { .. } => office("billed-without-reading"),
            SpotBillRefused::BillNumberUsed { .. } => office("bill-number-used"),
            SpotBillRefused::TooManyDemands => office("too-many-demands"),
            SpotBillRefused::NoMeter => office("no-meter"),
            SpotBillRefused::Charge(_) => office("tariff"),
            SpotBillRefused::ReadingMissing => RaseedError::ReadAgain { code: "missing".to_owned(), last: None },
            SpotBillRefused::ReadingNotWanted => office("not-metered"),
            SpotBillRefused::Reading(error) => RaseedError::from_reading(&error, language),
            SpotBillRefused::Unanswered { questions } => {
                RaseedError::LookAgain { questions: questions.into_iter().map(ReadingQuestion::from).collect() }
            }
        }
    }

    fn from_reading(error: &ReadingError, language: Language) -> RaseedError {
        match error {
            ReadingError::BadMeter { .. } => RaseedError::BillAtOffice { code: "bad-meter".to_owned() },
            ReadingError::TooManyDigits { .. } => {
                RaseedError::ReadAgain { code: "too-many-digits".to_owned(), last: None }
            }
            ReadingError::BeforeLastReading { on, last_on } => {
                let people = |day: &Day| day.to_people_in(language.core());
                RaseedError::FixClock { was: people(last_on), now: people(on) }
            }
            ReadingError::LowerThanLast { last, .. } => {
                RaseedError::ReadAgain { code: "lower-than-last".to_owned(), last: Some(*last) }
            }
        }
    }

    /// What was typed as an amount.
    pub(crate) fn from_amount(error: AmountError) -> RaseedError {
        let code = match error {
            AmountError::Empty => "empty",
            AmountError::NotANumber { .. } => "not-a-number",
            AmountError::TooManyDecimals => "decimals",
            AmountError::BadGrouping => "grouping",
            AmountError::TooLarge => "too-large",
        };
        RaseedError::TypeAmount { code: code.to_owned() }
    }
}
