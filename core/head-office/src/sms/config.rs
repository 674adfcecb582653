//! `sms.json` in the office's folder: which gateway, under which keys, which templates. The secret stands in a file of its
//! own beside it.
//!
//! ```json
//! {
//!   "sms": "exotel",
//!   "url": "https://api.in.exotel.com",
//!   "account": "saswater1",
//!   "key": "…",
//!   "token_file": "sms-token.secret",
//!   "sender": "SASWTR",
//!   "dlt_entity": "1101…",
//!   "language": "pa",
//!   "templates": { "receipt": { "en": "1107…", "pa": "1107…" } }
//! }
//! ```
//!
//! `schemas/sms.md` says what each is. A secret file holds one line and is readable by its owner alone (`chmod 600`); a
//! relative path begins in the office's folder. No file, no messages.

use super::exotel::{Exotel, Settings};
use super::{BadTemplateId, Kind, Sms, TemplateId, UnknownKind, Wording};
use crate::psp::{BadSecret, Secret};
use raseed_protocol::language::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

const FILE: &str = "sms.json";
const MAX_FILE: u64 = 64 * 1024;

/// What stands in `sms.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsConfig {
    sms: Gateway,
    url: String,
    account: String,
    key: String,
    token_file: PathBuf,
    sender: String,
    dlt_entity: String,
    #[serde(default)]
    language: Language,
    templates: BTreeMap<String, BTreeMap<Language, String>>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Gateway {
    Exotel,
}

/// Why `sms.json` cannot be used.
#[derive(Debug, Error)]
pub enum BadSmsConfig {
    /// The machine says no.
    #[error("{} cannot be read: {source}; check its rights", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the machine says.
        source: std::io::Error,
    },
    /// Not the JSON that it should be.
    #[error("sms.json cannot be used: {0}; correct it")]
    Json(String),
    /// Not an address, or one over which keys and numbers would go unprotected.
    #[error(
        "the url in sms.json cannot be used: write https://host, or http:// for this machine alone (127.0.0.1, localhost, [::1])"
    )]
    Url,
    /// An account, key, sender or entity that cannot be one.
    #[error("{0} in sms.json has 1 to 64 letters, digits, _ or -; copy it from the gateway's page or the DLT portal")]
    Name(&'static str),
    /// Not a kind of message.
    #[error("templates in sms.json: {0}")]
    Kind(#[from] UnknownKind),
    /// Not an id of a template.
    #[error("templates in sms.json, {kind}, {language}: {source}")]
    Template {
        /// Of which kind.
        kind: Kind,
        /// In which language.
        language: Language,
        /// Why not.
        source: BadTemplateId,
    },
    /// The secret.
    #[error(transparent)]
    Secret(#[from] BadSecret),
}

impl SmsConfig {
    /// How the office in this folder sends messages; `None` if there is no `sms.json`, and so no messages.
    ///
    /// # Errors
    /// If the file or the secret cannot be used; each error says what to correct.
    pub fn open(folder: &Path) -> Result<Option<Sms>, BadSmsConfig> {
        let Some(config) = SmsConfig::read(folder)? else { return Ok(None) };
        let wording = Arc::new(config.wording()?);
        let token = Secret::open(&folder.join(&config.token_file))?;
        let (sender, entity) = (config.sender, config.dlt_entity);
        let settings = Settings::new(&config.url, &config.account, &config.key, token, &sender, &entity)?;
        match config.sms {
            Gateway::Exotel => Ok(Some(Sms { sender: Box::new(Exotel::new(&settings)), wording })),
        }
    }

    fn wording(&self) -> Result<Wording, BadSmsConfig> {
        let mut templates = BTreeMap::new();
        for (kind, ids) in &self.templates {
            let kind: Kind = kind.parse()?;
            for (&language, id) in ids {
                let id: TemplateId = id.parse().map_err(|source| BadSmsConfig::Template { kind, language, source })?;
                templates.insert((kind, language), id);
            }
        }
        Ok(Wording { language: self.language, templates })
    }

    fn read(folder: &Path) -> Result<Option<SmsConfig>, BadSmsConfig> {
        let path = folder.join(FILE);
        let failed = |source| BadSmsConfig::Io { path: path.clone(), source };
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let mut bytes = Vec::new();
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
        if u64::try_from(bytes.len()).map_or(true, |length| length > MAX_FILE) {
            return Err(BadSmsConfig::Json(format!("it is larger than {MAX_FILE} bytes")));
        }
        serde_json::from_slice(&bytes).map(Some).map_err(|error| BadSmsConfig::Json(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use std::fs;

    fn config() -> Value {
        json!({
            "sms": "exotel", "url": "https://api.in.exotel.com", "account": "saswater1", "key": "k1", "token_file": "t.secret",
            "sender": "SASWTR", "dlt_entity": "1101234560000012345", "language": "pa",
            "templates": { "receipt": { "en": "1107000000000000001" }, "bill": { "pa": "1107000000000000002" } }
        })
    }

    fn write(folder: &Path, name: &str, text: &str) {
        fs::write(folder.join(name), text).unwrap();
        fs::set_permissions(folder.join(name), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    }

    #[test]
    fn no_file_is_no_messages_and_a_missing_secret_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(SmsConfig::open(folder.path()).unwrap().is_none());
        write(folder.path(), FILE, &config().to_string());
        assert!(SmsConfig::open(folder.path()).err().unwrap().to_string().contains("t.secret"));
        write(folder.path(), "t.secret", "token-of-the-gateway\n");
        let sms = SmsConfig::open(folder.path()).unwrap().unwrap();
        assert_eq!(sms.wording.language_for(Kind::Receipt, Language::Hindi), None);
        assert_eq!(sms.wording.language_for(Kind::Receipt, Language::English), Some(Language::English));
        assert_eq!(sms.wording.language_for(Kind::Bill, Language::Hindi), Some(Language::Punjabi));
    }

    #[test]
    fn what_cannot_be_used_is_refused_and_says_where() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "t.secret", "token-of-the-gateway");
        for (at, value, says) in [
            ("url", json!("http://api.in.exotel.com"), "the url in sms.json"),
            ("account", json!("a/b"), "account in sms.json"),
            ("key", json!("a:b"), "key in sms.json"),
            ("sender", json!(""), "sender in sms.json"),
            ("dlt_entity", json!("1 2"), "dlt_entity in sms.json"),
            ("language", json!("english"), "sms.json cannot be used"),
            ("templates", json!({ "bills": {} }), "\"bills\" is not a kind"),
            ("templates", json!({ "bill": { "pa": "none" } }), "bill, pa: an id of a template"),
            ("token", json!("hunter2hunter2"), "unknown field `token`"),
        ] {
            let mut changed = config();
            changed[at] = value;
            write(folder.path(), FILE, &changed.to_string());
            let text = SmsConfig::open(folder.path()).err().unwrap().to_string();
            assert!(text.contains(says) && !text.contains("hunter2"), "{at}: {text}");
        }
    }
}
