//! Texts and the templates that they must match, by kind and language.
//!
//! Operators in India deliver only what matches a template registered on a DLT portal (TRAI TCCCPR 2018): fixed text, and
//! `{#var#}` where at most [`Wording::MAX_VALUE`] characters may be put in. Text and template come from the same lines, so
//! they cannot drift apart. What cannot be said within these bounds is not said.

use super::{Kind, News};
use raseed_protocol::book::Rules;
use raseed_protocol::ids::AccountId;
use raseed_protocol::language::Language;
use raseed_protocol::language::message::{Line, compose};
use raseed_protocol::pay_link::PayLink;
use std::collections::BTreeMap;
use std::str::FromStr;
use thiserror::Error;

/// What stands for a value in a registered template.
const VALUE: &str = "{#var#}";

/// The id that a DLT portal gave a template: digits, usually nineteen of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TemplateId(Box<str>);

/// A text that is no id of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an id of a template has 8 to 30 digits; copy it from the DLT portal")]
pub struct BadTemplateId;

impl TemplateId {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TemplateId {
    type Err = BadTemplateId;
    fn from_str(text: &str) -> Result<TemplateId, BadTemplateId> {
        let good = (8..=30).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if good { Ok(TemplateId(text.into())) } else { Err(BadTemplateId) }
    }
}

/// What may be said, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// In which language to say what cannot be said in the consumer's own.
    pub language: Language,
    /// The registered templates.
    pub templates: BTreeMap<(Kind, Language), TemplateId>,
}

/// A template as it is to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredText {
    /// The kind of message.
    pub kind: Kind,
    /// Its language.
    pub language: Language,
    /// The text, `{#var#}` for each value.
    pub text: String,
    /// The id under which it is registered, if `sms.json` has one.
    pub id: Option<TemplateId>,
}

impl Wording {
    /// The most characters that one value may have, as the DLT portals ask.
    pub const MAX_VALUE: usize = 30;

    /// The language to say it in: the wanted one, or the office's; `None` if no template is registered in either.
    pub fn language_for(&self, kind: Kind, wanted: Language) -> Option<Language> {
        [wanted, self.language].into_iter().find(|language| self.templates.contains_key(&(kind, *language)))
    }

    /// The text of a message; `None` if a value does not fit its place.
    pub fn text(&self, news: &News, account: &AccountId, rules: &Rules, language: Language) -> Option<String> {
        let mut values = news.values(account, language);
        if !values.iter().all(|value| fits(value)) {
            return None;
        }
        let has_page = pay_host(rules).is_some();
        if let (News::Bill { bill, to_pay, .. }, Some(host)) = (news, pay_host(rules)) {
            values.push(PayLink::new(bill, *to_pay, language)?.at(host));
        }
        let lines = news.kind().lines(has_page);
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        Some(compose(lines, rules.name_in(language), language, &values))
    }

    /// The template of a kind in a language, as it is to be registered. The tenant's name is a fixed part of it: when it
    /// changes, all are to be registered anew.
    pub fn template(&self, kind: Kind, rules: &Rules, language: Language) -> RegisteredText {
        let link = pay_host(rules).map(|host| PayLink::pattern(host, VALUE, language));
        let lines = kind.lines(link.is_some());
        let count = lines.iter().filter(|line| matches!(line, Line::Value(_) | Line::Amount(_))).count();
        let mut values = vec![VALUE; count];
        if let (Kind::Bill, Some(link), Some(last)) = (kind, &link, values.last_mut()) {
            *last = link;
        }
        let text = compose(lines, rules.name_in(language), language, &values);
        RegisteredText { kind, language, text, id: self.templates.get(&(kind, language)).cloned() }
    }

    /// Every template.
    pub fn all_templates(&self, rules: &Rules) -> Vec<RegisteredText> {
        let each = Kind::ALL.into_iter().flat_map(|kind| Language::ALL.map(|language| (kind, language)));
        each.map(|(kind, language)| self.template(kind, rules, language)).collect()
    }
}

/// Where bills are paid; `None` where the rules name no host, or nobody to pay by UPI.
fn pay_host(rules: &Rules) -> Option<&str> {
    let payable = rules.payments.upi.is_some() && !rules.receipt_host.is_empty();
    payable.then_some(rules.receipt_host.as_str())
}

fn fits(value: &str) -> bool {
    (1..=Wording::MAX_VALUE).contains(&value.chars().count())
}
