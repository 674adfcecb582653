//! `raseed till collect` and `raseed till receipt`

use super::parse;
use crate::output::{Failure, Output};
use crate::picture;
use raseed_protocol::ids::{AccountId, EntryId, RequestId, StaffId};
use raseed_protocol::money::Paise;
use raseed_protocol::symbol::Symbol;
use raseed_till::{Collect, Given, Till};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, Read};
use std::path::Path;

/// Columns of a 58 mm printer's text.
const COLUMNS: usize = 32;

/// The longest line of a batch, in bytes.
const MAX_LINE: u64 = 4096;

/// An amount as typed; `all` is everything that is due today.
pub fn amount(till: &Till, account: &AccountId, typed: &str) -> Result<Paise, Failure> {
    if typed.eq_ignore_ascii_case("all") {
        Ok(till.household(account)?.dues.payable)
    } else {
        parse("bad-amount", typed)
    }
}

/// Takes one payment.
pub fn one(till: &mut Till, wish: Collect, png: Option<&Path>, out: &Output) -> Result<(), Failure> {
    let given = till.collect_cash(&wish)?;
    show(till, &given, given.repeated, png, out)
}

/// Shows a receipt again.
pub fn again(till: &Till, number: &str, png: Option<&Path>, out: &Output) -> Result<(), Failure> {
    let id: EntryId = parse("bad-receipt-number", number)?;
    let given = till.receipt_again(&id)?;
    show(till, &given, true, png, out)
}

/// One line of a batch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    request: String,
    account: AccountId,
    amount: String,
}

/// Takes payments line by line from standard input; one line of answer each, written only after it is durable. A bad
/// line is answered with its refusal and does not stop the ones after it; a failing storage does.
pub fn batch(till: &mut Till, staff: &StaffId, out: &Output) -> Result<(), Failure> {
    let mut input = std::io::stdin().lock();
    loop {
        let mut line = String::new();
        let read = input.by_ref().take(MAX_LINE).read_line(&mut line).map_err(Failure::io("standard input"))?;
        if read == 0 {
            return Ok(());
        }
        if line.trim().is_empty() {
            continue;
        }
        match answer(till, staff, &line) {
            Ok(given) => out.say(&value(&given), || line_of(&given))?,
            Err(Failure::Refused { code, message }) => {
                out.say(&json!({ "error": code, "message": message }), || format!("refused: {message}"))?;
                if matches!(code.as_str(), "commit-unknown" | "stopped" | "damaged") {
                    return Err(Failure::Refused { code, message });
                }
            }
            Err(failure) => return Err(failure),
        }
    }
}

fn answer(till: &mut Till, staff: &StaffId, line: &str) -> Result<Given, Failure> {
    let wish: Wish = serde_json::from_str(line).map_err(|error| Failure::new("bad-line", error))?;
    let request: RequestId = parse("bad-request-id", &wish.request)?;
    // A repeated wish must be answered with its receipt even when "all" is nothing by now, so the id is looked up first.
    let amount = match till.answered(request)? {
        Some(before) => before.receipt().amount,
        None => amount(till, &wish.account, &wish.amount)?,
    };
    Ok(till.collect_cash(&Collect { request, account: wish.account, amount, staff: staff.clone() })?)
}

fn show(till: &Till, given: &Given, duplicate: bool, png: Option<&Path>, out: &Output) -> Result<(), Failure> {
    if let Some(path) = png {
        picture::write_png(path, &given.link)?;
    }
    let slip = till.slip(given, duplicate)?;
    out.say(&value(given), || {
        let symbol = Symbol::new(&given.link).map(|symbol| symbol.to_terminal()).unwrap_or_default();
        format!("{}\n{symbol}\n{}", slip.to_text(COLUMNS), given.link)
    })
}

fn line_of(given: &Given) -> String {
    format!("{}  {}  {}", given.id, given.receipt().account, given.receipt().amount)
}

/// A receipt for scripts.
pub fn value(given: &Given) -> Value {
    let receipt = given.receipt();
    let split: Vec<Value> =
        receipt.split.parts().iter().map(|(head, amount)| json!({ "head": head, "amount_paise": amount })).collect();
    json!({
        "receipt": given.id,
        "request": receipt.request.to_string(),
        "account": receipt.account,
        "bill": receipt.bill,
        "amount_paise": receipt.amount,
        "amount": receipt.amount.to_string(),
        "split": split,
        "mode": receipt.mode,
        "at": given.entry.entry().stamp.wall.to_rfc3339(),
        "receipts_so_far": receipt.receipts,
        "grand_total_paise": receipt.grand_total,
        "hash": given.entry.hash().to_string(),
        "repeated": given.repeated,
        "link": given.link,
    })
}
