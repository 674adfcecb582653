//! `raseed verify`: a receipt, proven from its QR text and the root key alone.

use crate::args::VerifyArgs;
use crate::output::{Failure, Output};
use raseed_protocol::keys::PublicKey;
use raseed_protocol::receipt_link::{self, ReceiptRefused, VerifiedReceipt};
use serde_json::{Value, json};
use std::io::Read;

/// The longest text that is read from standard input.
const MAX_TEXT: u64 = 16 * 1024;

/// Runs the command.
pub fn run(args: &VerifyArgs, out: &Output) -> Result<(), Failure> {
    let key: PublicKey = args.root_key.parse().map_err(|error| Failure::new("bad-key", error))?;
    let receipt = receipt_link::verify(&text_of(&args.text)?, &key).map_err(|error| refused(&error))?;
    out.say(&value(&receipt), || genuine(&receipt))
}

/// The text itself, or standard input for `-`.
pub fn text_of(text: &str) -> Result<String, Failure> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut read = String::new();
    std::io::stdin().take(MAX_TEXT).read_to_string(&mut read).map_err(Failure::io("standard input"))?;
    Ok(read)
}

/// A refused receipt, with a name for scripts.
pub fn refused(error: &ReceiptRefused) -> Failure {
    let code = match error {
        ReceiptRefused::NotAReceiptLink => "not-a-receipt-link",
        ReceiptRefused::Damaged(_) => "damaged",
        ReceiptRefused::Stranger(_) => "stranger",
        ReceiptRefused::Forged(_) => "forged",
        ReceiptRefused::NotAReceipt(_) => "not-a-receipt",
    };
    Failure::new(code, error)
}

/// What was proven, for scripts.
pub fn value(verified: &VerifiedReceipt) -> Value {
    let (receipt, stamp) = (verified.receipt(), &verified.entry.entry().stamp);
    json!({
        "genuine": true,
        "tenant": verified.tenant,
        "receipt": verified.id,
        "account": receipt.account,
        "bill": receipt.bill,
        "amount_paise": receipt.amount,
        "amount": receipt.amount.to_string(),
        "mode": receipt.mode,
        "subject_to_realisation": receipt.subject_to_realisation,
        "at": stamp.wall.to_rfc3339(),
        "staff": stamp.staff,
        "receipts_so_far": receipt.receipts,
        "grand_total_paise": receipt.grand_total,
    })
}

/// What was proven, for people.
pub fn genuine(verified: &VerifiedReceipt) -> String {
    let (receipt, stamp) = (verified.receipt(), &verified.entry.entry().stamp);
    format!(
        "GENUINE  {}  {}\naccount {}  by {}  {}  collected by {}\nreceipt {} of this till, {} in all up to it",
        verified.id,
        receipt.amount,
        receipt.account,
        receipt.mode.name().to_lowercase(),
        stamp.wall.to_people(),
        stamp.staff,
        receipt.receipts,
        receipt.grand_total
    )
}
