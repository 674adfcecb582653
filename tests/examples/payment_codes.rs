//! Requests for payment and the codes made of them, a JSON object a line, for readers that are not ours:
//! `cargo run -p raseed-tests --example payment_codes -- 2000`.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use raseed_protocol::qr::{bharat, upi};
use raseed_tests::arbitrary::{asked_paise, bharat_request, upi_request};
use serde_json::{Value, json};
use std::env;
use std::io::{self, Write};

fn main() -> io::Result<()> {
    let each = env::args().nth(1).map_or(2_000, |count| count.parse().expect("how many of each kind"));
    let mut output = io::BufWriter::new(io::stdout().lock());
    for request in draw(upi_request(), each) {
        writeln!(output, "{}", of_upi(&request))?;
    }
    for request in draw(bharat_request(), each) {
        writeln!(output, "{}", of_bharat(&request))?;
    }
    output.flush()
}

/// The same every time: the oracle's finding must be there again when it is looked into.
fn draw<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>, count: usize) -> impl Iterator<Item = T> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(move |_| strategy.new_tree(&mut runner).expect("the generators seldom throw again").current())
}

fn of_upi(request: &upi::Request) -> Value {
    let (amount, minimum) = asked_paise(request.asked.as_ref());
    json!({
        "kind": "upi",
        "text": request.build(),
        "payee": request.payee.as_str(),
        "name": request.name.as_str(),
        "reference": request.initiation.reference().map(|reference| reference.as_str()),
        "mcc": request.mcc.as_ref().map(|mcc| mcc.as_str()),
        "note": request.note.as_ref().map(|note| note.as_str()),
        "amount_paise": amount,
        "minimum_paise": minimum,
        "made_at": request.made_at.map(|at| at.to_rfc3339()),
        "expires_at": request.expires_at.map(|at| at.to_rfc3339()),
    })
}

fn of_bharat(request: &bharat::Request) -> Value {
    let (asked, reference) = match &request.initiation {
        bharat::Initiation::Static { amount } => ((amount.map(|amount| amount.paise()), None), None),
        bharat::Initiation::Dynamic { asked, reference, .. } => (asked_paise(asked.as_ref()), Some(reference.as_str())),
    };
    json!({
        "kind": "emv",
        "text": request.build().expect("a request that can be built"),
        "payee": request.payee.as_ref().map(|payee| payee.as_str()),
        "name": request.name.as_str(),
        "city": request.city.as_str(),
        "pin_code": request.pin_code.as_str(),
        "mcc": request.mcc.as_str(),
        "rupay": request.rupay.as_ref().map(|pan| pan.as_str()),
        "account": request.account.as_ref().map(|account| account.as_str()),
        "reference": reference,
        "terminal": request.additional.terminal.as_ref().map(|text| text.as_str()),
        "local_name": request.language.as_ref().map(|local| local.name.as_str()),
        "amount_paise": asked.0,
        "minimum_paise": asked.1.filter(|_| request.payee.is_some()),
    })
}
