//! libraseed.so: the till for Android. One uniffi façade for everything that has a meaning, and a JNI fast path for bytes.
//!
//! It holds no rule and no arithmetic on money: a method calls one verb of `raseed_till` and puts the answer into words.
//! Start at [`Raseed`]; the areas are its sub-clients. Every refusal is one [`RaseedError`], whose variants are what a
//! person can do about it.

mod about;
mod bills;
mod book;
mod card;
mod collect;
mod device;
mod error;
pub mod fast;
mod home;
mod language;
mod money;
mod payments;
mod ports;
mod printing;
mod receipts;
mod root;
mod shared;
mod slip;
mod sync;
mod turns;
mod verify;

pub use about::About;
pub use bills::{BillRequest, BillView, Bills, JudgedView, ReadingQuestion};
pub use book::{Book, DemandView, FoundView, HouseholdView, LineView, MeterView, OwnBillView, PaymentView};
pub use card::{
    CardAcquirer, CardAnswered, CardApproval, CardAsk, CardExtra, CardOutcomeView, CardRefused, CardSaleView,
    card_query_ask, card_read, card_read_query, card_sale_ask,
};
pub use collect::{ChangeView, Collect, PreviewView};
pub use device::{ClocksView, Device, EnrolledView};
pub use error::RaseedError;
pub use home::{HomeView, LastReceiptView, ModeView, NextStep, ProfileView};
pub use language::Language;
pub use money::{Age, AgeUnit, AmountView, Money};
pub use payments::{
    ComplaintView, ModeOffer, MoneyStatus, PayMode, PaymentDetails, PaymentRowView, PaymentStatus, Payments,
};
pub use ports::{DeviceClock, DevicePorts, Moment, SecretVault, VaultTrouble};
pub use receipts::{ReceiptView, Receipts};
pub use root::Raseed;
pub use sync::{AttemptView, NoticeView, QueueView, Sync, SyncView, UnsentView};
pub use verify::{ProvenView, Verdict, VerifyView};

pub use printing::{PrintJob, PrintOutcome, PrintSent, PrintStep, PrintTrouble, PrinterState, sunmi_state};
pub use slip::SlipBlock;

uniffi::setup_scaffolding!("raseed");
