//! Keys for the days to come: certified for a till, each from its own day on, and never for a day that is over.
//!
//! So a till has a key for every day without a network, and whoever takes the device has none for yesterday: it was destroyed, and
//! nobody certifies another.

use crate::error::OfficeError;
use crate::office::Office;
use crate::store::{DayKeyRecord, IncarnationRecord, StoreTx};
use crate::tills::active_till;
use raseed_protocol::certificate::{Certificate, CertificateError, Role, SignedCertificate};
use raseed_protocol::ids::{Incarnation, TillId};
use raseed_protocol::journal::TillKeys;
use raseed_protocol::keys::PublicKey;
use raseed_protocol::time::{Day, WallMs};
use raseed_protocol::wire::{DayKeysReply, DayKeysRequest};

/// A day's key counts from so many seconds before the day: clocks are corrected by seconds, and some around midnight.
const EARLY_S: u64 = 15 * 60;

/// A till's keys are certified at most so many days ahead.
const MOST_DAYS_AHEAD: i32 = 400;

impl Office {
    /// Certifies keys of a till for the days to come. `caller` is the key that the request was signed with: that of the
    /// till's newest life, or it is refused.
    pub fn certify_day_keys(
        &self,
        till: &TillId,
        caller: &PublicKey,
        request: &DayKeysRequest,
        now: WallMs,
    ) -> Result<DayKeysReply, OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        active_till(&*tx, till)?;
        let newest = tx.incarnations(till)?.pop().filter(|life| life.key == *caller);
        let life = newest.ok_or_else(|| OfficeError::OtherTill(till.clone()))?;
        let certificates = self.certify_days(&mut *tx, &life, &request.keys, request.anew, now)?;
        tx.commit()?;
        Ok(DayKeysReply { certificates })
    }

    /// All keys that were certified for this life of a till: to check what it signed, a fork say.
    pub fn till_keys(&self, till: &TillId, incarnation: Incarnation) -> Result<TillKeys, OfficeError> {
        let read = self.store.read(&self.tenant)?;
        let life = read.incarnation(till, incarnation)?.ok_or_else(|| OfficeError::UnknownTill(till.clone()))?;
        Ok(self.keys_of(&life, &read.day_keys(till, incarnation)?)?)
    }

    /// The keys of a life, with those of its days.
    pub(crate) fn keys_of(
        &self,
        life: &IncarnationRecord,
        day_keys: &[DayKeyRecord],
    ) -> Result<TillKeys, CertificateError> {
        let root = self.root_key();
        let mut keys = TillKeys::of(&SignedCertificate::verify(&life.certificate, &root)?)?;
        for key in day_keys {
            keys.add(&SignedCertificate::verify(&key.certificate, &root)?)?;
        }
        Ok(keys)
    }

    /// A certificate for each of these keys. Those that were certified before are answered as they were then; the others get
    /// the days after the newest, or, `anew`, from today on.
    pub(crate) fn certify_days(
        &self,
        tx: &mut dyn StoreTx,
        life: &IncarnationRecord,
        keys: &[PublicKey],
        anew: bool,
        now: WallMs,
    ) -> Result<Vec<Vec<u8>>, OfficeError> {
        let known = tx.day_keys(&life.till, life.incarnation)?;
        let today = now.day();
        let after_newest = known.last().map(|newest| newest.day.plus_days(1));
        let mut day = after_newest.filter(|day| !anew && *day > today).unwrap_or(today);
        let furthest = today.plus_days(MOST_DAYS_AHEAD);
        let mut certificates = Vec::with_capacity(keys.len());
        for key in keys {
            if let Some(before) = known.iter().find(|before| before.key == *key) {
                certificates.push(before.certificate.clone());
                continue;
            }
            // One key for two lives, or two days, would make two honest entries look like a fork.
            if tx.key_is_known(key)? {
                return Err(OfficeError::KeyUsedBefore);
            }
            if day > furthest {
                return Err(OfficeError::TooFarAhead);
            }
            let certificate = self.day_certificate(life, *key, day, known.is_empty() && day == today)?;
            let certificate = certificate.bytes().to_vec();
            tx.add_day_key(
                &life.till,
                life.incarnation,
                &DayKeyRecord { key: *key, day, certificate: certificate.clone() },
            )?;
            certificates.push(certificate);
            day = day.plus_days(1);
        }
        Ok(certificates)
    }

    /// The first one of a life counts from the day before: the clock of a new device may be behind. The last one that a till
    /// has goes on counting when its day is over, so that no till ever stands without a key.
    fn day_certificate(
        &self,
        life: &IncarnationRecord,
        key: PublicKey,
        day: Day,
        first: bool,
    ) -> Result<SignedCertificate, OfficeError> {
        let begins = if first { day.plus_days(-1) } else { day };
        let certificate = Certificate {
            tenant: self.tenant.clone(),
            role: Role::Till { till: life.till.clone(), incarnation: life.incarnation },
            key,
            not_before_s: (begins.start().0 / 1000).saturating_sub(EARLY_S),
            not_after_s: crate::enrol::end_of_life(life.enrolled) / 1000,
        };
        Ok(certificate.seal(&self.keys.root)?)
    }
}
