//! The answer to an upload of journal entries.

use crate::ids::Sequence;
use serde::{Deserialize, Serialize};

/// The most bytes of one upload, after unpacking.
pub const MAX_UPLOAD_BYTES: usize = 4 * 1024 * 1024;

/// `POST /v1/tills/{till}/journal` answers with this, also when it took only a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadReply {
    /// The signed acknowledgement: through which entry everything is stored.
    #[serde(with = "super::base64")]
    pub acknowledgement: Vec<u8>,
    /// Entries of this upload that are stored but could not be posted as they stand, or need a person's eye.
    #[serde(default)]
    pub exceptions: Vec<Posting>,
    /// Why the entries after the acknowledged one were not taken, if some were not.
    #[serde(default)]
    pub refused: Option<Refusal>,
}

/// Something about one stored entry that the till shows its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Which entry.
    pub sequence: Sequence,
    /// A short name: `unknown-account`, `paid-twice` ...
    pub code: String,
    /// What it means and what happens next, in a sentence without personal data.
    pub what: String,
}

/// Why entries were not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Refusal {
    /// The first entry sent lies beyond the next expected: send from there.
    Gap {
        /// The next that the head office needs.
        expected: Sequence,
    },
    /// The head office holds another entry at this place. An alarm: the device was copied or restored.
    Fork {
        /// Where.
        at: Sequence,
    },
    /// The entry is damaged, not signed by this till, or does not continue the chain.
    BadEntry {
        /// Where it was to go.
        at: Sequence,
        /// What is wrong.
        what: String,
    },
}
