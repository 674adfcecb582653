//! How far the life of a till had come that ends when it is enrolled anew: the newest entry that anything here witnesses.
//!
//! The file that is set aside, the head office's acknowledgement in it, and the second copy are asked; the one that goes furthest
//! is believed. The first entry of the new life names it, so that the head office can say what is missing. Best effort: a
//! till that knows nothing of its life before says nothing.

use crate::ports::{SecondCopy, Vault};
use crate::second_copy::newest_in;
use crate::store::{LifeBefore, Store, acknowledgement_bytes};
use crate::till::{KEY, read_rows};
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::journal::{Body, RunReader, TillKeys};
use raseed_protocol::keys::PublicKey;
use raseed_protocol::money::Paise;
use raseed_protocol::sealed::{Item, Opener, OpeningKey};
use std::path::Path;

/// The furthest witness of the life that ends.
pub(crate) fn find(
    folder: &Path,
    vault: &dyn Vault,
    copy: Option<&dyn SecondCopy>,
    new: &SignedCertificate,
    root: &PublicKey,
) -> Option<LifeBefore> {
    let of_file = of_file(folder, new);
    let of_copy = copy.and_then(|copy| of_copy(copy, vault, new, root));
    // Whoever saw more receipts knows better what they add up to.
    let totals = [&of_file, &of_copy].into_iter().flatten().map(|life| (life.receipts, life.grand_total)).max();
    let furthest = [of_file, of_copy].into_iter().flatten().max_by_key(|life| (life.incarnation, life.sequence))?;
    let (receipts, grand_total) = totals.unwrap_or((0, Paise::ZERO));
    Some(LifeBefore { receipts, grand_total, ..furthest })
}

/// Nothing if it is a new file, which the caller holds open.
fn of_file(folder: &Path, new: &SignedCertificate) -> Option<LifeBefore> {
    let store = Store::open(folder).ok()?;
    let rows = read_rows(&store).ok()??;
    is_before(&rows.identity.certificate, new).then_some(())?;
    let mut life = LifeBefore {
        incarnation: rows.identity.incarnation,
        sequence: rows.chain.last(),
        head: rows.chain.head(),
        receipts: rows.chain.receipts(),
        grand_total: rows.chain.grand_total(),
    };
    let acknowledged = acknowledgement_bytes(&store).ok()?;
    let acknowledged = acknowledged.and_then(|bytes| Acknowledgement::verify(&bytes, &rows.identity.office_key).ok());
    if let Some(acknowledged) = acknowledged.filter(|acknowledged| acknowledged.through > life.sequence) {
        (life.sequence, life.head) = (acknowledged.through, acknowledged.head);
    }
    Some(life)
}

/// True if it is an earlier life of the same till.
fn is_before(certificate: &SignedCertificate, new: &SignedCertificate) -> bool {
    let same = certificate.certificate().tenant == new.certificate().tenant && certificate.issuer() == new.issuer();
    match (certificate.till(), new.till()) {
        (Ok((till, life)), Ok((new_till, new_life))) => same && till == new_till && life < new_life,
        _ => false,
    }
}

fn of_copy(copy: &dyn SecondCopy, vault: &dyn Vault, new: &SignedCertificate, root: &PublicKey) -> Option<LifeBefore> {
    let ours = OpeningKey::from_seed(&*vault.load(KEY).ok()??);
    let certificate = certificate_in(copy, &ours, root)?;
    is_before(&certificate, new).then_some(())?;
    let (_, incarnation) = certificate.till().ok()?;
    let mut keys = TillKeys::of(&certificate).ok()?;
    let newest = newest_in(copy, &mut keys, root, &ours).ok()??;
    let receipt = newest.entries.iter().rev().filter_map(|bytes| keys.verify(bytes).ok());
    let totals = receipt.filter_map(|entry| totals_of(&entry.entry().body)).next();
    let (receipts, grand_total) = totals.unwrap_or((0, Paise::ZERO));
    Some(LifeBefore {
        incarnation,
        sequence: newest.last.entry().sequence,
        head: newest.last.hash(),
        receipts,
        grand_total,
    })
}

/// The running totals that an entry states.
fn totals_of(body: &Body) -> Option<(u64, Paise)> {
    match body {
        Body::Receipt(receipt) => Some((receipt.receipts, receipt.grand_total)),
        Body::TillOpened(opened) => Some((opened.receipts, opened.grand_total)),
        _ => None,
    }
}

/// The certificate that stands in the newest segment of this key.
fn certificate_in(copy: &dyn SecondCopy, ours: &OpeningKey, root: &PublicKey) -> Option<SignedCertificate> {
    for segment in copy.segments().ok()?.into_iter().rev() {
        let bytes = copy.read(segment).ok()?;
        let Ok(opener) = Opener::new(&bytes, ours) else { continue };
        for record in opener {
            let Ok(Item::Run(run)) = Item::decode(&record) else { continue };
            let certificate = RunReader::new(&run).ok()?.certificates().first().cloned()?;
            return SignedCertificate::verify(&certificate, root).ok();
        }
    }
    None
}
