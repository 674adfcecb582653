//! Three forgeries, made as a forger would make them, to be refused.

use raseed_protocol::certificate::{Certificate, SignedCertificate};
use raseed_protocol::journal::{RunReader, SignedEntry};
use raseed_protocol::keys::{Signer, SigningKey};
use raseed_protocol::money::Paise;
use raseed_protocol::receipt_link;

/// The same receipt with ten times the amount, the rest left as it was signed. `None` if the amount is not where it
/// should be.
pub fn change_amount(link: &str, host: &str, amount: Paise) -> Option<String> {
    let (certificates, mut entry) = receipt_link::unpack(link).ok()?;
    let find = needle(amount)?;
    let put = needle(amount.checked_mul(10)?)?;
    let at = entry.windows(find.len()).position(|bytes| bytes == find)?;
    if put.len() != find.len() {
        return None;
    }
    entry[at..at + put.len()].copy_from_slice(&put);
    let certificates: Vec<&[u8]> = certificates.iter().map(Vec::as_slice).collect();
    Some(receipt_link::make(host, &certificates, &entry))
}

/// Field 3 of a receipt (its amount) as CBOR, for amounts that take four bytes.
fn needle(amount: Paise) -> Option<Vec<u8>> {
    let paise = u32::try_from(amount.get()).ok().filter(|paise| *paise > 0xffff)?;
    let mut bytes = vec![0x03, 0x1a];
    bytes.extend(paise.to_be_bytes());
    Some(bytes)
}

/// The run without the entry in its middle.
pub fn remove_from_middle(run: &[u8]) -> Option<Vec<u8>> {
    let middle = RunReader::new(run).ok()?.count() / 2;
    let mut reader = RunReader::new(run).ok()?;
    let entry = reader.nth(middle)?.ok()?;
    let after = reader.position();
    Some([&run[..after - entry.len()], &run[after..]].concat())
}

/// The same words, signed by somebody else: a till key and even a head office of the forger's own.
pub fn sign_by_stranger(
    entry: &SignedEntry,
    certificate: &SignedCertificate,
    host: &str,
    seeds: [[u8; 32]; 2],
) -> Option<String> {
    let [root, till] = seeds.map(|seed| SigningKey::from_seed(&seed));
    let forged = Certificate { key: till.public_key(), ..certificate.certificate().clone() };
    let certificate = forged.seal(&root).ok()?;
    let entry = SignedEntry::sign(entry.entry().clone(), &till).ok()?;
    Some(receipt_link::make(host, &[certificate.bytes()], entry.bytes()))
}
