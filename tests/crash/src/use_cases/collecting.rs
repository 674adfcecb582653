//! A collector's day: cash, bills, printing, a clock, a PIN.

use crate::bench::{Bench, Trouble};
use crate::dice::Dice;
use crate::past::Wish;
use raseed_protocol::ids::EntryId;
use raseed_protocol::time::WallMs;

pub(super) fn collect(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_till()?;
    some_cash(bench, dice, 4)?;
    bench.till = None;
    bench.open_till()?;
    some_cash(bench, dice, 3)?;
    bench.till = None;
    Ok(())
}

/// SQLite writes its log back after 1,000 pages; on a device that promises nothing every commit is padded to sectors.
pub(super) fn long_day(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_till()?;
    some_cash(bench, dice, 260)
}

pub(super) fn some_cash(bench: &mut Bench, dice: &mut Dice, many: u64) -> Result<(), Trouble> {
    for _ in 0..many {
        bench.clock.pass(10_000);
        let account = *dice.pick(&["A-1", "A-2", "A-3", "A-4"]);
        bench.collect(account, 1 + i64::try_from(dice.place(4)).expect("small"))?;
    }
    Ok(())
}

pub(super) fn print(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_till()?;
    for copies in 1..=3 {
        bench.clock.pass(10_000);
        let place = bench.collect("A-3", 5)?.place.expect("a receipt has a place");
        let newest = bench.till().standing().newest;
        let id = EntryId { sequence: raseed_protocol::ids::Sequence(place), ..newest };
        for _ in 0..=dice.place(copies) {
            bench.ask(Wish::Printed(id.clone()))?;
        }
    }
    Ok(())
}

pub(super) fn spot_bill(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_till()?;
    bench.bill("M-1", Some(1_010 + u32::try_from(dice.place(30)).expect("small")))?;
    bench.clock.pass(5_000);
    bench.collect("M-1", 50)?;
    bench.collect("A-5", 10)?;
    Ok(())
}

pub(super) fn clock(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_till()?;
    some_cash(bench, dice, 1)?;
    let wall = bench.wall();
    bench.clock.set(WallMs(wall.0 - 3_600_000));
    bench.ask(Wish::Clock)?;
    some_cash(bench, dice, 2)
}

pub(super) fn wrong_pins(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_till()?;
    for _ in 0..4 {
        bench.ask(Wish::WrongPin)?;
        if dice.one_in(3) {
            some_cash(bench, dice, 1)?;
        }
    }
    Ok(())
}
