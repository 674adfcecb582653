//! `raseed office contacts`

use crate::output::{Failure, Output};
use raseed_head_office::store::ContactRecord;
use raseed_head_office::{Office, OfficeError};
use raseed_protocol::ids::AccountId;
use serde_json::{Value, json};
use std::fs::File;
use std::path::Path;

/// Takes in a file of contacts, deletes one, or lists them without their numbers.
pub fn run(office: &Office, file: Option<&Path>, forget: Option<&str>, out: &Output) -> Result<(), Failure> {
    if let Some(account) = forget {
        let account: AccountId = account.parse().map_err(|error| Failure::new("bad-account", error))?;
        office.forget_contact(&account)?;
        return out.say(&json!({ "forgotten": account }), || format!("no phone is kept for {account} any more"));
    }
    let Some(file) = file else { return list(&office.contacts()?, out) };
    let reader = File::open(file).map_err(Failure::io(file.display()))?;
    let taken = office.import_contacts(reader).map_err(|error| match error {
        OfficeError::Contacts(refused) => Failure::new("bad-contacts", refused),
        other => other.into(),
    })?;
    out.say(&taken, || {
        format!(
            "{} contacts new, {} changed, {} as they were; delete the file now: it holds whole phone numbers",
            taken.added, taken.changed, taken.unchanged
        )
    })
}

fn list(contacts: &[ContactRecord], out: &Output) -> Result<(), Failure> {
    let value: Vec<Value> = contacts
        .iter()
        .map(|contact| json!({ "account": contact.account, "phone": contact.phone.masked(), "language": contact.language }))
        .collect();
    out.say(&value, || match contacts {
        [] => "no contact yet; take in a file (account, phone, language): raseed office contacts FILE.csv".to_owned(),
        some => some.iter().map(line).collect::<Vec<_>>().join("\n"),
    })
}

fn line(contact: &ContactRecord) -> String {
    format!("{:<20} {}  {}", contact.account, contact.phone.masked(), contact.language)
}
