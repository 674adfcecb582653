//! `raseed office settle`

use super::payments::came_text;
use crate::machine;
use crate::output::{Failure, Output};
use raseed_head_office::Office;
use raseed_head_office::psp::settlement::{MAX_FILE, Mapping};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Takes in a settlement file.
pub fn run(office: &Office, file: &Path, map: &Path, out: &Output) -> Result<(), Failure> {
    let mapping = Mapping::from_json(&read(map)?).map_err(|error| Failure::new("bad-mapping", error))?;
    let report = office.settle_file(&read(file)?, &mapping, machine::wall());
    let report = report.map_err(|error| Failure::new("bad-settlement", error))?;
    out.say(&report, || {
        let mut lines = vec![came_text(&report.came)];
        lines.push(format!("{} lines passed over, {} repeated", report.passed_over, report.repeated));
        lines.extend(report.bad.iter().map(|bad| format!("line {}: {}", bad.line, bad.what)));
        if report.more_bad > 0 {
            lines.push(format!("and {} more bad lines", report.more_bad));
        }
        lines.join("\n")
    })
}

/// One byte more than it may have is enough for the reader to refuse it.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let most = u64::try_from(MAX_FILE).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Failure::io(path.display()))?;
    file.take(most).read_to_end(&mut bytes).map_err(Failure::io(path.display()))?;
    Ok(bytes)
}
