//! `raseed till`: a real till for a Linux box.

mod about;
mod bill;
mod carry;
mod collect;
mod enrol;
mod look;
mod payment;
mod sync;

use crate::args::{TillArgs, TillCommand};
use crate::machine;
use crate::output::{Failure, Output};
use raseed_protocol::ids::{AccountId, RequestId, StaffId};
use raseed_protocol::money::Paise;
use raseed_till::sync::HttpTransport;
use raseed_till::{OpenShift, Till};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Runs the command.
pub fn run(args: &TillArgs, out: &Output) -> Result<(), Failure> {
    let (folder, roots) = (args.data.as_path(), args.tls_roots.as_deref());
    if let TillCommand::Enrol { link } = &args.command {
        return enrol::run(folder, args.copy.as_deref(), roots, link, out);
    }
    let staff: StaffId = parse("bad-staff", &args.staff)?;
    let mut till = Till::open(folder, machine::ports(folder, args.copy.as_deref()))?;
    payment::look_after(&mut till)?;
    match &args.command {
        TillCommand::Enrol { .. } => unreachable!("done above"),
        TillCommand::Shift { float } => shift(&mut till, &staff, float, out),
        TillCommand::Find { words, most } => look::find(&mut till, &words.join(" "), *most, out),
        TillCommand::Show { account } => look::show(&till, &parse("bad-account", account)?, out),
        TillCommand::Bill { account, reading, confirm, request } => {
            let request = request_id(&till, request.as_deref())?;
            bill::run(&mut till, &staff, account, *reading, confirm, request, out)
        }
        TillCommand::Collect { batch: true, .. } => collect::batch(&mut till, &staff, out),
        TillCommand::Collect { account, amount, request, png, language, .. } => {
            let account: AccountId = parse("bad-account", account.as_deref().unwrap_or_default())?;
            let request = request_id(&till, request.as_deref())?;
            let amount = collect::amount(&till, request, &account, amount.as_deref().unwrap_or_default())?;
            let form = collect::Form { language: *language, png: png.as_deref() };
            collect::one(&mut till, raseed_till::Collect { request, account, amount, staff }, form, out)
        }
        TillCommand::Receipt { number, png, language } => {
            collect::again(&till, number, collect::Form { language: *language, png: png.as_deref() }, out)
        }
        TillCommand::Pay(wish) => payment::pay(&mut till, &mut short_line(roots)?, &staff, wish, out),
        TillCommand::Payments { most } => payment::list(&till, *most, out),
        TillCommand::Payment(what) => payment::one(&mut till, &mut short_line(roots)?, &staff, what, out),
        TillCommand::Pin { new, old } => payment::pin(&mut till, old.as_deref(), new, out),
        TillCommand::Statement { account, png, language } => {
            let form = collect::Form { language: *language, png: png.as_deref() };
            payment::bill_again(&till, &parse("bad-account", account)?, form, out)
        }
        TillCommand::About => about::run(&till, out),
        TillCommand::Today => look::today(&till, out),
        TillCommand::Queue { most } => look::queue(&till, *most, out),
        TillCommand::Sync { patience, timeout } => sync::run(&mut till, roots, *patience, *timeout, out),
        TillCommand::Carry { place } => carry::run(&till, place, out),
        TillCommand::Take { file } => carry::take(&mut till, file, out),
        TillCommand::Verify { text } => look::verify(&till, text, out),
        TillCommand::Clock { confirm } => {
            let id = till.confirm_clock(&staff, confirm)?;
            out.say(&json!({ "entry": id }), || format!("the clock is confirmed ({id})"))
        }
        TillCommand::Check => check(&mut till, out),
        TillCommand::Export { file } => export(&till, file, out),
    }
}

/// A line for small questions.
fn short_line(roots: Option<&Path>) -> Result<HttpTransport, Failure> {
    machine::line(roots, Duration::from_secs(10), Duration::from_secs(30))
}

/// Reads a value, or says what is wrong with it.
pub fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(code: &str, text: &str) -> Result<T, Failure> {
    text.parse().map_err(|error| Failure::new(code, error))
}

fn request_id(till: &Till, given: Option<&str>) -> Result<RequestId, Failure> {
    given.map_or_else(|| Ok(till.new_request()), |text| parse("bad-request-id", text))
}

fn shift(till: &mut Till, staff: &StaffId, float: &str, out: &Output) -> Result<(), Failure> {
    let float: Paise = parse("bad-amount", float)?;
    let id = till.open_shift(&OpenShift { staff: staff.clone(), float })?;
    let number = till.standing().shift;
    out.say(&json!({ "entry": id, "shift": number, "float_paise": float }), || {
        format!("shift {number} is open ({id}), {float} in the bag")
    })
}

fn check(till: &mut Till, out: &Output) -> Result<(), Failure> {
    till.check_file()?;
    let mut check = till.begin_journal_check()?;
    while !till.continue_journal_check(&mut check, 50_000)? {}
    let before = till.projections()?;
    let entries = till.rebuild()?;
    let same = before == till.projections()?;
    let standing = till.standing();
    out.say(&json!({ "entries": entries, "receipts": standing.receipts, "projections_were_right": same }), || {
        let projections = if same { "the projections were right" } else { "the projections were wrong and are mended" };
        format!("{entries} entries verified, {} receipts, {}; {projections}", standing.receipts, standing.grand_total)
    })
}

fn export(till: &Till, file: &Path, out: &Output) -> Result<(), Failure> {
    let run = till.export(raseed_protocol::ids::Sequence(0))?;
    fs::write(file, &run).map_err(Failure::io(file.display()))?;
    let newest = till.standing().newest;
    out.say(&json!({ "file": file, "bytes": run.len(), "newest": newest }), || {
        format!("{} bytes up to {newest} written to {}", run.len(), file.display())
    })
}
