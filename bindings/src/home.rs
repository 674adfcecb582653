//! The first screen: today's numbers, what is unsent, and the next step.

use crate::error::RaseedError;
use crate::money::{Age, AmountView, Money};
use crate::shared::Shared;
use raseed_protocol::profile::Profile;
use raseed_till::{CopyStanding, Given, Till, TillError};

/// Everything for the first screen.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HomeView {
    /// What to do next.
    pub next: NextStep,
    /// What the device is used for.
    pub profile: ProfileView,
    /// The till's name; empty before enrolment.
    pub till: String,
    /// The utility's name, as on its receipts; empty before there is a book.
    pub utility: String,
    /// Today, as people write it.
    pub day: String,
    /// Taken today, in all.
    pub total: AmountView,
    /// Receipts today.
    pub receipts: u32,
    /// The same by mode; modes with nothing are left out.
    pub by_mode: Vec<ModeView>,
    /// Who collects, if a shift is open.
    pub staff: Option<String>,
    /// How many records the head office does not have yet.
    pub unsent: u32,
    /// How old the oldest of them is.
    pub oldest: Option<Age>,
    /// When the head office last confirmed what it has, by its own clock.
    pub confirmed: Option<String>,
    /// The newest receipt: after a power cut people want to know whether it was taken.
    pub newest: Option<LastReceiptView>,
    /// How many payments have no known end: money may have moved.
    pub pending: u32,
    /// True if the second copy of what is unsent could not be written: look at the card. Money is taken all the same.
    #[uniffi(default = false)]
    pub second_copy_fails: bool,
}

/// The next step of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum NextStep {
    /// Scan or type the enrolment link.
    Enrol,
    /// Fetch the book where there is a network.
    FetchBook,
    /// Open a shift.
    OpenShift,
    /// Set or confirm the clock.
    FixClock,
    /// Collect.
    Collect,
}

/// What the device is used for: which front door the app shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ProfileView {
    /// From door to door.
    Collector,
    /// At a counter.
    Counter,
    /// In a shop.
    Merchant,
    /// By the payers themselves.
    Kiosk,
}

impl From<Profile> for ProfileView {
    fn from(profile: Profile) -> ProfileView {
        match profile {
            Profile::Collector => ProfileView::Collector,
            Profile::Counter => ProfileView::Counter,
            Profile::Merchant => ProfileView::Merchant,
            Profile::Kiosk => ProfileView::Kiosk,
        }
    }
}

/// What was taken in one mode.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ModeView {
    /// `Cash`, `UPI` ... in the language of the screens.
    pub name: String,
    /// Receipts.
    pub receipts: u32,
    /// How much.
    pub money: Money,
    /// Its part of the day's total in thousandths: the length of its bar.
    pub permille: u32,
}

/// The newest receipt.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LastReceiptView {
    /// Its number.
    pub receipt: String,
    /// For which account.
    pub account: String,
    /// How much.
    pub money: Money,
    /// When.
    pub when: String,
    /// How often a printer said that it came out.
    pub copies: u32,
}

/// Reads it all; before enrolment everything is empty.
pub(crate) fn home(shared: &Shared) -> Result<HomeView, RaseedError> {
    match shared.till(|till| read(shared, till)) {
        Err(RaseedError::Enrol) => Ok(empty(shared)),
        other => other,
    }
}

fn read(shared: &Shared, till: &mut Till) -> Result<HomeView, TillError> {
    let language = shared.language().core();
    let standing = till.standing();
    let today = till.today()?;
    let rules = or_no_book(till.rules())?;
    let shift = till.shift()?;
    let queue = till.queue(0)?;
    let newest = or_no_book(till.newest_receipt())?.flatten();
    let now = till.wall();
    let next = match (&rules, &shift) {
        (None, _) => NextStep::FetchBook,
        _ if !till.clock_is_fine() => NextStep::FixClock,
        (_, None) => NextStep::OpenShift,
        _ => NextStep::Collect,
    };
    let shares = today.shares();
    let by_mode = today.by_mode.iter().zip(shares).map(|((mode, receipts, amount), permille)| ModeView {
        name: mode.name_in(language).to_owned(),
        receipts: small(*receipts),
        money: (*amount).into(),
        permille,
    });
    Ok(HomeView {
        next,
        profile: till.identity().profile.into(),
        till: till.identity().till.to_string(),
        utility: rules.map(|rules| rules.name_in(language).to_owned()).unwrap_or_default(),
        day: today.day.to_people_in(language),
        total: AmountView::new(today.total, shared.language()),
        receipts: small(today.receipts),
        by_mode: by_mode.collect(),
        staff: shift.map(|shift| shift.staff.to_string()),
        unsent: small(queue.unsent),
        oldest: queue.oldest_ms.map(|oldest| Age::between(oldest, now)),
        confirmed: standing.acknowledged.map(|seen| seen.office.to_people_in(language)),
        newest: newest.map(|(given, copies)| last_receipt(&given, copies, shared)),
        pending: u32::try_from(till.pending_count(100)?).unwrap_or(u32::MAX),
        second_copy_fails: standing.second_copy == CopyStanding::Failing,
    })
}

/// Without a book there is nothing to show, but nothing is wrong.
pub(crate) fn or_no_book<T>(read: Result<T, TillError>) -> Result<Option<T>, TillError> {
    match read {
        Err(TillError::NoBook) => Ok(None),
        other => other.map(Some),
    }
}

fn last_receipt(given: &Given, copies: u32, shared: &Shared) -> LastReceiptView {
    LastReceiptView {
        receipt: given.id.to_string(),
        account: given.receipt().account.to_string(),
        money: given.receipt().amount.into(),
        when: given.entry.entry().stamp.wall.to_people_in(shared.language().core()),
        copies,
    }
}

fn empty(shared: &Shared) -> HomeView {
    HomeView {
        next: NextStep::Enrol,
        profile: ProfileView::Collector,
        till: String::new(),
        utility: String::new(),
        day: String::new(),
        total: AmountView::new(raseed_protocol::money::Paise::ZERO, shared.language()),
        receipts: 0,
        by_mode: Vec::new(),
        staff: None,
        unsent: 0,
        oldest: None,
        confirmed: None,
        newest: None,
        pending: 0,
        second_copy_fails: false,
    }
}

/// A count for a screen.
pub(crate) fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
