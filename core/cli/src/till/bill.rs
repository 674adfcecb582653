//! `raseed till bill`

use super::parse;
use crate::output::{Failure, Output};
use raseed_protocol::billing::Question;
use raseed_protocol::ids::{RequestId, StaffId};
use raseed_till::{BillAtDoor, Billed, Till};
use serde_json::json;

/// Makes a bill at the door.
pub fn run(
    till: &mut Till,
    staff: &StaffId,
    account: &str,
    reading: Option<u32>,
    confirm: &[String],
    request: RequestId,
    out: &Output,
) -> Result<(), Failure> {
    let confirmed = confirm.iter().map(|name| question(name)).collect::<Result<_, _>>()?;
    let account = parse("bad-account", account)?;
    let billed = till.bill_at_door(&BillAtDoor { request, account, reading, confirmed, staff: staff.clone() })?;
    let lines: Vec<_> =
        billed.bill.lines.parts().iter().map(|(h, a)| json!({ "head": h, "amount_paise": a })).collect();
    let value = json!({
        "entry": billed.id,
        "bill": billed.bill.bill,
        "account": billed.bill.account,
        "period": billed.bill.period,
        "due_on": billed.bill.due_on,
        "units": billed.bill.reading.map(|reading| reading.units),
        "lines": lines,
        "total_paise": billed.bill.lines.total(),
        "repeated": billed.repeated,
    });
    out.say(&value, || text(&billed))
}

fn question(name: &str) -> Result<Question, Failure> {
    serde_json::from_value(json!(name)).map_err(|_| {
        Failure::new("bad-question", format!("\"{name}\" is none of: rolled-over, unusually-high, no-use"))
    })
}

fn text(billed: &Billed) -> String {
    let bill = &billed.bill;
    let total = bill.lines.total().unwrap_or_default();
    let units = bill.reading.map(|r| format!(", {} units ({} to {})", r.units, r.before, r.now)).unwrap_or_default();
    format!(
        "bill {} for {}: {} for {}{units}, to be paid by {}",
        bill.bill,
        bill.account,
        total,
        bill.period.to_people(),
        bill.due_on.to_people()
    )
}
