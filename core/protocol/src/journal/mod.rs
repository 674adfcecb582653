//! The journal: one append-only, signed, hash-chained list per till and incarnation.
//!
//! It is at once the receipt book, the audit log and the offline queue. Entries are written once, by `entry::sign`, and
//! never encoded again; whoever reads one verifies it first. The form is in `schemas/journal.cddl`.

mod body;
mod chain;
mod complaint;
mod entry;
mod fork;
mod payment;
mod receipt;
mod run;
mod spot_bill;
mod till_keys;
mod witness;

pub use body::{Body, ClockChanged, ShiftOpened, TillOpened};
pub use chain::{Chain, ChainError};
pub use complaint::{ComplaintCause, ComplaintOpened};
pub use entry::{Entry, EntryError, Seen, SignedEntry, Stamp};
pub use fork::{ForkProof, NoFork};
pub use payment::{Outcome, PaymentEnded, PaymentRequested};
pub use receipt::{Mode, Receipt, Split};
pub use run::{MEDIA_TYPE, RunError, RunReader, RunWriter};
pub use spot_bill::{ReadingMade, SpotBillMade};
pub use till_keys::TillKeys;
pub use witness::{Testimony, Witness};
