//! Scene 5: the evening. The network is back; everything is sent; the books agree to the paisa.

use super::office::{World, sync};
use super::stage::Stage;
use crate::office::ledger::{report_text, verified_text};
use crate::output::Failure;
use raseed_till::Till;

/// Syncs both tills and compares.
pub fn scene(stage: &mut Stage, mut world: World) -> Result<World, Failure> {
    stage.scene("The evening: the network is back");
    world.office.connect()?;
    for till in [&mut world.till, &mut world.other] {
        let name = till.identity().till.clone();
        let report = sync(till)?;
        stage.note(&format!(
            "{name}: {} entries sent and acknowledged, {} accounts came back, {} unsent",
            report.sent,
            report.accounts,
            till.standing().unsent
        ));
    }
    for notice in world.other.queue(0)?.notices {
        stage.note(&format!("the head office says of entry {}: {}", notice.0, notice.2));
    }
    let report = world.office.office.ledger_report()?;
    stage.note("The head office's ledger:");
    stage.note(&report_text(&report));
    for till in [&world.till, &world.other] {
        cash_agrees(stage, till, &report)?;
    }
    let verified = world.office.office.verify_books()?;
    stage.note(&verified_text(&verified));
    stage.must(report.in_balance && verified.findings.is_empty(), "the books agree to the paisa")?;
    let account = world.office.office.statement(&world.household, 10)?.account;
    stage.must(
        account.advance.is_positive(),
        &format!(
            "the second payment of {} is held in advance ({}), not lost and not refused",
            world.household, account.advance
        ),
    )?;
    Ok(world)
}

fn cash_agrees(stage: &Stage, till: &Till, report: &raseed_head_office::report::LedgerReport) -> Result<(), Failure> {
    let (name, taken) = (&till.identity().till, till.standing().grand_total);
    let booked = report.cash.iter().find(|line| line.till == *name).map(|line| line.cash_paise.0);
    stage.must(booked == Some(taken.get()), &format!("{name}: {taken} on its last receipt, the same in the ledger"))
}
