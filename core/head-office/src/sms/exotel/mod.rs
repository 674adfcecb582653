//! Exotel's SMS API, as its public documentation describes it: `POST /v1/Accounts/<account>/Sms/send.json`, a form, with the
//! API key and token as basic authentication.
//!
//! Source: <https://developer.exotel.com/api/sms>, and <https://developer.exotel.com/docs/sms-support/sms-api-errors> for what it
//! refuses. Fields: `From` (the registered sender id), `To` (E.164), `Body`, `EncodingType`, `DltEntityId`, `DltTemplateId`, `SmsType`,
//! `CustomField` (our reference; comes back in its reports). It promises nothing about the same reference twice, so a lost
//! answer stays unknown. Nothing of an answer but the id, the status and its code is read.

mod http;
mod settings;

pub use settings::Settings;

use super::{Accepted, Outgoing, SmsError, SmsSender};
use http::Http;

/// A head office's account with Exotel.
pub struct Exotel {
    http: Http,
    path: String,
    sender: String,
    entity: String,
}

impl Exotel {
    /// An account under these keys. Nothing is asked yet.
    pub fn new(settings: &Settings) -> Exotel {
        Exotel {
            http: Http::new(settings),
            path: format!("/v1/Accounts/{}/Sms/send.json", settings.account),
            sender: settings.sender.clone(),
            entity: settings.entity.clone(),
        }
    }
}

impl SmsSender for Exotel {
    fn send(&self, message: &Outgoing) -> Result<Accepted, SmsError> {
        let encoding = if is_plain(&message.text) { "plain" } else { "unicode" };
        let id = self.http.post(
            &self.path,
            [
                ("From", self.sender.as_str()),
                ("To", message.to.expose()),
                ("Body", &message.text),
                ("EncodingType", encoding),
                ("DltEntityId", &self.entity),
                ("DltTemplateId", message.template.as_str()),
                // All of our messages are about the consumer's own account: "service implicit" in the words of the rules.
                ("SmsType", "transactional"),
                ("CustomField", &message.reference),
            ],
        )?;
        Ok(Accepted { id })
    }
}

/// True if the text needs no more than what the small alphabet of messages and ASCII have in common (3GPP TS 23.038).
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'\n' || (0x20..0x7f).contains(&byte) && byte != b'`')
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn indian_scripts_and_the_rupee_sign_are_not_plain() {
        assert!(is_plain("Account: BHG-0217\nTo pay: Rs. 1,400.50"));
        for other in ["₹390", "बिल", "a`b", "a\tb"] {
            assert!(!is_plain(other), "{other}");
        }
    }
}
