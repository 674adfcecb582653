//! A head office and its tills, each in a folder of its own, moved by processes alone.

use crate::program::{Said, raseed};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// Where the sample book lies.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample-book");

/// A folder with a head office in it.
pub struct Place {
    folder: TempDir,
    /// Consumer numbers of households that may pay.
    pub accounts: Vec<String>,
}

/// A serving head office; killed when it is dropped.
pub struct Server {
    child: Child,
    _said: BufReader<ChildStdout>,
    /// Address and port.
    pub address: String,
}

/// A till's folder.
#[derive(Clone)]
pub struct Till {
    /// Its path.
    pub folder: PathBuf,
}

impl Place {
    /// A head office with the first households of the sample book.
    pub fn new(households: usize) -> Place {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let accounts = small_book(&folder.path().join("book"), households);
        let place = Place { folder, accounts };
        place.office(&["import", &place.text("book")]).good();
        place
    }

    /// A path in here.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The same as text.
    pub fn text(&self, name: &str) -> String {
        self.path(name).to_str().expect("a plain path").to_owned()
    }

    /// `raseed office ...`
    pub fn office(&self, args: &[&str]) -> Said {
        Said::by(raseed(["office", "--data", &self.text("office")]).args(args))
    }

    /// The root key.
    pub fn root_key(&self) -> String {
        self.office(&["key"]).good()["root_key"].as_str().expect("a key").to_owned()
    }

    /// `raseed office serve` on a free port.
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// The same with more arguments.
    pub fn serve_with(&self, more: &[&str]) -> Server {
        self.try_serve("127.0.0.1:0", more).expect("a free port")
    }

    /// The same on a given port. The system may lend the port to another connection for a moment; then once more.
    pub fn serve_again(&self, address: &str) -> Server {
        (0..50).find_map(|_| self.try_serve(address, &[])).expect("the port is free again")
    }

    fn try_serve(&self, address: &str, more: &[&str]) -> Option<Server> {
        let mut child = raseed(["office", "--data", &self.text("office"), "serve", "--listen", address])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(child.stdout.take().expect("asked for a pipe"));
        let mut line = String::new();
        said.read_line(&mut line).expect("a line");
        let Ok(value) = serde_json::from_str::<Value>(&line) else {
            child.wait().expect("it ended");
            return None;
        };
        let address = value["listening"].as_str().expect("an address").to_owned();
        Some(Server { child, _said: said, address })
    }

    /// A new till: enrolled at this address, synced, with an open shift.
    pub fn till(&self, name: &str, address: &str) -> Till {
        let till = Till { folder: self.path(name) };
        self.enrol(name, &till, address).good();
        till.run(&["sync"]).good();
        till.run(&["shift", "--float", "500"]).good();
        till
    }

    /// A fresh link for a till.
    pub fn link(&self, name: &str, address: &str) -> String {
        let link = self.office(&["enrol", name, "--url", &format!("http://{address}")]).good();
        link["link"].as_str().expect("a link").to_owned()
    }

    /// Enrols the device in this folder under this name.
    pub fn enrol(&self, name: &str, till: &Till, address: &str) -> Said {
        till.run(&["enrol", &self.link(name, address)])
    }
}

impl Server {
    /// SIGKILL, and waits until it is gone.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // It may have ended by itself; then there is nothing left to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

impl Till {
    /// `raseed till ...`, not started yet.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = raseed(["till", "--staff", "jaspreet", "--data"]);
        command.arg(&self.folder).args(args);
        command
    }

    /// `raseed till ...`
    pub fn run(&self, args: &[&str]) -> Said {
        Said::by(&mut self.command(args))
    }

    /// Its file.
    pub fn file(&self) -> PathBuf {
        self.folder.join("till.db")
    }

    /// How many entries the head office does not have.
    pub fn unsent(&self) -> u64 {
        self.run(&["queue"]).good()["unsent"].as_u64().expect("a number")
    }

    /// Feeds wishes to one process and waits for its end.
    pub fn batch(&self, wishes: &[Wish]) -> Said {
        batch(self.command(&["collect", "--batch"]), wishes)
    }
}

/// Feeds wishes to a `collect --batch` and waits for its end.
pub fn batch(mut command: Command, wishes: &[Wish]) -> Said {
    let call = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = call.spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("asked for a pipe");
    let lines: String = wishes.iter().map(Wish::line).collect();
    // Answers must be read while wishes are written, or both sides wait for each other.
    let feeding = std::thread::spawn(move || {
        // A till that stopped closes the pipe; what it answered up to there counts.
        let _ = input.write_all(lines.as_bytes());
    });
    let said = Said::by_child(child);
    feeding.join().expect("feeding does not panic");
    said
}

/// Somebody wants to pay.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The id of the wish.
    pub request: String,
    /// The household.
    pub account: String,
    /// As typed.
    pub amount: String,
}

impl Wish {
    /// A line for `collect --batch`.
    pub fn line(&self) -> String {
        let value = serde_json::json!({ "request": self.request, "account": self.account, "amount": self.amount });
        format!("{value}\n")
    }
}

/// Writes the first households of the sample book, with their bills, as a book of its own; gives the active ones.
fn small_book(folder: &Path, households: usize) -> Vec<String> {
    fs::create_dir(folder).expect("a new folder");
    let read = |name: &str| fs::read_to_string(format!("{SAMPLE}/{name}")).expect("the sample book");
    for name in ["rules.json", "tariffs.json"] {
        fs::write(folder.join(name), read(name)).expect("a writable folder");
    }
    let table = read("accounts.csv");
    let kept: Vec<&str> = table.lines().take(households + 1).collect();
    let number = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
    let ids: BTreeSet<String> = kept.iter().map(|line| number(line)).collect();
    let demands = read("demands.csv");
    let asked: Vec<&str> = demands.lines().filter(|line| ids.contains(&number(line))).collect();
    fs::write(folder.join("accounts.csv"), kept.join("\n") + "\n").expect("a writable folder");
    fs::write(folder.join("demands.csv"), asked.join("\n") + "\n").expect("a writable folder");
    kept.iter().filter(|line| line.contains(",active,")).map(|line| number(line)).collect()
}
