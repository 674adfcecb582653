//! What goes over the wire between a till and its head office, besides signed bytes: requests, replies, refusals.
//!
//! HTTP itself is not here; `schemas/office.openapi.yaml` shows where each of these stands.

mod day_keys;
mod enrolment;
pub mod http_signature;
mod payments;
mod problem;
mod upload;

pub use day_keys::{DayKeysReply, DayKeysRequest, MAX_DAY_KEYS};
pub use enrolment::{BadEnrolmentLink, EnrolReply, EnrolRequest, EnrolmentCode, EnrolmentLink};
pub use payments::PaymentWords;
pub use problem::{Problem, ProblemCode};
pub use upload::{MAX_UPLOAD_BYTES, Posting, Refusal, UploadReply};

/// The media type of a signed book page.
pub const BOOK_PAGE_MEDIA_TYPE: &str = "application/vnd.raseed.book-page+cose";

/// Serde form of signed bytes inside JSON: Base64 (RFC 4648 §4, padded).
mod base64 {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&data_encoding::BASE64.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        data_encoding::BASE64.decode(text.as_bytes()).map_err(|_| D::Error::custom("not Base64"))
    }
}
