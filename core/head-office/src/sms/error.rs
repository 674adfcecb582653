//! What can go wrong with a message gateway, and what to do about it. No text here may hold a phone, a message or a secret.

use thiserror::Error;

/// Why a gateway did not take a message, or why nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SmsError {
    /// No way to the gateway; nothing was sent.
    #[error("the message gateway cannot be reached ({0}); nothing was sent, it is tried again")]
    Unreachable(String),
    /// It has no room now; nothing was sent.
    #[error("the message gateway takes nothing now, status {0}; it is tried again later")]
    Busy(u16),
    /// The answer was lost, or says nothing: it may have been sent or not.
    #[error("the message gateway's answer was lost ({0}); the message may have been sent")]
    Lost(String),
    /// The gateway refuses whatever comes from this account.
    #[error(
        "the message gateway refuses the account, status {0}; check url, account, key and token in sms.json, and what is left to spend"
    )]
    Account(u16),
    /// The gateway refuses this message.
    #[error(
        "the message gateway refused the message, status {status}, code {code}; look the code up in its documentation"
    )]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Its own code, letters and digits; empty if it gave none. Its words are left out: they may quote the number.
        code: String,
    },
}

impl SmsError {
    /// A short name for rows, scripts and logs; never changes once released.
    pub fn code(&self) -> String {
        match self {
            SmsError::Unreachable(_) => "unreachable".to_owned(),
            SmsError::Busy(_) => "busy".to_owned(),
            SmsError::Lost(_) => "lost".to_owned(),
            SmsError::Account(status) => format!("account-{status}"),
            SmsError::Refused { status, code } if code.is_empty() => format!("refused-{status}"),
            SmsError::Refused { status, code } => format!("refused-{status}-{code}"),
        }
    }

    /// True if the same message later may be taken.
    pub fn is_passing(&self) -> bool {
        !matches!(self, SmsError::Refused { .. })
    }

    /// True if the message may have gone out all the same.
    pub fn may_be_sent(&self) -> bool {
        matches!(self, SmsError::Lost(_))
    }
}
