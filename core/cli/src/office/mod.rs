//! `raseed office`: the reference head office.

mod carry;
mod complaints;
mod contacts;
mod import;
pub mod ledger;
mod payments;
mod poster;
pub mod serve;
mod settle;
mod sms;
mod tills;

pub use sms::OfficeSmsArgs;

use crate::args::{OfficeArgs, OfficeCommand};
use crate::machine;
use crate::output::{Failure, Output};
use raseed_head_office::psp::PspConfig;
use raseed_head_office::sms::SmsConfig;
use raseed_head_office::{Office, OfficeError};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// Runs the command.
pub fn run(args: &OfficeArgs, out: &Output) -> Result<(), Failure> {
    let folder = args.data.as_path();
    if let OfficeCommand::Import { book } = &args.command {
        return import::run(folder, book, out);
    }
    let office = Office::open(folder)?;
    match &args.command {
        OfficeCommand::Import { .. } => unreachable!("done above"),
        OfficeCommand::Serve(args) => serve::run(with_psp(with_sms(office, folder)?, folder)?, args, out),
        OfficeCommand::Enrol { till, url, png, profile } => {
            tills::enrol(&office, till, url, png.as_deref(), profile.as_deref(), out)
        }
        OfficeCommand::Tills => tills::list(&office, out),
        OfficeCommand::Revoke { till } => tills::revoke(&office, till, out),
        OfficeCommand::Ledger { account, verify } => ledger::run(&office, account.as_deref(), *verify, out),
        OfficeCommand::Exceptions => ledger::exceptions(&office, out),
        OfficeCommand::Payments(args) if args.fetch.is_some() => {
            payments::run(&with_psp(with_sms(office, folder)?, folder)?, args, out)
        }
        OfficeCommand::Payments(args) => payments::run(&with_sms(office, folder)?, args, out),
        OfficeCommand::Settle { file, map } => settle::run(&with_sms(office, folder)?, file, map, out),
        OfficeCommand::Complaints { all, close, outcome } => {
            complaints::run(&with_sms(office, folder)?, *all, close.as_deref().zip(outcome.as_deref()), out)
        }
        OfficeCommand::Poster { language, file } => poster::run(&office, *language, file, out),
        OfficeCommand::Contacts { file, forget } => contacts::run(&office, file.as_deref(), forget.as_deref(), out),
        OfficeCommand::Sms(args) => sms::run(&with_sms(office, folder)?, &args.command, out),
        OfficeCommand::Take { files, answer } => carry::take(&with_sms(office, folder)?, files, answer.as_deref(), out),
        OfficeCommand::Carry { till, since, file } => carry::carry(&office, till, *since, file, out),
        OfficeCommand::Key => {
            let key = office.root_key().to_string();
            out.say(&json!({ "tenant": office.tenant(), "root_key": key }), || key.clone())
        }
    }
}

/// With the payment service of `psp.json`, if there is one.
fn with_psp(office: Office, folder: &Path) -> Result<Office, Failure> {
    let psp = PspConfig::open(folder, Arc::new(machine::wall)).map_err(|error| Failure::new("bad-psp", error))?;
    Ok(match psp {
        Some(psp) => office.with_psp(psp),
        None => office,
    })
}

/// Telling consumers what happens, by the gateway of `sms.json`, if there is one: for whatever may bring news to them.
fn with_sms(office: Office, folder: &Path) -> Result<Office, Failure> {
    let sms = SmsConfig::open(folder).map_err(|error| Failure::new("bad-sms", error))?;
    Ok(match sms {
        Some(sms) => office.with_sms(sms),
        None => office,
    })
}

impl From<OfficeError> for Failure {
    fn from(error: OfficeError) -> Failure {
        Failure::new("office", error)
    }
}
