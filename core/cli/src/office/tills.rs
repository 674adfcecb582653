//! `raseed office enrol | tills | revoke`

use crate::machine;
use crate::output::{Failure, Output};
use crate::picture;
use raseed_head_office::store::{IncarnationRecord, TillRecord, TillState};
use raseed_head_office::{Office, OfficeError};
use raseed_protocol::ids::TillId;
use raseed_protocol::profile::Profile;
use raseed_protocol::symbol::Symbol;
use serde_json::{Value, json};
use std::path::Path;

/// Shows a one-time enrolment link for a till, adding the till if it is new.
pub fn enrol(
    office: &Office,
    till: &str,
    url: &str,
    png: Option<&Path>,
    profile: Option<&str>,
    out: &Output,
) -> Result<(), Failure> {
    let profile = profile.map(str::parse::<Profile>).transpose().map_err(|error| Failure::new("bad-profile", error))?;
    let till: TillId = till.parse().map_err(|error| Failure::new("bad-till", error))?;
    match office.add_till(&till, till.as_str()) {
        Ok(()) | Err(OfficeError::TillExists(_)) => {}
        Err(error) => return Err(error.into()),
    }
    if let Some(profile) = profile {
        office.set_profile(&till, profile)?;
    }
    let link = office.new_enrolment(&till, url, machine::wall(), &mut machine::random)?.to_string();
    if let Some(path) = png {
        picture::write_png(path, &link)?;
    }
    out.say(&json!({ "till": till, "link": link }), || {
        let symbol = Symbol::new(&link).map(|symbol| symbol.to_terminal()).unwrap_or_default();
        format!("{symbol}\nfor till {till}, one device, within a day:\n\n{link}")
    })
}

/// Lists all tills, each with its newest device.
pub fn list(office: &Office, out: &Output) -> Result<(), Failure> {
    let tills = office.tills()?;
    let value: Vec<_> = tills.iter().map(|(till, lives)| value_of(till, lives.last())).collect();
    out.say(&value, || match tills.as_slice() {
        [] => "no till yet: `raseed office enrol` adds one".to_owned(),
        some => some.iter().map(|(till, lives)| line(till, lives.last())).collect::<Vec<_>>().join("\n"),
    })
}

fn value_of(till: &TillRecord, newest: Option<&IncarnationRecord>) -> Value {
    json!({
        "till": till.till,
        "name": till.name,
        "profile": till.profile,
        "revoked": till.state == TillState::Revoked,
        "life": newest.map(|life| life.incarnation),
        "enrolled_ms": newest.map(|life| life.enrolled),
        "entries": newest.map(|life| life.head.last),
        "receipts": newest.map(|life| life.head.receipts),
        "grand_total_paise": newest.map(|life| life.head.grand_total),
        "storage": newest.and_then(|life| life.storage).map(|(class, _)| class),
        "storage_since_ms": newest.and_then(|life| life.storage).map(|(_, since)| since),
    })
}

fn line(till: &TillRecord, newest: Option<&IncarnationRecord>) -> String {
    let name = format!("{:<10} {:<10}", till.till.as_str(), till.profile.code());
    let revoked = if till.state == TillState::Revoked { "  REVOKED" } else { "" };
    let Some(life) = newest else { return format!("{name} not enrolled yet{revoked}") };
    let storage = life.storage.map_or_else(
        || "storage not told".to_owned(),
        |(class, since)| format!("storage {class} since {}", since.to_people()),
    );
    let head = &life.head;
    format!(
        "{name} life {}: {} entries, {} receipts, {}; {storage}{revoked}",
        life.incarnation, head.last, head.receipts, head.grand_total
    )
}

/// Revokes a till: nothing more is taken from it by network.
pub fn revoke(office: &Office, till: &str, out: &Output) -> Result<(), Failure> {
    let till: TillId = till.parse().map_err(|error| Failure::new("bad-till", error))?;
    office.revoke(&till)?;
    out.say(&json!({ "revoked": till }), || format!("till {till} is revoked; its stored receipts stay valid"))
}
