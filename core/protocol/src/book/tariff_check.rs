//! Whether a tariff can be billed from: asked once, where it comes in, so that billing can trust it.
//!
//! Never corrects anything: a tariff that is wrong is refused and named.

use super::{MeteredCharge, Tariff};
use crate::ids::HeadId;
use crate::money::Paise;
use thiserror::Error;

/// Why a tariff cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TariffError {
    /// The list of slabs is empty.
    #[error("the metered charge has no slabs; give at least one, the last without an upper end")]
    NoSlabs,
    /// A slab does not begin after the one before it, or one that is not the last has no upper end.
    #[error("slab {number} is out of order; slabs go up, and only the last has no upper end")]
    SlabsOutOfOrder {
        /// Which slab, from 1.
        number: usize,
    },
    /// Use above the last slab would have no price.
    #[error("the last slab ends at {up_to} units; leave its upper end out, so that all use has a price")]
    LastSlabEnds {
        /// Its upper end.
        up_to: u32,
    },
    /// A charge, a rate or a minimum below zero.
    #[error("{amount} is below zero; a tariff's charges, rates and minimum are zero or more")]
    Negative {
        /// The amount.
        amount: Paise,
    },
    /// A head that is not the tenant's own.
    #[error("head {} is kept for every tenant; charge to one of your own, 10 or more", head.0)]
    ReservedHead {
        /// The head.
        head: HeadId,
    },
    /// More lines or slabs than [`Tariff::MAX_LINES`].
    #[error("the tariff has {count} lines or slabs; at most {} are possible", Tariff::MAX_LINES)]
    TooMany {
        /// How many.
        count: usize,
    },
}

impl Tariff {
    /// The most fixed lines, and the most slabs.
    pub const MAX_LINES: usize = 24;

    /// Refuses a tariff that cannot be billed from.
    pub fn check(&self) -> Result<(), TariffError> {
        let slabs = self.metered.as_ref().map_or(0, |metered| metered.slabs.len());
        let count = self.fixed.len().max(slabs);
        if count > Tariff::MAX_LINES {
            return Err(TariffError::TooMany { count });
        }
        for line in &self.fixed {
            check_head(line.head)?;
            check_amount(line.amount)?;
        }
        self.metered.as_ref().map_or(Ok(()), MeteredCharge::check)
    }
}

impl MeteredCharge {
    fn check(&self) -> Result<(), TariffError> {
        check_head(self.head)?;
        check_amount(self.minimum)?;
        let Some(last) = self.slabs.last() else {
            return Err(TariffError::NoSlabs);
        };
        let mut below = 0;
        for (index, slab) in self.slabs.iter().enumerate() {
            check_amount(slab.rate)?;
            match slab.up_to {
                Some(end) if end > below => below = end,
                None if index + 1 == self.slabs.len() => {}
                _ => return Err(TariffError::SlabsOutOfOrder { number: index + 1 }),
            }
        }
        last.up_to.map_or(Ok(()), |up_to| Err(TariffError::LastSlabEnds { up_to }))
    }
}

fn check_head(head: HeadId) -> Result<(), TariffError> {
    if head.is_reserved() { Err(TariffError::ReservedHead { head }) } else { Ok(()) }
}

fn check_amount(amount: Paise) -> Result<(), TariffError> {
    if amount < Paise::ZERO { Err(TariffError::Negative { amount }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::super::{Slab, TariffLine};
    use super::*;

    fn slab(up_to: Option<u32>, rate: i64) -> Slab {
        Slab { up_to, rate: Paise::new(rate).unwrap() }
    }

    fn metered(slabs: Vec<Slab>) -> Tariff {
        let metered = MeteredCharge { head: HeadId(10), slabs, minimum: Paise::ZERO };
        Tariff { code: "DOM".parse().unwrap(), name: "Domestic".into(), fixed: vec![], metered: Some(metered) }
    }

    #[test]
    fn slabs_go_up_and_the_last_has_no_end() {
        assert_eq!(metered(vec![slab(Some(10), 5), slab(Some(20), 6), slab(None, 7)]).check(), Ok(()));
        for (slabs, error) in [
            (vec![], TariffError::NoSlabs),
            (vec![slab(Some(0), 5), slab(None, 5)], TariffError::SlabsOutOfOrder { number: 1 }),
            (vec![slab(Some(10), 5), slab(Some(10), 5)], TariffError::SlabsOutOfOrder { number: 2 }),
            (vec![slab(None, 5), slab(None, 5)], TariffError::SlabsOutOfOrder { number: 1 }),
            (vec![slab(Some(10), 5)], TariffError::LastSlabEnds { up_to: 10 }),
            (vec![slab(None, -5)], TariffError::Negative { amount: Paise::new(-5).unwrap() }),
        ] {
            assert_eq!(metered(slabs).check(), Err(error));
        }
    }

    #[test]
    fn fixed_lines_are_checked() {
        let with = |head, amount| {
            let line = TariffLine { head: HeadId(head), amount: Paise::new(amount).unwrap() };
            Tariff { metered: None, fixed: vec![line], ..metered(vec![]) }.check()
        };
        assert_eq!(with(10, 0), Ok(()));
        assert_eq!(with(3, 5), Err(TariffError::ReservedHead { head: HeadId(3) }));
        assert_eq!(with(10, -1), Err(TariffError::Negative { amount: Paise::new(-1).unwrap() }));
        let many = Tariff { fixed: vec![TariffLine { head: HeadId(10), amount: Paise::ZERO }; 25], ..metered(vec![]) };
        assert_eq!(many.check(), Err(TariffError::TooMany { count: 25 }));
    }
}
