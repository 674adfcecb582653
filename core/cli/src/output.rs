//! What a command says: text for people, JSON for scripts; refusals on standard error, always with what to do next.

use serde::Serialize;
use std::fmt::Display;
use std::io::{self, Write};
use thiserror::Error;

/// Why a command did not do what it was asked.
#[derive(Debug, Error)]
pub enum Failure {
    /// Refused by a rule or a fact.
    #[error("{message}")]
    Refused {
        /// A short name for scripts.
        code: String,
        /// The sentence for people.
        message: String,
    },
    /// A file or stream of the host failed.
    #[error("{what}: {error}")]
    Io {
        /// Which file.
        what: String,
        /// What the system said.
        error: io::Error,
    },
}

impl Failure {
    /// A refusal with a name for scripts.
    pub fn new(code: &str, message: impl Display) -> Failure {
        Failure::Refused { code: code.to_owned(), message: message.to_string() }
    }

    /// A failure of a file.
    pub fn io(what: impl Display) -> impl FnOnce(io::Error) -> Failure {
        let what = what.to_string();
        move |error| Failure::Io { what, error }
    }

    /// 1 for a refusal, 3 for a failing host (2 is `clap`'s, for a command that cannot be read).
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Refused { .. } => 1,
            Failure::Io { .. } => 3,
        }
    }

    fn code(&self) -> &str {
        match self {
            Failure::Refused { code, .. } => code,
            Failure::Io { .. } => "host",
        }
    }
}

impl From<raseed_till::TillError> for Failure {
    fn from(error: raseed_till::TillError) -> Failure {
        Failure::new(error.code(), error)
    }
}

/// Where a command writes.
pub struct Output {
    json: bool,
}

impl Output {
    /// For people, or for scripts.
    pub fn new(json: bool) -> Output {
        Output { json }
    }

    /// Says one result: the value as a line of JSON, or the text.
    pub fn say(&self, value: &impl Serialize, text: impl FnOnce() -> String) -> Result<(), Failure> {
        let line = if self.json {
            serde_json::to_string(value).map_err(|error| Failure::new("json", error))?
        } else {
            text().trim_end().to_owned()
        };
        // Flushed at once: a script that reads a receipt here may rely on it.
        let mut stdout = io::stdout().lock();
        writeln!(stdout, "{line}").and_then(|()| stdout.flush()).map_err(Failure::io("standard output"))
    }

    /// Says on standard error what a program that goes on has met.
    pub fn notice(&self, code: &str, message: &str) {
        let line = if self.json {
            serde_json::json!({ "notice": code, "message": message }).to_string()
        } else {
            format!("raseed: {message}")
        };
        // As for a refusal: going on does not depend on a reader.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

    /// Says why not.
    pub fn refusal(&self, failure: &Failure) {
        let line = if self.json {
            serde_json::json!({ "error": failure.code(), "message": failure.to_string() }).to_string()
        } else {
            format!("raseed: {failure}")
        };
        // Nobody may be listening; the exit code still says it.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}
