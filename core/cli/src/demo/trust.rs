//! Scene 6: anybody can check a receipt; nobody can forge one.

use super::collecting::Receipts;
use super::forge;
use super::office::World;
use super::stage::Stage;
use crate::machine;
use crate::output::Failure;
use crate::verify;
use raseed_protocol::ids::Sequence;
use raseed_protocol::receipt_link;
use raseed_till::audit_run;

/// Verifies a receipt from its text and the root key alone, then refuses three forgeries.
pub fn scene(stage: &mut Stage, world: &World, receipts: &Receipts) -> Result<(), Failure> {
    stage.scene("Anybody can check a receipt, with its text and the root key alone");
    let root = world.office.office.root_key();
    let link = &receipts.full.link;
    let verified = receipt_link::verify(link, &root).map_err(|error| verify::refused(&error))?;
    stage.note(&verify::genuine(&verified));

    stage.scene("Three forgeries");
    let host = link.trim_start_matches("HTTPS://").split('/').next().unwrap_or_default().to_owned();
    let amount = receipts.full.receipt().amount;
    let made = || Failure::new("demo", "the forgery could not be made");

    let changed = forge::change_amount(link, &host, amount).ok_or_else(made)?;
    refused(stage, "the amount changed to ten times as much", receipt_link::verify(&changed, &root).err())?;

    let run = world.till.export(Sequence(0))?;
    let removed = forge::remove_from_middle(&run).ok_or_else(made)?;
    let audit = audit_run(&removed, &root);
    let problem = audit.incarnations.first().and_then(|part| part.problem.clone()).map(|problem| problem.what);
    refused(stage, "a receipt removed from the middle of the journal", problem)?;

    let mut seeds = [[0; 32]; 2];
    seeds.iter_mut().for_each(|seed| machine::random(seed));
    let certificate = &world.till.identity().certificate;
    let signed = forge::sign_by_stranger(&receipts.full.entry, certificate, &host, seeds).ok_or_else(made)?;
    refused(stage, "the same words signed by a stranger", receipt_link::verify(&signed, &root).err())
}

fn refused(stage: &Stage, what: &str, why: Option<impl std::fmt::Display>) -> Result<(), Failure> {
    match why {
        Some(why) => {
            stage.note(&format!("{what}:"));
            stage.note(&format!("   {why}"));
            Ok(())
        }
        None => Err(Failure::new("demo", format!("a forgery was not refused: {what}"))),
    }
}
