//! What is unsent, and sending it. The till is free for other calls while the network is waited for.

use crate::error::RaseedError;
use crate::home::small;
use crate::money::{Age, Money};
use crate::shared::Shared;
use raseed_till::sync::{HttpTransport, Wait};
use raseed_till::{Queue, Unsent};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How often a broken line is tried again in one sync.
const PATIENCE: u32 = 8;

/// Sending what is unsent, fetching what is new.
#[derive(uniffi::Object)]
pub struct Sync {
    shared: Arc<Shared>,
    stop: Stop,
}

/// What has not reached the head office, and what is known about why.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct QueueView {
    /// How many records.
    pub unsent: u32,
    /// The oldest of them.
    pub items: Vec<UnsentView>,
    /// What the head office said about records it has.
    pub notices: Vec<NoticeView>,
    /// When the head office last confirmed what it has, by its own clock.
    pub confirmed: Option<String>,
    /// How the newest sync ended.
    pub attempt: Option<AttemptView>,
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

impl Sync {
    pub(crate) fn new(shared: Arc<Shared>) -> Sync {
        Sync { shared, stop: Stop::default() }
    }
}

#[uniffi::export]
impl Sync {
    /// What is unsent, with the oldest `most` records in detail.
    pub fn queue(&self, most: u32) -> Result<QueueView, RaseedError> {
        let language = self.shared.language();
        self.shared.till(|till| {
            let queue = till.queue(usize::try_from(most).unwrap_or(usize::MAX))?;
            let now = till.wall();
            let confirmed = till.standing().acknowledged.map(|seen| seen.office.to_people_in(language.core()));
            let attempt = till.last_attempt()?.map(|attempt| {
                let (code, detail) = attempt.failure.unzip();
                AttemptView { when: attempt.wall.to_people_in(language.core()), code, detail }
            });
            let Queue { unsent, entries, notices, .. } = queue;
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
                items: entries.into_iter().map(view).collect(),
                notices: notices
                    .into_iter()
                    .map(|(at, code, what)| NoticeView { sequence: at.0, code, what })
                    .collect(),
                confirmed,
                attempt,
            })
        })
    }

    /// Sends and fetches until all is done, or the line is gone, or somebody stops it. Everything that got through stays
    /// through.
    pub fn run(&self) -> Result<SyncView, RaseedError> {
        let mut wait = self.stop.begin();
        let report = raseed_till::sync::sync(self.shared.as_ref(), &mut transport(), &mut wait, PATIENCE);
        let report = report.map_err(|error| RaseedError::from_till(error, self.shared.language()))?;
        Ok(SyncView {
            sent: small(report.sent),
            accounts: u32::try_from(report.accounts).unwrap_or(u32::MAX),
            notices: u32::try_from(report.notices).unwrap_or(u32::MAX),
        })
    }

    /// Stops a sync that is waiting to try again; one that is in the middle of an exchange ends it first.
    pub fn stop(&self) {
        self.stop.stop();
    }
}

/// The network, with the patience of somebody who stands in a field with a bar of 2G.
pub(crate) fn transport() -> HttpTransport {
    HttpTransport::new(Duration::from_secs(15), Duration::from_secs(90))
}

/// A wait that can be ended from another thread.
#[derive(Default)]
struct Stop {
    stopped: Mutex<bool>,
    changed: Condvar,
}

impl Stop {
    fn begin(&self) -> &Stop {
        *self.stopped.lock().unwrap_or_else(PoisonError::into_inner) = false;
        self
    }

    fn stop(&self) {
        *self.stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }
}

impl Wait for &Stop {
    fn wait(&mut self, milliseconds: u64) -> bool {
        let stopped = self.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = Duration::from_millis(milliseconds);
        let waited = self.changed.wait_timeout_while(stopped, pause, |stopped| !*stopped);
        let (stopped, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !*stopped
    }
}
