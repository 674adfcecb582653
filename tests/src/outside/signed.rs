//! Signed messages, twice: the bytes as they come (nothing may verify but what a key signed), and the bytes as a payload
//! that a known key signed, so that the readers behind the signature are reached.

use crate::strict_cbor;
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::book::BookPage;
use raseed_protocol::certificate::{Certificate, Role, SignedCertificate};
use raseed_protocol::ids::{Incarnation, Sequence};
use raseed_protocol::journal::{Body, Chain, ForkProof, SignedEntry, TillKeys};
use raseed_protocol::keys::{Hash, Signer, SigningKey};
use raseed_protocol::money::{MAX_PAISE, Paise};
use raseed_protocol::receipt_link;
use raseed_protocol::signed::{self, Namespace, Unverified};
use std::sync::LazyLock;

static ROOT: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::from_seed(&[1; 32]));
static TILL: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::from_seed(&[2; 32]));
static TILL_CERTIFICATE: LazyLock<SignedCertificate> = LazyLock::new(|| {
    let role = Role::Till { till: "SAS07".parse().expect("a till"), incarnation: Incarnation(1) };
    let tenant = "SASWATER".parse().expect("a tenant");
    let key = till().public_key();
    let certificate = Certificate { tenant, role, key, not_before_s: 1_700_000_000, not_after_s: 1_900_000_000 };
    certificate.seal(root()).expect("a key in memory signs")
});

pub(super) fn root() -> &'static SigningKey {
    &ROOT
}

pub(super) fn till() -> &'static SigningKey {
    &TILL
}

pub(super) fn till_certificate() -> &'static SignedCertificate {
    &TILL_CERTIFICATE
}

fn seal(namespace: Namespace, payload: &[u8], key: &SigningKey) -> Vec<u8> {
    signed::seal(namespace, payload.to_vec(), key).expect("a key in memory signs")
}

/// The envelope: one form, and open to one key.
fn envelope(namespace: Namespace, bytes: &[u8], key: &SigningKey) {
    let Ok(message) = Unverified::parse(namespace, bytes) else { return };
    assert!(strict_cbor::is_one_value(bytes, 4), "an envelope in another form");
    assert!(bytes.len() <= namespace.max_len());
    let names_key = message.key_id() == key.public_key().id();
    if let Ok(payload) = message.open(&key.public_key())
        && names_key
    {
        // Ed25519 is deterministic: this key makes only one signature for a payload.
        assert_eq!(seal(namespace, &payload, key), bytes);
    }
}

pub(super) fn entry_verify(bytes: &[u8]) {
    envelope(Namespace::Entry, bytes, till());
    let key = till();
    let Ok(signed) = SignedEntry::verify(&seal(Namespace::Entry, bytes, key), &key.public_key()) else { return };
    assert!(strict_cbor::is_one_value(bytes, 64), "a payload outside the profile");
    assert_eq!(signed.hash(), Hash::of(signed.bytes()));
    let again = SignedEntry::sign(signed.entry().clone(), key).expect("a key in memory signs");
    let read = SignedEntry::verify(again.bytes(), &key.public_key());
    assert_eq!(read.as_ref().map(SignedEntry::entry), Ok(signed.entry()), "what was read is written the same");
    follows_or_is_refused(&signed);
    let keys = TillKeys::of(till_certificate()).expect("a till's certificate");
    let in_time = till_certificate().valid_at(signed.entry().stamp.wall).is_ok();
    assert_eq!(keys.verify(signed.bytes()).is_ok(), in_time, "an entry counts at the time of its key");
    let forked = ForkProof::check(&keys, signed.bytes(), again.bytes());
    assert_eq!(forked.is_ok(), in_time && signed.bytes() != again.bytes());
}

