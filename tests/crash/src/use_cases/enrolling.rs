//! A device becomes a till, and becomes one again.

use super::collecting::some_cash;
use crate::bench::{Bench, Trouble, collector};
use crate::dice::Dice;
use crate::past::Wish;
use raseed_protocol::money::Paise;
use raseed_till::OpenShift;

pub(super) fn enrol(bench: &mut Bench, _dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_office()?;
    let link = bench.link()?;
    bench.ask(Wish::Enrol(link))?;
    bench.open_till()?;
    bench.ask(Wish::Sync)?;
    Ok(())
}

pub(super) fn first_shift(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    enrol(bench, dice)?;
    bench.ask(Wish::Shift(OpenShift { staff: collector(), float: Paise::ZERO }))?;
    some_cash(bench, dice, 1)
}

/// The key is gone from the vault: the file is whole, and no till can go on with it.
pub(super) fn enrol_again(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_office()?;
    bench.open_till()?;
    some_cash(bench, dice, 2)?;
    bench.lose_key();
    let link = bench.link()?;
    bench.ask(Wish::Enrol(link))?;
    bench.open_till()?;
    bench.ask(Wish::Sync)?;
    bench.ask(Wish::Shift(OpenShift { staff: collector(), float: Paise::ZERO }))?;
    some_cash(bench, dice, 1)
}
