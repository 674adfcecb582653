//! Into the outbox: one row for each thing to tell, in the transaction that makes it true.

use super::{Kind, News, Wording};
use crate::error::OfficeError;
use crate::office::Office;
use crate::posting::Context;
use crate::store::{ContactRecord, MessageRecord, MessageState, Progress, StoreTx};
use raseed_protocol::billing::dues;
use raseed_protocol::book::AccountStatus;
use raseed_protocol::ids::AccountId;
use raseed_protocol::time::WallMs;
use serde::Serialize;

/// So many contacts are one transaction of the database: others get their turn between.
const AT_ONCE: u32 = 500;

/// What became of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Queued {
    /// It will be sent.
    New,
    /// It was told before.
    Known,
    /// Nobody to tell it to, or nothing to tell it with.
    Nobody,
    /// No template is registered, or a value does not fit.
    LeftOut,
}

/// Writes a message about an account, if there is a contact and a template, and none about this yet.
pub(crate) fn tell(
    tx: &mut dyn StoreTx,
    context: &Context,
    account: &AccountId,
    news: &News,
) -> Result<Queued, OfficeError> {
    let Some((wording, rules)) = context.wording.as_deref().zip(context.rules.as_ref()) else {
        return Ok(Queued::Nobody);
    };
    let Some(contact) = tx.contact(account)? else { return Ok(Queued::Nobody) };
    let (id, kind) = (news.id(), news.kind());
    if tx.message(&id)?.is_some() {
        return Ok(Queued::Known);
    }
    let language = wording.language_for(kind, contact.language);
    let said = language.and_then(|language| Some((language, wording.text(news, account, rules, language)?)));
    let Some((language, text)) = said else {
        tx.count_left_out(kind)?;
        return Ok(Queued::LeftOut);
    };
    let message = MessageRecord {
        id,
        kind,
        account: account.clone(),
        language,
        text,
        made: context.now,
        expires: WallMs(context.now.0.saturating_add(kind.life_ms())),
        progress: Progress {
            state: MessageState::Waiting,
            tries: 0,
            doubts: 0,
            next: Some(context.now),
            gateway: None,
            code: None,
        },
    };
    tx.add_message(&message)?;
    Ok(Queued::New)
}

/// What became of the bills, by number of contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BillsQueued {
    /// Bills that will be sent.
    pub queued: u64,
    /// Bills that were sent, or queued, before.
    pub known: u64,
    /// Accounts on which nothing is due, or that are closed.
    pub nothing_due: u64,
    /// Bills for which no template is registered, or whose number does not fit one.
    pub left_out: u64,
}

impl Office {
    /// Queues one message for every account that has a contact and something due today. A bill is told of once, however
    /// often this is asked.
    ///
    /// # Errors
    /// [`OfficeError::NoSms`] if nothing says how to send messages; those of the books.
    pub fn queue_bills(&self, now: WallMs) -> Result<BillsQueued, OfficeError> {
        self.sms()?;
        let mut done = BillsQueued::default();
        let mut after: Option<AccountId> = None;
        loop {
            let mut tx = self.store.write(&self.tenant)?;
            let context = self.context(&*tx, now)?;
            let contacts = tx.contacts_after(after.as_ref(), AT_ONCE)?;
            let Some(last) = contacts.last() else { return Ok(done) };
            after = Some(last.account.clone());
            let mut counted = done;
            for contact in &contacts {
                counted.count(tell_bill(&mut *tx, &context, contact)?);
            }
            tx.commit()?;
            done = counted;
        }
    }

    /// The texts to register on a DLT portal, in every language, and the ids of those that `sms.json` knows.
    ///
    /// # Errors
    /// [`OfficeError::NoBook`] before the first book: the tenant's name is a part of every text.
    pub fn message_templates(&self) -> Result<Vec<super::RegisteredText>, OfficeError> {
        let rules = self.store.read(&self.tenant)?.tenant()?.and_then(|row| row.rules);
        let (rules, _) = rules.ok_or(OfficeError::NoBook)?;
        let unset = Wording::default();
        let wording = self.sms.as_ref().map_or(&unset, |sms| &*sms.wording);
        Ok(wording.all_templates(&rules))
    }

    /// How a message stands: the newest ones, how many are in each state, and how many could not be told.
    pub fn outbox(&self, most: u32) -> Result<Outbox, OfficeError> {
        let read = self.store.read(&self.tenant)?;
        Ok(Outbox { newest: read.messages(most)?, counts: read.message_counts()?, left_out: read.messages_left_out()? })
    }
}

/// What is in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbox {
    /// The newest messages.
    pub newest: Vec<MessageRecord>,
    /// How many are in each state.
    pub counts: Vec<(MessageState, u64)>,
    /// How many could not be told for want of a template, by kind.
    pub left_out: Vec<(Kind, u64)>,
}

/// `None` where nothing is due.
fn tell_bill(tx: &mut dyn StoreTx, context: &Context, contact: &ContactRecord) -> Result<Option<Queued>, OfficeError> {
    let account = tx.account(&contact.account)?.map(|record| record.account);
    let active = account.filter(|account| account.status == AccountStatus::Active);
    let Some((account, rules)) = active.zip(context.rules.as_ref()) else { return Ok(None) };
    let dues = dues(&account, rules, context.now.day());
    let Some(newest) = dues.demands.last() else { return Ok(None) };
    let news = News::Bill { bill: newest.bill.clone(), to_pay: dues.payable, due_on: newest.due_on };
    tell(tx, context, &account.id, &news).map(Some)
}

impl BillsQueued {
    fn count(&mut self, queued: Option<Queued>) {
        let counter = match queued {
            Some(Queued::New) => &mut self.queued,
            Some(Queued::Known) => &mut self.known,
            Some(Queued::LeftOut) => &mut self.left_out,
            Some(Queued::Nobody) | None => &mut self.nothing_due,
        };
        *counter += 1;
    }
}
