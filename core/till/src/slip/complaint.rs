//! A complaint about a payment, on paper and as a message: its number, what it is about, and until when who answers.

use super::{Block, Slip};
use crate::error::TillError;
use crate::till::Till;
use crate::verbs::complain::ComplaintTicket;
use raseed_protocol::language::{Language, Phrase, complaint as label, receipt};

impl Till {
    /// A complaint, to be printed.
    pub fn complaint_slip(&self, ticket: &ComplaintTicket, language: Language) -> Result<Slip, TillError> {
        let rules = self.rules()?;
        let say = |phrase: Phrase| phrase.in_language(language).to_owned();
        let mut blocks =
            vec![Block::Heading(rules.name_in(language).to_owned()), Block::Line(say(label::COMPLAINT)), Block::Rule];
        blocks.extend(facts(ticket, language).into_iter().map(|(what, value)| Block::Row(say(what), value)));
        blocks.push(Block::Rule);
        blocks.push(Block::Note(ticket.opened.cause.words_in(language).to_owned()));
        blocks.push(Block::Note(say(label::DO_NOT_PAY_AGAIN)));
        Ok(Slip(blocks))
    }

    /// The same as text for a message, one thing a line.
    pub fn complaint_text(&self, ticket: &ComplaintTicket, language: Language) -> Result<String, TillError> {
        let mut lines = vec![self.rules()?.name_in(language).to_owned()];
        let facts = facts(ticket, language).into_iter();
        lines.extend(facts.map(|(what, value)| format!("{}: {value}", what.in_language(language))));
        lines.push(ticket.opened.cause.words_in(language).to_owned());
        lines.push(label::DO_NOT_PAY_AGAIN.in_language(language).to_owned());
        Ok(lines.join("\n"))
    }
}

fn facts(ticket: &ComplaintTicket, language: Language) -> Vec<(Phrase, String)> {
    let ComplaintTicket { number, opened, payment } = ticket;
    let mut facts = vec![
        (label::NUMBER, number.to_string()),
        (receipt::DATE, payment.asked.to_people_in(language)),
        (label::AMOUNT, payment.amount.to_string()),
        (receipt::BY, payment.mode.name_in(language).to_owned()),
        (label::PAYMENT, payment.id.to_string()),
    ];
    facts.extend(payment.account.as_ref().map(|account| (receipt::ACCOUNT, account.to_string())));
    facts.extend(opened.reference.clone().map(|reference| (receipt::REFERENCE, reference)));
    facts.push((label::PROMISED, opened.promised.to_people_in(language)));
    facts.push((label::BANK_DUE, opened.bank_due.to_people_in(language)));
    facts
}
