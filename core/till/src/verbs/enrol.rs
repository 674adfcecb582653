//! Enrolling a till: its own new key, certified by the head office.
//!
//! The key is kept before the request is sent, so that a lost answer can be asked for again; the private half never
//! leaves the vault.

use crate::copying::closes_gap;
use crate::day_keys::{self, DAY_KEY, PENDING_DAY_KEY, Seed, accept, pending};
use crate::error::TillError;
use crate::life_before;
use crate::ports::{SecondCopy, Vault};
use crate::second_copy::{Compared, compare};
use crate::storage::{self, StorageStanding};
use crate::store::{IdentityRow, Store, insert_identity, put_day_keys, put_life_before, put_storage, set_aside};
use crate::sync::{SyncError, Transport};
use crate::till::{Examined, KEY, Ports, examine};
use raseed_protocol::certificate::{CertificateError, SignedCertificate};
use raseed_protocol::ids::{Incarnation, Sequence, TillId};
use raseed_protocol::journal::Chain;
use raseed_protocol::keys::{PublicKey, Signer, SigningKey};
use raseed_protocol::wire::{EnrolReply, EnrolRequest, EnrolmentLink, ProblemCode};
use std::path::{Path, PathBuf};

/// A key that waits for its certificate.
const PENDING: &str = "till.pending";

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// The till's name.
    pub till: TillId,
    /// Which of its lives.
    pub incarnation: Incarnation,
    /// A damaged file that was set aside, if there was one.
    pub set_aside: Option<PathBuf>,
    /// What the device's storage was found to be.
    pub storage: StorageStanding,
}

/// Enrols the till in this folder with a link from the supervisor.
///
/// A file that cannot be gone on with (damaged, its key lost, restored from an old backup) is set aside, never deleted,
/// once the head office has said yes, and the till begins a new incarnation; a healthy enrolled file is left alone and
/// the call refused.
pub fn enrol(
    folder: &Path,
    ports: &Ports,
    link: &EnrolmentLink,
    transport: &mut dyn Transport,
) -> Result<Enrolled, TillError> {
    let copy = ports.copy.as_deref();
    let before = look(folder, ports.vault.as_ref(), copy)?;
    let Certified { seed, day_seed, request, reply } = certified(ports, link, transport)?;
    let (row, certificate) = check_reply(link, &reply, &SigningKey::from_seed(&seed).public_key())?;
    let days = day_keys::certified(&certificate, &link.root_key, &request.day_keys, &reply.day_certificates, 1)?;
    let life = life_before::find(folder, ports.vault.as_ref(), copy, &certificate, &link.root_key);
    let (mut store, aside) = match before {
        Some(store) => (store, None),
        None => {
            let aside = set_aside(folder)?;
            (Store::open(folder)?, Some(aside))
        }
    };
    ports.vault.save(KEY, &seed)?;
    ports.vault.save(DAY_KEY, &day_seed)?;
    let storage = storage::examine(folder, ports);
    storage::make_safe(&mut store, &storage, ports)?;
    store.write(|transaction| {
        insert_identity(transaction, &row, &certificate)?;
        put_day_keys(transaction, certificate.till().map_err(not_the_office)?.1, &days)?;
        put_storage(transaction, &storage)?;
        life.as_ref().map_or(Ok(()), |life| put_life_before(transaction, life))
    })?;
    let (till, incarnation) = certificate.till().map_err(not_the_office)?;
    // The till is enrolled, whatever becomes of this; a later enrolment asks again whether the key was used.
    let _ = ports.vault.forget(PENDING);
    let _ = ports.vault.forget(PENDING_DAY_KEY);
    Ok(Enrolled { till: till.clone(), incarnation, set_aside: aside, storage })
}

/// The file in the folder if it belongs to no till yet; `None` for a till's file that no till can go on with.
fn look(folder: &Path, vault: &dyn Vault, copy: Option<&dyn SecondCopy>) -> Result<Option<Store>, TillError> {
    match sound_till(folder, vault) {
        Ok((store, None)) => return Ok(Some(store)),
        Ok((store, Some(found))) if !found.rows.is_behind() && !is_older(&store, &found, copy) => {
            return Err(TillError::AlreadyEnrolled { till: found.rows.identity.till });
        }
        Ok(_) | Err(TillError::Damaged { .. } | TillError::WrongKey) => {}
        Err(error) => return Err(error),
    }
    // The key of the life that ends here must not begin another one: the head office would refuse it.
    if vault.load(PENDING)?.is_some_and(|pending| vault.load(KEY).is_ok_and(|key| key.as_deref() == Some(&*pending))) {
        vault.forget(PENDING)?;
        vault.forget(PENDING_DAY_KEY)?;
    }
    Ok(None)
}

