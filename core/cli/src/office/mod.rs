//! `raseed office`: the reference head office.

mod import;
pub mod ledger;
pub mod serve;
mod tills;

use crate::args::{OfficeArgs, OfficeCommand};
use crate::output::{Failure, Output};
use raseed_head_office::{Office, OfficeError};
use serde_json::json;

/// Runs the command.
pub fn run(args: &OfficeArgs, out: &Output) -> Result<(), Failure> {
    let folder = args.data.as_path();
    if let OfficeCommand::Import { book } = &args.command {
        return import::run(folder, book, out);
    }
    let office = Office::open(folder)?;
    match &args.command {
        OfficeCommand::Import { .. } => unreachable!("done above"),
        OfficeCommand::Serve { listen } => serve::run(office, listen, out),
        OfficeCommand::Enrol { till, url, png } => tills::enrol(&office, till, url, png.as_deref(), out),
        OfficeCommand::Revoke { till } => tills::revoke(&office, till, out),
        OfficeCommand::Ledger { account, verify } => ledger::run(&office, account.as_deref(), *verify, out),
        OfficeCommand::Exceptions => ledger::exceptions(&office, out),
        OfficeCommand::Key => {
            let key = office.root_key().to_string();
            out.say(&json!({ "tenant": office.tenant(), "root_key": key }), || key.clone())
        }
    }
}

impl From<OfficeError> for Failure {
    fn from(error: OfficeError) -> Failure {
        Failure::new("office", error)
    }
}
