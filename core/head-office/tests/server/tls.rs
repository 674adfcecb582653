//! TLS: only whoever trusts the certificate is spoken to, nobody holds a place by greeting for ever, and a certificate that was
//! renewed is served without a stop.

use crate::house::House;
use raseed_head_office::server::{BadTls, Limits, Tls};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// A certificate of its own making in a folder.
struct Papers {
    folder: TempDir,
    trusted: Vec<u8>,
}

impl Papers {
    fn new() -> Papers {
        let mut papers = Papers { folder: tempfile::tempdir().unwrap(), trusted: Vec::new() };
        papers.renew();
        papers
    }

    /// Another certificate and another key in the same files.
    fn renew(&mut self) {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        self.trusted = cert.der().to_vec();
        fs::write(self.chain(), cert.pem()).unwrap();
        write_key(&self.key(), &signing_key.serialize_pem());
    }

    fn chain(&self) -> PathBuf {
        self.folder.path().join("fullchain.pem")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("privkey.pem")
    }

    fn open(&self) -> Result<Tls, BadTls> {
        Tls::open(&self.chain(), &self.key())
    }

    /// Asks whether all is well, trusting this certificate and no other.
    fn ask(&self, house: &House) -> Result<u16, ureq::Error> {
        let roots = RootCerts::new_with_certs(&[Certificate::from_der(&self.trusted).to_owned()]);
        let tls = TlsConfig::builder().root_certs(roots).build();
        let config = Agent::config_builder().tls_config(tls).timeout_global(Some(Duration::from_secs(30))).build();
        let url = format!("https://localhost:{}/v1/health", house.address.port());
        config.new_agent().get(url).call().map(|answer| answer.status().as_u16())
    }
}

fn write_key(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, PermissionsExt::from_mode(0o600)).unwrap();
}

#[test]
fn who_trusts_the_certificate_is_answered_and_nobody_else() {
    let papers = Papers::new();
    let house = House::with_tls(Limits::default(), papers.open().unwrap());
    assert_eq!(papers.ask(&house).unwrap(), 200);
    assert!(Papers::new().ask(&house).is_err(), "another certificate of the same name is trusted");
    // In plain text there is no answer, not even a refusal that could be read.
    let mut plain = house.connect();
    plain.send(b"GET /v1/health HTTP/1.1\r\nhost: localhost\r\n\r\n");
    assert!(!plain.rest().windows(4).any(|bytes| bytes == b"HTTP"));
}

#[test]
fn a_greeting_that_does_not_end_is_not_waited_for() {
    let limits = Limits { head: Duration::from_millis(50), connections: 2, ..Limits::default() };
    let papers = Papers::new();
    let house = House::with_tls(limits, papers.open().unwrap());
    let silent: Vec<_> = (0..6).map(|_| house.connect()).collect();
    let mut begun = house.connect();
    begun.send(&[0x16, 0x03, 0x01, 0x02, 0x00, 0x01]);
    assert!(begun.rest().is_empty());
    assert!(papers.ask(&House::with_tls(Limits::default(), papers.open().unwrap())).is_ok());
    drop(silent);
}

#[test]
fn a_renewed_certificate_is_served_without_a_stop_and_half_of_one_is_not() {
    let mut papers = Papers::new();
    let house = House::with_tls(Limits::default(), papers.open().unwrap());
    let old = fs::read(papers.chain()).unwrap();
    let before = papers.trusted.clone();
    papers.renew();
    assert_eq!(papers.ask(&house).unwrap(), 200);
    // The old chain beside the new key: what was good goes on.
    fs::write(papers.chain(), old).unwrap();
    assert_eq!(papers.ask(&house).unwrap(), 200);
    papers.trusted = before;
    assert!(papers.ask(&house).is_err(), "the certificate that was replaced is served");
}

#[test]
fn what_cannot_be_served_is_refused_before_anybody_is_answered() {
    let papers = Papers::new();
    let said = |refused: Result<Tls, BadTls>| refused.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(matches!(Tls::open(Path::new("nowhere.pem"), &papers.key()), Err(BadTls::Io { .. })));
    let swapped = said(Tls::open(&papers.key(), &papers.key()));
    assert!(swapped.contains("certificate") && swapped.contains("fullchain.pem"), "{swapped}");
    fs::set_permissions(papers.key(), PermissionsExt::from_mode(0o644)).unwrap();
    assert!(said(papers.open()).contains("chmod 600"));
    let other = Papers::new();
    assert!(matches!(Tls::open(&papers.chain(), &other.key()), Err(BadTls::Pair(_))));
    write_key(&papers.key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assert!(matches!(papers.open(), Err(BadTls::Pair(_) | BadTls::Form { .. })));
}
