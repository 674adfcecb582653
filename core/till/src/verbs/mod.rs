//! One file per verb: its request, its answer, its refusals, its tests. Verbs never call verbs.

pub mod card_sale;
pub mod carry;
pub mod collect;
pub mod complain;
pub mod confirm_clock;
pub mod end_payment;
pub mod enrol;
pub mod export;
pub mod find;
pub mod find_own;
pub mod follow_payments;
pub mod open_shift;
pub mod payments;
pub mod print;
pub mod queue;
pub mod rebuild;
pub mod receipts;
pub mod request_payment;
pub mod spot_bill;
pub mod supervisor_pin;
pub mod take_payment;
pub mod today;
pub mod verify;
pub mod verify_journal;
