//! Scene 6: a counter. A code for one payment alone, a payer who scans it, an answer that gets lost, a till that is cut off,
//! and the way back: nobody is charged twice, and nothing that was paid is lost.

use super::office::World;
use super::stage::Stage;
use crate::machine;
use crate::output::Failure;
use raseed_protocol::ids::AccountId;
use raseed_protocol::journal::Mode;
use raseed_protocol::language::Language;
use raseed_protocol::ledger::LedgerAccount;
use raseed_till::sync::{HttpTransport, ask_payments};
use raseed_till::{Collect, EndPayment, Ending, Payment, PaymentStanding, RequestPayment, Till, TillError};
use std::time::{Duration, Instant};

/// Plays it.
pub fn scene(stage: &mut Stage, world: World) -> Result<World, Failure> {
    stage.scene("A counter: a code for each payment, and an answer that gets lost");
    let (mut world, paid) = paid_at_once(stage, world)?;
    let owed = world.till.household(&paid)?.dues.payable;
    stage.must(owed.is_zero(), &format!("{paid} owes nothing any more"))?;
    lost_answer(stage, &mut world)?;
    let world = cut_off(stage, world)?;
    let books = world.office.office.verify_books()?;
    let report = world.office.office.ledger_report()?;
    let bank = report.trial_balance.iter().find(|line| line.account == LedgerAccount::Bank);
    let captured = world.provider.captured();
    stage.must(
        books.findings.is_empty() && bank.map(|line| line.balance_paise.0) == Some(captured.get()),
        &format!("{captured} lie at the payment service, the same in the ledger"),
    )?;
    Ok(world)
}

/// A clerk shows a code; the payer scans it; the till says "paid" when the head office knows.
fn paid_at_once(stage: &Stage, mut world: World) -> Result<(World, AccountId), Failure> {
    let account = owing(&world.till, 0)?;
    let payment = ask(&mut world, &account)?;
    let code = code_of(&world.till, &payment)?;
    stage.code(&payment, &code)?;
    world.provider.scan(&code)?;
    let payment = wait_for_word(&mut world.till, &payment)?;
    let receipt = payment.receipt.clone().ok_or_else(|| Failure::new("demo", "the payment should be paid"))?;
    let given = world.till.receipt_again(&receipt)?;
    stage.must(
        given.receipt().mode == Mode::Upi,
        "paid: the head office had the payment service's word, and signed its own",
    )?;
    stage.receipt(&world.till, &given)?;
    Ok((world, account))
}

/// The payer pays, and nobody hears of it. The till does not say "paid", and does not charge again; it finds out.
fn lost_answer(stage: &Stage, world: &mut World) -> Result<(), Failure> {
    stage.note("Now the payment service's news get lost, and the network with them.");
    let account = owing(&world.till, 20)?;
    let payment = ask(world, &account)?;
    let code = code_of(&world.till, &payment)?;
    world.provider.loses_news(true)?;
    world.provider.scan(&code)?;
    world.office.cut();
    stage.must(
        ask_payments(&mut world.till, &mut transport()).is_err(),
        "the payer has paid; the till has no word of it and says so",
    )?;
    let end = EndPayment { payment: payment.id.clone(), ending: Ending::GivenUp, staff: world.staff.clone() };
    let payment = world.till.end_payment(&end)?;
    stage.must(payment.state.is_unknown(), "its end is unknown: that is a state, not an error")?;
    let ticket = world.till.complaint_about(&payment.id)?;
    stage.note(&world.till.complaint_text(&ticket, Language::English)?);
    let request = world.till.new_request();
    let amount = payment.amount;
    let again = Collect { request, account, amount, staff: world.staff.clone() };
    match world.till.collect_cash(&again) {
        Err(error @ TillError::MoneyMayHaveMoved { .. }) => stage.note(&format!("cash for the same bill: {error}")),
        _ => return Err(Failure::new("demo", "a second charge should be refused")),
    }
    world.office.connect()?;
    world.provider.loses_news(false)?;
    stage.note(
        "The network is back. The head office asks the payment service itself, and the till asks the head office.",
    );
    let payment = wait_for_word(&mut world.till, &payment)?;
    stage.must(payment.state == PaymentStanding::Paid, "found out: it was paid, and now it has its receipt")
}

/// The battery dies while a code is on the screen.
fn cut_off(stage: &Stage, mut world: World) -> Result<World, Failure> {
    let account = owing(&world.till, 40)?;
    let payment = ask(&mut world, &account)?;
    let code = code_of(&world.till, &payment)?;
    world.provider.scan(&code)?;
    let folder = stage.folder().join("SAS07");
    let World { office, provider, address, till, other, household, staff } = world;
    drop(till);
    stage.note("The battery dies while the code is on the screen; the payer has paid.");
    let till = Till::open(&folder, machine::ports(&folder, None))?;
    let pending = till.pending_payments(10)?;
    stage.must(
        pending.iter().any(|pending| pending.id == payment.id),
        "the till starts and knows: money may have moved, do not charge again",
    )?;
    let mut world = World { office, provider, address, till, other, household, staff };
    let payment = wait_for_word(&mut world.till, &payment)?;
    stage.must(payment.state == PaymentStanding::Paid, "it asks, and gives the receipt that was owed")?;
    Ok(world)
}

/// A household that owes something, the `skip`th of the book or a later one.
fn owing(till: &Till, skip: usize) -> Result<AccountId, Failure> {
    for id in till.some_accounts(2_000)?.into_iter().skip(1_000 + skip) {
        if till.household(&id)?.dues.payable.is_positive() {
            return Ok(id);
        }
    }
    Err(Failure::new("demo", "nobody owes anything"))
}

fn ask(world: &mut World, account: &AccountId) -> Result<Payment, Failure> {
    let amount = world.till.household(account)?.dues.payable;
    let (request, staff) = (world.till.new_request(), world.staff.clone());
    let account = Some(account.clone());
    let wish = RequestPayment { request, account, amount, mode: Mode::Upi, note: String::new(), staff };
    Ok(world.till.request_payment(&wish)?)
}

fn code_of(till: &Till, payment: &Payment) -> Result<String, Failure> {
    till.payment_code(payment)?.ok_or_else(|| Failure::new("demo", "there is no code"))
}

/// Asks until the payment is paid; news take a moment.
fn wait_for_word(till: &mut Till, payment: &Payment) -> Result<Payment, Failure> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        ask_payments(&mut *till, &mut transport())?;
        let now = till.payment(&payment.id)?;
        if now.state == PaymentStanding::Paid || Instant::now() > end {
            return Ok(now);
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn transport() -> HttpTransport {
    HttpTransport::new(Duration::from_secs(2), Duration::from_secs(20))
}
