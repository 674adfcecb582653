//! Refusals by the head office: problem details (RFC 9457) with a code that programs can act on.

use serde::{Deserialize, Serialize};

/// A refusal. Nothing was changed by the request that it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What happened, for programs.
    pub code: ProblemCode,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do, for people.
    pub detail: String,
}

/// What a till can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// The request cannot be read: a programming mistake, or something between us damaged it. Do not repeat unchanged.
    BadRequest,
    /// The request's signature is missing or wrong.
    BadSignature,
    /// The head office does not know this till or this key.
    UnknownTill,
    /// The till was revoked: nothing more is taken from it by network. Bring the device to the supervisor.
    Revoked,
    /// The enrolment code is wrong, used by another device, or too old.
    CodeNotValid,
    /// The key was certified before, in another life: make a new one.
    KeyUsedBefore,
    /// More bytes than allowed: send less at a time.
    TooLarge,
    /// Too many attempts: wait.
    TooMany,
    /// Nothing at this address.
    NotFound,
    /// The head office cannot store anything now; it kept nothing. Try again later.
    Unavailable,
    /// A code of a newer head office.
    #[serde(other)]
    Other,
}
