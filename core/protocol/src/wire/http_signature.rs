//! Requests signed with the till's key: HTTP Message Signatures (RFC 9421) with Ed25519, in one fixed profile.
//!
//! Covered, always and in this order: `@method`, `@authority`, `@path`, `@query`, `content-digest` (RFC 9530, SHA-256 of
//! the body as sent; of nothing for an empty body). Parameters: `created`, `keyid`, `alg="ed25519"`.
//! `created` is information, not a gate: a till's clock may be wrong, and a repeated request changes nothing.

use crate::keys::{Hash, KeyId, PublicKey, Signer, SigningRefused};
use thiserror::Error;

const LABEL: &str = "raseed";
const COMPONENTS: &str = "(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\")";

/// The parts of a request that are signed.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// `GET`, `POST`.
    pub method: &'a str,
    /// Host, and port if it is not the scheme's own, in lower case: the `Host` header.
    pub authority: &'a str,
    /// The path, from the slash.
    pub path: &'a str,
    /// The query without its question mark; empty if there is none.
    pub query: &'a str,
    /// The body as sent (after compression).
    pub body: &'a [u8],
}

/// The three headers that carry the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headers {
    /// `Content-Digest`
    pub content_digest: String,
    /// `Signature-Input`
    pub signature_input: String,
    /// `Signature`
    pub signature: String,
}

/// Why a request's signature was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RequestRefused {
    /// A header is missing, or not in our profile.
    #[error("the request is not signed in the form that this head office reads")]
    Form,
    /// The body is not the one that was signed.
    #[error("the body of the request was damaged on the way")]
    Digest,
    /// The signature does not fit the key.
    #[error("the signature of the request does not fit")]
    Signature,
}

impl Request<'_> {
    /// Signs the request; `created_s` is seconds since 1970.
    pub fn sign(&self, created_s: u64, key: &dyn Signer) -> Result<Headers, SigningRefused> {
        let content_digest = content_digest(self.body);
        let parameters = parameters(created_s, key.public_key().id());
        let signature = key.sign(self.base(&content_digest, &parameters).as_bytes())?;
        Ok(Headers {
            content_digest,
            signature_input: format!("{LABEL}={parameters}"),
            signature: format!("{LABEL}=:{}:", data_encoding::BASE64.encode(&signature)),
        })
    }

    /// Checks the request against the key of the till that it is about.
    pub fn verify(&self, headers: &Headers, key: &PublicKey) -> Result<(), RequestRefused> {
        self.verify_head(headers, key)?;
        headers.fit(self.body)
    }

    /// Checks everything but the body, so that nobody unknown is listened to for long: the signature covers the body's
    /// digest. Nothing of the body may be used until [`Headers::fit`] has said yes to it.
    pub fn verify_head(&self, headers: &Headers, key: &PublicKey) -> Result<(), RequestRefused> {
        let given = headers.signature_input.strip_prefix("raseed=").ok_or(RequestRefused::Form)?;
        let created: u64 = given
            .strip_prefix(COMPONENTS)
            .and_then(|rest| rest.strip_prefix(";created="))
            .and_then(|rest| rest.split(';').next())
            .and_then(|digits| digits.parse().ok())
            .ok_or(RequestRefused::Form)?;
        if given != parameters(created, key.id()) {
            return Err(RequestRefused::Form);
        }
        let signature = headers
            .signature
            .strip_prefix("raseed=:")
            .and_then(|rest| rest.strip_suffix(':'))
            .and_then(|text| data_encoding::BASE64.decode(text.as_bytes()).ok())
            .and_then(|bytes| <[u8; 64]>::try_from(bytes).ok())
            .ok_or(RequestRefused::Form)?;
        let base = self.base(&headers.content_digest, given);
        key.verify(base.as_bytes(), &signature).map_err(|_| RequestRefused::Signature)
    }

    fn base(&self, digest: &str, parameters: &str) -> String {
        let query = format!("?{}", self.query);
        signature_base(
            &[
                ("@method", self.method),
                ("@authority", self.authority),
                ("@path", self.path),
                ("@query", &query),
                ("content-digest", digest),
            ],
            parameters,
        )
    }
}

