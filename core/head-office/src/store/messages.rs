//! The rows of messages to phones, and what a store must be able to do with them.
//!
//! What a message says never changes; how far it has come does. Whole phone numbers stand in contacts alone.

use super::Stored;
use crate::sms::{Kind, Phone};
use raseed_protocol::ids::AccountId;
use raseed_protocol::language::Language;
use raseed_protocol::time::WallMs;

/// Whom messages about an account go to. Its `Debug` shows no phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRecord {
    /// The account.
    pub account: AccountId,
    /// The whole number.
    pub phone: Phone,
    /// What they read.
    pub language: Language,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRecord {
    /// What it tells of: `receipt:SAS07-1-391`.
    pub id: String,
    /// Of which kind it is.
    pub kind: Kind,
    /// Whose contact gets it.
    pub account: AccountId,
    /// The language of the text.
    pub language: Language,
    /// What it says.
    pub text: String,
    /// When, by the office's clock.
    pub made: WallMs,
    /// What was not sent by then is not sent at all.
    pub expires: WallMs,
    /// How far it has come.
    pub progress: Progress,
}

/// How far a message has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The state.
    pub state: MessageState,
    /// How often it was tried.
    pub tries: u32,
    /// Of those, how many may have reached the phone although no answer came; at most two.
    pub doubts: u32,
    /// When it is due; `None` at its end.
    pub next: Option<WallMs>,
    /// The gateway's own id, once it was sent.
    pub gateway: Option<String>,
    /// Why it failed, or why the newest try came to nothing.
    pub code: Option<String>,
}

/// The state of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageState {
    /// It is still to be sent.
    Waiting,
    /// The gateway has taken it.
    Sent,
    /// It may have been sent: no answer came.
    Unknown,
    /// It will not be sent.
    Failed,
    /// It was too late to send it.
    Expired,
}

impl MessageState {
    /// All of them.
    pub const ALL: [MessageState; 5] =
        [MessageState::Waiting, MessageState::Sent, MessageState::Unknown, MessageState::Failed, MessageState::Expired];

    /// What it is called in rows and lists.
    pub fn code(self) -> &'static str {
        match self {
            MessageState::Waiting => "waiting",
            MessageState::Sent => "sent",
            MessageState::Unknown => "unknown",
            MessageState::Failed => "failed",
            MessageState::Expired => "expired",
        }
    }
}

/// What can be read of messages.
pub trait MessagesRead {
    /// Whom messages about an account go to.
    fn contact(&self, account: &AccountId) -> Stored<Option<ContactRecord>>;
    /// Contacts after this account (from the beginning if `None`), by account.
    fn contacts_after(&self, account: Option<&AccountId>, most: u32) -> Stored<Vec<ContactRecord>>;
    /// One message.
    fn message(&self, id: &str) -> Stored<Option<MessageRecord>>;
    /// The messages that are due by `now`, those first that are due longest.
    fn messages_due(&self, now: WallMs, most: u32) -> Stored<Vec<MessageRecord>>;
    /// The newest messages.
    fn messages(&self, most: u32) -> Stored<Vec<MessageRecord>>;
    /// How many messages are in each state.
    fn message_counts(&self) -> Stored<Vec<(MessageState, u64)>>;
    /// How many could not be told for want of a template, by kind.
    fn messages_left_out(&self) -> Stored<Vec<(Kind, u64)>>;
}

/// What can be written of messages.
pub trait MessagesWrite: MessagesRead {
    /// Adds or replaces a contact.
    fn put_contact(&mut self, contact: &ContactRecord) -> Stored<()>;
    /// Deletes a contact; false if there is none.
    fn forget_contact(&mut self, account: &AccountId) -> Stored<bool>;
    /// Adds a message; refuses one twice.
    fn add_message(&mut self, message: &MessageRecord) -> Stored<()>;
    /// Stores how far a message has come.
    fn put_progress(&mut self, id: &str, progress: &Progress) -> Stored<()>;
    /// Counts one that could not be told for want of a template.
    fn count_left_out(&mut self, kind: Kind) -> Stored<()>;
}
