//! Out of the outbox: what is due is handed to the gateway, a few at a time, and how it ended is written down.
//!
//! Before a message goes out its row already says *unknown*, durably: a head office that is killed between the call and its
//! answer knows that it does not know. Such a message is tried once more and then never again, because a consumer who
//! reads the same line twice is better off than one who never hears that money was taken, and one who reads it five times
//! is not. What was surely not sent is tried again, later and later, until it is too old.

use super::{Outgoing, Sms, SmsError};
use crate::error::OfficeError;
use crate::office::Office;
use crate::store::{MessageRecord, MessageState, Progress, StoreTx};
use raseed_protocol::time::WallMs;
use serde::Serialize;

/// So many messages are one batch.
const AT_ONCE: u32 = 20;

/// The most tries of one message.
const MOST_TRIES: u32 = 12;

/// So many lost answers one after the other end a batch: one may happen to any line, two are a gateway in trouble.
const MOST_LOST: u32 = 2;

/// The most times that a message goes out without an answer.
const MOST_DOUBTS: u32 = 2;

const MINUTE_MS: u64 = 60_000;

/// How long after a try that came to nothing the next one is, in minutes; the last one stands for all that follow.
const PAUSES: [u64; 6] = [1, 5, 15, 60, 180, 360];

/// How long the outcome of a call is waited for before it counts as lost: longer than a whole batch takes, whose time is asked for
/// once.
const IN_FLIGHT_MS: u64 = 15 * MINUTE_MS;

/// What became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// The gateway has them.
    pub sent: u64,
    /// No answer came; each is tried once more, if it was not yet.
    pub unknown: u64,
    /// Surely not sent, and to be tried again.
    pub put_off: u64,
    /// They will not be sent.
    pub failed: u64,
    /// They were too old to be sent.
    pub expired: u64,
    /// True if more are due and the gateway answers: ask again.
    pub more: bool,
    /// What is wrong with the gateway, if the batch was broken off because of it.
    pub trouble: Option<Trouble>,
}

/// Why a batch was broken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// It does not answer, or has no room.
    Gateway,
    /// It refuses the account: somebody must look at `sms.json`.
    Account,
}

impl Office {
    /// Sends what is due, at most twenty messages. A gateway that does not answer ends the batch, and is no error.
    ///
    /// # Errors
    /// [`OfficeError::NoSms`] if nothing says how to send messages; those of the books.
    pub fn send_messages(&self, now: WallMs) -> Result<Sent, OfficeError> {
        let sms = self.sms()?;
        let due = self.store.read(&self.tenant)?.messages_due(now, AT_ONCE)?;
        let mut done = Sent { more: u32::try_from(due.len()) == Ok(AT_ONCE), ..Sent::default() };
        let mut lost = 0;
        for message in due {
            let Some((mut progress, outgoing)) = self.begin(sms, &message.id, now, &mut done)? else { continue };
            let answer = sms.sender.send(&outgoing);
            progress.ended(answer.as_ref().map(|accepted| accepted.id.as_str()), now, message.expires);
            let mut tx = self.store.write(&self.tenant)?;
            tx.put_progress(&message.id, &progress)?;
            tx.commit()?;
            done.count(progress.state);
            lost = if matches!(answer, Err(SmsError::Lost(_))) { lost + 1 } else { 0 };
            done.trouble = match &answer {
                Err(SmsError::Account(_)) => Some(Trouble::Account),
                Err(SmsError::Unreachable(_) | SmsError::Busy(_)) => Some(Trouble::Gateway),
                Err(SmsError::Lost(_)) if lost == MOST_LOST => Some(Trouble::Gateway),
                _ => continue,
            };
            // What it says of this one it would say of all: the others wait.
            done.more = false;
            break;
        }
        Ok(done)
    }

    /// True if this office can send messages.
    pub fn sends_messages(&self) -> bool {
        self.sms.is_some()
    }

    /// How messages are sent here.
    pub(super) fn sms(&self) -> Result<&Sms, OfficeError> {
        self.sms.as_ref().ok_or(OfficeError::NoSms)
    }

