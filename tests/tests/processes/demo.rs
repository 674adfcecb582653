//! `raseed demo` keeps what it claims, and says so line by line.

use crate::program::{Said, raseed};
use serde_json::Value;
use std::time::Instant;

/// What it must claim, each by a part of its words.
const CLAIMS: &[&str] = &[
    "finds somebody",
    "nothing is due there any more",
    "no receipt was given",
    "every receipt that was shown is there",
    "nothing was taken twice",
    "nothing is missing",
    "the chain is whole",
    "SAS07:",
    "SAS08:",
    "the books agree to the paisa",
    "is held in advance",
    "paid: the head office had the payment service's word",
    "its end is unknown: that is a state, not an error",
    "found out: it was paid, and now it has its receipt",
    "the till starts and knows: money may have moved",
    "it asks, and gives the receipt that was owed",
    "lie at the payment service, the same in the ledger",
];

#[test]
#[ignore = "needs the released program"]
fn the_demonstration_holds_what_it_claims() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let began = Instant::now();
    let said = Said::by(raseed(["demo", "--folder"]).arg(folder.path().join("demo")));
    println!("demo: {} seconds", began.elapsed().as_secs());
    assert_eq!(said.code(), 0, "{}{}", said.out, said.err);
    let lines: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let all = |kind: &str| lines.iter().filter_map(|line| line[kind].as_str()).collect::<Vec<_>>();
    for claim in CLAIMS {
        assert!(all("holds").iter().any(|held| held.contains(claim)), "not claimed: {claim}");
    }
    assert_eq!(all("receipt").len(), 4);
    let refused = |line: &&&str| line.contains("NOT GENUINE") || line.contains("entries are missing");
    assert_eq!(all("note").iter().filter(refused).count(), 3, "three forgeries are refused");
    // A second one does not play over the first.
    let again = Said::by(raseed(["demo", "--folder"]).arg(folder.path().join("demo")));
    assert_eq!(again.refused().code, "folder-in-use");
}
