//! `raseed till enrol`

use super::{about, parse};
use crate::machine;
use crate::output::{Failure, Output};
use raseed_protocol::wire::EnrolmentLink;
use raseed_till::enrol;
use serde_json::json;
use std::path::Path;

/// Enrols the till in this folder.
pub fn run(folder: &Path, copy: Option<&Path>, roots: Option<&Path>, link: &str, out: &Output) -> Result<(), Failure> {
    let link: EnrolmentLink = parse("bad-link", link)?;
    let mut transport = super::short_line(roots)?;
    let enrolled = enrol(folder, &machine::ports(folder, copy), &link, &mut transport)?;
    let value = json!({
        "till": enrolled.till,
        "incarnation": enrolled.incarnation,
        "tenant": link.tenant,
        "set_aside": enrolled.set_aside,
        "storage": about::storage_value(&enrolled.storage),
    });
    out.say(&value, || {
        let aside =
            enrolled.set_aside.as_ref().map(|path| format!("the damaged file was set aside as {}\n", path.display()));
        format!(
            "{}till {} is enrolled with {}; now run `till sync` for the book of bills{}",
            aside.unwrap_or_default(),
            enrolled.till,
            link.tenant,
            enrolled.storage.trouble().map(|trouble| format!("\nLOOK: {trouble}")).unwrap_or_default()
        )
    })
}
