//! `raseed till sync`

use crate::machine::{self, Sleep};
use crate::output::{Failure, Output};
use raseed_till::Till;
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// Syncs with the head office.
pub fn run(till: &mut Till, roots: Option<&Path>, patience: u32, timeout_s: u64, out: &Output) -> Result<(), Failure> {
    let overall = Duration::from_secs(timeout_s.clamp(1, 3600));
    let mut transport = machine::line(roots, Duration::from_secs(10).min(overall), overall)?;
    let report = till.sync(&mut transport, &mut Sleep, patience)?;
    let unsent = till.standing().unsent;
    out.say(&json!({ "report": report, "unsent": unsent }), || {
        format!(
            "{} entries sent, {} accounts came ({} pages); {unsent} unsent{}",
            report.sent,
            report.accounts,
            report.pages,
            if report.notices > 0 { format!("; {} need a look: `till queue`", report.notices) } else { String::new() }
        )
    })
}
