//! What a till's storage is, as the program says it on this machine, and as its head office lists it.

use crate::place::Place;

const CLASSES: [&str; 5] = ["flushes", "needs-syncfs", "does-not-flush", "in-memory", "unknown"];

#[test]
#[ignore = "needs the released program"]
fn a_till_says_what_its_storage_is_and_the_head_office_lists_it() {
    let place = Place::new(2);
    let server = place.serve();
    let before = place.office(&["tills"]).good();
    assert_eq!(before, serde_json::json!([]));
    let till = place.till("SAS07", &server.address);
    let about = till.run(&["about"]).good();
    let storage = &about["storage"];
    let class = storage["class"].as_str().expect("a class");
    assert!(CLASSES.contains(&class), "{storage}");
    assert_eq!(storage["syncs_every_commit"], class == "needs-syncfs" || class == "unknown");
    assert!(storage["flush_us"].is_u64(), "a flush was measured: {storage}");
    assert!(!till.folder.join("flush.probe").exists());
    let listed = place.office(&["tills"]).good();
    assert_eq!((&listed[0]["till"], &listed[0]["storage"]), (&"SAS07".into(), &class.into()), "{listed}");
    assert!(listed[0]["storage_since_ms"].is_u64());
}
