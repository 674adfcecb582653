//! Today's numbers, for the home screen.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;
use serde::Serialize;

/// Money taken on one day by this till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Today {
    /// Which day.
    pub day: Day,
    /// How many receipts.
    pub receipts: u64,
    /// What they add up to.
    pub total: Paise,
    /// By mode: name, receipts, amount.
    pub by_mode: Vec<(String, u64, Paise)>,
}

impl Till {
    /// What was taken today.
    pub fn today(&self) -> Result<Today, TillError> {
        let day = self.ports.clock.now().wall.day();
        let by_mode = self.store.taken_on(day)?;
        Ok(Today {
            day,
            receipts: by_mode.iter().map(|(_, receipts, _)| receipts).sum(),
            total: by_mode.iter().map(|(_, _, amount)| *amount).sum(),
            by_mode,
        })
    }
}
