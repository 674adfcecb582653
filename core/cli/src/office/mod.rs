//! `raseed office`: the reference head office.

mod carry;
mod complaints;
mod import;
pub mod ledger;
mod payments;
pub mod serve;
mod settle;
mod tills;

use crate::args::{OfficeArgs, OfficeCommand};
use crate::machine;
use crate::output::{Failure, Output};
use raseed_head_office::psp::PspConfig;
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
        OfficeCommand::Serve { listen } => serve::run(with_psp(office, folder)?, listen, out),
        OfficeCommand::Enrol { till, url, png, profile } => {
            tills::enrol(&office, till, url, png.as_deref(), profile.as_deref(), out)
        }
        OfficeCommand::Revoke { till } => tills::revoke(&office, till, out),
        OfficeCommand::Ledger { account, verify } => ledger::run(&office, account.as_deref(), *verify, out),
        OfficeCommand::Exceptions => ledger::exceptions(&office, out),
        OfficeCommand::Payments(args) if args.fetch.is_some() => payments::run(&with_psp(office, folder)?, args, out),
        OfficeCommand::Payments(args) => payments::run(&office, args, out),
        OfficeCommand::Settle { file, map } => settle::run(&office, file, map, out),
        OfficeCommand::Complaints { all, close, outcome } => {
            complaints::run(&office, *all, close.as_deref().zip(outcome.as_deref()), out)
        }
        OfficeCommand::Take { files, answer } => carry::take(&office, files, answer.as_deref(), out),
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

impl From<OfficeError> for Failure {
    fn from(error: OfficeError) -> Failure {
        Failure::new("office", error)
    }
}
