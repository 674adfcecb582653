//! `raseed qr read`: what a payment code says, whether it can be trusted to, and whether it should have been made so.
//!
//! Any bytes are answered; nothing on a line stops the run. The answer's form is written down in `schemas/payment-qr.md`.

use super::lines;
use crate::output::Failure;
use raseed_protocol::qr::emv::{self, Code, Field};
use raseed_protocol::qr::upi::{self, Link, Parameters, UpiError};
use raseed_protocol::qr::{Payload, Violation, Vpa};
use raseed_protocol::receipt_link::{self, ReceiptRefused};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::io::{self, BufWriter, Write};

/// The name under which a UPI link's amount is given in paise; no parameter of a link may take it.
const AMOUNT: &str = "amount_paise";

/// What is said about one line, in this order.
#[derive(Serialize)]
struct Judgement {
    kind: &'static str,
    valid: bool,
    fields: Map<String, Value>,
    error: Option<&'static str>,
    conformant: bool,
    violations: Vec<String>,
}

/// Judges every line of standard input.
pub fn run() -> Result<(), Failure> {
    let mut input = io::stdin().lock();
    let mut output = BufWriter::new(io::stdout().lock());
    while let Some(line) = lines::next(&mut input).map_err(Failure::io("standard input"))? {
        let judgement = line.map_or_else(|| Judgement::bad("unknown", "LineTooLong"), |line| judge(&line));
        let text = serde_json::to_string(&judgement).map_err(|error| Failure::new("json", error))?;
        writeln!(output, "{text}").map_err(Failure::io("standard output"))?;
    }
    output.flush().map_err(Failure::io("standard output"))
}

fn judge(line: &[u8]) -> Judgement {
    let Ok(text) = std::str::from_utf8(line) else { return Judgement::bad("unknown", "NotUtf8") };
    match Payload::of(text) {
        Payload::Upi(link) => of_upi(link),
        Payload::Emv(code) => of_emv(code),
        Payload::Vpa(vpa) => of_vpa(vpa),
        Payload::Receipt(link) => of_receipt(link),
        Payload::Unknown("") => Judgement::bad("unknown", "Empty"),
        Payload::Unknown(text) if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("upi:")) => {
            Judgement::bad("unknown", "NotPay")
        }
        Payload::Unknown(_) => Judgement::bad("unknown", "NotAPaymentCode"),
    }
}

fn of_upi(link: &str) -> Judgement {
    let parameters = match Parameters::of(link) {
        Ok(parameters) => parameters,
        Err(error) => return Judgement::bad("upi", error.name()),
    };
    // The first of two values stays, as the one that the error is about.
    let mut fields = Map::new();
    for parameter in parameters.iter().filter(|parameter| parameter.key != AMOUNT) {
        fields.entry(parameter.key.clone()).or_insert_with(|| parameter.value.clone().into());
    }
    let link: Result<Link, UpiError> = Link::of(parameters);
    if let Some(amount) = link.as_ref().ok().and_then(Link::amount) {
        fields.insert(AMOUNT.to_owned(), amount.get().into());
    }
    let violations = link.as_ref().map(upi::violations).unwrap_or_default();
    Judgement::of("upi", fields, link.err().map(|error| error.name()), &violations)
}

fn of_emv(text: &str) -> Judgement {
    let (code, error) = Code::decode(text);
    let fields = code.fields().iter().map(|field| (field.id.to_string(), value(field))).collect();
    let violations = if error.is_none() { emv::violations(&code) } else { Vec::new() };
    Judgement::of("emv", fields, error.map(|error| error.name()), &violations)
}

/// Text, or a map for a template.
fn value(field: &Field<'_>) -> Value {
    match field.objects() {
        Some(objects) => objects.iter().map(|object| (object.id.to_string(), Value::from(object.value))).collect(),
        None => field.value.into(),
    }
}

fn of_vpa(text: &str) -> Judgement {
    let vpa = text.parse::<Vpa>();
    let fields = Map::from_iter([("pa".to_owned(), text.into())]);
    Judgement::of("vpa", fields, vpa.err().map(|error| error.name()), &[])
}

/// Its form only: whose signature it is cannot be said without a root key.
fn of_receipt(link: &str) -> Judgement {
    let unpacked = receipt_link::unpack(link);
    let fields = match &unpacked {
        Ok((certificates, entry)) => {
            let sizes = [("certificates", certificates.len()), ("entry_bytes", entry.len())];
            sizes.map(|(name, size)| (name.to_owned(), json!(size))).into_iter().collect()
        }
        Err(_) => Map::new(),
    };
    let error = unpacked.err().map(|error| match error {
        ReceiptRefused::NotAReceiptLink => "NotAReceiptLink",
        _ => "Damaged",
    });
    Judgement::of("receipt", fields, error, &[])
}

impl Judgement {
    fn of(
        kind: &'static str,
        fields: Map<String, Value>,
        error: Option<&'static str>,
        violations: &[Violation],
    ) -> Judgement {
        let valid = error.is_none();
        let violations: Vec<String> = violations.iter().map(Violation::to_string).collect();
        Judgement { kind, valid, fields, error, conformant: valid && violations.is_empty(), violations }
    }

    fn bad(kind: &'static str, error: &'static str) -> Judgement {
        Judgement::of(kind, Map::new(), Some(error), &[])
    }
}
