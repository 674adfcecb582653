//! Two devices with one identity: the head office keeps one line of entries, the other device is told so again and again, and what it
//! took is shown, never dropped.

use crate::both_sides::BothSides;
use crate::judge::accounts;
use crate::scene::Scene;
use raseed_protocol::journal::ForkProof;
use raseed_tests::world::{collect, rupees};
use raseed_till::{audit_run, audit_together};

/// It is told with every sync, what the head office does not have stays unsent, and where the two part there is a proof.
pub fn is_told(scene: &mut Scene, both: &BothSides, at: usize) -> Result<(), String> {
    let label = scene.counters[at].label.clone();
    let Err(error) = scene.sync(at, 1) else { return Err(format!("{label} is cut off, and its sync says nothing")) };
    let (ours, held) = (&both.ours[at], &both.held[&scene.counters[at].name]);
    let common = ours.iter().zip(held).take_while(|(one, other)| one == other).count();
    match error.code() {
        "forked" => scene.seen.forked += 1,
        "behind" => {
            scene.seen.behind += 1;
            goes_on_no_further(scene, at)?;
        }
        _ => return Err(format!("{label} is cut off, and its sync says: {error}")),
    }
    let lost = ours.len() - common;
    if lost == 0 {
        return Ok(());
    }
    nothing_is_dropped(scene, at, lost)?;
    the_office_has_a_proof(scene, at, &ours[common])?;
    an_auditor_sees_all_of_it(scene, ours.len().min(held.len()) - common)
}

/// A device that is behind takes no money: the numbers that would follow are given.
fn goes_on_no_further(scene: &mut Scene, at: usize) -> Result<(), String> {
    let counter = &mut scene.counters[at];
    let till = counter.till.as_mut().expect("enrolled");
    counter.clock.set(till.newest_wall().max(till.wall()));
    for account in accounts() {
        match collect(till, &account, rupees(1)) {
            Err(error) if ["behind", "money-may-have-moved"].contains(&error.code()) => {}
            Err(error) => return Err(format!("{} is behind, and refuses for another reason: {error}", counter.label)),
            Ok(given) => return Err(format!("{} is behind, and gave receipt {}", counter.label, given.id)),
        }
    }
    Ok(())
}

/// What only this device has is still counted and listed as unsent.
fn nothing_is_dropped(scene: &Scene, at: usize, lost: usize) -> Result<(), String> {
    let counter = &scene.counters[at];
    let till = counter.till.as_ref().expect("enrolled");
    let queue = till.queue(1_000).map_err(|error| error.to_string())?;
    let listed = queue.entries.len();
    let unsent = usize::try_from(till.standing().unsent.min(queue.unsent)).expect("a short journal");
    if unsent < lost || listed < lost {
        return Err(format!("{}: {lost} entries are nowhere else, {unsent} count as unsent", counter.label));
    }
    Ok(())
}

/// The first place where the two lines part, in both versions, for anybody to check.
fn the_office_has_a_proof(scene: &Scene, at: usize, ours: &[u8]) -> Result<(), String> {
    let identity = scene.counters[at].till.as_ref().expect("enrolled").identity();
    let network = scene.network.borrow();
    let keys = network.office.office().till_keys(&identity.till, identity.incarnation);
    let keys = keys.map_err(|error| error.to_string())?;
    let forks = network.office.office().forks().map_err(|error| error.to_string())?;
    let proves = |fork: &raseed_head_office::store::ForkRecord| {
        fork.other == ours && ForkProof::check(&keys, &fork.held, &fork.other).is_ok()
    };
    match forks.iter().any(proves) {
        true => Ok(()),
        false => Err(format!("{}: there is no proof of the fork", scene.counters[at].label)),
    }
}

/// Both exports beside each other show every place that was given twice.
fn an_auditor_sees_all_of_it(scene: &Scene, places: usize) -> Result<(), String> {
    let (one, other) = scene.twins.expect("two devices");
    let root = scene.network.borrow().office.office().root_key();
    let audits = [one, other].map(|at| audit_run(&scene.counters[at].exported(), &root));
    let forks = audit_together(&audits, &root).forks;
    match forks.len() == places {
        true => Ok(()),
        false => Err(format!("{places} places were given twice, an auditor sees {}", forks.len())),
    }
}
