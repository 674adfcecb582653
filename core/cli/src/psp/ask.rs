//! The controls of a simulated provider, asked over HTTP.

use crate::output::{Failure, Output};
use raseed_head_office::psp::PspPayment;
use raseed_protocol::money::format_total;
use serde_json::Value;
use std::time::Duration;
use ureq::Agent;

/// A state of a million payments is larger; `--json` and a script read it better anyway.
const MAX_ANSWER: u64 = 256 * 1024 * 1024;

/// `raseed psp pay`
pub fn pay(at: &str, body: &Value, out: &Output) -> Result<(), Failure> {
    let paid = call(PROVIDER, at, "pay", Some(body))?;
    out.say(&paid, || match serde_json::from_value::<PspPayment>(paid.clone()) {
        Ok(payment) => format!("paid: {}", line(&payment)),
        Err(_) => paid.to_string(),
    })
}

/// `raseed psp faults`
pub fn faults(at: &str, body: &Value, out: &Output) -> Result<(), Failure> {
    let faults = call(PROVIDER, at, "faults", Some(body))?;
    out.say(&faults, || format!("from now on: {faults}"))
}

/// `raseed psp state`
pub fn state(at: &str, out: &Output) -> Result<(), Failure> {
    let state = call(PROVIDER, at, "state", None)?;
    out.say(&state, || {
        let payments = serde_json::from_value::<Vec<PspPayment>>(state["payments"].clone()).unwrap_or_default();
        let mut lines: Vec<String> = payments.iter().map(line).collect();
        let total = format_total(state["captured_paise"].as_i64().unwrap_or_default());
        lines.push(format!("{} payments, {total} in all, {} to come", payments.len(), state["coming"]));
        lines.push(format!(
            "{} QR codes; webhook calls: {}, {} waiting",
            state["qr_codes"], state["webhooks"], state["waiting"]
        ));
        lines.join("\n")
    })
}

fn line(payment: &PspPayment) -> String {
    let reference = payment.reference.as_deref().unwrap_or("-");
    let rrn = payment.rrn.as_deref().unwrap_or("-");
    format!("{}  {}  reference {reference}  RRN {rrn}  {}", payment.id, payment.amount, payment.paid.to_people())
}

/// Something that is played on this machine.
#[derive(Clone, Copy)]
pub struct Simulated {
    /// What it plays.
    pub what: &'static str,
    /// The command that plays it.
    pub command: &'static str,
}

const PROVIDER: Simulated = Simulated { what: "provider", command: "psp" };

/// Asks its controls.
pub fn call(whom: Simulated, at: &str, what: &str, body: Option<&Value>) -> Result<Value, Failure> {
    let Simulated { what: played, command } = whom;
    let code = format!("no-{played}");
    let unreachable = |error: ureq::Error| {
        let why = format!(
            "no simulated {played} answers on {at} ({error}); start one with `raseed {command} simulate`, or give --at"
        );
        Failure::new(&code, why)
    };
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(30)))
        .http_status_as_error(false)
        .build()
        .into();
    let url = format!("{}/simulate/{what}", at.trim_end_matches('/'));
    let answered = match body {
        Some(body) => agent.post(url).header("content-type", "application/json").send(body.to_string().as_bytes()),
        None => agent.get(url).call(),
    };
    let mut answer = answered.map_err(unreachable)?;
    let good = answer.status().is_success();
    let text = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_string().map_err(unreachable)?;
    let value: Value = serde_json::from_str(&text)
        .map_err(|_| Failure::new(&code, format!("what answers on {at} is no simulated {played}; give --at")))?;
    if good {
        return Ok(value);
    }
    let why = value["error"]["description"].as_str().or(value["RestException"]["Message"].as_str());
    Err(Failure::new("refused", why.unwrap_or("refused, without saying why")))
}
