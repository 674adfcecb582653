//! `raseed sms`: a message gateway that is only played, to see what consumers would read.

mod args;
mod simulate;

pub use args::SmsArgs;

use crate::output::{Failure, Output};
use crate::psp::ask::{Simulated, call};
use args::{SmsAt, SmsCommand};
use raseed_simulated_psp::sms::Text;
use serde_json::json;

const GATEWAY: Simulated = Simulated { what: "gateway", command: "sms" };

/// Runs the command.
pub fn run(args: &SmsArgs, out: &Output) -> Result<(), Failure> {
    match &args.command {
        SmsCommand::Simulate(args) => simulate::run(args, out),
        SmsCommand::Sent { at } => sent(at, out),
        SmsCommand::Faults { at, answer_lost, busy, delay_ms, plan } => {
            let body = json!({ "answer_lost": answer_lost, "busy": busy, "delay_ms": delay_ms, "plan": plan });
            let faults = call(GATEWAY, &at.at, "faults", Some(&body))?;
            out.say(&faults, || format!("from now on: {faults}"))
        }
    }
}

fn sent(at: &SmsAt, out: &Output) -> Result<(), Failure> {
    let sent = call(GATEWAY, &at.at, "sent", None)?;
    out.say(&sent, || {
        let texts = serde_json::from_value::<Vec<Text>>(sent.clone()).unwrap_or_default();
        match texts.as_slice() {
            [] => "nothing yet".to_owned(),
            some => some.iter().map(shown).collect::<Vec<_>>().join("\n\n"),
        }
    })
}

/// Invented phones of a simulated gateway: the one place where a number is shown.
fn shown(text: &Text) -> String {
    format!("to {}, template {}\n  {}", text.to, text.template, text.body.replace('\n', "\n  "))
}
