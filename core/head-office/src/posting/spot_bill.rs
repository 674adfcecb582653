//! A bill made at the door: a demand on the account, unless the office knows better.
//!
//! One month is billed once. A bill that cannot stand is kept as evidence, and nothing is owed on it.

use super::{Context, Note, OpenAccount, day_of};
use crate::error::OfficeError;
use crate::payments;
use crate::store::StoreTx;
use raseed_protocol::book::{AccountStatus, Demand, Meter};
use raseed_protocol::ids::EntryId;
use raseed_protocol::journal::SpotBillMade;
use raseed_protocol::ledger::TransactionId;

pub(super) fn post(
    tx: &mut dyn StoreTx,
    context: &Context,
    id: &EntryId,
    made: &SpotBillMade,
) -> Result<Vec<Note>, OfficeError> {
    let found = OpenAccount::find(tx, &made.account, context.now)?;
    let (Some(rules), Some(mut open)) = (&context.rules, found) else {
        return Ok(vec![Note::unknown_account_billed()]);
    };
    let demand = made.demand();
    if let Some(note) = refusal(tx, &open, &demand)? {
        // Sent again unchanged: until the account comes with this entry counted, the till shows its own bill on top.
        open.save(tx)?;
        return Ok(vec![note]);
    }
    take_reading(&mut open.account.meter, made);
    let day = day_of(made.read_on.start(), context.now);
    open.raise(tx, rules, &[demand], day, |_| TransactionId::of_entry(id))?;
    open.save(tx)?;
    // Its code was on paper before it came here: somebody may have paid by it.
    payments::billed(tx, context, &made.account, &made.bill)?;
    Ok(Vec::new())
}

fn refusal(tx: &dyn StoreTx, open: &OpenAccount, demand: &Demand) -> Result<Option<Note>, OfficeError> {
    if let Some(same) = open.account.demands.iter().find(|known| known.period == demand.period) {
        return Ok(Some(Note::already_billed(&same.bill)));
    }
    if tx.bill(&demand.bill)?.is_some() {
        return Ok(Some(Note::bill_number_used()));
    }
    if open.account.status == AccountStatus::Closed {
        return Ok(Some(Note::bill_not_possible("the account is closed")));
    }
    Ok(open.would_hold(std::slice::from_ref(demand)).err().map(Note::bill_not_possible))
}

/// A newer reading becomes the account's; one that the dial cannot show does not.
fn take_reading(meter: &mut Option<Meter>, made: &SpotBillMade) {
    let newer = meter.as_mut().filter(|meter| meter.read_on <= made.read_on);
    if let Some((meter, reading)) = newer.zip(made.reading) {
        let read = Meter { reading: reading.now, read_on: made.read_on, ..*meter };
        if read.dial().is_some_and(|dial| read.reading < dial) {
            *meter = read;
        }
    }
}
