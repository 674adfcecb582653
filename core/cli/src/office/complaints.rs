//! `raseed office complaints`

use crate::machine;
use crate::output::{Failure, Output};
use raseed_head_office::Office;
use raseed_head_office::store::{ComplaintOutcome, ComplaintRecord};
use raseed_protocol::ids::EntryId;
use serde_json::{Value, json};

/// Lists complaints, or closes one.
pub fn run(office: &Office, all: bool, close: Option<(&str, &str)>, out: &Output) -> Result<(), Failure> {
    if let Some((number, outcome)) = close {
        let number: EntryId = number.parse().map_err(|error| Failure::new("bad-complaint", error))?;
        let outcome = ComplaintOutcome::ALL.into_iter().find(|known| known.code() == outcome).ok_or_else(|| {
            Failure::new(
                "bad-outcome",
                "a complaint ends paid, credited, refunded, not-debited or realised; choose one",
            )
        })?;
        office.close_complaint(&number, outcome, machine::wall())?;
        let value = json!({ "complaint": number, "outcome": outcome });
        return out.say(&value, || format!("complaint {number} is closed: {}", outcome.code()));
    }
    let complaints = office.complaints(!all)?;
    let value: Vec<_> = complaints.iter().map(value_of).collect();
    out.say(&value, || match complaints.as_slice() {
        [] => "no complaint is open".to_owned(),
        some => some.iter().map(line).collect::<Vec<_>>().join("\n"),
    })
}

fn value_of(complaint: &ComplaintRecord) -> Value {
    json!({
        "complaint": complaint.id,
        "about": complaint.about,
        "cause": complaint.cause,
        "reference": complaint.reference,
        "promised": complaint.promised,
        "bank_due": complaint.bank_due,
        "opened_ms": complaint.opened,
        "outcome": complaint.closed.map(|(outcome, _)| outcome),
        "closed_ms": complaint.closed.map(|(_, at)| at),
    })
}

fn line(complaint: &ComplaintRecord) -> String {
    let state = complaint.closed.map_or_else(
        || {
            format!(
                "promised by {}, the bank owes it by {}",
                complaint.promised.to_people(),
                complaint.bank_due.to_people()
            )
        },
        |(outcome, _)| outcome.code().to_owned(),
    );
    format!("{:<18} about {:<18} {:<12} {state}", complaint.id, complaint.about, complaint.cause.code())
}
