//! Tills: adding one, revoking one, and whose key signs for it now.

use crate::error::{MAX_TILL_NAME, OfficeError};
use crate::office::Office;
use crate::store::{IncarnationRecord, StoreRead, TillRecord, TillState};
use raseed_protocol::ids::TillId;
use raseed_protocol::keys::PublicKey;
use raseed_protocol::profile::Profile;
use raseed_protocol::storage::StorageClass;
use raseed_protocol::time::WallMs;

impl Office {
    /// Adds a till. Adding the same one again changes nothing.
    pub fn add_till(&self, till: &TillId, name: &str) -> Result<(), OfficeError> {
        if name.trim().is_empty() || name.chars().count() > MAX_TILL_NAME || name.chars().any(char::is_control) {
            return Err(OfficeError::BadTillName);
        }
        let mut tx = self.store.write(&self.tenant)?;
        match tx.till(till)? {
            Some(known) if known.state == TillState::Revoked => Err(OfficeError::Revoked(till.clone())),
            Some(known) if known.name == name => Ok(()),
            Some(_) => Err(OfficeError::TillExists(till.clone())),
            None => {
                tx.add_till(&TillRecord {
                    till: till.clone(),
                    name: name.to_owned(),
                    state: TillState::Active,
                    profile: Profile::default(),
                })?;
                Ok(tx.commit()?)
            }
        }
    }

    /// Sets what a till is used for; told to the device when it enrols.
    pub fn set_profile(&self, till: &TillId, profile: Profile) -> Result<(), OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        active_till(&*tx, till)?;
        tx.set_profile(till, profile)?;
        Ok(tx.commit()?)
    }

    /// Takes away a till's right to speak to the office, for good. Again changes nothing. What it has collected and not
    /// yet sent can still be taken in by hand.
    pub fn revoke(&self, till: &TillId) -> Result<(), OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        match tx.till(till)?.ok_or_else(|| OfficeError::UnknownTill(till.clone()))?.state {
            TillState::Revoked => Ok(()),
            TillState::Active => {
                tx.set_till_state(till, TillState::Revoked)?;
                Ok(tx.commit()?)
            }
        }
    }

    /// Notes what the till's newest device says of its storage. The same again changes nothing.
    pub fn note_storage(&self, till: &TillId, class: StorageClass, now: WallMs) -> Result<(), OfficeError> {
        let said = |life: &IncarnationRecord| life.storage.is_some_and(|(said, _)| said == class);
        if self.store.read(&self.tenant)?.incarnations(till)?.last().is_none_or(said) {
            return Ok(());
        }
        let mut tx = self.store.write(&self.tenant)?;
        let Some(newest) = tx.incarnations(till)?.pop() else { return Ok(()) };
        tx.set_storage(till, newest.incarnation, class, now)?;
        Ok(tx.commit()?)
    }

    /// All tills, by name, each with its lives (oldest first).
    pub fn tills(&self) -> Result<Vec<(TillRecord, Vec<IncarnationRecord>)>, OfficeError> {
        let read = self.store.read(&self.tenant)?;
        let with_lives = |till: TillRecord| Ok((till.clone(), read.incarnations(&till.till)?));
        read.tills()?.into_iter().map(with_lives).collect()
    }

    /// The key that signs a till's requests now: that of its newest life.
    pub fn till_key(&self, till: &TillId) -> Result<PublicKey, OfficeError> {
        let read = self.store.read(&self.tenant)?;
        active_till(&*read, till)?;
        let newest = read.incarnations(till)?.pop();
        newest.map(|life| life.key).ok_or_else(|| OfficeError::UnknownTill(till.clone()))
    }
}

/// Refuses a till that is unknown or revoked.
pub(crate) fn active_till(read: &dyn StoreRead, till: &TillId) -> Result<TillRecord, OfficeError> {
    match read.till(till)? {
        None => Err(OfficeError::UnknownTill(till.clone())),
        Some(known) if known.state == TillState::Revoked => Err(OfficeError::Revoked(till.clone())),
        Some(known) => Ok(known),
    }
}
