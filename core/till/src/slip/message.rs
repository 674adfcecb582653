//! A receipt as a short text, to be sent as an SMS or shared: what was paid, for what, and where to check it.
//!
//! No name, no phone and no address: a message passes through many hands.

use super::Page;
use crate::error::TillError;
use crate::till::Till;
use crate::verbs::collect::Given;
use raseed_protocol::language::{Language, receipt as label};

impl Till {
    /// A receipt as text for a message, one thing a line, the link that verifies it last.
    pub fn receipt_text(&self, given: &Given, language: Language) -> Result<String, TillError> {
        let rules = self.store.rules()?;
        Ok(Page { rules: &rules, given, language }.message())
    }
}

impl Page<'_> {
    fn message(&self) -> String {
        let (receipt, language) = (self.given.receipt(), self.language);
        let line = |what, value: &str| format!("{}: {value}", self.say(what));
        let paid = format!("{} ({})", receipt.amount, receipt.mode.name_in(language));
        let mut lines = vec![
            self.rules.name_in(language).to_owned(),
            line(label::NUMBER, &self.given.id.to_string()),
            line(label::DATE, &self.given.entry.entry().stamp.wall.to_people_in(language)),
            line(label::ACCOUNT, receipt.account.as_str()),
            line(label::PAID, &paid),
        ];
        lines.extend(self.periods().map(|periods| line(label::PERIOD, &periods)));
        if receipt.subject_to_realisation {
            lines.push(self.say(label::SUBJECT_TO_REALISATION).to_owned());
        }
        lines.push(line(label::CHECK, &self.given.link));
        lines.join("\n")
    }
}