impl Headers {
    /// Checks the body, as sent, of a request whose head is verified.
    pub fn fit(&self, body: &[u8]) -> Result<(), RequestRefused> {
        if self.content_digest == content_digest(body) { Ok(()) } else { Err(RequestRefused::Digest) }
    }
}

/// RFC 9421 §2.5.
fn signature_base(components: &[(&str, &str)], parameters: &str) -> String {
    let mut base = String::new();
    for (name, value) in components {
        base.push_str(&format!("\"{name}\": {value}\n"));
    }
    base.push_str(&format!("\"@signature-params\": {parameters}"));
    base
}

fn parameters(created_s: u64, key: KeyId) -> String {
    format!("{COMPONENTS};created={created_s};keyid=\"{key}\";alg=\"ed25519\"")
}

/// RFC 9530 §2.
fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", data_encoding::BASE64.encode(&Hash::of(body).0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;

    const REQUEST: Request = Request {
        method: "POST",
        authority: "water.example",
        path: "/v1/tills/SAS07/journal",
        query: "",
        body: b"entries",
    };

    #[test]
    fn a_signed_request_is_accepted_and_any_change_is_not() {
        let key = SigningKey::from_seed(&[1; 32]);
        let headers = REQUEST.sign(1_795_000_000, &key).unwrap();
        let verify = |request: Request, headers: &Headers| request.verify(headers, &key.public_key());
        assert_eq!(verify(REQUEST, &headers), Ok(()));
        assert_eq!(verify(Request { body: b"other", ..REQUEST }, &headers), Err(RequestRefused::Digest));
        assert_eq!(Request { body: b"", ..REQUEST }.verify_head(&headers, &key.public_key()), Ok(()));
        let digest = content_digest(b"other");
        let forged = Headers { content_digest: digest, ..headers.clone() };
        assert_eq!(verify(Request { body: b"other", ..REQUEST }, &forged), Err(RequestRefused::Signature));
        for changed in [
            Request { method: "GET", ..REQUEST },
            Request { authority: "other.example", ..REQUEST },
            Request { path: "/v1/tills/SAS08/journal", ..REQUEST },
            Request { query: "since=1", ..REQUEST },
        ] {
            assert_eq!(verify(changed, &headers), Err(RequestRefused::Signature));
        }
        let other = SigningKey::from_seed(&[2; 32]).public_key();
        assert_eq!(REQUEST.verify(&headers, &other), Err(RequestRefused::Form));
        let older = headers.signature_input.replace("1795000000", "1795000001");
        let older = Headers { signature_input: older, ..headers.clone() };
        assert_eq!(verify(REQUEST, &older), Err(RequestRefused::Signature));
        let fewer = Headers { signature_input: headers.signature_input.replace(" \"@query\"", ""), ..headers };
        assert_eq!(verify(REQUEST, &fewer), Err(RequestRefused::Form));
    }

    /// RFC 9421 appendix B.2.6, with the public key of B.1.4.
    #[test]
    fn the_base_is_that_of_the_rfc() {
        let parameters = "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")\
            ;created=1618884473;keyid=\"test-key-ed25519\"";
        let base = signature_base(
            &[
                ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
                ("@method", "POST"),
                ("@path", "/foo"),
                ("@authority", "example.com"),
                ("content-type", "application/json"),
                ("content-length", "18"),
            ],
            parameters,
        );
        let key = data_encoding::BASE64URL_NOPAD.decode(b"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs").unwrap();
        let signature = b"wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
        let signature = data_encoding::BASE64.decode(signature).unwrap();
        let key = PublicKey(key.try_into().unwrap());
        assert_eq!(key.verify(base.as_bytes(), &signature.try_into().unwrap()), Ok(()));
    }
}
