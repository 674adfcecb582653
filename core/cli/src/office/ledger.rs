//! `raseed office ledger | exceptions`

use crate::output::{Failure, Output};
use raseed_head_office::Office;
use raseed_head_office::report::{BooksVerified, LedgerReport, Statement};
use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use serde_json::json;

/// How many lines of a statement are shown.
const STATEMENT_LINES: usize = 50;

/// Shows the ledger.
pub fn run(office: &Office, account: Option<&str>, verify: bool, out: &Output) -> Result<(), Failure> {
    if let Some(account) = account {
        let account: AccountId = account.parse().map_err(|error| Failure::new("bad-account", error))?;
        let statement = office.statement(&account, STATEMENT_LINES)?;
        return out.say(&statement, || statement_text(&statement));
    }
    let report = office.ledger_report()?;
    if !verify {
        return out.say(&report, || report_text(&report));
    }
    let verified = office.verify_books()?;
    out.say(&json!({ "ledger": report, "verified": verified }), || {
        format!("{}\n{}", report_text(&report), verified_text(&verified))
    })?;
    if verified.findings.is_empty() {
        Ok(())
    } else {
        Err(Failure::new("books-do-not-agree", "the books do not agree; what is listed above was found"))
    }
}

/// The ledger as a table.
pub fn report_text(report: &LedgerReport) -> String {
    let mut lines: Vec<String> =
        report.trial_balance.iter().map(|line| row(&line.account.to_string(), line.balance_paise.0)).collect();
    lines.push(if report.in_balance { "in balance".to_owned() } else { "NOT IN BALANCE".to_owned() });
    lines.push(String::new());
    for till in &report.cash {
        lines.push(row(&format!("cash in the hands of {}", till.till), till.cash_paise.0));
    }
    lines.push(String::new());
    lines.push(format!("{:<28} {:>18} {:>18} {:>18}", "head", "asked", "settled", "open"));
    for head in &report.heads {
        let [asked, settled, open] = [head.asked_paise, head.settled_paise, head.open_paise].map(|b| rupees(b.0));
        lines.push(format!("{:<28} {asked:>18} {settled:>18} {open:>18}", head.name));
    }
    lines.join("\n")
}

/// What verifying the books found.
pub fn verified_text(verified: &BooksVerified) -> String {
    let mut lines = vec![format!(
        "worked out again: {} transactions, {} accounts, {} journal entries, {} payments; {}",
        verified.transactions,
        verified.accounts,
        verified.entries,
        verified.payments,
        if verified.findings.is_empty() { "all agree" } else { "NOT ALL AGREE" }
    )];
    lines.extend(verified.findings.iter().map(|finding| format!("  {finding:?}")));
    lines.join("\n")
}

fn statement_text(statement: &Statement) -> String {
    let mut lines =
        vec![format!("{}  {} {}", statement.account.id, statement.account.name, statement.account.name_latin)];
    for line in &statement.lines {
        lines.push(format!("{}  {:<16} {}", line.day, line.kind, line.id));
        for posting in &line.postings {
            lines.push(format!("    {}", row(&posting.account.to_string(), posting.amount_paise.get())));
        }
    }
    if statement.more {
        lines.push("older lines are not shown".to_owned());
    }
    lines.join("\n")
}

/// What needs a person's eye.
pub fn exceptions(office: &Office, out: &Output) -> Result<(), Failure> {
    let open = office.exceptions()?;
    let value: Vec<_> = open
        .iter()
        .map(|e| json!({ "entry": e.entry, "code": e.code, "what": e.what, "raised_ms": e.raised }))
        .collect();
    out.say(&value, || {
        if open.is_empty() {
            return "nothing needs a look".to_owned();
        }
        open.iter().map(|e| format!("{:<18} {}  [{}]", e.entry, e.what, e.code)).collect::<Vec<_>>().join("\n")
    })
}

fn row(what: &str, paise: i64) -> String {
    let side = if paise < 0 { "Cr" } else { "Dr" };
    format!("{what:<40} {:>20} {side}", rupees(paise.saturating_abs()))
}

/// A total may pass the bound of a single amount; then its digits are shown plainly.
fn rupees(paise: i64) -> String {
    Paise::new(paise).map_or_else(|_| format!("{paise} paise"), |amount| amount.to_string())
}
