//! Scene 4: the till's process is killed in the middle of the work. No good-bye, no flush: SIGKILL.

use super::office::World;
use super::stage::Stage;
use crate::machine;
use crate::output::Failure;
use raseed_protocol::ids::{AccountId, RequestId};
use raseed_till::{Collect, Given, Till};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// How many payments are wished for, and after how many answers the process dies.
const WISHES: usize = 40;
const DIES_AFTER: usize = 17;

/// Runs payments in a process of their own, kills it, and goes on with the same wishes.
pub fn scene(stage: &mut Stage, world: World) -> Result<World, Failure> {
    stage.scene("The till is killed in the middle of the work");
    let folder = stage.folder().join("SAS07");
    let wishes = wishes(&world.till)?;
    let before = world.till.standing().receipts;
    let World { office, provider, address, till, other, household, staff } = world;
    drop(till);

    let answered = killed_run(&folder, &wishes)?;
    stage.note(&format!(
        "{} wishes were sent, {} receipts came back, then the process was killed",
        wishes.len(),
        answered.len()
    ));

    let mut till = Till::open(&folder, machine::ports(&folder, None))?;
    let survived = till.standing().receipts - before;
    stage.note(&format!(
        "opened again: {survived} receipts stand in the journal (a receipt may be durable before its answer is read)"
    ));
    stage
        .must(survived >= u64::try_from(answered.len()).unwrap_or(u64::MAX), "every receipt that was shown is there")?;

    let mut repeated = 0;
    for (request, account) in &wishes {
        let given = go_on(&mut till, *request, account, &staff)?;
        repeated += u64::from(given.repeated);
        if let Some(shown) = answered.get(&request.to_string()) {
            stage_same(shown, &given)?;
        }
    }
    stage.note(&format!(
        "all {} wishes were asked for again: {repeated} had their receipt already, the others got one now",
        wishes.len()
    ));
    stage.must(repeated == survived, "nothing was taken twice")?;
    let wished = u64::try_from(wishes.len()).unwrap_or(u64::MAX);
    stage.must(till.standing().receipts == before + wished, "nothing is missing")?;
    let mut check = till.begin_journal_check()?;
    while !till.continue_journal_check(&mut check, 10_000)? {}
    stage.must(check.verified() == till.standing().newest.sequence, "the chain is whole")?;
    Ok(World { office, provider, address, till, other, household, staff })
}

fn wishes(till: &Till) -> Result<Vec<(RequestId, AccountId)>, Failure> {
    let ids = till.some_accounts(2_000)?;
    let mut wishes = Vec::with_capacity(WISHES);
    for id in ids.into_iter().skip(400) {
        if wishes.len() == WISHES {
            break;
        }
        if till.household(&id)?.dues.payable.is_positive() {
            wishes.push((till.new_request(), id));
        }
    }
    Ok(wishes)
}

/// Feeds all wishes to a process, reads some answers, kills it; gives the answers by request.
fn killed_run(folder: &Path, wishes: &[(RequestId, AccountId)]) -> Result<BTreeMap<String, Value>, Failure> {
    let mut child = spawn(folder)?;
    let mut input = child.stdin.take().expect("asked for a pipe");
    for (request, account) in wishes {
        let line = json!({ "request": request.to_string(), "account": account, "amount": "all" });
        writeln!(input, "{line}").map_err(Failure::io("the pipe to the till"))?;
    }
    drop(input);
    let output = BufReader::new(child.stdout.take().expect("asked for a pipe"));
    let mut answered = BTreeMap::new();
    for line in output.lines().take(DIES_AFTER) {
        let line = line.map_err(Failure::io("the pipe from the till"))?;
        let answer: Value = serde_json::from_str(&line).map_err(|error| Failure::new("demo", error))?;
        if let Some(request) = answer["request"].as_str() {
            answered.insert(request.to_owned(), answer.clone());
        }
    }
    child.kill().and_then(|()| child.wait()).map_err(Failure::io("killing the till"))?;
    Ok(answered)
}

fn spawn(folder: &Path) -> Result<Child, Failure> {
    let program = std::env::current_exe().map_err(Failure::io("this program"))?;
    Command::new(program)
        .args(["--json", "till", "--staff", "jaspreet", "--data"])
        .arg(folder)
        .args(["collect", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(Failure::io("starting the till"))
}

fn go_on(
    till: &mut Till,
    request: RequestId,
    account: &AccountId,
    staff: &raseed_protocol::ids::StaffId,
) -> Result<Given, Failure> {
    if let Some(given) = till.answered(request)? {
        return Ok(given);
    }
    let amount = till.household(account)?.dues.payable;
    Ok(till.collect_cash(&Collect { request, account: account.clone(), amount, staff: staff.clone() })?)
}

fn stage_same(shown: &Value, given: &Given) -> Result<(), Failure> {
    if shown["hash"] == given.entry.hash().to_string() {
        Ok(())
    } else {
        Err(Failure::new("demo", format!("receipt {} is not the one that was shown", given.id)))
    }
}
