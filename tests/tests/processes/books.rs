//! What must hold of any till and its head office at the end of any day, worked out here once more.

use crate::place::{Place, Till};
use crate::program::{Said, raseed};
use raseed_protocol::journal::{Body, Chain, TillKeys};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// A receipt as it stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stands {
    /// Its number.
    pub receipt: String,
    /// The hash of its bytes.
    pub hash: String,
    /// What was taken.
    pub paise: i64,
}

/// The receipts of a till by request id, after checking that its chain is whole, each way there is.
pub fn receipts(place: &Place, till: &Till) -> BTreeMap<String, Stands> {
    let key = place.root_key();
    let file = till.folder.join("exported.journal");
    let exported = till.run(&["export", file.to_str().expect("a plain path")]).good();
    let audit = Said::by(raseed(["journal", "check", "--root-key", &key]).arg(&file)).good();
    assert_eq!(audit["unreadable"], serde_json::json!([]));
    assert_eq!(audit["incarnations"][0]["newest"], exported["newest"]);
    let of_file = Said::by(raseed(["journal", "check", "--root-key", &key]).arg(till.file())).good();
    let incarnations = of_file["incarnations"].as_array().expect("a list");
    assert_eq!(incarnations.last(), audit["incarnations"].get(0), "the file and the export are one journal");

    let bytes = fs::read(&file).expect("just written");
    let root = key.parse().expect("a key");
    let (keys, entries) = TillKeys::read_run(&bytes, &root).expect("of this head office");
    let life = keys.certificates().next().expect("the first one");
    let mut chain = Chain::begin(life).expect("a till's").with_keys(keys.clone());
    // A life after the first goes on from what was witnessed of the one before.
    let (mut stands, mut total, mut before) = (BTreeMap::new(), 0, 0);
    for entry in entries {
        let entry = chain.accept(entry).expect("in its place");
        if let Body::TillOpened(opened) = &entry.entry().body {
            (total, before) = (opened.grand_total.get(), opened.receipts);
        }
        let Body::Receipt(receipt) = &entry.entry().body else { continue };
        total += receipt.amount.get();
        assert_eq!(receipt.grand_total.get(), total, "every receipt says what all up to it come to");
        let id = chain.id(entry.entry().sequence).to_string();
        let stand = Stands { receipt: id, hash: entry.hash().to_string(), paise: receipt.amount.get() };
        let twice = stands.insert(receipt.request.to_string(), stand);
        assert_eq!(twice, None, "one wish, one receipt");
    }
    assert_eq!(u64::try_from(stands.len()).ok(), Some(chain.receipts() - before));
    assert_eq!(audit["incarnations"][0]["receipts"], chain.receipts());
    stands
}

/// Checks the till's projections.
pub fn projections_are_right(till: &Till) {
    assert_eq!(till.run(&["check"]).good()["projections_were_right"], true);
}

/// The ledger, after everything in it was worked out again and agreed.
pub fn ledger(place: &Place) -> Value {
    let value = place.office(&["ledger", "--verify"]).good();
    assert_eq!(value["verified"]["findings"], serde_json::json!([]));
    assert_eq!(value["ledger"]["in_balance"], true);
    value
}

/// Syncs, and checks that the head office has booked exactly the receipts that stand in the till's journal.
pub fn settled(place: &Place, till: &Till, name: &str) -> BTreeMap<String, Stands> {
    projections_are_right(till);
    let stands = receipts(place, till);
    till.run(&["sync"]).good();
    assert_eq!(till.unsent(), 0);
    let total: i64 = stands.values().map(|stand| stand.paise).sum();
    assert_eq!(cash(&ledger(place), name), total, "cash of {name}");
    stands
}

/// Cash in the hands of a till, in paise.
pub fn cash(ledger: &Value, name: &str) -> i64 {
    let lines = ledger["ledger"]["cash"].as_array().expect("a list");
    let line = lines.iter().find(|line| line["till"] == name);
    line.map_or(0, |line| line["cash_paise"].as_i64().expect("paise"))
}

/// The answers among the lines of a batch; a line that a kill cut off is none. Nothing may be refused.
pub fn answers(text: &str) -> Vec<Value> {
    let whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let values = whole.map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    values.inspect(|value| assert!(value["receipt"].is_string(), "{value}")).collect()
}

/// Everything that was ever shown stands in the journal, as it was shown.
pub fn all_shown_stand(shown: &[Value], stands: &BTreeMap<String, Stands>) {
    for value in shown {
        let stand = &stands[value["request"].as_str().expect("a request")];
        assert_eq!((&value["receipt"], &value["hash"]), (&stand.receipt.clone().into(), &stand.hash.clone().into()));
        assert_eq!(value["amount_paise"], stand.paise);
    }
    let numbers: BTreeSet<&str> = shown.iter().filter_map(|value| value["receipt"].as_str()).collect();
    let requests: BTreeSet<&str> = shown.iter().filter_map(|value| value["request"].as_str()).collect();
    assert_eq!(numbers.len(), requests.len(), "a receipt number was given to two wishes, or two to one");
}
