//! The office: its folder, its keys and its books. What it can do stands in one file a verb beside this one.
//!
//! Making one is all or nothing: the folder appears whole, or not at all.

use crate::error::OfficeError;
use crate::keys::{Entropy, OFFICE_FILE, OfficeKeys, ROOT_FILE};
use crate::posting::Context;
use crate::psp::Psp;
use crate::sms::Sms;
use crate::store::sqlite::SqliteStore;
use crate::store::{Store, StoreError, StoreTx};
use raseed_protocol::certificate::{Certificate, Role, SignedCertificate};
use raseed_protocol::ids::TenantId;
use raseed_protocol::keys::{PublicKey, Signer};
use raseed_protocol::time::{DAY_MS, WallMs};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

const BOOKS_FILE: &str = "office.sqlite";

/// How long the office's own certificate counts: twenty years.
const OFFICE_LIFE_MS: u64 = 20 * 366 * DAY_MS;

/// A head office of one tenant. All verbs take `&self` and may be called from many threads.
pub struct Office {
    pub(crate) tenant: TenantId,
    pub(crate) keys: OfficeKeys,
    pub(crate) certificate: SignedCertificate,
    pub(crate) store: Box<dyn Store>,
    pub(crate) psp: Option<Box<dyn Psp>>,
    pub(crate) sms: Option<Sms>,
    /// From when until when the payment service was last asked for everything that came.
    pub(crate) heard: Mutex<Option<(WallMs, WallMs)>>,
}

impl Office {
    /// Makes an office in a folder that does not exist yet, or is empty.
    pub fn create(folder: &Path, tenant: &TenantId, now: WallMs, entropy: Entropy<'_>) -> Result<Office, OfficeError> {
        refuse_used(folder)?;
        let failed = |source| OfficeError::Folder { folder: folder.to_owned(), source };
        let unfinished = fresh_sibling(folder).map_err(failed)?;
        make_in(&unfinished, tenant, now, entropy)?;
        fs::rename(&unfinished, folder).map_err(failed)?;
        sync_parent(folder).map_err(failed)?;
        Office::open(folder)
    }

    /// Opens the office in this folder.
    pub fn open(folder: &Path) -> Result<Office, OfficeError> {
        let keys = OfficeKeys::open(folder)?;
        let books = folder.join(BOOKS_FILE);
        if !books.exists() {
            return Err(OfficeError::NotOneTenant(0));
        }
        Office::with_store(Box::new(SqliteStore::open(&books)?), keys)
    }

    /// An office over books that are kept elsewhere; they must be of one tenant, and of these keys.
    pub fn with_store(store: Box<dyn Store>, keys: OfficeKeys) -> Result<Office, OfficeError> {
        let mut tenants = store.tenants()?;
        let count = tenants.len();
        let Some(tenant) = tenants.pop().filter(|_| count == 1) else {
            return Err(OfficeError::NotOneTenant(count));
        };
        let row = store.read(&tenant)?.tenant()?.ok_or(StoreError::Damaged { what: "the row of the tenant" })?;
        let certificate = SignedCertificate::verify(&row.office_certificate, &keys.root.public_key())
            .map_err(|_| OfficeError::OtherKeys)?;
        if certificate.office() != Ok(&keys.office.public_key()) || certificate.certificate().tenant != tenant {
            return Err(OfficeError::OtherKeys);
        }
        Ok(Office { tenant, keys, certificate, store, psp: None, sms: None, heard: Mutex::new(None) })
    }

    /// The same office with a payment service behind it.
    #[must_use]
    pub fn with_psp(self, psp: Box<dyn Psp>) -> Office {
        Office { psp: Some(psp), ..self }
    }

    /// The same office, telling consumers what happens by message.
    #[must_use]
    pub fn with_sms(self, sms: Sms) -> Office {
        Office { sms: Some(sms), ..self }
    }

    /// Makes the row of a tenant in new books, and the office's own certificate.
    pub fn found(store: &dyn Store, tenant: &TenantId, keys: &OfficeKeys, now: WallMs) -> Result<(), OfficeError> {
        let certificate = Certificate {
            tenant: tenant.clone(),
            role: Role::Office,
            key: keys.office.public_key(),
            not_before_s: now.0.saturating_sub(DAY_MS) / 1000,
            not_after_s: now.0.saturating_add(OFFICE_LIFE_MS) / 1000,
        };
        let certificate = certificate.seal(&keys.root)?;
        let mut tx = store.write(tenant)?;
        tx.add_tenant(&keys.root.public_key(), certificate.bytes())?;
        Ok(tx.commit()?)
    }

    /// What posting needs to know besides what is posted.
    pub(crate) fn context(&self, read: &dyn StoreTx, now: WallMs) -> Result<Context, OfficeError> {
        let rules = read.tenant()?.and_then(|row| row.rules).map(|(rules, _)| rules);
        let wording = self.sms.as_ref().map(|sms| Arc::clone(&sms.wording));
        Ok(Context { rules, now, wording })
    }

    /// Whose books these are.
    pub fn tenant(&self) -> &TenantId {
        &self.tenant
    }

    /// The key that tills pin.
    pub fn root_key(&self) -> PublicKey {
        self.keys.root.public_key()
    }

    /// The office's certificate, signed by the root key.
    pub fn certificate(&self) -> &SignedCertificate {
        &self.certificate
    }
}

fn make_in(folder: &Path, tenant: &TenantId, now: WallMs, entropy: Entropy<'_>) -> Result<(), OfficeError> {
    let keys = OfficeKeys::create(folder, entropy)?;
    let store = SqliteStore::open(&folder.join(BOOKS_FILE))?;
    Office::found(&store, tenant, &keys, now)
}

fn refuse_used(folder: &Path) -> Result<(), OfficeError> {
    match fs::read_dir(folder).map(|mut files| files.next().is_some()) {
        Ok(false) => Ok(()),
        Ok(true) => Err(OfficeError::FolderInUse(folder.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(source) => Err(OfficeError::Folder { folder: folder.to_owned(), source }),
    }
}

/// An empty folder beside the one to be. What an interrupted attempt left there was never used by anybody.
fn fresh_sibling(folder: &Path) -> std::io::Result<PathBuf> {
    let name = folder.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    let unfinished = folder.with_file_name(format!(".{name}.unfinished"));
    match private_folder().create(&unfinished) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let wal = [BOOKS_FILE, "office.sqlite-wal", "office.sqlite-shm", ROOT_FILE, OFFICE_FILE];
            for left in wal.map(|name| unfinished.join(name)).iter().filter(|left| left.exists()) {
                fs::remove_file(left)?;
            }
        }
        Err(error) => return Err(error),
    }
    Ok(unfinished)
}

/// The books hold names and payments: nobody but the owner looks into the folder.
fn private_folder() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Makes the new name durable.
fn sync_parent(folder: &Path) -> std::io::Result<()> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(parent)?.sync_all()
}
