//! What a head office and a till say to each other in the open: links, JSON, signed HTTP requests.

use super::signed::till;
use raseed_protocol::keys::Signer;
use raseed_protocol::wire::http_signature::{Headers, Request};
use raseed_protocol::wire::{
    DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, EnrolmentLink, Problem, UploadReply,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

pub(super) fn enrolment_link(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(link) = text.parse::<EnrolmentLink>() else { return };
    let url = &link.office_url;
    assert!(!url.ends_with('/'), "the address has no slash at the end: {url}");
    assert!(url.chars().all(|c| c.is_ascii_graphic()), "an address is plain: {url:?}");
    let host = url.strip_prefix("https://").map(|rest| rest.split(['/', ':']).next());
    assert_ne!(host, Some(Some("")), "an address has a host: {url}");
    if let Some(rest) = url.strip_prefix("http://") {
        let authority = rest.split('/').next().unwrap_or("");
        let name = authority.rsplit_once(':').filter(|_| !authority.ends_with(']')).map_or(authority, |(name, _)| name);
        assert!(["localhost", "127.0.0.1", "[::1]"].contains(&name), "not encrypted: {url}");
    }
    let printed = link.to_string();
    if printed.len() <= 512 {
        assert_eq!(printed.parse(), Ok(link), "a link is read back");
    }
}

pub(super) fn enrol_request_json(bytes: &[u8]) {
    if let Some(request) = json::<EnrolRequest>(bytes)
        && let Ok(key) = request.proven_key()
    {
        assert_eq!(key.to_string(), request.public_key, "a key has one form");
    }
    json::<EnrolReply>(bytes);
    json::<DayKeysRequest>(bytes);
    json::<DayKeysReply>(bytes);
}

pub(super) fn upload_reply_json(bytes: &[u8]) {
    json::<UploadReply>(bytes);
    json::<Problem>(bytes);
}

/// Reads, and if that works expects the same thing back from what is written.
fn json<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let read: T = serde_json::from_slice(bytes).ok()?;
    let written = serde_json::to_vec(&read).expect("plain data can be written");
    let again: T = serde_json::from_slice(&written).expect("what was written is read");
    assert_eq!(again, read);
    Some(read)
}

/// The bytes up to each line end are: method, authority, path, query, the three headers; what is left is the body.
pub(super) fn http_signature(bytes: &[u8]) {
    let mut parts = bytes.splitn(8, |byte| *byte == b'\n');
    let mut next = || parts.next().unwrap_or_default();
    let fields: Vec<&[u8]> = (0..7).map(|_| next()).collect();
    let body = next();
    let Ok(fields) = fields.into_iter().map(std::str::from_utf8).collect::<Result<Vec<_>, _>>() else { return };
    let [method, authority, path, query, digest, input, signature] = fields[..] else { return };
    let request = Request { method, authority, path, query, body };
    let given = Headers { content_digest: digest.into(), signature_input: input.into(), signature: signature.into() };
    let made = request.sign(1_795_000_000, till()).expect("a key in memory signs");
    let verify = |headers: &Headers| request.verify(headers, &till().public_key());
    assert_eq!(verify(&made), Ok(()), "what was signed is accepted");
    if verify(&given).is_ok() {
        let created = input.split(";created=").nth(1).and_then(|rest| rest.split(';').next());
        let created = created.and_then(|digits| digits.parse().ok()).expect("an accepted request says when");
        assert_eq!(Ok(given.clone()), request.sign(created, till()), "a signature has one form");
    }
    for mixed in [
        Headers { content_digest: digest.into(), ..made.clone() },
        Headers { signature_input: input.into(), ..made.clone() },
        Headers { signature: signature.into(), ..made.clone() },
    ] {
        assert_eq!(verify(&mixed).is_ok(), mixed == made, "another header was accepted");
    }
}
