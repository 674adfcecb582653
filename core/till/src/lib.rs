//! The device half: one file, one signed journal, and the verbs of a collector.
//!
//! Everything works with no network but enrolment and sync. Nothing may be shown as paid or printed before the verb that
//! did it has returned. Verbs never call verbs; they read rows, ask `raseed_protocol` what follows, and append one entry.

mod accounts;
mod append;
mod audit;
mod audit_together;
pub mod card;
mod carve;
mod copying;
mod day_keys;
mod error;
mod identity;
mod life_before;
pub mod paper;
mod payment;
mod payment_code;
pub mod ports;
mod receipt_body;
mod sealed_run;
mod search;
mod second_copy;
mod slip;
pub mod storage;
mod store;
pub mod sync;
mod till;
mod verbs;

pub use accounts::{AsOf, Household};
pub use audit::{Audit, AuditProblem, IncarnationAudit, audit_file, audit_run};
pub use audit_together::{ForkFound, GapFound, Together, audit_together};
pub use error::TillError;
pub use payment::{Payment, PaymentLine};
pub use search::Found;
pub use second_copy::CopyStanding;
pub use slip::{Block, Slip};
pub use store::PaymentRowState as PaymentStanding;
pub use till::{BookStanding, Ports, Standing, Till};
pub use verbs::card_sale::CardCame;
pub use verbs::carry::Parcel;
pub use verbs::collect::{Collect, Given};
pub use verbs::complain::{Complain, ComplaintTicket};
pub use verbs::end_payment::{EndPayment, Ending};
pub use verbs::enrol::{Enrolled, enrol};
pub use verbs::find_own::masked_name;
pub use verbs::follow_payments::PaymentNews;
pub use verbs::open_shift::{OpenShift, Shift};
pub use verbs::payments::{PastPayment, TakenBy};
pub use verbs::queue::{Queue, Unsent};
pub use verbs::request_payment::RequestPayment;
pub use verbs::spot_bill::{BillAtDoor, Billed};
pub use verbs::take_payment::{Proof, TakePayment};
pub use verbs::today::Today;
pub use verbs::verify::Verified;
