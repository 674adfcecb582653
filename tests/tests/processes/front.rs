//! A door before the head office that can be told to misbehave: the till always calls the same address.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What it does to each exchange.
#[derive(Clone, Debug)]
pub enum Does {
    /// Hands it to the head office at this address.
    Pass(String),
    /// Takes the call and closes it.
    HangUp,
    /// Answers with these bytes, whatever was asked.
    Say(Vec<u8>),
    /// Answers with this beginning, then for ever with zeros.
    Flood(Vec<u8>),
    /// Hands it on, and lets only so many bytes of the answer through; then closes.
    Cut(String, usize),
    /// The same, and then nothing, with the line open.
    Stall(String, usize),
    /// Hands it on, and turns over a bit of this byte of the answer.
    Flip(String, usize),
}

/// The door; closed when it is dropped.
pub struct Front {
    /// Address and port.
    pub address: SocketAddr,
    does: Arc<Mutex<Does>>,
    closing: Arc<AtomicBool>,
    answering: Option<JoinHandle<()>>,
}

impl Front {
    /// A door on a free port.
    pub fn open(does: Does) -> Front {
        Front::open_at(SocketAddr::from(([127, 0, 0, 1], 0)), does)
    }

    /// A door on this port.
    pub fn open_at(address: SocketAddr, does: Does) -> Front {
        let listener = TcpListener::bind(address).expect("the port is free");
        let address = listener.local_addr().expect("a bound port");
        let (does, closing) = (Arc::new(Mutex::new(does)), Arc::new(AtomicBool::new(false)));
        let (rule, end) = (Arc::clone(&does), Arc::clone(&closing));
        let answering = std::thread::spawn(move || {
            for caller in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(caller), rule) = (caller, Arc::clone(&rule)) else { continue };
                // It ends when the till hangs up.
                std::thread::spawn(move || converse(&caller, &rule));
            }
        });
        Front { address, does, closing, answering: Some(answering) }
    }

    /// From now on.
    pub fn does(&self, does: Does) {
        *self.does.lock().expect("nobody panics in here") = does;
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        // A call of our own, so that it looks up.
        let _ = TcpStream::connect(self.address);
        if let Some(answering) = self.answering.take() {
            let _ = answering.join();
        }
    }
}

/// Exchange after exchange, until one side has had enough.
fn converse(caller: &TcpStream, rule: &Mutex<Does>) {
    let mut hears = BufReader::new(caller);
    loop {
        let does = rule.lock().expect("nobody panics in here").clone();
        if matches!(does, Does::HangUp) {
            return;
        }
        let Some(asked) = message(&mut hears) else { return };
        let Some(()) = answer(caller, &does, &asked) else { return };
        if matches!(does, Does::Stall(..)) {
            let _ = hears.read(&mut [0]);
            return;
        }
    }
}

/// Answers; `None` if the line is to be closed now.
fn answer(mut caller: &TcpStream, does: &Does, asked: &[u8]) -> Option<()> {
    match does {
        Does::HangUp => None,
        Does::Pass(office) => caller.write_all(&ask(office, asked)?).ok(),
        Does::Say(bytes) => caller.write_all(bytes).ok().and(None),
        Does::Flood(bytes) => {
            caller.write_all(bytes).ok()?;
            while caller.write_all(&[0; 65_536]).is_ok() {}
            None
        }
        Does::Cut(office, at) => {
            let said = ask(office, asked)?;
            caller.write_all(&said[..(*at).min(said.len() - 1)]).ok().and(None)
        }
        Does::Stall(office, at) => {
            let said = ask(office, asked)?;
            caller.write_all(&said[..(*at).min(said.len() - 1)]).ok()
        }
        Does::Flip(office, at) => {
            let mut said = ask(office, asked)?;
            let at = at % said.len();
            said[at] ^= 0x04;
            caller.write_all(&said).ok().and(None)
        }
    }
}

/// The head office's answer to these bytes.
fn ask(office: &str, asked: &[u8]) -> Option<Vec<u8>> {
    let mut line = TcpStream::connect(office).ok()?;
    line.write_all(asked).ok()?;
    message(&mut BufReader::new(line))
}

/// One HTTP message, as it came: its head, and as many bytes as that says.
fn message(from: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut length = 0;
    loop {
        let begin = bytes.len();
        if from.read_until(b'\n', &mut bytes).ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&bytes[begin..]).trim().to_ascii_lowercase();
        if let Some(number) = line.strip_prefix("content-length:") {
            length = number.trim().parse().ok()?;
        }
        if line.is_empty() {
            break;
        }
    }
    let begin = bytes.len();
    bytes.resize(begin + length, 0);
    from.read_exact(&mut bytes[begin..]).ok()?;
    Some(bytes)
}
