//! `psp.json` in the office's folder: which PSP, under which keys. Secrets stand in files of their own beside it.
//!
//! ```json
//! {
//!   "psp": "razorpay",
//!   "url": "https://api.razorpay.com",
//!   "key_id": "rzp_live_…",
//!   "key_secret_file": "psp-key.secret",
//!   "webhook_secret_file": "psp-webhook.secret"
//! }
//! ```
//!
//! A secret file holds one line and is readable by its owner alone (`chmod 600`); a relative path begins in the office's
//! folder. No file, no PSP: the office then learns of payments from settlement files only.

use super::razorpay::{Razorpay, Settings};
use super::secret::{BadSecret, Secret};
use super::{Psp, PspClock};
use serde::Deserialize;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use thiserror::Error;

const FILE: &str = "psp.json";
const MAX_FILE: u64 = 64 * 1024;

/// What stands in `psp.json`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PspConfig {
    /// Which kind of PSP: `razorpay`.
    psp: Kind,
    /// Where it answers, without a slash at the end.
    url: String,
    /// The public half of the API key.
    key_id: String,
    /// The file with its secret half; from the office's folder if it is relative.
    key_secret_file: PathBuf,
    /// The file with the secret that webhooks are signed with; a real PSP gives another one than for the key.
    webhook_secret_file: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Razorpay,
}

/// Why `psp.json` cannot be used.
#[derive(Debug, Error)]
pub enum BadPspConfig {
    /// The machine says no.
    #[error("{} cannot be read: {source}; check its rights", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the machine says.
        source: std::io::Error,
    },
    /// Not the JSON that it should be.
    #[error("psp.json cannot be used: {0}; correct it")]
    Json(String),
    /// Not an address, or one over which keys would go unprotected.
    #[error(
        "the url in psp.json cannot be used: write https://host, or http:// for this machine alone (127.0.0.1, localhost, [::1])"
    )]
    Url,
    /// Not a key id.
    #[error("the key_id in psp.json has 1 to 64 letters, digits or _; copy it from the payment provider's page")]
    KeyId,
    /// One of the secrets.
    #[error(transparent)]
    Secret(#[from] BadSecret),
}

impl PspConfig {
    /// The PSP of the office in this folder, ready to be asked; `None` if there is no `psp.json`, and so no PSP.
    ///
    /// # Errors
    /// If the file or a secret cannot be used; each error says what to correct.
    pub fn open(folder: &Path, clock: PspClock) -> Result<Option<Box<dyn Psp>>, BadPspConfig> {
        let Some(config) = PspConfig::read(folder)? else { return Ok(None) };
        let key_secret = Secret::open(&folder.join(&config.key_secret_file))?;
        let webhook_secret = Secret::open(&folder.join(&config.webhook_secret_file))?;
        let settings = Settings::new(&config.url, &config.key_id, key_secret, webhook_secret)?;
        match config.psp {
            Kind::Razorpay => Ok(Some(Box::new(Razorpay::new(settings, clock)))),
        }
    }

    fn read(folder: &Path) -> Result<Option<PspConfig>, BadPspConfig> {
        let path = folder.join(FILE);
        let failed = |source| BadPspConfig::Io { path: path.clone(), source };
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let mut bytes = Vec::new();
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
        if u64::try_from(bytes.len()).map_or(true, |length| length > MAX_FILE) {
            return Err(BadPspConfig::Json(format!("it is larger than {MAX_FILE} bytes")));
        }
        serde_json::from_slice(&bytes).map(Some).map_err(|error| BadPspConfig::Json(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use raseed_protocol::time::WallMs;
    use std::fs;
    use std::sync::Arc;

    fn open(folder: &Path) -> Result<Option<Box<dyn Psp>>, BadPspConfig> {
        PspConfig::open(folder, Arc::new(|| WallMs(1_795_000_000_000)))
    }

    fn write(folder: &Path, name: &str, text: &str) {
        fs::write(folder.join(name), text).unwrap();
        fs::set_permissions(folder.join(name), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    }

    fn config(url: &str, key_id: &str) -> String {
        format!(
            r#"{{"psp":"razorpay","url":"{url}","key_id":"{key_id}","key_secret_file":"a.secret","webhook_secret_file":"b.secret"}}"#
        )
    }

    #[test]
    fn no_file_is_no_psp() {
        assert!(open(tempfile::tempdir().unwrap().path()).unwrap().is_none());
    }

    #[test]
    fn a_whole_configuration_is_opened_and_a_missing_secret_is_named() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), FILE, &config("https://api.razorpay.com", "rzp_test_1"));
        let text = open(folder.path()).err().unwrap().to_string();
        assert!(text.contains("a.secret"), "{text}");
        write(folder.path(), "a.secret", "key-secret-1\n");
        write(folder.path(), "b.secret", "webhook-secret-1\n");
        assert!(open(folder.path()).unwrap().is_some());
    }

    #[test]
    fn what_cannot_be_used_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a.secret", "key-secret-1");
        write(folder.path(), "b.secret", "webhook-secret-1");
        let refused = |text: &str| {
            write(folder.path(), FILE, text);
            open(folder.path()).err().unwrap()
        };
        for url in
            ["http://api.razorpay.com", "https://", "ftp://x", "https://a@b", "https://a/", "http://127.0.0.1.x", ""]
        {
            assert!(matches!(refused(&config(url, "rzp_test_1")), BadPspConfig::Url), "{url}");
        }
        assert!(matches!(refused(&config("https://a.example", "a:b")), BadPspConfig::KeyId));
        assert!(matches!(refused("{"), BadPspConfig::Json(_)));
        assert!(matches!(refused(&" ".repeat(70_000)), BadPspConfig::Json(_)));
        let misplaced =
            config("https://a.example", "k").replace("\"psp\"", "\"key_secret\":\"hunter2hunter2\",\"psp\"");
        let text = refused(&misplaced).to_string();
        assert!(text.contains("key_secret") && !text.contains("hunter2"), "{text}");
    }
}