/// True if the second copy goes further than the file and does not close the gap.
fn is_older(store: &Store, found: &Examined, copy: Option<&dyn SecondCopy>) -> bool {
    let (Some(copy), chain) = (copy, &found.rows.chain) else { return false };
    match compare(store, chain, &found.rows.identity.root_key, &found.opening, copy) {
        Ok(Compared::Forked { .. }) => true,
        Ok(Compared::Ahead { found, entries, keys }) => !closes_gap(chain, &keys, &entries, found.through),
        Ok(Compared::Nothing | Compared::Within(_)) | Err(_) => false,
    }
}

/// The till in this folder, if there is one. All of it is read: whatever the verbs call damaged, or a wrong key, must be
/// found here too, because their advice is to enrol again.
fn sound_till(folder: &Path, vault: &dyn Vault) -> Result<(Store, Option<Examined>), TillError> {
    let store = Store::open(folder)?;
    store.check_file()?;
    let found = examine(&store, vault)?;
    if let Some(found) = &found {
        check_journal(&store, found)?;
    }
    Ok((store, found))
}

/// Reads the journal from its first entry on; its end must be the one that was examined.
fn check_journal(store: &Store, found: &Examined) -> Result<(), TillError> {
    let damaged = |what: String| store.damaged(&what);
    let rows = &found.rows;
    let mut chain = Chain::begin(&rows.identity.certificate).map_err(|error| damaged(error.to_string()))?;
    store.entries_after(rows.identity.incarnation, Sequence(0), |_, bytes| {
        let accepted = accept(store.read()?, &rows.identity.root_key, &mut chain, bytes);
        accepted.map(|_| true).map_err(|error| damaged(error.to_string()))
    })?;
    if chain == rows.chain { Ok(()) } else { Err(store.damaged("the journal and its end do not agree")) }
}

/// Keys, and what the head office says of them.
struct Certified {
    seed: Seed,
    day_seed: Seed,
    request: EnrolRequest,
    reply: EnrolReply,
}

/// Has the waiting keys certified. A head office that certified them before, under an earlier link whose answer never came to an
/// end here, refuses them under this one: then new ones are made, because nothing was ever signed with the old ones.
fn certified(ports: &Ports, link: &EnrolmentLink, transport: &mut dyn Transport) -> Result<Certified, TillError> {
    let (vault, entropy) = (ports.vault.as_ref(), ports.entropy.as_ref());
    let waited = vault.load(PENDING)?.is_some();
    let mut ask = || {
        let (seed, day_seed) = (pending(PENDING, vault, entropy)?, pending(PENDING_DAY_KEY, vault, entropy)?);
        let days = day_keys::public_keys(&day_seed);
        let request = EnrolRequest::new(link.code.clone(), &SigningKey::from_seed(&seed), days)?;
        let reply = transport.enrol(&link.office_url, &request)?;
        Ok(Certified { seed, day_seed, request, reply })
    };
    match ask() {
        Err(TillError::Sync(SyncError::Refused(problem))) if waited && problem.code == ProblemCode::KeyUsedBefore => {
            vault.forget(PENDING)?;
            vault.forget(PENDING_DAY_KEY)?;
            ask()
        }
        done => done,
    }
}

/// Nothing of the answer counts that the root key of the link does not vouch for.
fn check_reply(
    link: &EnrolmentLink,
    reply: &EnrolReply,
    key: &PublicKey,
) -> Result<(IdentityRow, SignedCertificate), TillError> {
    let certificate = SignedCertificate::verify(&reply.certificate, &link.root_key).map_err(not_the_office)?;
    let office = SignedCertificate::verify(&reply.office_certificate, &link.root_key).map_err(not_the_office)?;
    office.office().map_err(not_the_office)?;
    let certified = certificate.certificate();
    if certified.key != *key || certified.tenant != link.tenant {
        return Err(SyncError::Nonsense("the certificate is for another key or another utility".to_owned()).into());
    }
    let row = IdentityRow {
        office_url: link.office_url.clone(),
        root_key: link.root_key,
        certificate: reply.certificate.clone(),
        office_certificate: reply.office_certificate.clone(),
        profile: reply.profile,
    };
    Ok((row, certificate))
}

fn not_the_office(error: CertificateError) -> TillError {
    TillError::NotTheOffice(error.to_string())
}
