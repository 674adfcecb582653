//! A household's bill, on paper and as a message: what is due, until when, and a code that pays it without a collector.
//!
//! No name and no phone: the paper hangs on a door, a message passes through many hands.

use super::{Block, Slip};
use crate::accounts::Household;
use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::billing::DemandDues;
use raseed_protocol::book::Rules;
use raseed_protocol::ids::AccountId;
use raseed_protocol::language::{Language, bill as label, message, receipt, words};
use raseed_protocol::money::Paise;
use raseed_protocol::pay_link::PayLink;

impl Till {
    /// The bill of an account as it stands today, to be printed.
    pub fn bill_slip(&self, account: &AccountId, language: Language) -> Result<Slip, TillError> {
        let page = self.bill_page(account, language)?;
        Ok(page.slip())
    }

    /// The same as text for a message, one thing a line, the link to the page that pays it last: a message app makes no
    /// `upi:` link that can be touched.
    pub fn bill_text(&self, account: &AccountId, language: Language) -> Result<String, TillError> {
        let page = self.bill_page(account, language)?;
        Ok(page.message())
    }

    fn bill_page(&self, account: &AccountId, language: Language) -> Result<BillPage, TillError> {
        let household = self.household(account)?;
        let newest = household.dues.demands.last().cloned();
        let code = match &newest {
            Some(newest) => self.bill_code(&newest.bill, household.dues.payable)?,
            None => None,
        };
        let rules = self.rules()?;
        // Whoever has no code has no page either.
        let link = newest.as_ref().filter(|_| code.is_some()).and_then(|newest| {
            let link = PayLink::new(&newest.bill, household.dues.payable, language)?;
            Some(link.at(self.public_host(&rules)))
        });
        Ok(BillPage { rules, household, newest, code, link, language })
    }
}

/// What a bill is written from.
struct BillPage {
    rules: Rules,
    household: Household,
    newest: Option<DemandDues>,
    code: Option<String>,
    link: Option<String>,
    language: Language,
}

impl BillPage {
    fn slip(&self) -> Slip {
        let language = self.language;
        let say = |phrase: raseed_protocol::language::Phrase| phrase.in_language(language).to_owned();
        let mut blocks = vec![
            Block::Heading(self.rules.name_in(language).to_owned()),
            Block::Line(say(label::BILL)),
            Block::Rule,
            Block::Row(say(receipt::ACCOUNT), self.household.account.id.to_string()),
        ];
        let Some(newest) = &self.newest else {
            blocks.push(Block::Note(say(label::NOTHING)));
            return Slip(blocks);
        };
        let dues = &self.household.dues;
        blocks.extend([
            Block::Row(say(label::NUMBER), newest.bill.to_string()),
            Block::Row(say(receipt::PERIOD), newest.period.to_people_in(language)),
            Block::Row(say(label::DUE), newest.due_on.to_people_in(language)),
            Block::Rule,
        ]);
        let head = |id| self.rules.head_name_in(id, language);
        blocks.extend(newest.lines.iter().map(|part| Block::Row(head(part.head), part.amount.to_string())));
        let earlier = self.earlier(newest);
        blocks.extend(earlier.is_positive().then(|| Block::Row(say(label::ARREARS), earlier.to_string())));
        blocks.push(Block::Total(say(label::TO_PAY), dues.payable.to_string()));
        blocks.push(Block::Words(words(dues.payable, language)));
        if let Some(code) = &self.code {
            blocks.extend([Block::Rule, Block::Qr(code.clone()), Block::Note(say(label::SCAN_TO_PAY))]);
        }
        Slip(blocks)
    }

    fn message(&self) -> String {
        let (tenant, account) = (self.rules.name_in(self.language), self.household.account.id.as_str());
        let Some(newest) = &self.newest else {
            return message::compose(message::NOTHING_DUE, tenant, self.language, &[account]);
        };
        let (to_pay, due) = (self.household.dues.payable.plain(), newest.due_on.to_people_in(self.language));
        let lines = if self.link.is_some() { message::BILL_WITH_LINK } else { message::BILL };
        let link = self.link.as_deref().unwrap_or_default();
        message::compose(lines, tenant, self.language, &[account, newest.bill.as_str(), &to_pay, &due, link])
    }

    /// What the months before the newest ask.
    fn earlier(&self, newest: &DemandDues) -> Paise {
        let all = &self.household.dues.demands;
        all.iter().filter(|demand| demand.bill != newest.bill).map(|demand| demand.payable).sum()
    }
}
