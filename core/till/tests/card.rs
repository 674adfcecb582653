//! Runs every case of `tests/vectors/card`, and holds answers that no vendor ever gave to what must hold for all.
#![allow(clippy::unwrap_used, reason = "the whole file is a test; a vector that cannot be read must stop it")]

use proptest::prelude::*;
use raseed_protocol::money::Paise;
use raseed_till::card::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::LazyLock;

const FILES: [(&str, usize); 4] =
    [("pine_labs.json", 68), ("pine_labs_service.json", 10), ("paytm_edc.json", 44), ("simulator.json", 26)];

/// The reference of every file, and as one answer spells it.
const OURS: &str = "SAS07-1-42-WMMKB6GK3CUAI";
const OURS_ESCAPED: &str = "SAS07-1-42-WMMKB6GK3CUA%49";

/// In the order of the list.
static READ: LazyLock<Vec<File>> = LazyLock::new(|| FILES.iter().map(|(name, _)| File::read(name)).collect());

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "about")]
    _about: String,
    acquirer: AcquirerKind,
    settings: AcquirerSettings,
    sale: SaleFields,
    asks: Map<String, Value>,
    cases: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SaleFields {
    reference: String,
    amount_paise: Paise,
    account: Option<raseed_protocol::ids::AccountId>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    query: bool,
    answered: AnsweredFields,
    #[serde(default)]
    padding: usize,
    #[serde(default)]
    more_extras: usize,
    expected: Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnsweredFields {
    result_ok: Option<bool>,
    extras: Vec<(String, Value)>,
}

impl File {
    fn read(name: &str) -> File {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/card").join(name);
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn acquirer(&self) -> Acquirer {
        Acquirer::new(self.acquirer, &self.settings).unwrap()
    }

    fn sale(&self) -> CardSale {
        CardSale::new(&self.sale.reference, self.sale.amount_paise, self.sale.account.clone()).unwrap()
    }
}

impl Case {
    fn answered(&self) -> Answered {
        let raw = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let mut extras: Vec<(String, String)> =
            self.answered.extras.iter().map(|(name, value)| (name.clone(), raw(value))).collect();
        if let Some((_, text)) = extras.first_mut() {
            text.push_str(&" ".repeat(self.padding));
        }
        extras.extend((0..self.more_extras).map(|number| (format!("more {number}"), String::new())));
        Answered { result_ok: self.answered.result_ok, extras }
    }

    fn outcome(&self, file: &File, answered: &Answered) -> CardOutcome {
        let (acquirer, sale) = (file.acquirer(), file.sale());
        if self.query { acquirer.read_query(&sale, answered) } else { acquirer.read(&sale, answered) }
    }
}

#[test]
fn vectors() {
    for ((name, at_least), file) in FILES.iter().zip(READ.iter()) {
        assert!(file.cases.len() >= *at_least, "{name} has lost cases");
        let failures: Vec<String> = file
            .cases
            .iter()
            .map(|case| (case, value_of(&case.outcome(file, &case.answered()))))
            .filter(|(case, got)| *got != case.expected)
            .map(|(case, got)| format!("{}\n  given {}\n  got   {got}", case.name, case.expected))
            .collect();
        assert!(failures.is_empty(), "{} of {name} failed:\n{}", failures.len(), failures.join("\n"));
    }
}

#[test]
fn asks() {
    for ((name, _), file) in FILES.iter().zip(READ.iter()) {
        let (acquirer, sale) = (file.acquirer(), file.sale());
        assert_eq!(acquirer.kind(), file.acquirer);
        assert_eq!(ask_value(&acquirer.sale(&sale)), file.asks["sale"], "{name}");
        assert_eq!(acquirer.query(&sale).map_or(Value::Null, |ask| ask_value(&ask)), file.asks["query"], "{name}");
    }
}

fn value_of(outcome: &CardOutcome) -> Value {
    match outcome {
        CardOutcome::Approved(approval) => json!({ "approved": kept(approval) }),
        CardOutcome::Declined { code, what } => json!({ "declined": { "code": code, "what": what } }),
        CardOutcome::Cancelled => json!("cancelled"),
        CardOutcome::Unknown { what } => json!({ "unknown": what }),
    }
}

/// What there is of it.
fn kept(approval: &Approval) -> Value {
    let Approval { rrn, auth_code, card_last4, scheme, tid, mid, batch, invoice, vendor_id } = approval;
    let fields = [
        ("rrn", rrn),
        ("auth_code", auth_code),
        ("card_last4", card_last4),
        ("scheme", scheme),
        ("tid", tid),
        ("mid", mid),
        ("batch", batch),
        ("invoice", invoice),
        ("vendor_id", vendor_id),
    ];
    fields.into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(text.as_ref()?)))).collect()
}

fn ask_value(ask: &Ask) -> Value {
    // What is JSON in the vectors is JSON here, whatever the order of its fields.
    let read = |text: &String| serde_json::from_str(text).ok().filter(Value::is_object).unwrap_or_else(|| json!(text));
    match ask {
        Ask::Intent { action, package, uri, extras } => {
            let extras: Vec<_> = extras.iter().map(|(name, text)| json!([name, read(text)])).collect();
            json!({ "intent": { "action": action, "package": package, "uri": uri, "extras": extras } })
        }
        Ask::Service { action, package, what, bundle_in, bundle_out, text } => json!({ "service": {
            "action": action, "package": package, "what": what,
            "bundle_in": bundle_in, "bundle_out": bundle_out, "text": read(text),
        } }),
    }
}

