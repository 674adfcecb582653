//! Payments that are not cash: asked for, taken, ended, followed, complained about.

use crate::bench::{Bench, Trouble, collector};
use crate::dice::Dice;
use crate::past::Wish;
use raseed_protocol::ids::EntryId;
use raseed_protocol::journal::Mode;
use raseed_till::{Complain, EndPayment, Ending, Proof, TakePayment};

pub(super) fn pay(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_till()?;
    let paid = bench.request_payment("A-3", 40, Mode::Upi)?;
    bench.clock.pass(20_000);
    take_shown(bench, paid, dice)?;
    let left = bench.request_payment("A-4", 41, Mode::Upi)?;
    bench.clock.pass(20_000);
    end(bench, &left, Ending::GivenUp)?;
    bench.clock.pass(20_000);
    let supervisor = "harleen".parse().expect("a staff id");
    end(bench, &left, Ending::LetGo { supervisor, reason: "seen on the phone".to_owned() })?;
    bench.collect("A-4", 12)?;
    Ok(())
}

pub(super) fn card(bench: &mut Bench, _dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_till()?;
    let charged = bench.request_payment("A-3", 44, Mode::Card)?;
    bench.clock.pass(9_000);
    bench.card_charged(&charged, 44)?;
    let silent = bench.request_payment("A-4", 45, Mode::Card)?;
    bench.clock.pass(9_000);
    end(bench, &silent, Ending::Unknown { reason: "the app was closed".to_owned() })?;
    bench.card_charged(&silent, 45)?;
    Ok(())
}

pub(super) fn complain(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_till()?;
    let asked = bench.request_payment("A-5", 46, Mode::Upi)?;
    bench.clock.pass(400_000);
    let reference = dice.one_in(2).then(|| "712345678901".to_owned());
    bench.ask(Wish::Complain(Complain { payment: asked, reference, staff: collector() }))?;
    bench.collect("A-6", 12)?;
    Ok(())
}

pub(super) fn follow(bench: &mut Bench, dice: &mut Dice) -> Result<(), Trouble> {
    bench.open_office()?;
    bench.open_till()?;
    let first = bench.request_payment("A-3", 47, Mode::Upi)?;
    let second = bench.request_payment("A-4", 48, Mode::Upi)?;
    bench.ask(Wish::Sync)?;
    bench.money_came(1, &first, 47)?;
    bench.clock.pass(30_000);
    bench.ask(Wish::Sync)?;
    bench.money_came(2, &second, 48)?;
    bench.clock.pass(if dice.one_in(2) { 1_000_000 } else { 1_000 });
    bench.ask(Wish::Sync)?;
    bench.ask(Wish::Follow)?;
    Ok(())
}

fn take_shown(bench: &mut Bench, payment: EntryId, dice: &mut Dice) -> Result<(), Trouble> {
    let proof = Proof::Shown { reference: format!("77{:010}", dice.place(1_000)) };
    bench.ask(Wish::Take(TakePayment { payment, proof, staff: collector() })).map(drop)
}

fn end(bench: &mut Bench, payment: &EntryId, ending: Ending) -> Result<(), Trouble> {
    bench.ask(Wish::End(EndPayment { payment: payment.clone(), ending, staff: collector() })).map(drop)
}
