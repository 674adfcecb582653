//! `raseed till pay`, `payments`, `payment` and `pin`: payments by UPI, from the code to the receipt or the complaint.

use super::collect::{self, Form};
use super::parse;
use crate::args::{PayArgs, PaymentArgs};
use crate::machine;
use crate::output::{Failure, Output};
use crate::picture;
use raseed_protocol::ids::{AccountId, EntryId, StaffId};
use raseed_protocol::journal::Mode;
use raseed_protocol::symbol::Symbol;
use raseed_till::sync::{HttpTransport, ask_payments};
use raseed_till::{Complain, EndPayment, Ending, Payment, PaymentStanding, Proof, RequestPayment, TakePayment, Till};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The first and the longest pause between two questions.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(15));

/// Asks for a payment, shows its code, and waits for word of it if it is told to.
pub fn pay(
    till: &mut Till,
    line: &mut HttpTransport,
    staff: &StaffId,
    args: &PayArgs,
    out: &Output,
) -> Result<(), Failure> {
    let request = super::request_id(till, args.request.as_deref())?;
    let account: Option<AccountId> = args.account.as_deref().map(|text| parse("bad-account", text)).transpose()?;
    let amount = match (&account, till.payment_asked_by(request)?) {
        (_, Some(before)) => before.amount,
        (Some(account), None) => collect::amount(till, request, account, &args.amount)?,
        (None, None) => parse("bad-amount", &args.amount)?,
    };
    let wish =
        RequestPayment { request, account, amount, mode: Mode::Upi, note: args.note.clone(), staff: staff.clone() };
    let mut payment = till.request_payment(&wish)?;
    if till.payment_code(&payment)?.is_none() && payment.state == PaymentStanding::Open {
        // The payment service makes the code, once the head office has asked it to.
        payment = ask(till, line, &payment)?;
    }
    let code = till.payment_code(&payment)?;
    out.say(&value(till, &payment)?, || shown(&payment, code.as_deref()))?;
    if let (Some(code), Some(png)) = (&code, &args.png) {
        picture::write_png(png, code)?;
    }
    match args.wait {
        Some(seconds) => wait(till, line, payment, Duration::from_secs(seconds.min(3600)), out),
        None => Ok(()),
    }
}

/// Waits until the payment has an end, or the time is over. A network that is gone is only waited for.
fn wait(
    till: &mut Till,
    line: &mut HttpTransport,
    mut payment: Payment,
    time: Duration,
    out: &Output,
) -> Result<(), Failure> {
    let (end, mut pause) = (Instant::now() + time, PAUSES.0);
    while payment.state == PaymentStanding::Open && Instant::now() < end {
        std::thread::sleep(pause.min(end.saturating_duration_since(Instant::now())));
        pause = (pause * 3 / 2).min(PAUSES.1);
        payment = match ask(till, line, &payment) {
            Ok(payment) => payment,
            Err(_) => till.payment(&payment.id)?,
        };
    }
    say(till, &payment, Form { language: Default::default(), png: None }, out)
}

/// Asks the head office, and gives the payment as it stands then.
fn ask(till: &mut Till, line: &mut HttpTransport, payment: &Payment) -> Result<Payment, Failure> {
    ask_payments(&mut *till, line)?;
    Ok(till.payment(&payment.id)?)
}

/// Lists the newest payments.
pub fn list(till: &Till, most: usize, out: &Output) -> Result<(), Failure> {
    let lines = till.payment_list(most)?;
    out.say(&json!({ "payments": lines }), || {
        let line = |line: &raseed_till::PaymentLine| {
            let whose = line.account.as_ref().map_or("sale", |account| account.as_str()).to_owned();
            format!("{:<18} {:<12} {:>12}  {}", line.id, whose, line.amount.to_string(), line.state.code())
        };
        match lines.is_empty() {
            true => "no payment was asked for yet".to_owned(),
            false => lines.iter().map(line).collect::<Vec<_>>().join("\n"),
        }
    })
}

