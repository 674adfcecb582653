//! Where the account is and under which keys: checked once, then trusted.

use crate::address::is_safe;
use crate::psp::config::BadPspConfig;
use crate::psp::secret::Secret;
use std::time::Duration;

/// An account's address, keys and patience.
#[derive(Clone, Debug)]
pub struct Settings {
    pub(super) url: String,
    pub(super) key_id: String,
    pub(super) key_secret: Secret,
    pub(super) webhook_secret: Secret,
    /// How long a connection may take; 10 s unless changed.
    pub connect: Duration,
    /// How long a whole call may take; 30 s unless changed.
    pub overall: Duration,
}

impl Settings {
    /// An account at this address (`https://host`, or `http://` on this machine alone) under this API key.
    ///
    /// # Errors
    /// For an address over which a secret would go unprotected, and for a key id that cannot be one.
    pub fn new(url: &str, key_id: &str, key_secret: Secret, webhook_secret: Secret) -> Result<Settings, BadPspConfig> {
        if !is_safe(url) {
            return Err(BadPspConfig::Url);
        }
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if !(1..=64).contains(&key_id.len()) || !key_id.bytes().all(fits) {
            return Err(BadPspConfig::KeyId);
        }
        let (connect, overall) = (Duration::from_secs(10), Duration::from_secs(30));
        Ok(Settings { url: url.to_owned(), key_id: key_id.to_owned(), key_secret, webhook_secret, connect, overall })
    }
}
