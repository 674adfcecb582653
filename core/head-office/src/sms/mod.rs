//! Messages to consumers' phones: bills, receipts, and what became of payments and complaints.
//!
//! A message is written into the outbox in the same transaction as what it tells of, and sent later, so that nothing is
//! told that is not in the books, and nothing twice. Here are the texts, the port, what stands behind it (an adapter for
//! Exotel), its configuration, and the rule of when a message is tried again. A text never holds a name, a phone or an
//! address. Nothing here may log or put into an error a phone number, a text or a secret; the id of a message is what
//! people look it up by.

mod config;
mod error;
pub mod exotel;
mod kind;
mod news;
mod phone;
mod queue;
mod send;
mod tell;
mod wording;

pub use config::{BadSmsConfig, SmsConfig};
pub use error::SmsError;
pub use kind::{Kind, UnknownKind};
pub use news::News;
pub use phone::{BadPhone, Phone};
pub use queue::{BillsQueued, Outbox};
pub use send::{Sent, Trouble};
pub use wording::{BadTemplateId, RegisteredText, TemplateId, Wording};

pub(crate) use tell::{complaint_closed, complaint_opened, credited, realised, receipt_given};

use std::sync::Arc;

/// What is asked of a message gateway. Blocking; called beside the server's threads.
pub trait SmsSender: Send + Sync {
    /// Hands over one message. A gateway that knows references may take the same one twice for one.
    ///
    /// # Errors
    /// [`SmsError`] says whether the message may have gone out all the same.
    fn send(&self, message: &Outgoing) -> Result<Accepted, SmsError>;
}

/// One that is shared is one.
impl<T: SmsSender + ?Sized> SmsSender for Arc<T> {
    fn send(&self, message: &Outgoing) -> Result<Accepted, SmsError> {
        (**self).send(message)
    }
}

/// A message on its way out. Its `Debug` shows no phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// To whom.
    pub to: Phone,
    /// What it says; it matches the registered template.
    pub text: String,
    /// The id under which the operators know its template.
    pub template: TemplateId,
    /// Our own id of it: `receipt:SAS07-1-391`, at most 80 characters.
    pub reference: String,
}

/// The gateway has taken a message. Whether the phone was reached is not known by that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The gateway's own id of it.
    pub id: String,
}

/// Everything that a head office needs to send messages.
pub struct Sms {
    /// The gateway.
    pub sender: Box<dyn SmsSender>,
    /// In which languages what may be said, and under which template ids.
    pub wording: Arc<Wording>,
}
