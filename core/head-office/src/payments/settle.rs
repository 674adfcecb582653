//! A settlement file: what got through in no other way comes a day later as a table.

use super::MoneyCame;
use crate::error::OfficeError;
use crate::office::Office;
use crate::psp::settlement::{self, BadLine, Mapping, SettlementRefused};
use raseed_protocol::time::WallMs;
use serde::Serialize;
use thiserror::Error;

/// What a settlement file brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettlementReport {
    /// Its payments, by what became of them.
    #[serde(flatten)]
    pub came: MoneyCame,
    /// Lines that could not be read; the others are in.
    pub bad: Vec<BadLine>,
    /// Bad lines beyond those listed.
    pub more_bad: u64,
    /// Lines that tell of nothing settled.
    pub passed_over: u64,
    /// Lines that repeat another one.
    pub repeated: u64,
}

/// Why a settlement file was not taken in.
#[derive(Debug, Error)]
pub enum SettlementRefusal {
    /// The file.
    #[error(transparent)]
    File(#[from] SettlementRefused),
    /// The books.
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl Office {
    /// Takes in a settlement file. The same file again changes nothing.
    pub fn settle_file(
        &self,
        bytes: &[u8],
        mapping: &Mapping,
        now: WallMs,
    ) -> Result<SettlementReport, SettlementRefusal> {
        let file = settlement::read(bytes, mapping)?;
        let came = self.money_came(&file.payments, now)?;
        Ok(SettlementReport {
            came,
            bad: file.bad,
            more_bad: file.more_bad,
            passed_over: file.passed_over,
            repeated: file.repeated,
        })
    }
}
