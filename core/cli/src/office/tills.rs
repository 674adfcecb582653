//! `raseed office enrol | revoke`

use crate::machine;
use crate::output::{Failure, Output};
use crate::picture;
use raseed_head_office::{Office, OfficeError};
use raseed_protocol::ids::TillId;
use raseed_protocol::profile::Profile;
use raseed_protocol::symbol::Symbol;
use serde_json::json;
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

/// Revokes a till: nothing more is taken from it by network.
pub fn revoke(office: &Office, till: &str, out: &Output) -> Result<(), Failure> {
    let till: TillId = till.parse().map_err(|error| Failure::new("bad-till", error))?;
    office.revoke(&till)?;
    out.say(&json!({ "revoked": till }), || format!("till {till} is revoked; its stored receipts stay valid"))
}
