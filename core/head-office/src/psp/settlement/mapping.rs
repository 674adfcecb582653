//! A mapping: which column of somebody's settlement file is what (`schemas/settlement-mapping.schema.json`).

use super::paid_at::Form;
use serde::Deserialize;
use thiserror::Error;

/// The largest mapping, in bytes.
const MAX_MAPPING: usize = 64 * 1024;
/// The longest name of a column or status, in characters.
const MAX_NAME: usize = 80;
const MAX_SETTLED: usize = 20;
const MAX_SKIP: u16 = 100;

/// How one kind of settlement file is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    name: String,
    #[serde(default)]
    skip_lines: u16,
    pub(super) columns: Columns,
    pub(super) amount_in: Unit,
    pub(super) paid_in: Vec<Form>,
    #[serde(default)]
    pub(super) settled: Vec<String>,
}

/// The names of the columns, as they stand in the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Columns {
    pub payment_id: Option<String>,
    pub reference: Option<String>,
    pub rrn: Option<String>,
    pub amount: String,
    pub paid: String,
    pub status: Option<String>,
    pub fee: Option<String>,
    pub tax: Option<String>,
}

/// What the amounts are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unit {
    /// `1,250.50`
    Rupees,
    /// `125050`
    Paise,
}

/// Why a mapping cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)] // each text says what its variant means
pub enum BadMapping {
    #[error("the mapping cannot be read: {0}; correct it as settlement-import.md describes")]
    Json(String),
    #[error("the mapping is larger than {MAX_MAPPING} bytes; it should be a few lines")]
    TooLarge,
    #[error("the mapping names neither payment_id nor rrn; a payment needs one of them to be known again")]
    NoIdentity,
    #[error(
        "the mapping names a status column without saying which values are settled, or the other way round; give both"
    )]
    Status,
    #[error("the mapping says in no way how times are written; give paid_in")]
    NoTimeForm,
    #[error(
        "a name in the mapping is empty or longer than {MAX_NAME} characters, or a list or skip_lines is too long; shorten it"
    )]
    Bounds,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// If it is not one, or would leave open what a line means.
    pub fn from_json(bytes: &[u8]) -> Result<Mapping, BadMapping> {
        if bytes.len() > MAX_MAPPING {
            return Err(BadMapping::TooLarge);
        }
        let mapping: Mapping = serde_json::from_slice(bytes).map_err(|error| BadMapping::Json(error.to_string()))?;
        mapping.check()?;
        Ok(mapping)
    }

    /// What kind of file it is for, in words.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn skip_lines(&self) -> usize {
        self.skip_lines.into()
    }

    fn check(&self) -> Result<(), BadMapping> {
        let columns = &self.columns;
        if columns.payment_id.is_none() && columns.rrn.is_none() {
            return Err(BadMapping::NoIdentity);
        }
        if columns.status.is_none() != self.settled.is_empty() {
            return Err(BadMapping::Status);
        }
        if self.paid_in.is_empty() {
            return Err(BadMapping::NoTimeForm);
        }
        let optional =
            [&columns.payment_id, &columns.reference, &columns.rrn, &columns.status, &columns.fee, &columns.tax];
        let mut names =
            optional.into_iter().flatten().chain([&columns.amount, &columns.paid, &self.name]).chain(&self.settled);
        let fits = |name: &String| !name.trim().is_empty() && name.chars().count() <= MAX_NAME;
        let lists =
            self.paid_in.len() <= Form::COUNT && self.settled.len() <= MAX_SETTLED && self.skip_lines <= MAX_SKIP;
        if lists && names.all(fits) { Ok(()) } else { Err(BadMapping::Bounds) }
    }
}
