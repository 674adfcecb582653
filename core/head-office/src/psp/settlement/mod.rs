//! Settlement files: what a PSP or a bank says, a day later and as a table, about the payments that it has passed on.
//!
//! Every file calls its columns differently, so a mapping says what is what (`schemas/settlement-import.md`). A line that
//! cannot be read is reported and never stops the others; a column that the mapping does not name is not read at all, because
//! such files are full of payers' names. Nothing here may store anything or guess what was meant.

mod line;
mod mapping;
mod paid_at;

pub use line::{BadLine, LineFault};
pub use mapping::{BadMapping, Mapping};

use super::{PspPayment, PspPaymentId};
use crate::import::{is_blank_line, split_line};
use line::{Places, Read};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use thiserror::Error;

/// The largest file that is read, in bytes.
pub const MAX_FILE: usize = 128 * 1024 * 1024;
/// The most lines of one file.
pub const MAX_LINES: u64 = 1_000_000;
/// The most bad lines that are listed.
pub const MAX_BAD: usize = 1000;

/// A settlement file as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SettlementFile {
    /// The payments that are settled, in the order of the file, each once.
    pub payments: Vec<PspPayment>,
    /// What was kept back of them, where the file says so; text only, nothing is reckoned with it.
    pub charges: Vec<Charges>,
    /// Lines that cannot be used, in the order of the file; the first [`MAX_BAD`].
    pub bad: Vec<BadLine>,
    /// How many more there are beyond those.
    pub more_bad: u64,
    /// Lines whose status is not one of a settled payment (refunds, fees, failures).
    pub passed_over: u64,
    /// Lines that say once more what another one said.
    pub repeated: u64,
}

/// What a PSP kept back of one payment, as it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Charges {
    /// Of which payment.
    pub id: PspPaymentId,
    /// Its fee; empty if the file does not say.
    pub fee: String,
    /// The tax on it; empty if the file does not say.
    pub tax: String,
}

/// Why a file was not read at all.
#[derive(Debug, Error)]
#[allow(missing_docs)] // each text says what its variant means
pub enum SettlementRefused {
    #[error("the file cannot be read ({0}); see that it is there and that you may read it")]
    Unreadable(#[from] std::io::Error),
    #[error("the file is larger than {} MiB; ask for shorter spans of time", MAX_FILE / 1024 / 1024)]
    TooLarge,
    #[error("the file has more than {MAX_LINES} lines; ask for shorter spans of time")]
    TooManyLines,
    #[error("the file is not CSV in UTF-8; save it again as \"CSV UTF-8\"")]
    NotCsv,
    #[error("the file has no line that names the columns; check skip_lines of the mapping")]
    NoHeader,
    #[error("the file has no column \"{0}\"; correct the mapping, or ask for the right kind of report")]
    MissingColumn(String),
    #[error("the file has two columns \"{0}\"; nobody knows which is meant")]
    ColumnTwice(String),
}

/// Reads a file on disk.
///
/// # Errors
/// If nothing of it can be used; single bad lines are in the result.
pub fn read_file(path: &Path, mapping: &Mapping) -> Result<SettlementFile, SettlementRefused> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_FILE).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    read(&bytes, mapping)
}

/// Reads the bytes of a file.
///
/// # Errors
/// If nothing of it can be used; single bad lines are in the result.
pub fn read(bytes: &[u8], mapping: &Mapping) -> Result<SettlementFile, SettlementRefused> {
    if bytes.len() > MAX_FILE {
        return Err(SettlementRefused::TooLarge);
    }
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let mut lines = (1u64..).zip(lines).skip(mapping.skip_lines());
    let mut values = Vec::new();
    let places = header(&mut lines, mapping)?;
    let mut reader = Reader::default();
    for (number, line) in lines {
        if number > MAX_LINES {
            return Err(SettlementRefused::TooManyLines);
        }
        match split_line(line, &mut values) {
            Ok(()) if is_blank_line(&values) => {}
            Ok(()) => reader.take(number, line::read(&values, &places, mapping)),
            Err(fault) => reader.bad(number, LineFault::Shape(fault)),
        }
    }
    Ok(reader.file)
}

/// Finds the columns in the first line that is not blank.
fn header<'a>(
    lines: &mut impl Iterator<Item = (u64, &'a [u8])>,
    mapping: &Mapping,
) -> Result<Places, SettlementRefused> {
    let mut names: Vec<Cow<'a, str>> = Vec::new();
    for (_, line) in lines {
        split_line(line, &mut names).map_err(|_| SettlementRefused::NotCsv)?;
        if !is_blank_line(&names) {
            return Places::find(&names, mapping);
        }
    }
    Err(SettlementRefused::NoHeader)
}

/// Puts lines together: each payment once.
#[derive(Default)]
struct Reader {
    file: SettlementFile,
    /// The line and the place of each payment.
    known: HashMap<PspPaymentId, (u64, usize)>,
}

impl Reader {
    fn take(&mut self, line: u64, read: Result<Read, LineFault>) {
        match read {
            Ok(Read::Settled(payment, charges)) => self.settled(line, payment, charges),
            Ok(Read::Other) => self.file.passed_over += 1,
            Err(fault) => self.bad(line, fault),
        }
    }

    fn settled(&mut self, line: u64, payment: PspPayment, charges: Option<Charges>) {
        match self.known.get(&payment.id) {
            Some((_, place)) if self.file.payments[*place] == payment => self.file.repeated += 1,
            Some((first, _)) => {
                let fault = LineFault::Differs { line: *first };
                self.bad(line, fault);
            }
            None => {
                self.known.insert(payment.id.clone(), (line, self.file.payments.len()));
                self.file.payments.push(payment);
                self.file.charges.extend(charges);
            }
        }
    }

    fn bad(&mut self, line: u64, what: LineFault) {
        if self.file.bad.len() < MAX_BAD {
            self.file.bad.push(BadLine { line, what });
        } else {
            self.file.more_bad += 1;
        }
    }
}
