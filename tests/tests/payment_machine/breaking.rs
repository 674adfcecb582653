//! A device that breaks off in the middle of a verb: its clock panics at a moment chosen beforehand, as a power cut would
//! stop the program. What was committed before stands; nothing after it happened.

use raseed_till::Ports;
use raseed_till::ports::{Clock, Now};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// When the device breaks off: after so many more looks at the clock. Below zero: never.
#[derive(Clone)]
pub struct Fuse(Arc<AtomicI64>);

struct BreakingClock {
    clock: Box<dyn Clock>,
    fuse: Fuse,
}

impl Fuse {
    pub fn new() -> Fuse {
        Fuse(Arc::new(AtomicI64::new(-1)))
    }

    pub fn set(&self, looks: i64) {
        self.0.store(looks, Ordering::SeqCst);
    }

    /// The ports of a device with this fuse.
    pub fn ports(&self, ports: Ports) -> Ports {
        Ports { clock: Box::new(BreakingClock { clock: ports.clock, fuse: self.clone() }), ..ports }
    }
}

impl Clock for BreakingClock {
    fn now(&self) -> Now {
        let left = self.fuse.0.load(Ordering::SeqCst);
        if left == 0 {
            self.fuse.set(-1);
            // Not `panic!`: nothing is printed a hundred thousand times.
            std::panic::resume_unwind(Box::new("the power was cut"));
        }
        if left > 0 {
            self.fuse.set(left - 1);
        }
        self.clock.now()
    }
}
