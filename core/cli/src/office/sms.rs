//! `raseed office sms`

use crate::machine;
use crate::output::{Failure, Output};
use clap::{Args, Subcommand};
use raseed_head_office::Office;
use raseed_head_office::sms::{Outbox, RegisteredText, Sent, Trouble};
use raseed_head_office::store::MessageRecord;
use serde_json::{Value, json};

#[derive(Args)]
pub struct OfficeSmsArgs {
    #[command(subcommand)]
    pub command: OfficeSmsCommand,
}

#[derive(Subcommand)]
pub enum OfficeSmsCommand {
    /// The texts to register on a DLT portal, {#var#} for each value, and the ids that sms.json has for them.
    Templates,
    /// Queue a message for every account that has a contact and something due; each bill is told of once.
    Bills,
    /// Send what is due now. `office serve` does it by itself.
    Send,
    /// The newest messages and how they stand, without any phone.
    List {
        /// How many to list.
        #[arg(long, default_value_t = 20)]
        most: u32,
    },
}

/// Runs the command.
pub fn run(office: &Office, command: &OfficeSmsCommand, out: &Output) -> Result<(), Failure> {
    match command {
        OfficeSmsCommand::Templates => {
            let templates = office.message_templates()?;
            let value: Vec<Value> = templates.iter().map(template_value).collect();
            out.say(&value, || templates.iter().map(template_text).collect::<Vec<_>>().join("\n\n"))
        }
        OfficeSmsCommand::Bills => {
            let queued = office.queue_bills(machine::wall())?;
            out.say(&queued, || {
                format!(
                    "{} bills queued, {} told of before, {} contacts with nothing due, {} without a template",
                    queued.queued, queued.known, queued.nothing_due, queued.left_out
                )
            })
        }
        OfficeSmsCommand::Send => {
            let sent = send_all(office)?;
            out.say(&sent, || sent_text(&sent))
        }
        OfficeSmsCommand::List { most } => {
            let outbox = office.outbox(*most)?;
            out.say(&outbox_value(&outbox), || outbox_text(&outbox))
        }
    }
}

/// Batch after batch, until nothing is due or the gateway has enough.
fn send_all(office: &Office) -> Result<Sent, Failure> {
    let mut all = office.send_messages(machine::wall())?;
    while all.more {
        all = all.and(office.send_messages(machine::wall())?);
    }
    Ok(all)
}

fn sent_text(sent: &Sent) -> String {
    let trouble = match sent.trouble {
        None => "",
        Some(Trouble::Gateway) => "; the gateway takes nothing now, the rest is tried later",
        Some(Trouble::Account) => "; the gateway refuses the account: look at sms.json, and at what is left to spend",
    };
    format!(
        "{} sent, {} without an answer, {} put off, {} failed, {} too old{trouble}",
        sent.sent, sent.unknown, sent.put_off, sent.failed, sent.expired
    )
}

fn template_value(template: &RegisteredText) -> Value {
    json!({
        "kind": template.kind.code(),
        "language": template.language,
        "text": template.text,
        "id": template.id.as_ref().map(|id| id.as_str()),
    })
}

fn template_text(template: &RegisteredText) -> String {
    let id = template.id.as_ref().map_or("not registered", |id| id.as_str());
    format!("[{} {}] {id}\n{}", template.kind, template.language, template.text)
}

fn outbox_value(outbox: &Outbox) -> Value {
    let messages: Vec<Value> = outbox
        .newest
        .iter()
        .map(|message| {
            json!({
                "message": message.id,
                "account": message.account,
                "language": message.language,
                "text": message.text,
                "made_ms": message.made,
                "state": message.progress.state.code(),
                "tries": message.progress.tries,
                "gateway": message.progress.gateway,
                "code": message.progress.code,
            })
        })
        .collect();
    let counts: serde_json::Map<String, Value> =
        outbox.counts.iter().map(|(state, count)| (state.code().to_owned(), json!(count))).collect();
    let left_out: serde_json::Map<String, Value> =
        outbox.left_out.iter().map(|(kind, count)| (kind.code().to_owned(), json!(count))).collect();
    json!({ "messages": messages, "counts": counts, "left_out": left_out })
}

fn outbox_text(outbox: &Outbox) -> String {
    let mut lines: Vec<String> = outbox.newest.iter().map(message_line).collect();
    let counts: Vec<String> = outbox.counts.iter().map(|(state, count)| format!("{count} {}", state.code())).collect();
    lines.push(if counts.is_empty() { "no messages".to_owned() } else { counts.join(", ") });
    lines.extend(outbox.left_out.iter().map(|(kind, count)| {
        format!("{count} of kind {kind} could not be told: no template is registered (raseed office sms templates)")
    }));
    lines.join("\n")
}

fn message_line(message: &MessageRecord) -> String {
    let code = message.progress.code.as_deref().unwrap_or_default();
    let (made, state) = (message.made.to_people(), message.progress.state.code());
    format!("{made}  {:<28} {:<20} {}  {state} {code}", message.id, message.account, message.language)
}
