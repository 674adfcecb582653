//! `raseed psp`: a provider in a process of its own, asked by the head office's adapter and paid from the command line.

use crate::front::Front;
use crate::program::{Said, raseed};
use raseed_head_office::psp::{Psp, PspConfig, QrOrder};
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// A provider that is being played; killed when it is dropped.
pub struct Provider {
    folder: PathBuf,
    _temporary: Option<TempDir>,
    child: Child,
    _said: BufReader<ChildStdout>,
    /// Where it answers.
    pub url: String,
}

impl Provider {
    fn start() -> Provider {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().to_owned();
        let mut provider = Provider::of(&path, None);
        provider._temporary = Some(folder);
        provider
    }

    /// That of the head office in this folder, which it tells of payments by this door, if there is one.
    pub fn of(folder: &Path, news: Option<&Front>) -> Provider {
        let mut command = simulate(folder);
        if let Some(news) = news {
            command.args(["--webhook", &format!("http://{}/v1/psp/webhook", news.address)]);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut said = BufReader::new(child.stdout.take().expect("asked for a pipe"));
        let mut line = String::new();
        said.read_line(&mut line).expect("a line");
        let value: Value = serde_json::from_str(&line).expect("a line of JSON");
        let url = value["url"].as_str().expect("an address").to_owned();
        Provider { folder: folder.to_owned(), _temporary: None, child, _said: said, url }
    }

    /// `raseed psp WHAT --at HERE ...`
    pub fn ask(&self, what: &str, args: &[&str]) -> Said {
        Said::by(raseed(["psp", what, "--at", &self.url]).args(args))
    }

    /// As the head office in this folder would ask it.
    fn port(&self) -> Box<dyn Psp> {
        PspConfig::open(&self.folder, Arc::new(now)).expect("a good configuration").expect("there is one")
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn simulate(folder: &Path) -> std::process::Command {
    let mut command = raseed(["psp", "simulate", "--listen", "127.0.0.1:0", "--seed", "1", "--configure"]);
    command.arg(folder).arg("--secret-file").arg(folder.join("psp.secret"));
    command
}

fn now() -> WallMs {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    WallMs(since.as_millis().try_into().expect("before the end of time"))
}

fn order() -> QrOrder {
    QrOrder {
        reference: "SAS07-1-391".to_owned(),
        amount: Paise::from_rupees(260).expect("small"),
        description: "Water bill".to_owned(),
        close_by: now(),
    }
}

#[test]
#[ignore = "needs the released program"]
fn a_provider_that_is_played_takes_orders_and_money() {
    let provider = Provider::start();
    let port = provider.port();
    let made = port.make_qr(&order()).expect("a QR code");
    let paid = provider.ask("pay", &[&made.link]).good();
    assert_eq!(json!(port.payments_of(&made.qr).expect("an answer")), json!([paid]));
    provider.ask("pay", &["--reference", "SAS07-1-391", "--amount", "₹ 1,250.50"]).good();
    provider.ask("pay", &["--qr", &made.qr, "--after-ms", "60000000"]).good();
    let state = provider.ask("state", &[]).good();
    assert_eq!((&state["captured_paise"], &state["coming"]), (&json!(151_050), &json!(1)));
    provider.ask("faults", &["--plan", "answer-lost,status-500"]).good();
    assert_eq!(port.make_qr(&order()).expect_err("lost").code(), "psp-interrupted");
    assert_eq!(port.make_qr(&order()).expect_err("out of order").code(), "psp-refused");
    assert_eq!(provider.ask("state", &[]).good()["qr_codes"], 2);
}

#[test]
#[ignore = "needs the released program"]
fn what_cannot_be_is_refused_with_a_name() {
    let provider = Provider::start();
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("psp.json"), r#"{"psp":"razorpay","key_id":"rzp_live_1"}"#).expect("a file");
    for (said, code) in [
        (provider.ask("pay", &["--qr", "qr_unknown"]), "refused"),
        (provider.ask("pay", &["upi://pay?tr=1"]), "refused"),
        (provider.ask("pay", &["upi://pay?pa=a@b", "--amount", "five"]), "bad-amount"),
        (provider.ask("faults", &["--webhook-lost", "1001"]), "refused"),
        (Said::by(&mut raseed(["psp", "state", "--at", "http://127.0.0.1:1"])), "no-provider"),
        (Said::by(&mut raseed(["psp", "simulate", "--listen", "0.0.0.0:0"])), "not-this-machine"),
        (Said::by(&mut simulate(folder.path())), "other-provider"),
    ] {
        let refusal = said.refused();
        assert_eq!(refusal.code, code, "{}: {refusal:?}", said.call);
    }
    let kept = fs::read_to_string(folder.path().join("psp.json")).expect("it is still there");
    assert!(kept.contains("rzp_live_1"), "the configuration of a real provider was written over");
}
