//! `raseed psp`: a payment provider that is only played, to try UPI payments without an account and without money.

pub mod ask;
pub mod simulate;

use crate::args::{PspArgs, PspCommand};
use crate::output::{Failure, Output};
use raseed_protocol::money::Paise;
use serde_json::json;

/// Runs the command.
pub fn run(args: &PspArgs, out: &Output) -> Result<(), Failure> {
    match &args.command {
        PspCommand::Simulate { listen, webhook, secret_file, configure, seed } => {
            simulate::run(*listen, webhook.clone(), secret_file, configure.as_deref(), *seed, out)
        }
        PspCommand::Pay { at, link, qr, reference, amount, after_ms } => {
            let amount = amount.as_deref().map(str::parse::<Paise>).transpose();
            let amount = amount.map_err(|error| Failure::new("bad-amount", error))?;
            let mut body = json!({ "after_ms": after_ms, "amount": amount });
            for (name, value) in [("link", link), ("qr", qr), ("reference", reference)] {
                if let Some(value) = value {
                    body[name] = json!(value);
                }
            }
            ask::pay(&at.at, &body, out)
        }
        PspCommand::Faults { at, webhook_lost, webhook_twice, webhook_delay_ms, answer_lost, answer_500, plan } => {
            let body = json!({
                "webhook_lost": webhook_lost,
                "webhook_twice": webhook_twice,
                "webhook_delay_ms": webhook_delay_ms,
                "answer_lost": answer_lost,
                "answer_500": answer_500,
                "plan": plan,
            });
            ask::faults(&at.at, &body, out)
        }
        PspCommand::State { at } => ask::state(&at.at, out),
    }
}
