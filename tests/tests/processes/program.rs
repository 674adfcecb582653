//! Starting the program and hearing what it says.

use serde_json::Value;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

/// The program under test.
pub fn path() -> PathBuf {
    let path = std::env::var_os("RASEED").expect("RASEED must name the program; run `tests/check.sh process`");
    PathBuf::from(path).canonicalize().expect("RASEED names a file that is there")
}

/// A call of it, answering in JSON.
pub fn raseed<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(path());
    command.arg("--json").args(args).stdin(Stdio::null());
    command
}

/// What a call said.
pub struct Said {
    /// What was called, for messages.
    pub call: String,
    /// How it ended.
    pub status: ExitStatus,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Said {
    /// Calls and waits for the end.
    pub fn by(command: &mut Command) -> Said {
        let output = command.output().expect("the program starts");
        Said::of(format!("{command:?}"), output)
    }

    /// What a child says from now on, to its end.
    pub fn by_child(child: Child) -> Said {
        Said::of("child".to_owned(), child.wait_with_output().expect("a child can be waited for"))
    }

    fn of(call: String, output: Output) -> Said {
        let text = |bytes| String::from_utf8(bytes).expect("the program speaks UTF-8");
        Said { call, status: output.status, out: text(output.stdout), err: text(output.stderr) }
    }

    /// The exit code.
    pub fn code(&self) -> i32 {
        let signal = self.status.signal();
        self.status.code().unwrap_or_else(|| panic!("{} died of signal {signal:?}: {}", self.call, self.err))
    }

    /// It worked: its one line.
    pub fn good(&self) -> Value {
        assert_eq!(self.code(), 0, "{}\n{}{}", self.call, self.out, self.err);
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{}: {error}: {}", self.call, self.out))
    }

    /// It was refused: exit code 1, and on standard error one line of JSON with a code and a sentence.
    pub fn refused(&self) -> Refusal {
        assert_eq!(self.code(), 1, "{}\n{}{}", self.call, self.out, self.err);
        self.failure()
    }

    /// The error line, whatever the exit code.
    pub fn failure(&self) -> Refusal {
        let value: Value = serde_json::from_str(&self.err)
            .unwrap_or_else(|error| panic!("{}: standard error is not JSON ({error}): {}", self.call, self.err));
        let text = |name: &str| value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}")).to_owned();
        Refusal { code: text("error"), message: text("message") }
    }
}

/// Why not, and what to do next.
#[derive(Debug)]
pub struct Refusal {
    /// For scripts.
    pub code: String,
    /// For people.
    pub message: String,
}
