//! The port to the head office, and what can go wrong on the way.

use raseed_protocol::ids::{Incarnation, Sequence, TillId};
use raseed_protocol::keys::{Signer, SigningKey};
use raseed_protocol::storage::StorageClass;
use raseed_protocol::wire::{
    DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, PaymentWords, Problem, UploadReply,
};
use std::sync::Arc;
use thiserror::Error;

/// Moves bytes to the head office and back. It must bound what it reads and how long it waits, and must not repeat
/// anything by itself.
pub trait Transport {
    /// `POST /v1/enrol`
    fn enrol(&mut self, office_url: &str, request: &EnrolRequest) -> Result<EnrolReply, SyncError>;

    /// `POST /v1/tills/{till}/journal?storage=`, signed with the till's key. `created_s` is seconds since 1970.
    fn upload(&mut self, call: &Call, run: &[u8]) -> Result<UploadReply, SyncError>;

    /// `GET /v1/tills/{till}/payments?since=`, signed: the head office's newest words about this till's payments.
    fn payment_words(&mut self, call: &Call, since: u64) -> Result<PaymentWords, SyncError>;

    /// `POST /v1/tills/{till}/keys`, signed: keys for the days to come are certified.
    fn day_keys(&mut self, call: &Call, request: &DayKeysRequest) -> Result<DayKeysReply, SyncError>;

    /// `GET /v1/tills/{till}/book?since=&most=`, signed; the page as signed by the head office, of about `most_bytes`
    /// bytes at the most, so that it can come through before the line breaks again.
    fn book_page(&mut self, call: &Call, since: u64, most_bytes: usize) -> Result<Vec<u8>, SyncError>;
}

/// Who calls, and when.
pub struct Call<'a> {
    /// Where the head office answers.
    pub office_url: &'a str,
    /// Which till.
    pub till: &'a TillId,
    /// The till's key.
    pub key: &'a dyn Signer,
    /// Seconds since 1970, by the device's clock.
    pub created_s: u64,
    /// What the till's storage was found to be; said with every upload.
    pub storage: StorageClass,
}

/// Who calls, apart from the till: so that the till can be used while the call is under way.
pub struct Caller {
    pub(super) office_url: String,
    pub(super) till: TillId,
    pub(super) key: Arc<SigningKey>,
    pub(super) created_s: u64,
    pub(super) storage: StorageClass,
}

impl Caller {
    /// The call to make.
    pub fn call(&self) -> Call<'_> {
        Call {
            office_url: &self.office_url,
            till: &self.till,
            key: self.key.as_ref(),
            created_s: self.created_s,
            storage: self.storage,
        }
    }
}

/// Why it did not get through. Nothing of this till's work is lost by any of them.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SyncError {
    /// No way to the head office.
    #[error(
        "no connection to the head office ({0}). Receipts are safe on this device; sync again where there is a network"
    )]
    Unreachable(String),
    /// The line broke in the middle.
    #[error("the connection broke in the middle ({0}); sync again, it goes on where it stopped")]
    Interrupted(String),
    /// The answer is not one that a head office gives.
    #[error(
        "the answer does not come from a head office of this kind ({0}); check the address, or tell the supervisor"
    )]
    Nonsense(String),
    /// The head office said no.
    #[error("the head office refused: {}", .0.detail)]
    Refused(Problem),
    /// The head office holds a different entry where this till has one.
    #[error(
        "the head office holds a different entry {at} of this till: this device was copied or restored from a backup. \
         Go on collecting if you must, and bring the device to the supervisor today"
    )]
    Forked {
        /// Where.
        at: Sequence,
    },
    /// The head office would not take an entry.
    #[error("the head office could not take entry {at} ({what}); bring the device to the supervisor")]
    NotTaken {
        /// Which.
        at: Sequence,
        /// Its words.
        what: String,
    },
    /// The head office holds entries that this till does not have: it was restored from an older backup. Nothing more is
    /// written in it, because the numbers that would follow are given already.
    #[error(
        "the head office holds {held} entries of this till, but this device has only {ours}: it was restored from an \
         older backup. It takes nothing more, so that no receipt number is given twice. Take it to the supervisor: \
         `till enrol` with a new link sets the file aside and starts afresh"
    )]
    Behind {
        /// The newest entry that the head office holds.
        held: Sequence,
        /// The newest one here.
        ours: Sequence,
    },
    /// The till was enrolled anew, on another device or in another folder.
    #[error(
        "this till has been enrolled again since (its life {incarnation}). What was taken here is sent; collect with \
         the newer device, and hand this one to the supervisor"
    )]
    Replaced {
        /// The newer life.
        incarnation: Incarnation,
    },
    /// The head office has lost entries that it had acknowledged, or there are two of it.
    #[error(
        "the head office asks again for entries from {expected} on, which it had acknowledged; everything is still on \
         this device. Tell the supervisor, then sync again"
    )]
    OfficeLost {
        /// What it asks for.
        expected: Sequence,
    },
}

impl SyncError {
    /// A short name for scripts and logs; never changes once released.
    pub fn code(&self) -> &'static str {
        match self {
            SyncError::Unreachable(_) => "unreachable",
            SyncError::Interrupted(_) => "interrupted",
            SyncError::Nonsense(_) => "nonsense",
            SyncError::Refused(_) => "refused",
            SyncError::Forked { .. } => "forked",
            SyncError::NotTaken { .. } => "not-taken",
            SyncError::Behind { .. } => "behind",
            SyncError::Replaced { .. } => "replaced",
            SyncError::OfficeLost { .. } => "office-lost",
        }
    }

    /// True if trying again later may help without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        use raseed_protocol::wire::ProblemCode;
        match self {
            SyncError::Unreachable(_) | SyncError::Interrupted(_) => true,
            SyncError::Refused(problem) => {
                matches!(problem.code, ProblemCode::Unavailable | ProblemCode::TooMany | ProblemCode::TooLarge)
            }
            _ => false,
        }
    }
}

/// Text from outside, fit for a screen and a log: no control characters, at most `most` characters.
pub(super) fn plain(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}
