//! What the head office does with nobody asking: every few minutes it asks the payment service what came.
//!
//! A payment service that does not answer is no error of the server; it is said once, and asked again.

use super::Clock;
use crate::{Office, OfficeError};
use raseed_protocol::time::{DAY_MS, WallMs};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How far back the first question goes: a long weekend's evening without a server.
const FIRST_MS: u64 = 2 * DAY_MS;

/// How long a question that has begun may go on after the end; then it is left, and what it took in so far stays.
const GRACE: Duration = Duration::from_secs(5);

/// What is worth a line in a log.
#[derive(Debug)]
pub enum Followed<'a> {
    /// The payment service (or the books) did not answer, and did before. It is asked again.
    Silent(&'a OfficeError),
    /// It answers again.
    Answers,
}

/// Asks the payment service of the office now and every so often (at least a second apart), until `shutdown` is there. Returns
/// at once if there is none.
pub async fn follow(
    office: Arc<Office>,
    clock: Clock,
    every: Duration,
    tell: impl Fn(Followed<'_>),
    shutdown: impl Future<Output = ()>,
) {
    if office.psp.is_none() {
        return;
    }
    // Fixed at the start: however long the payment service is silent, no time is left out.
    let from = WallMs(clock().0.saturating_sub(FIRST_MS));
    let mut ticks = interval(every.max(Duration::from_secs(1)));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut shutdown = pin!(shutdown);
    let mut silent = false;
    loop {
        tokio::select! {
            () = &mut shutdown => return,
            _ = ticks.tick() => {}
        }
        let asked = Arc::clone(&office);
        let mut step = tokio::task::spawn_blocking(move || asked.ask_for_news(from, clock()));
        let done = tokio::select! {
            done = &mut step => done,
            () = &mut shutdown => {
                let _ = timeout(GRACE, step).await;
                return;
            }
        };
        match done {
            Ok(Err(error)) if !silent => {
                silent = true;
                tell(Followed::Silent(&error));
            }
            Ok(Ok(_)) if silent => {
                silent = false;
                tell(Followed::Answers);
            }
            // A step that broke down broke off its transaction; the next one tries the same.
            _ => {}
        }
    }
}