/// Shows one payment, or does with it what was asked.
pub fn one(
    till: &mut Till,
    line: &mut HttpTransport,
    staff: &StaffId,
    args: &PaymentArgs,
    out: &Output,
) -> Result<(), Failure> {
    let id: EntryId = parse("bad-payment-number", &args.number)?;
    let form = Form { language: args.language, png: None };
    let end = |ending| EndPayment { payment: id.clone(), ending, staff: staff.clone() };
    if let Some(reference) = &args.shown {
        let proof = Proof::Shown { reference: reference.clone() };
        till.take_payment(&TakePayment { payment: id.clone(), proof, staff: staff.clone() })?;
    } else if args.give_up {
        till.end_payment(&end(Ending::GivenUp))?;
    } else if args.let_go {
        let supervisor = parse("bad-staff", args.supervisor.as_deref().unwrap_or_default())?;
        till.check_pin(args.pin.as_deref().unwrap_or_default())?;
        let reason = args.reason.clone().unwrap_or_default();
        till.end_payment(&end(Ending::LetGo { supervisor, reason }))?;
    } else if args.complain {
        let reference = args.reference.clone();
        let ticket = till.complain(&Complain { payment: id.clone(), reference, staff: staff.clone() })?;
        let text = till.complaint_text(&ticket, args.language)?;
        let value = json!({
            "complaint": ticket.number,
            "payment": id,
            "cause": ticket.opened.cause,
            "promised": ticket.opened.promised,
            "bank_due": ticket.opened.bank_due,
            "text": text,
        });
        return out.say(&value, || text.clone());
    } else if args.ask {
        let payment = till.payment(&id)?;
        ask(till, line, &payment)?;
    }
    let payment = till.payment(&id)?;
    say(till, &payment, form, out)
}

/// Sets the supervisor's PIN.
pub fn pin(till: &mut Till, old: Option<&str>, new: &str, out: &Output) -> Result<(), Failure> {
    till.set_pin(old, new)?;
    out.say(&json!({ "set": true }), || "the supervisor's PIN of this till is set".to_owned())
}

/// The receipt, where there is one; else how the payment stands.
fn say(till: &Till, payment: &Payment, form: Form, out: &Output) -> Result<(), Failure> {
    if let Some(receipt) = &payment.receipt {
        return collect::again(till, &receipt.to_string(), form, out);
    }
    let code = till.payment_code(payment).ok().flatten();
    out.say(&value(till, payment)?, || {
        shown(payment, code.as_deref().filter(|_| payment.state == PaymentStanding::Open))
    })
}

fn value(till: &Till, payment: &Payment) -> Result<Value, Failure> {
    let code = if payment.mode == Mode::Upi { till.payment_code(payment)? } else { None };
    Ok(json!({
        "payment": payment.id,
        "request": payment.request.to_string(),
        "account": payment.account,
        "amount_paise": payment.amount,
        "mode": payment.mode,
        "state": payment.state,
        "office": payment.word.as_ref().map(|word| word.state),
        "code": code,
        "expires": payment.expires.map(|at| at.to_rfc3339()),
        "receipt": payment.receipt,
        "complaint": payment.complaint,
    }))
}

fn shown(payment: &Payment, code: Option<&str>) -> String {
    let whose = payment.account.as_ref().map_or("a sale".to_owned(), ToString::to_string);
    let what = format!("payment {} for {whose}: {}", payment.id, payment.amount);
    match (payment.state, code) {
        (PaymentStanding::Open, Some(code)) => {
            let symbol = Symbol::new(code).map(|symbol| symbol.to_terminal()).unwrap_or_default();
            format!("{what}; the payer scans this\n{symbol}\n{code}")
        }
        (PaymentStanding::Open, None) => format!("{what}; asked for, no word yet: `till payment {} --ask`", payment.id),
        (state, _) if state.is_unknown() => {
            let complaint =
                payment.complaint.as_ref().map(|number| format!(" Complaint {number} is open.")).unwrap_or_default();
            format!(
                "{what}: nobody knows how it ended. Money may have moved; do not charge again.{complaint} Ask with \
                 `till payment {} --ask` where there is a network",
                payment.id
            )
        }
        (state, _) => format!("{what}: {}", state.code()),
    }
}

/// What a till that was cut off looks after first: payments whose end is not known.
pub fn look_after(till: &mut Till) -> Result<(), Failure> {
    match till.follow_payments() {
        // A clock that must be confirmed first is said by whatever needs it.
        Ok(_) => Ok(()),
        Err(error) if error.is_about_the_clock() => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Prints or sends the bill of an account.
pub fn bill_again(till: &Till, account: &AccountId, form: Form, out: &Output) -> Result<(), Failure> {
    let slip = till.bill_slip(account, form.language)?;
    let text = till.bill_text(account, form.language)?;
    out.say(&json!({ "account": account, "code": slip.qr(), "text": text }), || {
        let symbol = slip.qr().and_then(|code| Symbol::new(code).ok()).map(|symbol| symbol.to_terminal());
        format!("{}\n{}", slip.to_text(machine::COLUMNS), symbol.unwrap_or_default())
    })?;
    match (form.png, slip.qr()) {
        (Some(path), Some(code)) => picture::write_png(path, code).map(drop),
        _ => Ok(()),
    }
}
