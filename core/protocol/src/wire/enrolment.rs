//! Enrolment: a one-time code from the supervisor's screen becomes a certificate for the till's own key.

use crate::ids::{TenantId, TillId};
use crate::keys::{BadSignature, PublicKey, Signer, SigningRefused};
use crate::profile::Profile;
use crate::time::WallMs;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A one-time code: 12 letters and digits (60 bits), shown in groups of four; valid for a day, for one key.
///
/// The alphabet leaves out 0, 1, 8, 9 and nothing is read with regard to case, blanks or dashes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnrolmentCode(String);

/// Everything a till needs to enrol: as text in a QR code, or typed.
///
/// `https://office.example/enrol#C=ABCD-EFGH-IJKL&K=<root key>&N=<tenant>`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentLink {
    /// Where the head office answers, without a slash at the end.
    pub office_url: String,
    /// The one-time code.
    pub code: EnrolmentCode,
    /// The head office's root key, pinned from now on.
    pub root_key: PublicKey,
    /// Whose books.
    pub tenant: TenantId,
}

/// An enrolment link that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadEnrolmentLink {
    /// Not in the form of a link.
    #[error("that is not an enrolment link; ask the supervisor to show it again and scan all of it")]
    NotALink,
    /// The code is mistyped.
    #[error("the enrolment code has 12 letters or digits (A-Z and 2-7), as in ABCD-EFGH-IJKL")]
    BadCode,
    /// The root key is mistyped.
    #[error("the key in the enrolment link is damaged; ask the supervisor to show it again")]
    BadKey,
    /// Would send money's records over an open line.
    #[error("the head office's address must begin with https:// (http:// is for this machine itself only)")]
    NotEncrypted,
}

/// `POST /v1/enrol`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    /// The one-time code.
    pub code: EnrolmentCode,
    /// The till's new public key, Base32.
    pub public_key: String,
    /// The signature of that key over code and keys: proof that the till has the private half.
    #[serde(with = "super::base64")]
    pub proof: Vec<u8>,
    /// A key for each of the days to come, from today on, in their order. With them the key above signs no entry; without
    /// them it signs all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::day_keys::public_keys")]
    pub day_keys: Vec<PublicKey>,
}

/// The answer to it. The same request again gets the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolReply {
    /// Whose books.
    pub tenant: TenantId,
    /// The till's name.
    pub till: TillId,
    /// The till's certificate, signed by the root key.
    #[serde(with = "super::base64")]
    pub certificate: Vec<u8>,
    /// The head office's own certificate, signed by the root key.
    #[serde(with = "super::base64")]
    pub office_certificate: Vec<u8>,
    /// The head office's time.
    pub office_time_ms: WallMs,
    /// What the till is used for.
    #[serde(default)]
    pub profile: Profile,
    /// A certificate for each of the day keys, signed by the root key.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::day_keys::certificates")]
    pub day_certificates: Vec<Vec<u8>>,
}

impl EnrolRequest {
    /// Makes the request for a key, and for a key for each of the days to come.
    pub fn new(
        code: EnrolmentCode,
        key: &dyn Signer,
        day_keys: Vec<PublicKey>,
    ) -> Result<EnrolRequest, SigningRefused> {
        let public = key.public_key();
        let proof = key.sign(&proof_text(&code, &public, &day_keys))?.to_vec();
        Ok(EnrolRequest { code, public_key: public.to_string(), proof, day_keys })
    }

    /// The key, if the request proves that its sender holds it and asks for these day keys.
    pub fn proven_key(&self) -> Result<PublicKey, BadSignature> {
        let key: PublicKey = self.public_key.parse().map_err(|_| BadSignature)?;
        let proof: [u8; 64] = self.proof.as_slice().try_into().map_err(|_| BadSignature)?;
        key.verify(&proof_text(&self.code, &key, &self.day_keys), &proof)?;
        Ok(key)
    }
}

/// What is signed: the code, the key, and the day keys, a line each.
fn proof_text(code: &EnrolmentCode, key: &PublicKey, day_keys: &[PublicKey]) -> Vec<u8> {
    let mut text = format!("raseed:enrol:1\n{}\n{key}", code.0);
    for day_key in day_keys {
        text.push('\n');
        text.push_str(&day_key.to_string());
    }
    text.into_bytes()
}

impl EnrolmentCode {
    /// A code from 8 random bytes (60 bits of them are used).
    pub fn from_random(bytes: [u8; 8]) -> EnrolmentCode {
        EnrolmentCode(data_encoding::BASE32_NOPAD.encode(&bytes)[..12].to_owned())
    }

    /// The 12 characters, without dashes: for hashing and comparing.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EnrolmentCode {
    type Err = BadEnrolmentLink;
    fn from_str(text: &str) -> Result<EnrolmentCode, BadEnrolmentLink> {
        if text.len() > 40 {
            return Err(BadEnrolmentLink::BadCode);
        }
        let code: String =
            text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        let known = |c: char| c.is_ascii_uppercase() || ('2'..='7').contains(&c);
        if code.len() == 12 && code.chars().all(known) {
            Ok(EnrolmentCode(code))
        } else {
            Err(BadEnrolmentLink::BadCode)
        }
    }
}

impl fmt::Display for EnrolmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

impl TryFrom<String> for EnrolmentCode {
    type Error = BadEnrolmentLink;
    fn try_from(text: String) -> Result<EnrolmentCode, BadEnrolmentLink> {
        text.parse()
    }
}

