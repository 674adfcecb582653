//! Where the account is and under which keys: checked once, then trusted.

use crate::address::is_safe;
use crate::psp::Secret;
use crate::sms::BadSmsConfig;
use std::time::Duration;

/// An account's address, keys, names and patience.
#[derive(Clone, Debug)]
pub struct Settings {
    pub(super) url: String,
    pub(super) account: String,
    pub(super) key: String,
    pub(super) token: Secret,
    pub(super) sender: String,
    pub(super) entity: String,
    /// How long a connection may take; 5 s unless changed.
    pub connect: Duration,
    /// How long a whole call may take; 20 s unless changed.
    pub overall: Duration,
}

impl Settings {
    /// An account at this address (`https://host`, or `http://` on this machine alone) under this key, with the sender id
    /// (header) and the entity id that are registered on a DLT portal.
    ///
    /// # Errors
    /// For an address over which a secret would go unprotected, and for a name that cannot be one.
    pub fn new(
        url: &str,
        account: &str,
        key: &str,
        token: Secret,
        sender: &str,
        entity: &str,
    ) -> Result<Settings, BadSmsConfig> {
        if !is_safe(url) {
            return Err(BadSmsConfig::Url);
        }
        for (what, text) in [("account", account), ("key", key), ("sender", sender), ("dlt_entity", entity)] {
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
            if !(1..=64).contains(&text.len()) || !text.bytes().all(fits) {
                return Err(BadSmsConfig::Name(what));
            }
        }
        let (connect, overall) = (Duration::from_secs(5), Duration::from_secs(20));
        let [url, account, key, sender, entity] = [url, account, key, sender, entity].map(str::to_owned);
        Ok(Settings { url, account, key, token, sender, entity, connect, overall })
    }
}
