//! `raseed qr make`: a payment code from what was typed.

use super::args::{MakeArgs, MakeWhat};
use super::{bharat, show, upi};
use crate::output::{Failure, Output};
use raseed_protocol::money::Paise;
use raseed_protocol::qr::{Amount, Asked};
use std::fmt::Display;
use std::str::FromStr;

/// Makes the code, prints it, and draws it where it was asked for.
pub fn run(args: &MakeArgs, out: &Output) -> Result<(), Failure> {
    let (kind, payload) = match &args.what {
        MakeWhat::Upi(wish) => ("upi", upi::link(wish)?),
        MakeWhat::Bharat(wish) => ("emv", bharat::code(wish)?),
    };
    show::run(kind, &payload, args, out)
}

/// What was typed for one field.
pub fn field<T: FromStr<Err: Display>>(typed: &str) -> Result<T, Failure> {
    typed.parse().map_err(|error| Failure::new("bad-field", error))
}

/// The same, if anything was typed.
pub fn maybe<T: FromStr<Err: Display>>(typed: Option<&String>) -> Result<Option<T>, Failure> {
    typed.map(|typed| field(typed)).transpose()
}

/// An amount in rupees, as people type it.
pub fn amount(typed: &str) -> Result<Amount, Failure> {
    let paise: Paise = typed.parse().map_err(|error| Failure::new("bad-amount", error))?;
    Amount::try_from(paise)
        .map_err(|error| Failure::new("bad-amount", format!("the amount cannot be asked for: {error}")))
}

/// An amount with its floor.
pub fn asked(typed: Option<&String>, minimum: Option<&String>) -> Result<Option<Asked>, Failure> {
    let Some(typed) = typed else { return Ok(None) };
    let whole = amount(typed)?;
    let asked = match minimum {
        Some(minimum) => Asked::down_to(whole, amount(minimum)?).map_err(|error| Failure::new("bad-amount", error))?,
        None => Asked::exactly(whole),
    };
    Ok(Some(asked))
}
