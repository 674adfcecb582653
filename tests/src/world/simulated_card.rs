//! What the simulated payment app reads of what it is asked.

use raseed_till::card::Ask;
use serde_json::Value;

/// The reference of the sale: it is answered under no other.
pub fn simulated_reference(ask: &Ask) -> String {
    let Ask::Intent { extras, .. } = ask else { panic!("the simulator is an activity: {ask:?}") };
    let request: Value = serde_json::from_str(&extras[0].1).expect("the simulator is asked in JSON");
    request["reference"].as_str().expect("a reference").to_owned()
}
