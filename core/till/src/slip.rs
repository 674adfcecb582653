//! What stands on a receipt: blocks, in order. How they are drawn (bitmap, terminal, page) is somebody else's.
//!
//! English for now; the other languages come with the app. No name and no phone: the paper may be dropped.

use crate::error::TillError;
use crate::till::Till;
use crate::verbs::collect::Given;
use raseed_protocol::book::Rules;
use raseed_protocol::money::Paise;
use serde::Serialize;

/// A receipt to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slip(pub Vec<Block>);

/// One part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// A centred line in large letters.
    Heading(String),
    /// A centred line.
    Line(String),
    /// What and how much.
    Row(String, String),
    /// The same, in bold.
    Total(String, String),
    /// A rule across the paper.
    Rule,
    /// A QR code.
    Qr(String),
    /// Small print.
    Note(String),
}

impl Till {
    /// The slip of a receipt. A duplicate says so at the top.
    pub fn slip(&self, given: &Given, duplicate: bool) -> Result<Slip, TillError> {
        Ok(slip(&self.store.rules()?, given, duplicate))
    }
}

fn slip(rules: &Rules, given: &Given, duplicate: bool) -> Slip {
    let (receipt, stamp) = (given.receipt(), &given.entry.entry().stamp);
    let row = |what: &str, value: String| Block::Row(what.to_owned(), value);
    let mut blocks = vec![Block::Heading(rules.name.clone())];
    blocks.push(Block::Line(if duplicate { "RECEIPT - DUPLICATE" } else { "RECEIPT" }.to_owned()));
    blocks.push(Block::Rule);
    blocks.push(row("Receipt no.", given.id.to_string()));
    blocks.push(row("Date", stamp.wall.to_people()));
    blocks.push(row("Account", receipt.account.to_string()));
    if let Some(bill) = &receipt.bill {
        blocks.push(row("Bill", bill.to_string()));
    }
    if let Some((from, to)) = receipt.periods {
        let (from, to) = (from.to_people(), to.to_people());
        blocks.push(row("Period", if from == to { from } else { format!("{from} - {to}") }));
    }
    blocks.push(Block::Rule);
    for (head, amount) in receipt.split.parts() {
        blocks.push(row(&rules.head_name(*head), amount.to_string()));
    }
    blocks.push(Block::Total("Paid".to_owned(), receipt.amount.to_string()));
    blocks.push(row("By", receipt.mode.name().to_owned()));
    if receipt.subject_to_realisation {
        blocks.push(Block::Note("Subject to realisation".to_owned()));
    }
    blocks.push(Block::Rule);
    blocks.push(Block::Qr(given.link.clone()));
    blocks.push(Block::Note("Scan to check that this receipt is genuine.".to_owned()));
    blocks.push(Block::Note(totals(receipt.receipts, receipt.grand_total)));
    blocks.push(Block::Note(format!("Collected by {}", stamp.staff)));
    Slip(blocks)
}

fn totals(receipts: u64, grand_total: Paise) -> String {
    format!("Receipt {receipts} of this till; {grand_total} in all so far.")
}

impl Slip {
    /// As plain text, `columns` wide; the QR code is left to the caller, which gets its text back in `qr`.
    pub fn to_text(&self, columns: usize) -> String {
        let mut text = String::new();
        for block in &self.0 {
            match block {
                Block::Heading(line) | Block::Line(line) => text.push_str(&centred(line, columns)),
                Block::Row(what, value) | Block::Total(what, value) => text.push_str(&spread(what, value, columns)),
                Block::Rule => text.push_str(&"-".repeat(columns)),
                Block::Qr(_) => text.push_str(&centred("[QR code]", columns)),
                Block::Note(line) => text.push_str(&wrapped(line, columns)),
            }
            text.push('\n');
        }
        text
    }

    /// The text of the QR code.
    pub fn qr(&self) -> Option<&str> {
        self.0.iter().find_map(|block| match block {
            Block::Qr(text) => Some(text.as_str()),
            _ => None,
        })
    }
}

fn centred(line: &str, columns: usize) -> String {
    let width = line.chars().count();
    format!("{}{line}", " ".repeat(columns.saturating_sub(width) / 2))
}

/// Left and right on one line, or on two where they do not fit.
fn spread(what: &str, value: &str, columns: usize) -> String {
    let used = what.chars().count() + value.chars().count();
    if used < columns {
        return format!("{what}{}{value}", " ".repeat(columns - used));
    }
    format!("{what}\n{}{value}", " ".repeat(columns.saturating_sub(value.chars().count())))
}

fn wrapped(line: &str, columns: usize) -> String {
    let mut text = String::new();
    let mut width = 0;
    for word in line.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > columns {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
    }
    text
}
