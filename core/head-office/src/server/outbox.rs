//! Messages that wait are sent while the server runs, beside its requests and never in one.
//!
//! A gateway that does not answer is no trouble of the server: what is due stays due.

use super::Clock;
use crate::Office;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often it is looked whether something waits.
const EVERY: Duration = Duration::from_secs(10);

/// Sends what is due, now and then and for ever; at once over where the office sends no messages. What is in the hands of the
/// gateway when this is dropped is told of as unknown, and goes out once more.
pub async fn send_messages(office: Arc<Office>, clock: Clock) {
    if !office.sends_messages() {
        return;
    }
    let mut look = interval(EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        look.tick().await;
        while send_some(&office, clock).await {}
    }
}

/// True if more is due.
async fn send_some(office: &Arc<Office>, clock: Clock) -> bool {
    let office = Arc::clone(office);
    let sent = tokio::task::spawn_blocking(move || office.send_messages(clock())).await;
    matches!(sent, Ok(Ok(sent)) if sent.more)
}
