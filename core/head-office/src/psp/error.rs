//! What can go wrong with a PSP, and what to do about it. No text here may hold a secret or anything about a payer.

use thiserror::Error;

/// Why a PSP did not do or say what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PspError {
    /// No way to the PSP; nothing was done.
    #[error("the payment provider cannot be reached ({0}); nothing was done, try again when the network is back")]
    Unreachable(String),
    /// The answer was lost: it may have been done or not.
    #[error("the payment provider's answer was lost ({0}); it is safe to ask again")]
    Interrupted(String),
    /// The PSP said no.
    #[error("the payment provider refused, status {status}: {what}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Its words, cut and without control characters.
        what: String,
    },
    /// The answer is not one that this PSP gives.
    #[error("the payment provider's answer cannot be used ({0}); check url and keys in psp.json, or ask its support")]
    Nonsense(String),
    /// The PSP makes QR codes as pictures only.
    #[error(
        "the payment provider sent a picture instead of the text of the QR code; ask its support to switch on QR codes with \
         image_content"
    )]
    NoLink,
    /// More payments than one answer may have.
    #[error("more than {0} payments came in this span of time; ask for a shorter one")]
    TooMany(usize),
    /// The order cannot be one.
    #[error("this QR code cannot be ordered: {0}; correct it")]
    BadOrder(&'static str),
}

impl PspError {
    /// A short name for scripts and logs; never changes once released.
    pub fn code(&self) -> &'static str {
        match self {
            PspError::Unreachable(_) => "psp-unreachable",
            PspError::Interrupted(_) => "psp-interrupted",
            PspError::Refused { .. } => "psp-refused",
            PspError::Nonsense(_) => "psp-nonsense",
            PspError::NoLink => "psp-no-link",
            PspError::TooMany(_) => "psp-too-many",
            PspError::BadOrder(_) => "psp-bad-order",
        }
    }

    /// True if the same question later may be answered without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        match self {
            PspError::Unreachable(_) | PspError::Interrupted(_) => true,
            PspError::Refused { status, .. } => *status == 429 || *status >= 500,
            _ => false,
        }
    }
}

/// Why a webhook call was not believed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WebhookRefused {
    /// More bytes than a call may have.
    #[error("the webhook call has more than {0} bytes; it is not from the payment provider")]
    TooLarge(usize),
    /// The signature is not that of these bytes under our secret.
    #[error("the webhook call is not signed with our secret; check that both ends have the same webhook secret")]
    BadSignature,
    /// Signed, and yet not readable: a new form, or the wrong kind of PSP.
    #[error(
        "the webhook call is signed but cannot be read ({0}); fetch the payments instead, and tell the maintainers"
    )]
    Unreadable(String),
}
