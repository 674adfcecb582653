//! Scene 3: taking cash, with no network: a full bill, a part payment, an advance, a bill made at the door.

use super::office::World;
use super::stage::Stage;
use crate::output::Failure;
use raseed_protocol::billing::Question;
use raseed_protocol::book::{Account, AccountStatus};
use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use raseed_till::{BillAtDoor, Collect, Given, Till, TillError};

/// The receipts that were given.
pub struct Receipts {
    /// The one that settled everything.
    pub full: Given,
}

/// Takes three payments and makes one bill.
pub fn scene(stage: &mut Stage, world: &mut World) -> Result<Receipts, Failure> {
    stage.scene("Taking cash, with no network");
    let ids = world.till.some_accounts(400)?;

    let debtor = pick(&world.till, &ids, |account, payable| account.demands.len() >= 3 && payable.get() >= 100_000)?;
    let due = world.till.household(&debtor)?.dues;
    stage.note(&format!("{debtor} owes {} for {} months; everything is paid:", due.payable, due.demands.len()));
    let full = collect(world, &debtor, due.payable)?;
    stage.receipt(&world.till, &full)?;
    stage.must(world.till.household(&debtor)?.dues.payable.is_zero(), "nothing is due there any more")?;
    world.household = debtor;

    let other = pick(&world.till, &ids, |account, payable| account.demands.len() >= 2 && payable.get() >= 40_000)?;
    let before = world.till.household(&other)?.dues.payable;
    let part = before.checked_ratio(1, 2).unwrap_or(before).round_to_rupee();
    stage.note(&format!("{other} owes {before} and pays a part, {part}; the oldest month is settled first:"));
    let given = collect(world, &other, part)?;
    stage.receipt(&world.till, &given)?;

    let nothing_due = pick(&world.till, &ids, |account, payable| account.demands.is_empty() || payable.is_zero())?;
    let ahead = Paise::from_rupees(750).expect("a small amount");
    stage.note(&format!("{nothing_due} owes nothing and pays {ahead} in advance:"));
    let given = collect(world, &nothing_due, ahead)?;
    stage.receipt(&world.till, &given)?;

    meter(stage, world, &ids)?;
    refusals(stage, world)?;
    Ok(Receipts { full })
}

/// A reading at the door; an odd one is a question first.
fn meter(stage: &Stage, world: &mut World, ids: &[AccountId]) -> Result<(), Failure> {
    let mut wish = BillAtDoor {
        request: world.till.new_request(),
        account: world.household.clone(),
        reading: None,
        confirmed: Vec::new(),
        staff: world.staff.clone(),
    };
    for id in ids {
        let Some(meter) = world.till.household(id)?.account.meter else { continue };
        wish.account = id.clone();
        wish.reading = Some(meter.reading.saturating_add(meter.usual_units.max(5) * 40));
        match world.till.bill_at_door(&wish) {
            Err(TillError::SpotBill(refused))
                if world
                    .till
                    .judge_reading(id, wish.reading.unwrap_or(0))
                    .is_ok_and(|judged| judged.questions.contains(&Question::UnusuallyHigh)) =>
            {
                stage.note(&format!(
                    "{id} has a meter; a reading of {} is refused at first: {refused}",
                    wish.reading.unwrap_or(0)
                ));
            }
            _ => continue,
        }
        wish.reading = Some(meter.reading.saturating_add(meter.usual_units.max(5)));
        let billed = world.till.bill_at_door(&wish);
        if let Ok(billed) = billed {
            let total = billed.bill.lines.total().unwrap_or_default();
            stage.note(&format!(
                "read again it is {}: bill {} over {total} is made at the door",
                wish.reading.unwrap_or(0),
                billed.bill.bill
            ));
            return Ok(());
        }
    }
    Err(Failure::new("demo", "no meter could be read"))
}

/// What is refused, and how it is said.
fn refusals(stage: &Stage, world: &mut World) -> Result<(), Failure> {
    stage.note("And what is refused leaves the books as they were:");
    let receipts = world.till.standing().receipts;
    let (zero, much) = (Paise::ZERO, Paise::from_rupees(90_000_000).expect("within bounds"));
    let nobody: AccountId = "NOBODY-1".parse().expect("an account id");
    for (account, amount) in [(world.household.clone(), zero), (world.household.clone(), much), (nobody, much)] {
        match collect(world, &account, amount) {
            Err(failure) => stage.note(&format!("   {amount} from {account}: {failure}")),
            Ok(_) => return Err(Failure::new("demo", "that should have been refused")),
        }
    }
    stage.must(world.till.standing().receipts == receipts, "no receipt was given")
}

/// The other collector takes money for the same bill while both are offline.
pub fn other_till(stage: &mut Stage, world: &mut World) -> Result<(), Failure> {
    stage.scene("Meanwhile, another collector takes money for the same bill");
    let account = world.household.clone();
    let payable = world.other.household(&account)?.dues.payable;
    let wish = Collect {
        request: world.other.new_request(),
        account: account.clone(),
        amount: payable,
        staff: "balwinder".parse().expect("a staff id"),
    };
    let given = world.other.collect_cash(&wish)?;
    stage.note(&format!(
        "{}: {payable} for {account}, which the first till has settled already. Both payments are real.",
        given.id
    ));
    Ok(())
}

fn collect(world: &mut World, account: &AccountId, amount: Paise) -> Result<Given, Failure> {
    let request = world.till.new_request();
    let wish = Collect { request, account: account.clone(), amount, staff: world.staff.clone() };
    Ok(world.till.collect_cash(&wish)?)
}

/// The first open account that fits and has not paid today.
fn pick(till: &Till, ids: &[AccountId], fits: impl Fn(&Account, Paise) -> bool) -> Result<AccountId, Failure> {
    for id in ids {
        let household = till.household(id)?;
        let untouched = household.as_of.own_entries == 0 && household.account.status == AccountStatus::Active;
        if untouched && fits(&household.account, household.dues.payable) {
            return Ok(id.clone());
        }
    }
    Err(Failure::new("demo", "no household of the sample book fits this scene"))
}
