//! Times, and what is said of many of them. Whole nanoseconds; a ratio is in hundredths.

use std::fmt;
use std::hint::black_box;
use std::time::Instant;

/// A length of time in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nanos(pub u64);

impl fmt::Display for Nanos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, name) = match self.0 {
            0..10_000 => return write!(f, "{} ns", self.0),
            10_000..10_000_000 => (1_000, "µs"),
            10_000_000..10_000_000_000 => (1_000_000, "ms"),
            _ => (1_000_000_000, "s"),
        };
        write!(f, "{} {name}", self.0 / unit)
    }
}

/// How long `work` took, and what it gave.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Nanos, T) {
    let start = Instant::now();
    let value = black_box(work());
    (Nanos(u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX)), value)
}

/// How long `work` had the processor, on Linux; elsewhere how long it took. For work that waits for nothing: what else
/// runs on the machine does not count.
pub fn worked<T>(work: impl FnOnce() -> T) -> (Nanos, T) {
    let before = on_processor();
    let (time, value) = timed(work);
    let worked = before.zip(on_processor()).map(|(before, after)| Nanos(after - before));
    (worked.filter(|worked| worked.0 > 0).unwrap_or(time), value)
}

/// Nanoseconds that this thread has had the processor.
fn on_processor() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok()
}

/// Many times of the same thing.
#[derive(Default)]
pub struct Samples(Vec<Nanos>);

impl Samples {
    /// Adds one.
    pub fn push(&mut self, time: Nanos) {
        self.0.push(time);
    }

    /// The one in the middle.
    pub fn median(&self) -> Nanos {
        self.at(50)
    }

    /// 99 of 100 are not slower.
    pub fn p99(&self) -> Nanos {
        self.at(99)
    }

    /// The slowest.
    pub fn slowest(&self) -> Nanos {
        self.at(100)
    }

    /// What one costs when all are added up.
    pub fn mean(&self) -> Nanos {
        let total: u64 = self.0.iter().map(|time| time.0).sum();
        Nanos(total / u64::try_from(self.0.len().max(1)).expect("not so many"))
    }

    fn at(&self, percent: usize) -> Nanos {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let last = sorted.len().checked_sub(1).expect("something was measured");
        sorted[last * percent / 100]
    }
}

/// Hundredths of `a / b`.
pub fn hundredths(a: u64, b: u64) -> u64 {
    u64::try_from(u128::from(a) * 100 / u128::from(b.max(1))).unwrap_or(u64::MAX)
}

/// How many of `count` in a second.
pub fn per_second(count: u64, time: Nanos) -> u64 {
    u64::try_from(u128::from(count) * 1_000_000_000 / u128::from(time.0.max(1))).unwrap_or(u64::MAX)
}