    /// Takes a message into work: from here on nobody else sends it, and nobody knows whether it is sent. `None` if it is
    /// not to be sent after all.
    fn begin(
        &self,
        sms: &Sms,
        id: &str,
        now: WallMs,
        done: &mut Sent,
    ) -> Result<Option<(Progress, Outgoing)>, OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        // Another process may have taken it meanwhile.
        let still_due = tx.message(id)?.filter(|message| message.progress.next.is_some_and(|next| next <= now));
        let Some(message) = still_due else { return Ok(None) };
        let begun = outgoing(&*tx, sms, &message, now)?;
        let progress = match &begun {
            Ok(_) => message.progress.begun(now),
            Err(end) => message.progress.given_up(*end),
        };
        tx.put_progress(id, &progress)?;
        tx.commit()?;
        match begun {
            Ok(outgoing) => Ok(Some((progress, outgoing))),
            Err(_) => {
                done.count(progress.state);
                Ok(None)
            }
        }
    }
}

/// What is to be handed over, or why nothing is.
fn outgoing(
    tx: &dyn StoreTx,
    sms: &Sms,
    message: &MessageRecord,
    now: WallMs,
) -> Result<Result<Outgoing, (MessageState, &'static str)>, OfficeError> {
    if message.progress.doubts >= MOST_DOUBTS {
        return Ok(Err((MessageState::Unknown, "lost")));
    }
    if now >= message.expires {
        // One that may have gone out is not said to have come too late.
        let state = if message.progress.doubts > 0 { MessageState::Unknown } else { MessageState::Expired };
        return Ok(Err((state, "expired")));
    }
    let Some(template) = sms.wording.templates.get(&(message.kind, message.language)) else {
        return Ok(Err((MessageState::Failed, "no-template")));
    };
    let Some(contact) = tx.contact(&message.account)? else {
        return Ok(Err((MessageState::Failed, "no-contact")));
    };
    Ok(Ok(Outgoing {
        to: contact.phone,
        text: message.text.clone(),
        template: template.clone(),
        reference: message.id.clone(),
    }))
}

impl Progress {
    /// About to be handed over: until the answer is written down, it may have been sent.
    fn begun(&self, now: WallMs) -> Progress {
        Progress {
            state: MessageState::Unknown,
            tries: self.tries.saturating_add(1),
            doubts: self.doubts + 1,
            next: Some(WallMs(now.0.saturating_add(IN_FLIGHT_MS))),
            gateway: None,
            code: None,
        }
    }

    /// The call has ended.
    fn ended(&mut self, answer: Result<&str, &SmsError>, now: WallMs, expires: WallMs) {
        let error = match answer {
            Ok(id) => {
                (self.state, self.next, self.gateway) = (MessageState::Sent, None, Some(id.to_owned()));
                return;
            }
            Err(error) => error,
        };
        self.code = Some(error.code());
        let next = Some(self.next_try(now)).filter(|next| *next < expires && self.tries < MOST_TRIES);
        if error.may_be_sent() {
            (self.state, self.next) = (MessageState::Unknown, next.filter(|_| self.doubts < MOST_DOUBTS));
            return;
        }
        self.doubts -= 1;
        (self.state, self.next) = match (error.is_passing(), next, self.doubts) {
            (true, Some(next), 0) => (MessageState::Waiting, Some(next)),
            (true, Some(next), _) => (MessageState::Unknown, Some(next)),
            (_, _, 0) => (MessageState::Failed, None),
            _ => (MessageState::Unknown, None),
        };
    }

    fn next_try(&self, now: WallMs) -> WallMs {
        let place = usize::try_from(self.tries.saturating_sub(1)).unwrap_or(usize::MAX);
        let pause = PAUSES[place.min(PAUSES.len() - 1)];
        WallMs(now.0.saturating_add(pause * MINUTE_MS))
    }

    fn given_up(&self, (state, code): (MessageState, &str)) -> Progress {
        Progress { state, next: None, gateway: None, code: Some(code.to_owned()), ..self.clone() }
    }
}

impl Sent {
    fn count(&mut self, state: MessageState) {
        let counter = match state {
            MessageState::Sent => &mut self.sent,
            MessageState::Unknown => &mut self.unknown,
            MessageState::Waiting => &mut self.put_off,
            MessageState::Failed => &mut self.failed,
            MessageState::Expired => &mut self.expired,
        };
        *counter += 1;
    }

    /// This batch and another one.
    #[must_use]
    pub fn and(self, next: Sent) -> Sent {
        Sent {
            sent: self.sent + next.sent,
            unknown: self.unknown + next.unknown,
            put_off: self.put_off + next.put_off,
            failed: self.failed + next.failed,
            expired: self.expired + next.expired,
            ..next
        }
    }
}
