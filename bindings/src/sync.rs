//! What is unsent, and sending it. The till is free for other calls while the network is waited for.

use crate::error::RaseedError;
use crate::home::{or_no_book, small};
use crate::money::{Age, Money};
use crate::shared::Shared;
use crate::turns::{InTurn, Turn};
use raseed_till::sync::HttpTransport;
use raseed_till::{Queue, TillError, Unsent};
use std::sync::Arc;
use std::time::Duration;

/// How often a broken line is tried again in one sync.
const PATIENCE: u32 = 8;

/// Sending what is unsent, fetching what is new.
#[derive(uniffi::Object)]
pub struct Sync {
    pub(crate) shared: Arc<Shared>,
}

/// What has not reached the head office, and what is known about why.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct QueueView {
    /// How many records.
    pub unsent: u32,
    /// How old the oldest of them is.
    pub oldest: Option<Age>,
    /// Whether there is a complete book; without one, syncing is fetching it.
    pub has_book: bool,
    /// The oldest of them, in detail.
    pub items: Vec<UnsentView>,
    /// What the head office said about records it has.
    pub notices: Vec<NoticeView>,
    /// When the head office last confirmed what it has, by its own clock.
    pub confirmed: Option<String>,
    /// How the newest sync ended.
    pub attempt: Option<AttemptView>,
    /// True while a sync runs, whoever began it.
    pub running: bool,
}

/// One unsent record.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct UnsentView {
    /// Its number.
    pub id: String,
    /// `Receipt`, `Shift opened` ..., in the language of the screens.
    pub what: String,
    /// When it was written.
    pub when: String,
    /// How long ago.
    pub age: Age,
    /// The account, if it is about one.
    pub account: Option<String>,
    /// The money, if some was taken.
    pub money: Option<Money>,
}

/// What the head office said about a record.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct NoticeView {
    /// The record's number in this till's journal.
    pub sequence: u64,
    /// A stable short name.
    pub code: String,
    /// The head office's sentence.
    pub what: String,
}

/// How a sync ended.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AttemptView {
    /// When, by this device's clock.
    pub when: String,
    /// Why it failed: a stable short name; nothing if it went well.
    pub code: Option<String>,
    /// The same as a sentence, for the supervisor.
    pub detail: Option<String>,
}

/// What a sync did.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SyncView {
    /// Records that the head office confirmed in it.
    pub sent: u32,
    /// Households that changed.
    pub accounts: u32,
    /// Notices that came back.
    pub notices: u32,
}

#[uniffi::export]
impl Sync {
    /// What is unsent, with the oldest `most` records in detail.
    pub fn queue(&self, most: u32) -> Result<QueueView, RaseedError> {
        let (language, running) = (self.shared.language(), self.shared.turns.taken());
        self.shared.till(|till| {
            let queue = till.queue(usize::try_from(most).unwrap_or(usize::MAX))?;
            let now = till.wall();
            let confirmed = till.standing().acknowledged.map(|seen| seen.office.to_people_in(language.core()));
            let attempt = till.last_attempt()?.map(|attempt| {
                let (code, detail) = attempt.failure.unzip();
                AttemptView { when: attempt.wall.to_people_in(language.core()), code, detail }
            });
            let has_book = or_no_book(till.rules())?.is_some();
            let Queue { unsent, oldest_ms, entries, notices } = queue;
            let view = |entry: Unsent| UnsentView {
                id: entry.id.to_string(),
                what: entry.entry.entry().body.name_in(language.core()).to_owned(),
                when: entry.wall_ms.to_people_in(language.core()),
                age: Age::between(entry.wall_ms, now),
                account: entry.account,
                money: entry.amount.map(Money::from),
            };
            Ok(QueueView {
                unsent: small(unsent),
                oldest: oldest_ms.map(|oldest| Age::between(oldest, now)),
                has_book,
                items: entries.into_iter().map(view).collect(),
                notices: notices
                    .into_iter()
                    .map(|(at, code, what)| NoticeView { sequence: at.0, code, what })
                    .collect(),
                confirmed,
                attempt,
                running,
            })
        })
    }

    /// Sends and fetches until all is done, or the line is gone, or somebody stops it. Everything that got through stays
    /// through. While another sync runs it waits for its turn.
    pub fn run(&self) -> Result<SyncView, RaseedError> {
        let turn = self.shared.turns.begin().ok_or(RaseedError::Stopped)?;
        let mut line = InTurn { line: transport(), turn: &turn };
        let report = raseed_till::sync::sync(self.shared.as_ref(), &mut line, &mut &turn, PATIENCE);
        let report = report.map_err(|error| self.failed(error, &turn))?;
        Ok(SyncView {
            sent: small(report.sent),
            accounts: u32::try_from(report.accounts).unwrap_or(u32::MAX),
            notices: u32::try_from(report.notices).unwrap_or(u32::MAX),
        })
    }

    /// Stops the sync that runs, whoever began it: one that waits to try again at once, one that is in the middle of an
    /// exchange after it.
    pub fn stop(&self) {
        self.shared.turns.stop();
    }
}

impl Sync {
    /// What only had to be tried again would have been, if nobody had said stop.
    fn failed(&self, error: TillError, turn: &Turn<'_>) -> RaseedError {
        match error {
            TillError::Sync(passing) if passing.is_passing() && turn.stopped() => RaseedError::Stopped,
            error => RaseedError::from_till(error, self.shared.language()),
        }
    }
}

/// The network, with the patience of somebody who stands in a field with a bar of 2G.
pub(crate) fn transport() -> HttpTransport {
    HttpTransport::new(Duration::from_secs(15), Duration::from_secs(90))
}
