//! A head office that speaks TLS itself, and tills that trust its certificate or do not.

use crate::books;
use crate::place::{Place, Till};
use rcgen::generate_simple_self_signed;
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
#[ignore = "needs the released program"]
fn a_day_over_tls_and_no_word_to_a_stranger() {
    let place = Place::new(20);
    let (chain, key) = (place.text("fullchain.pem"), place.text("privkey.pem"));
    let papers = generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    fs::write(&chain, papers.cert.pem()).expect("written");
    fs::write(&key, papers.signing_key.serialize_pem()).expect("written");

    let exposed = place.office(&["serve", "--listen", "127.0.0.1:0", "--tls-chain", &chain, "--tls-key", &key]);
    assert_eq!(exposed.refused().code, "bad-tls", "a key that others can read");
    fs::set_permissions(&key, PermissionsExt::from_mode(0o600)).expect("changed");

    let server = place.serve_with(&["--tls-chain", &chain, "--tls-key", &key]);
    let port = server.address.rsplit(':').next().expect("a port");
    let link = place.office(&["enrol", "SAS07", "--url", &format!("https://localhost:{port}")]).good();
    let link = link["link"].as_str().expect("a link");
    let till = Till { folder: place.path("SAS07") };
    let trusting = |args: &[&str]| till.run(&[&["--tls-roots", &chain], args].concat());

    // By the public authorities this certificate is nobody's; the link can still be used afterwards.
    assert_eq!(till.run(&["enrol", link]).failure().code, "nonsense");
    trusting(&["enrol", link]).good();
    trusting(&["sync"]).good();
    till.run(&["shift", "--float", "500"]).good();
    till.run(&["collect", "BHG-0002", "all"]).good();
    assert_eq!(till.run(&["sync"]).failure().code, "nonsense");
    assert_ne!(till.unsent(), 0);
    trusting(&["sync"]).good();
    assert_eq!(till.unsent(), 0);
    books::projections_are_right(&till);
    assert_eq!(trusting(&["--tls-roots", &key, "sync"]).code(), 2, "said twice is a mistake of the command line");
    assert_eq!(till.run(&["--tls-roots", &key, "sync"]).refused().code, "bad-tls", "no certificate in it");
}
