//! Generators (proptest strategies) of valid records: every value that comes out passes the checks of the product.
//!
//! They must never be narrower than the format without saying so: a generator that avoids hard cases proves nothing.

mod book;
mod codes;
mod journal;
mod names;

pub use book::{account, page, rules, tariff};
pub use codes::{asked_paise, bharat_request, upi_request};
pub use journal::{Journal, Step, entry, journal, journal_of, steps};
pub use names::{account_id, amount, bill_number, day, period, staff, tariff_code, tenant, till, wall};