impl From<EnrolmentCode> for String {
    fn from(code: EnrolmentCode) -> String {
        code.to_string()
    }
}

impl fmt::Display for EnrolmentLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/enrol#C={}&K={}&N={}", self.office_url, self.code, self.root_key, self.tenant)
    }
}

impl FromStr for EnrolmentLink {
    type Err = BadEnrolmentLink;
    fn from_str(text: &str) -> Result<EnrolmentLink, BadEnrolmentLink> {
        let text = text.trim();
        if text.len() > 512 {
            return Err(BadEnrolmentLink::NotALink);
        }
        let (url, fragment) = text.split_once("/enrol#").ok_or(BadEnrolmentLink::NotALink)?;
        let field =
            |name: &str| fragment.split('&').find_map(|part| part.strip_prefix(name)).ok_or(BadEnrolmentLink::NotALink);
        check_office_url(url)?;
        Ok(EnrolmentLink {
            office_url: url.to_owned(),
            code: field("C=")?.parse()?,
            root_key: field("K=")?.parse().map_err(|_| BadEnrolmentLink::BadKey)?,
            tenant: field("N=")?.parse().map_err(|_| BadEnrolmentLink::NotALink)?,
        })
    }
}

/// `https://`, a host, perhaps a port and a path; plain `http://` for this machine only.
fn check_office_url(url: &str) -> Result<(), BadEnrolmentLink> {
    let (scheme, rest) = url.split_once("://").ok_or(BadEnrolmentLink::NotALink)?;
    // No path: a proxy would have to pass it on unchanged or every signature would fail. No port that the scheme has
    // anyway: clients leave it out of the Host header, which is signed.
    let odd = |c: char| !c.is_ascii_graphic() || matches!(c, '?' | '#' | '@' | '\\' | '/');
    let own_port = if scheme == "https" { ":443" } else { ":80" };
    if rest.contains(odd) || rest.ends_with(own_port) {
        return Err(BadEnrolmentLink::NotALink);
    }
    let name = host_name(rest).ok_or(BadEnrolmentLink::NotALink)?;
    match scheme {
        "https" => Ok(()),
        "http" if matches!(name, "localhost" | "127.0.0.1" | "[::1]") => Ok(()),
        "http" => Err(BadEnrolmentLink::NotEncrypted),
        _ => Err(BadEnrolmentLink::NotALink),
    }
}

/// The name in `name` or `name:port`; an IPv6 address stands in brackets.
fn host_name(authority: &str) -> Option<&str> {
    let end = if authority.starts_with('[') {
        authority.find(']')? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (name, port) = authority.split_at(end);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let is_port = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()) && digits.parse::<u16>().is_ok();
    let port_fits = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    (!name.is_empty() && name.chars().all(plain) && port_fits).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;

    #[test]
    fn a_link_is_read_back() {
        let link = EnrolmentLink {
            office_url: "https://water.example:8443".into(),
            code: EnrolmentCode::from_random([7; 8]),
            root_key: SigningKey::from_seed(&[1; 32]).public_key(),
            tenant: "SASWATER".parse().unwrap(),
        };
        assert_eq!(link.to_string().parse(), Ok(link));
    }

    #[test]
    fn a_bad_link_says_what_is_wrong() {
        let key = SigningKey::from_seed(&[1; 32]).public_key();
        let link =
            |url: &str, code: &str, key: &str| format!("{url}/enrol#C={code}&K={key}&N=T").parse::<EnrolmentLink>();
        let (code, key) = ("abcd efgh ijkl", key.to_string());
        assert!(link("http://127.0.0.1:8480", code, &key).is_ok());
        assert!(link("http://[::1]:8480", code, &key).is_ok());
        assert_eq!(link("http://water.example", code, &key), Err(BadEnrolmentLink::NotEncrypted));
        assert_eq!(link("http://localhost.evil.example", code, &key), Err(BadEnrolmentLink::NotEncrypted));
        assert_eq!(link("http://[::1].evil.example", code, &key), Err(BadEnrolmentLink::NotALink));
        for not in [
            "ftp://x",
            "https://",
            "https://:80",
            "https://x/",
            "https://x/path",
            "https://x:443",
            "https://x:99999",
            "https://x:+80",
            "https://x/\u{a0}",
        ] {
            assert_eq!(link(not, code, &key), Err(BadEnrolmentLink::NotALink), "{not}");
        }
        assert_eq!(link("https://a@b", code, &key), Err(BadEnrolmentLink::NotALink));
        assert_eq!(link("https://x", "ABCD", &key), Err(BadEnrolmentLink::BadCode));
        assert_eq!(link("https://x", code, "ABCD"), Err(BadEnrolmentLink::BadKey));
        assert_eq!("".parse::<EnrolmentLink>(), Err(BadEnrolmentLink::NotALink));
    }

    #[test]
    fn a_request_proves_the_key() {
        let key = SigningKey::from_seed(&[1; 32]);
        let request = EnrolRequest::new(EnrolmentCode::from_random([7; 8]), &key, vec![key.public_key(); 2]).unwrap();
        assert!(request.proven_key().is_ok());
        let fewer = EnrolRequest { day_keys: vec![key.public_key()], ..request.clone() };
        assert_eq!(fewer.proven_key(), Err(BadSignature));
        let other = EnrolRequest { code: EnrolmentCode::from_random([8; 8]), ..request.clone() };
        assert_eq!(other.proven_key(), Err(BadSignature));
        let json = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<EnrolRequest>(&json).unwrap(), request);
    }
}
