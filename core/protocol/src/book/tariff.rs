//! A tariff: what a connection is charged for one month.

use crate::ids::{HeadId, TariffCode};
use crate::money::Paise;
use serde::{Deserialize, Serialize};

/// What a connection of this kind pays for a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// Short code, named by accounts.
    pub code: TariffCode,
    /// What people call it.
    pub name: String,
    /// Fixed lines, charged every month.
    #[serde(default)]
    pub fixed: Vec<TariffLine>,
    /// Charge by consumption, for metered connections.
    #[serde(default)]
    pub metered: Option<MeteredCharge>,
}

/// A fixed monthly charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TariffLine {
    /// Which head it goes to.
    pub head: HeadId,
    /// How much a month.
    pub amount: Paise,
}

/// A charge by consumption, telescopic: the units in each slab at that slab's rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeteredCharge {
    /// Which head it goes to.
    pub head: HeadId,
    /// Slabs in ascending order; the last has no upper end.
    pub slabs: Vec<Slab>,
    /// The least charged for this head in a month.
    #[serde(default)]
    pub minimum: Paise,
}

/// One slab of consumption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slab {
    /// The last unit (per month) at this rate; `None` for the last slab.
    #[serde(default)]
    pub up_to: Option<u32>,
    /// Price of one unit.
    pub rate: Paise,
}
