//! `raseed till find | show | today | queue | verify`: looking, without changing anything.

use crate::output::{Failure, Output};
use crate::verify as check;
use raseed_protocol::book::Rules;
use raseed_protocol::ids::AccountId;
use raseed_till::{CopyStanding, Found, Household, Queue, Till};
use serde_json::json;

/// Finds households.
pub fn find(till: &mut Till, typed: &str, most: usize, out: &Output) -> Result<(), Failure> {
    let found = till.find(typed, most.clamp(1, 200))?;
    out.say(&found, || {
        if found.is_empty() {
            return format!(
                "nobody fits \"{typed}\"; try fewer letters, the house number, or the last digits of the phone"
            );
        }
        found.iter().map(row).collect::<Vec<_>>().join("\n")
    })
}

fn row(found: &Found) -> String {
    let latin = if found.name_latin.is_empty() { String::new() } else { format!(" ({})", found.name_latin) };
    format!(
        "{:<14} {:>10}  {}{latin}, {} {}",
        found.account,
        found.open.to_string(),
        found.name,
        found.house,
        found.place
    )
}

/// Shows a household.
pub fn show(till: &Till, account: &AccountId, out: &Output) -> Result<(), Failure> {
    let household = till.household(account)?;
    let rules = till.rules()?;
    out.say(&household, || text(&household, &rules))
}

fn text(household: &Household, rules: &Rules) -> String {
    let (account, dues) = (&household.account, &household.dues);
    let mut lines = vec![
        format!("{}  {} {}", account.id, account.name, account.name_latin),
        format!("{} {}  tariff {}", account.house, account.place, account.tariff),
    ];
    for demand in &dues.demands {
        let late = if demand.overdue { "overdue" } else { "due" };
        let parts: Vec<String> =
            demand.lines.iter().map(|line| format!("{} {}", rules.head_name(line.head), line.amount)).collect();
        lines.push(format!(
            "  {}  {:>10}  {late} {}  {}",
            demand.period.to_people(),
            demand.payable.to_string(),
            demand.due_on.to_people(),
            parts.join(", ")
        ));
    }
    lines.push(format!("to pay on {}: {}  (overdue {})", household.day.to_people(), dues.payable, dues.arrears));
    if !dues.advance_left.is_zero() {
        lines.push(format!("held in advance: {}", dues.advance_left));
    }
    if let Some(last) = &account.last_payment {
        lines.push(format!("last payment: {} on {}", last.amount, last.on.to_people()));
    }
    let own = household.as_of.own_entries;
    lines.push(format!("as of {}, and {own} entries of this till since", household.as_of.office_ms.to_people()));
    lines.join("\n")
}

/// Today's numbers.
pub fn today(till: &Till, out: &Output) -> Result<(), Failure> {
    let (today, standing) = (till.today()?, till.standing());
    let value = json!({
        "today": today,
        "unsent": standing.unsent,
        "shift": standing.shift,
        "second_copy": standing.second_copy,
    });
    out.say(&value, || {
        let sent = standing
            .acknowledged
            .map_or_else(|| "never synced".to_owned(), |a| format!("synced {}", a.office.to_people()));
        let copy = match standing.second_copy {
            CopyStanding::None => "",
            CopyStanding::Fine => ", kept a second time",
            CopyStanding::CatchingUp => ", partly kept a second time: the copy catches up as entries are added",
            CopyStanding::Failing => "; THE SECOND COPY CANNOT BE WRITTEN: look at its disk or card",
        };
        format!(
            "{}: {} in {} receipts; {} unsent{copy}, {sent}",
            today.day, today.total, today.receipts, standing.unsent
        )
    })
}

/// What is unsent.
pub fn queue(till: &Till, most: usize, out: &Output) -> Result<(), Failure> {
    let queue = till.queue(most.min(10_000))?;
    out.say(&queue, || queue_text(&queue))
}

fn queue_text(queue: &Queue) -> String {
    let mut lines = match queue.oldest_ms {
        None => vec!["all sent".to_owned()],
        Some(oldest) => vec![format!("{} unsent, the oldest of {}", queue.unsent, oldest.to_people())],
    };
    for entry in &queue.entries {
        let about = entry.account.as_deref().unwrap_or("");
        let amount = entry.amount.map(|amount| amount.to_string()).unwrap_or_default();
        lines.push(format!("  {:<16} {:<14} {about} {amount}", entry.id, entry.what));
    }
    for (sequence, code, what) in &queue.notices {
        lines.push(format!("  entry {sequence}: {what} [{code}]"));
    }
    lines.join("\n")
}

/// Verifies a receipt with the pinned root key.
pub fn verify(till: &Till, text: &str, out: &Output) -> Result<(), Failure> {
    let verified = till.verify(&check::text_of(text)?)?.map_err(|error| check::refused(&error))?;
    let mut value = check::value(&verified.receipt);
    value["in_this_journal"] = json!(verified.in_this_journal);
    out.say(&value, || {
        let own = match verified.in_this_journal {
            None => "of another till".to_owned(),
            Some(true) => "in this till's journal".to_owned(),
            Some(false) => "NOT in this till's journal: this device was restored from a backup, or copied".to_owned(),
        };
        format!("{}\n{own}", check::genuine(&verified.receipt))
    })
}