/// Every case that ends a sale: what a bad answer could be mistaken for.
fn endings() -> Vec<(&'static File, &'static Case)> {
    let cases = READ.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
    cases.filter(|(_, case)| case.expected.get("unknown").is_none()).collect()
}

/// Cuts, doubles, swaps and changes characters, with a taste for those that mean something.
fn changed(text: &str, changes: &[(usize, u8, char)]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for (at, kind, c) in changes {
        let at = at % (characters.len() + 1);
        match kind % 4 {
            0 => characters.truncate(at),
            1 => characters.insert(at, *c),
            2 if at < characters.len() => characters[at] = *c,
            _ if at < characters.len() => drop(characters.remove(at)),
            _ => {}
        }
    }
    characters.into_iter().collect()
}

fn change() -> impl Strategy<Value = (usize, u8, char)> {
    let telling = prop::sample::select("0126789\"{}[],:&=%+?- AaNPV\\u".chars().collect::<Vec<_>>());
    (any::<usize>(), 1u8..=12, prop_oneof![9 => telling, 1 => any::<char>()])
}

/// Whether `text` holds this word whole: not as a part of a longer one.
fn holds(text: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    text.match_indices(word)
        .any(|(at, _)| !part(text[..at].chars().next_back()) && !part(text[at + word.len()..].chars().next()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// However an answer is damaged: it is approved only if our reference, and where there is one our amount, are still in it.
    #[test]
    fn a_damaged_answer_is_approved_only_for_our_sale(
        (file, case) in prop::sample::select(endings()),
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let mut answered = case.answered();
        let text = &mut answered.extras[0].1;
        *text = changed(text, &changes);
        if let CardOutcome::Approved(approval) = case.outcome(file, &answered) {
            let text = percent_decoded(&answered.extras[0].1);
            prop_assert!(holds(&text, OURS), "{text}");
            let says_amount = file.acquirer != AcquirerKind::PineLabs || text.contains("\"PaymentAmount\"");
            prop_assert!(!says_amount || holds(&text, "26000") || holds(&text, "026000"), "{text}");
            prop_assert!(approval.card_last4.is_none_or(|last| last.len() == 4));
        }
    }

    /// Another sale's answer, or one for another amount, ends nothing: not even with a no.
    #[test]
    fn an_answer_for_another_sale_ends_nothing(
        (file, case) in prop::sample::select(endings()),
        reference in "[A-Za-z0-9_-]{4,35}",
        paise in 1i64..10_000_000,
    ) {
        prop_assume!(reference != OURS && paise != 26_000);
        let text = case.answered().extras[0].1.clone();
        let with = |text: String| {
            let mut answered = case.answered();
            answered.extras[0].1 = text;
            case.outcome(file, &answered)
        };
        let unknown = |outcome: &CardOutcome| matches!(outcome, CardOutcome::Unknown { .. });
        let other_sale = text.replace(OURS, &reference).replace(OURS_ESCAPED, &reference);
        if other_sale != text {
            let outcome = with(other_sale);
            prop_assert!(unknown(&outcome), "{outcome:?}");
        }
        let other_amount = text.replace("26000", &paise.to_string());
        if other_amount != text {
            let outcome = with(other_amount);
            prop_assert!(unknown(&outcome), "{outcome:?}");
        }
    }

    /// Whatever comes under the right names: no panic, and no end.
    #[test]
    fn nonsense_ends_nothing(
        file in prop::sample::select(READ.iter().collect::<Vec<_>>()),
        name in prop::sample::select(vec!["RESPONSE_DATA", "MASTERAPPRESPONSE", "deeplink", "response"]),
        text in prop_oneof![any::<String>(), "raseed://card-(sale|status)[?/]{1,2}[a-zA-Z=&%+0-9]{0,60}", "[\\[{\":0-9a-zA-Z,}\\]]{0,60}"],
        result_ok in any::<Option<bool>>(),
    ) {
        let answered = Answered { result_ok, extras: vec![(name.to_owned(), text)] };
        for outcome in [file.acquirer().read(&file.sale(), &answered), file.acquirer().read_query(&file.sale(), &answered)] {
            prop_assert!(matches!(outcome, CardOutcome::Unknown { .. }), "{outcome:?}");
        }
    }

    /// A card number given in full where a masked one is expected, or in a message, is nowhere in what is kept.
    #[test]
    fn no_card_number_is_kept((file, case) in prop::sample::select(endings()), card in "[1-9][0-9]{12,18}") {
        let mut answered = case.answered();
        let text = &mut answered.extras[0].1;
        for masked in ["************4821", "438624*******4821", "XXXXXXXXXXXX4821", "607384XXXXXX4821", "6073849700004821"] {
            *text = text.replace(masked, &card);
        }
        *text = text.replace("NOT ENOUGH FUNDS", &card).replace("Not+enough+funds", &card);
        let outcome = format!("{:?}", case.outcome(file, &answered));
        prop_assert!(!outcome.contains(&card), "{outcome}");
    }
}

/// As the query of a link is read; other text has nothing to decode here.
fn percent_decoded(text: &str) -> String {
    match text.split_once('?') {
        Some((address, query)) if address.starts_with("raseed:") => {
            let fields = form_urlencoded::parse(query.as_bytes());
            fields.map(|(name, value)| format!("{name}={value}\n")).collect()
        }
        _ => text.to_owned(),
    }
}
