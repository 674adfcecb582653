//! How long and how much the server bears. Nothing here may be unbounded.

use std::time::Duration;

/// Bounds that keep slow, broken and hostile clients from holding the server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once; more wait in the system's queue.
    pub connections: usize,
    /// Requests that work on the books at once; more wait.
    pub workers: usize,
    /// How long the head of a request may take, and how long a connection may lie idle between two.
    pub head: Duration,
    /// How long a body may stand still: longer than a 2G line does. A whole body of a stranger may not take longer.
    pub still: Duration,
    /// How long a whole body of a known till may take.
    pub body: Duration,
    /// How long one connection may live; then it ends after the request that it is in.
    pub connection: Duration,
    /// How long requests have to end, once their connection or the server is to close.
    pub grace: Duration,
    /// Attempts to enrol in a minute, from all sides together.
    pub enrolments_a_minute: u32,
    /// Pages of bills in a minute, for all sides together: enough for a day on which a whole district gets its bills, too few
    /// to go through the numbers of all of them unnoticed.
    pub bill_pages_a_minute: u32,
}

/// How slowly a body may come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub(super) still: Duration,
    pub(super) whole: Duration,
}

impl Limits {
    /// For a body whose sender is not known, or not listened to.
    pub(super) fn stranger(&self) -> Pace {
        Pace { still: self.still, whole: self.still }
    }

    /// For a body whose head is signed by a till.
    pub(super) fn till(&self) -> Pace {
        Pace { still: self.still, whole: self.body }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 512,
            workers: 8,
            head: Duration::from_secs(20),
            still: Duration::from_secs(30),
            body: Duration::from_secs(10 * 60),
            connection: Duration::from_secs(30 * 60),
            grace: Duration::from_secs(30),
            enrolments_a_minute: 30,
            bill_pages_a_minute: 1_200,
        }
    }
}
