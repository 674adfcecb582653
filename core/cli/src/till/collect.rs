//! `raseed till collect` and `raseed till receipt`

use super::parse;
use crate::machine;
use crate::output::{Failure, Output};
use crate::picture;
use raseed_protocol::ids::{AccountId, EntryId, RequestId, StaffId};
use raseed_protocol::language::Language;
use raseed_protocol::money::Paise;
use raseed_protocol::symbol::Symbol;
use raseed_till::{Collect, Given, Till};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, BufRead, Read};
use std::path::Path;

/// The longest line of a batch, in bytes.
const MAX_LINE: u64 = 4096;

/// An amount as typed; `all` is everything that is due today. For a request that was answered before it is what was
/// taken then: asked again after a cut, `all` would be nothing by now.
pub fn amount(till: &Till, request: RequestId, account: &AccountId, typed: &str) -> Result<Paise, Failure> {
    if !typed.eq_ignore_ascii_case("all") {
        return parse("bad-amount", typed);
    }
    match till.answered(request)? {
        Some(before) => Ok(before.receipt().amount),
        None => Ok(till.household(account)?.dues.payable),
    }
}

/// How a receipt is to be shown.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    /// In which language.
    pub language: Language,
    /// Its QR code to this file too.
    pub png: Option<&'a Path>,
}

/// Takes one payment.
pub fn one(till: &mut Till, wish: Collect, form: Form, out: &Output) -> Result<(), Failure> {
    let given = till.collect_cash(&wish)?;
    show(till, &given, given.repeated, form, out)
}

/// Shows a receipt again.
pub fn again(till: &Till, number: &str, form: Form, out: &Output) -> Result<(), Failure> {
    let id: EntryId = parse("bad-receipt-number", number)?;
    let given = till.receipt_again(&id)?;
    show(till, &given, true, form, out)
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
    while let Some(line) = next_line(&mut input).map_err(Failure::io("standard input"))? {
        if line.as_deref().is_ok_and(|line| line.trim().is_empty()) {
            continue;
        }
        match line.and_then(|line| answer(till, staff, &line)) {
            Ok(given) => out.say(&value(&given), || line_of(&given))?,
            Err(Failure::Refused { code, message }) => {
                out.say(&json!({ "error": code, "message": message }), || format!("refused: {message}"))?;
                if matches!(code.as_str(), "commit-unknown" | "stopped" | "damaged" | "disk-full" | "storage") {
                    return Err(Failure::Refused { code, message });
                }
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

/// The next line, without its end; `None` after the last. One that is too long or not text is refused as a whole: a part
/// of it might read as another wish.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Result<String, Failure>>> {
    let mut line = Vec::new();
    if input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && u64::try_from(line.len()).is_ok_and(|length| length == MAX_LINE) {
        let mut rest = line;
        while rest.last() != Some(&b'\n') {
            rest.clear();
            if input.by_ref().take(MAX_LINE).read_until(b'\n', &mut rest)? == 0 {
                break;
            }
        }
        return Ok(Some(Err(Failure::new(
            "bad-line",
            format!("a line has at most {MAX_LINE} bytes; nothing was taken"),
        ))));
    }
    let text = String::from_utf8(line);
    Ok(Some(text.map_err(|_| Failure::new("bad-line", "the line is not UTF-8 text; nothing was taken"))))
}

fn answer(till: &mut Till, staff: &StaffId, line: &str) -> Result<Given, Failure> {
    // Where, not what: a line may hold anything, also a name.
    let unreadable = |error: serde_json::Error| {
        let form = "{\"request\": ..., \"account\": ..., \"amount\": ...}";
        Failure::new("bad-line", format!("not a wish at column {}; write {form}", error.column()))
    };
    let wish: Wish = serde_json::from_str(line).map_err(unreadable)?;
    let request: RequestId = parse("bad-request-id", &wish.request)?;
    let amount = amount(till, request, &wish.account, &wish.amount)?;
    Ok(till.collect_cash(&Collect { request, account: wish.account, amount, staff: staff.clone() })?)
}

fn show(till: &Till, given: &Given, duplicate: bool, form: Form, out: &Output) -> Result<(), Failure> {
    let slip = till.slip(given, duplicate, form.language)?;
    out.say(&value(given), || {
        let symbol = Symbol::new(&given.link).map(|symbol| symbol.to_terminal()).unwrap_or_default();
        format!("{}\n{symbol}\n{}", slip.to_text(machine::COLUMNS), given.link)
    })?;
    // After the receipt was said: it stands, whatever becomes of the picture.
    form.png.map_or(Ok(()), |path| picture::write_png(path, &given.link).map(drop))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_refused_whole_and_the_next_one_is_read() {
        let long = format!("{}{{\"request\":\"x\"}}", " ".repeat(4096));
        let mut input = io::Cursor::new([long.as_bytes(), b"\nsecond\n\xff\nlast"].concat());
        let mut next = || next_line(&mut input).unwrap();
        assert!(matches!(next(), Some(Err(Failure::Refused { code, .. })) if code == "bad-line"));
        assert_eq!(next().unwrap().unwrap(), "second\n");
        assert!(matches!(next(), Some(Err(_))));
        assert_eq!(next().unwrap().unwrap(), "last");
        assert!(next().is_none());
    }
}
