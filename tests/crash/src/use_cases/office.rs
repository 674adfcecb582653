//! Till and head office together: journals up, books down, and days on which everything happens.

use super::collecting::{self, some_cash};
use super::{Script, paying, world_book};
use crate::bench::{Bench, Trouble};
use crate::dice::Dice;
use crate::past::Wish;

pub(super) fn acknowledge(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_office()?;
    bench.open_till()?;
    for _ in 0..2 {
        some_cash(bench, dice, 2)?;
        bench.ask(Wish::Sync)?;
    }
    some_cash(bench, dice, 1)
}

pub(super) fn new_book(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_office()?;
    bench.open_till()?;
    some_cash(bench, dice, 1)?;
    bench.clock.pass(31 * 86_400_000);
    bench.import(world_book(1))?;
    bench.ask(Wish::Sync)?;
    some_cash(bench, dice, 2)
}

/// Both programs are newer than the files that they find.
pub(super) fn upgrade(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_office()?;
    bench.open_till()?;
    some_cash(bench, dice, 1)
}

/// One day after another, then three weeks off, after which the clock is not believed before the second day.
pub(super) fn new_day(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    const DAY_MS: u64 = 86_400_000;
    bench.open_office()?;
    bench.open_till()?;
    for days in [0, 1, 2, 21, 1] {
        bench.clock.pass(days * DAY_MS);
        some_cash(bench, dice, 1)?;
        if dice.one_in(3) {
            bench.ask(Wish::Sync)?;
        }
    }
    bench.till = None;
    bench.open_till()?;
    some_cash(bench, dice, 1)
}

pub(super) fn any_day(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_office()?;
    bench.open_till()?;
    let mut scripts: Vec<Script> =
        vec![collecting::print, collecting::spot_bill, paying::pay, paying::card, paying::complain];
    for _ in 0..3 {
        let script = scripts.remove(dice.place(scripts.len()));
        script(bench, dice)?;
        bench.clock.pass(60_000);
        if dice.one_in(2) {
            bench.ask(Wish::Sync)?;
        }
    }
    some_cash(bench, dice, 2)
}
