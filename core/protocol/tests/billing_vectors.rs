//! Runs every case of `tests/vectors/billing` through the book's own JSON forms.
//!
//! The same files are checked by `tests/oracles/billing.py`, which shares only the prose of `schemas/billing.md`.
#![allow(clippy::unwrap_used, reason = "the whole file is a test; a vector that cannot be read must stop it")]

use raseed_protocol::billing::*;
use raseed_protocol::book::{Account, Meter, Rules, Tariff};
use raseed_protocol::ids::BillNumber;
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    rules: BTreeMap<String, Rules>,
    #[serde(default)]
    tariffs: BTreeMap<String, Tariff>,
    cases: Vec<Map<String, Value>>,
}

/// One case, and the things of its file that it names.
struct Case<'a> {
    file: &'a File,
    fields: &'a Map<String, Value>,
}

impl Case<'_> {
    /// A field in its own type; a field that is not there reads as null.
    fn get<T: for<'de> Deserialize<'de>>(&self, field: &str) -> T {
        let value = self.fields.get(field).cloned().unwrap_or_default();
        serde_json::from_value(value).unwrap_or_else(|error| panic!("{}: {field}: {error}", self.name()))
    }

    fn name(&self) -> &str {
        self.fields["name"].as_str().unwrap()
    }

    fn rules(&self) -> &Rules {
        &self.file.rules[self.fields["rules"].as_str().unwrap()]
    }

    fn tariff(&self) -> &Tariff {
        &self.file.tariffs[self.fields["tariff"].as_str().unwrap()]
    }

    fn account(&self) -> Account {
        let account: Account = self.get("account");
        account.check().unwrap_or_else(|error| panic!("{}: {error}", self.name()));
        account
    }
}

/// What the code answers: `Ok` is compared with `expected`; `Err` is the error's name, and what it carries or null.
type Answer = Result<Value, (String, Value)>;

fn run(file_name: &str, at_least: usize, answer: fn(&Case) -> Answer) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/billing").join(file_name);
    let file: File = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(file.cases.len() >= at_least, "{file_name} has lost cases");
    file.rules.values().for_each(|rules| rules.check().unwrap());
    let mut failures = Vec::new();
    for fields in &file.cases {
        let case = Case { file: &file, fields };
        let given = match (fields.get("expected"), fields.get("error")) {
            (Some(expected), None) => Ok(expected.clone()),
            (None, Some(error)) => {
                Err((error.as_str().unwrap().to_owned(), fields.get("carries").cloned().unwrap_or_default()))
            }
            _ => panic!("{} has no answer, or two", case.name()),
        };
        let got = answer(&case);
        if got != given {
            failures.push(format!("{}\n  given {given:?}\n  got   {got:?}", case.name()));
        }
    }
    assert!(failures.is_empty(), "{} of {file_name} failed:\n{}", failures.len(), failures.join("\n"));
}

fn value(of: impl serde::Serialize) -> Value {
    serde_json::to_value(of).unwrap()
}

/// The path of variants: `Charge(BadTariff(NoSlabs))` is `Charge/BadTariff/NoSlabs`.
fn name_of(error: &impl std::fmt::Debug) -> String {
    let text = format!("{error:?}");
    let names = text.split([' ', '{']).next().unwrap();
    names.trim_end_matches(')').replace('(', "/")
}

#[test]
fn charge_vectors() {
    run("charge.json", 32, |case| {
        charge(case.tariff(), case.rules(), case.get("units"), case.get("months"))
            .map(value)
            .map_err(|error| (name_of(&error), Value::Null))
    });
}

#[test]
fn reading_vectors() {
    run("reading.json", 24, |case| {
        reading(&case.get::<Meter>("meter"), case.get("reading"), case.get("on"))
            .map(value)
            .map_err(|error| (name_of(&error), Value::Null))
    });
}

#[test]
fn spot_bill_vectors() {
    run("spot_bill.json", 28, |case| {
        let answers: Option<Vec<Question>> = case.get("answers");
        let number: BillNumber = case.get("bill_number");
        let (account, on) = (case.account(), case.get::<Day>("on"));
        let made = spot_bill(
            &account,
            case.tariff(),
            case.rules(),
            case.get("reading"),
            on,
            &answers.unwrap_or_default(),
            number,
        );
        made.map(|bill| {
            bill.demand.check().unwrap();
            value(bill)
        })
        .map_err(|error| match &error {
            SpotBillRefused::Unanswered { questions } => (name_of(&error), json!({ "questions": questions })),
            _ => (name_of(&error), Value::Null),
        })
    });
}

#[test]
fn dues_vectors() {
    run("dues.json", 34, |case| Ok(value(dues(&case.account(), case.rules(), case.get("on")))));
}

#[test]
fn settle_vectors() {
    run("settle.json", 28, |case| {
        let (mut account, on) = (case.account(), case.get("on"));
        let mut got = match case.get::<Option<Paise>>("amount") {
            None => json!({ "from_advance": apply_advance(&mut account, case.rules(), on) }),
            Some(amount) => {
                let settlement = settle(&mut account, case.rules(), amount, on);
                let mut got = value(&settlement);
                got["by_head"] = value(settlement.by_head());
                got["oldest_period"] = value(settlement.oldest_period());
                got["newest_period"] = value(settlement.newest_period());
                got
            }
        };
        account.check().unwrap();
        let demands = account.demands.iter().map(|demand| json!({ "bill": demand.bill, "lines": demand.lines }));
        got["account"] = json!({
            "demands": demands.collect::<Vec<_>>(),
            "advance": account.advance,
            "last_payment": account.last_payment,
        });
        Ok(got)
    });
}

#[test]
fn policy_vectors() {
    run("policy.json", 21, |case| {
        let check = if case.get("cash") { policy::check } else { policy::check_cashless };
        match check(&case.account(), case.rules(), case.get("amount"), case.get("on")) {
            Ok(()) => Ok(json!("taken")),
            Err(refused) => {
                let carries = value(&refused).as_object().and_then(|variant| variant.values().next().cloned());
                Err((name_of(&refused), carries.unwrap_or_default()))
            }
        }
    });
}
