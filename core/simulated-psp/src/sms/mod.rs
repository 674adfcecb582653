//! A simulated message gateway: it takes messages in the form of Exotel's API, sends nothing, and shows what phones would get.
//!
//! What it took is written to a file before it answers, if it has one, so that a gateway that is killed does not forget what
//! it sent. It must never be given a real phone book on a machine that others can read.

mod faults;
mod server;

pub use faults::{BadSmsFaults, SmsFault, SmsFaults};
pub use server::serve;

use crate::random::Random;
use raseed_head_office::psp::Secret;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The account that the gateway knows.
pub const ACCOUNT: &str = "simulated";
/// Its API key; the token is the secret that the gateway was made with.
pub const KEY: &str = "simulated-key";
/// The sender id that is registered.
pub const SENDER: &str = "RASEED";
/// The entity that is registered.
pub const ENTITY: &str = "1101000000000000001";

/// A message on a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The gateway's id of it.
    pub sid: String,
    /// The number.
    pub to: String,
    /// What it says.
    pub body: String,
    /// The id of its template.
    pub template: String,
    /// The reference of whoever sent it.
    pub reference: String,
}

/// A gateway that many may ask at once.
pub struct SimulatedSms {
    state: Mutex<State>,
    token: Secret,
}

struct State {
    sent: Vec<Text>,
    file: Option<File>,
    faults: SmsFaults,
    random: Random,
}

impl SimulatedSms {
    /// A gateway that behaves well. Its draws come from the seed; the token is its half of the secret.
    pub fn new(seed: u64, token: Secret) -> SimulatedSms {
        let (sent, faults, random) = (Vec::new(), SmsFaults::default(), Random::new(seed));
        SimulatedSms { state: Mutex::new(State { sent, file: None, faults, random }), token }
    }

    /// The same, going on with what stands in this file, a JSON object a line; it is made if it is not there.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn with_file(self, path: &Path) -> io::Result<SimulatedSms> {
        let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        let lines = BufReader::new(&file).lines().collect::<io::Result<Vec<String>>>()?;
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        state.sent = lines.iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
        state.file = Some(file);
        Ok(SimulatedSms { state: Mutex::new(state), token: self.token })
    }

    /// Everything that phones would have got, in its order.
    pub fn sent(&self) -> Vec<Text> {
        self.with(|state| state.sent.clone())
    }

    /// From now on it behaves like this.
    ///
    /// # Errors
    /// For faults that cannot be.
    pub fn set_faults(&self, faults: SmsFaults) -> Result<(), BadSmsFaults> {
        faults.check()?;
        self.with(|state| state.faults = faults);
        Ok(())
    }

    fn take(&self, mut text: Text) -> io::Result<Text> {
        self.with(|state| {
            let serial = u64::try_from(state.sent.len()).unwrap_or(u64::MAX);
            text.sid = format!("sim{}", state.random.id(serial));
            if let Some(file) = &mut state.file {
                file.write_all(format!("{}\n", serde_json::to_string(&text)?).as_bytes())?;
            }
            state.sent.push(text.clone());
            Ok(text)
        })
    }

    fn next_fault(&self) -> (SmsFault, u64) {
        self.with(|state| (state.faults.next(&mut state.random), state.faults.delay_ms))
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
