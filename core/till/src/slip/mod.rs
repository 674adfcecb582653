//! What stands on a receipt: blocks, in order, in the citizen's language. How they are drawn (bitmap, terminal, page) is
//! somebody else's.
//!
//! No name and no phone: the paper may be dropped, a message may be read by others.

mod bill;
mod complaint;
mod message;
mod text;

use crate::error::TillError;
use crate::till::Till;
use crate::verbs::collect::Given;
use raseed_protocol::book::Rules;
use raseed_protocol::journal::Receipt;
use raseed_protocol::language::{Language, Phrase, receipt as label, words};
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
    /// Small print, as many lines as it needs.
    Note(String),
    /// The amount in words, under the total.
    Words(String),
}

impl Till {
    /// The slip of a receipt in a language. A duplicate says so at the top.
    pub fn slip(&self, given: &Given, duplicate: bool, language: Language) -> Result<Slip, TillError> {
        Ok(Slip::new(&self.store.rules()?, given, duplicate, language))
    }
}

impl Slip {
    fn new(rules: &Rules, given: &Given, duplicate: bool, language: Language) -> Slip {
        let page = Page { rules, given, language };
        let mut blocks = page.head(duplicate);
        blocks.push(Block::Rule);
        blocks.extend(page.money());
        blocks.push(Block::Rule);
        blocks.extend(page.proof());
        Slip(blocks)
    }

    /// The text of the QR code.
    pub fn qr(&self) -> Option<&str> {
        self.0.iter().find_map(|block| match block {
            Block::Qr(text) => Some(text.as_str()),
            _ => None,
        })
    }
}

/// What a receipt is written from.
struct Page<'a> {
    rules: &'a Rules,
    given: &'a Given,
    language: Language,
}

impl Page<'_> {
    /// Whose receipt it is, its number and what it is for.
    fn head(&self, duplicate: bool) -> Vec<Block> {
        let title = if duplicate { label::DUPLICATE } else { label::RECEIPT };
        let receipt = self.given.receipt();
        let mut blocks = vec![
            Block::Heading(self.rules.name_in(self.language).to_owned()),
            Block::Line(self.say(title).to_owned()),
            Block::Rule,
            self.row(label::NUMBER, self.given.id.to_string()),
            self.row(label::DATE, self.given.entry.entry().stamp.wall.to_people_in(self.language)),
            self.row(label::ACCOUNT, receipt.account.to_string()),
        ];
        blocks.extend(receipt.bill.as_ref().map(|bill| self.row(label::BILL, bill.to_string())));
        blocks.extend(self.periods().map(|periods| self.row(label::PERIOD, periods)));
        blocks
    }

    /// How much, for what, and how it was paid.
    fn money(&self) -> Vec<Block> {
        let receipt = self.given.receipt();
        let head = |id| self.rules.head_name_in(id, self.language);
        let mut blocks: Vec<Block> =
            receipt.split.parts().iter().map(|(id, amount)| Block::Row(head(*id), amount.to_string())).collect();
        blocks.push(Block::Total(self.say(label::PAID).to_owned(), receipt.amount.to_string()));
        blocks.push(Block::Words(words(receipt.amount, self.language)));
        blocks.push(self.row(label::BY, receipt.mode.name_in(self.language).to_owned()));
        blocks.extend(receipt.reference.as_ref().map(|reference| self.row(label::REFERENCE, reference.clone())));
        if receipt.subject_to_realisation {
            blocks.push(Block::Note(self.say(label::SUBJECT_TO_REALISATION).to_owned()));
        }
        blocks
    }

    /// What shows that it is genuine.
    fn proof(&self) -> Vec<Block> {
        let Receipt { receipts, grand_total, .. } = self.given.receipt();
        let so_far = label::SO_FAR.fill(self.language, &[&receipts.to_string(), &grand_total.to_string()]);
        let staff = self.given.entry.entry().stamp.staff.as_str();
        vec![
            Block::Qr(self.given.link.clone()),
            Block::Note(self.say(label::SCAN).to_owned()),
            Block::Note(so_far),
            Block::Note(label::COLLECTED_BY.fill(self.language, &[staff])),
        ]
    }

    /// The months that it settles, as people write them.
    fn periods(&self) -> Option<String> {
        let (from, to) = self.given.receipt().periods?;
        Some(self.language.periods(from, to))
    }

    fn row(&self, what: Phrase, value: String) -> Block {
        Block::Row(self.say(what).to_owned(), value)
    }

    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.in_language(self.language)
    }
}
