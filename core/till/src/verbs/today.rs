//! Today's numbers, for the home screen.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::journal::Mode;
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
    /// By mode: mode, receipts, amount.
    pub by_mode: Vec<(Mode, u64, Paise)>,
}

impl Today {
    /// Each mode's part of the total in whole thousandths, rounded, in the order of `by_mode`: the lengths of bars, nothing
    /// to count with.
    pub fn shares(&self) -> Vec<u32> {
        let part = |amount: Paise| amount.checked_ratio(1000, self.total.get()).map_or(0, Paise::get);
        self.by_mode.iter().map(|(_, _, amount)| u32::try_from(part(*amount)).unwrap_or(0)).collect()
    }
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