/// Puts the entry where it says it belongs, after totals at both ends of their range.
fn follows_or_is_refused(signed: &SignedEntry) {
    let entry = signed.entry();
    let before = Sequence(entry.sequence.0 - 1);
    let most = Paise::new(MAX_PAISE).expect("the bound itself");
    let (mine, mine_total) = match &entry.body {
        Body::Receipt(receipt) => (receipt.receipts - 1, receipt.grand_total - receipt.amount),
        _ => (0, Paise::ZERO),
    };
    for (receipts, total) in [(0, Paise::ZERO), (mine, mine_total), (u64::MAX, Paise::ZERO), (mine, most)] {
        let keys = TillKeys::of(till_certificate()).expect("a till's certificate");
        let mut chain = Chain::resume(keys, before, entry.previous, receipts, total);
        let stood = chain.clone();
        match chain.follow(signed) {
            Ok(()) => assert_eq!((chain.last(), chain.head()), (entry.sequence, signed.hash())),
            Err(_) => assert_eq!(chain, stood, "after an error the chain stands where it stood"),
        }
    }
}

pub(super) fn certificate(bytes: &[u8]) {
    envelope(Namespace::Certificate, bytes, root());
    let root = root();
    let bytes = seal(Namespace::Certificate, bytes, root);
    let Ok(signed) = SignedCertificate::verify(&bytes, &root.public_key()) else { return };
    let again = signed.certificate().clone().seal(root).expect("a key in memory signs");
    let read = SignedCertificate::verify(again.bytes(), &root.public_key()).expect("what was written is read");
    assert_eq!(read.certificate(), signed.certificate());
    assert!(signed.till().is_ok() != signed.office().is_ok(), "a certificate is for one role");
    assert_eq!(Chain::begin(&signed).is_ok(), signed.till().is_ok());
}

pub(super) fn acknowledgement(bytes: &[u8]) {
    envelope(Namespace::Acknowledgement, bytes, root());
    let office = root();
    let bytes = seal(Namespace::Acknowledgement, bytes, office);
    let Ok(read) = Acknowledgement::verify(&bytes, &office.public_key()) else { return };
    let again = read.seal(office).expect("a key in memory signs");
    assert_eq!(Acknowledgement::verify(&again, &office.public_key()), Ok(read));
}

pub(super) fn book_page(bytes: &[u8]) {
    envelope(Namespace::BookPage, bytes, root());
    let office = root();
    let bytes = seal(Namespace::BookPage, bytes, office);
    let Ok(page) = BookPage::verify(&bytes, &office.public_key()) else { return };
    assert!(page.until >= page.since && (!page.more || page.until > page.since), "the cursor moves on");
    let again = page.seal(office).expect("a key in memory signs");
    assert_eq!(BookPage::verify(&again, &office.public_key()).as_ref(), Ok(&page));
    for account in page.accounts.iter().filter(|account| account.check() == Ok(())) {
        account.demands.iter().for_each(|demand| assert!(demand.open().get() >= 0));
    }
}

/// The host name of every link made here.
pub(super) const HOST: &str = "pay.example";

pub(super) fn receipt_link(bytes: &[u8]) {
    let root = root().public_key();
    let entry = seal(Namespace::Entry, bytes, till());
    let link = receipt_link::make(HOST, &[till_certificate().bytes()], &entry);
    if let Ok(verified) = receipt_link::verify(&link, &root) {
        assert_eq!(verified.entry.bytes(), entry);
        assert!(verified.receipt().amount.is_positive());
        assert_eq!(verified.receipt().split.total(), Some(verified.receipt().amount));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok((certificates, entry)) = receipt_link::unpack(text) else { return };
    let (_, fragment) = text.trim().split_once("/V#").expect("a link was unpacked");
    if !certificates.is_empty() {
        let parts: Vec<&[u8]> = certificates.iter().map(Vec::as_slice).collect();
        let again = receipt_link::make(HOST, &parts, &entry);
        assert!(again.ends_with(&format!("/V#{fragment}")), "a link has one form");
    }
    if let Ok(verified) = receipt_link::verify(text, &root) {
        assert_eq!(verified.entry.bytes(), entry);
        envelope(Namespace::Entry, &entry, till());
    }
}
