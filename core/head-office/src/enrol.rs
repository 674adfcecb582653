//! Enrolment: a one-time code for a till, and the certificate that it is exchanged for.
//!
//! The code itself is shown once and never stored. The same request again gets the same certificate; another key gets
//! nothing for a used code.

use crate::error::OfficeError;
use crate::keys::Entropy;
use crate::office::Office;
use crate::store::{IncarnationRecord, JournalHead, StoreError, StoreTx};
use crate::tills::active_till;
use raseed_protocol::certificate::{Certificate, Role, SignedCertificate};
use raseed_protocol::ids::{Incarnation, Sequence, TillId};
use raseed_protocol::keys::{Hash, PublicKey};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{DAY_MS, WallMs};
use raseed_protocol::wire::{EnrolReply, EnrolRequest, EnrolmentCode, EnrolmentLink};
use zeroize::Zeroizing;

/// How long a code can be used, in milliseconds: a day.
pub const CODE_LIFE_MS: u64 = DAY_MS;

/// How long a till's keys count: ten years. A lost device is revoked, not waited for.
const TILL_LIFE_MS: u64 = 10 * 366 * DAY_MS;

impl Office {
    /// A new one-time code for a till, as the link that the supervisor shows. The till's earlier codes that nobody used
    /// stop counting.
    pub fn new_enrolment(
        &self,
        till: &TillId,
        office_url: &str,
        now: WallMs,
        entropy: Entropy<'_>,
    ) -> Result<EnrolmentLink, OfficeError> {
        let mut random = Zeroizing::new([0u8; 8]);
        entropy(random.as_mut_slice());
        let code = EnrolmentCode::from_random(*random);
        let office_url = office_url.trim_end_matches('/').to_owned();
        let link = EnrolmentLink { office_url, code, root_key: self.root_key(), tenant: self.tenant.clone() };
        link.to_string().parse::<EnrolmentLink>()?;
        let mut tx = self.store.write(&self.tenant)?;
        active_till(&*tx, till)?;
        tx.put_code(&hash_of(&link.code), till, WallMs(now.0.saturating_add(CODE_LIFE_MS)))?;
        tx.commit()?;
        Ok(link)
    }

    /// Exchanges a code for a certificate of the till's key.
    pub fn enrol(&self, request: &EnrolRequest, now: WallMs) -> Result<EnrolReply, OfficeError> {
        let key = request.proven_key().map_err(|_| OfficeError::NotProven)?;
        let hash = hash_of(&request.code);
        let mut tx = self.store.write(&self.tenant)?;
        let code = tx.code(&hash)?.ok_or(OfficeError::CodeNotValid)?;
        let profile = active_till(&*tx, &code.till)?.profile;
        let life = match code.used {
            Some((used_key, incarnation)) if used_key == key => {
                let life = tx.incarnation(&code.till, incarnation)?;
                life.ok_or(StoreError::Damaged { what: "an enrolment code" })?
            }
            Some(_) => return Err(OfficeError::CodeNotValid),
            None if now > code.expires => return Err(OfficeError::CodeNotValid),
            None => {
                let life = self.certify(&mut *tx, &code.till, key, !request.day_keys.is_empty(), now)?;
                tx.use_code(&hash, &key, life.incarnation)?;
                life
            }
        };
        let day_certificates = self.certify_days(&mut *tx, &life, &request.day_keys, false, now)?;
        tx.commit()?;
        Ok(EnrolReply {
            tenant: self.tenant.clone(),
            till: code.till,
            certificate: life.certificate,
            office_certificate: self.certificate.bytes().to_vec(),
            office_time_ms: now,
            profile,
            day_certificates,
        })
    }

    /// Begins the next life of a till.
    fn certify(
        &self,
        tx: &mut dyn StoreTx,
        till: &TillId,
        key: PublicKey,
        by_day: bool,
        now: WallMs,
    ) -> Result<IncarnationRecord, OfficeError> {
        // One key for two lives would make two honest entries look like a fork.
        if tx.key_is_known(&key)? {
            return Err(OfficeError::KeyUsedBefore);
        }
        let last = tx.incarnations(till)?.last().map_or(0, |life| life.incarnation.0);
        let incarnation = Incarnation(last.checked_add(1).ok_or(StoreError::OutOfRange)?);
        let certificate = self.till_certificate(till, incarnation, key, by_day, now)?;
        let head = JournalHead { last: Sequence(0), hash: certificate.hash(), receipts: 0, grand_total: Paise::ZERO };
        let certificate = certificate.bytes().to_vec();
        let (till, enrolled, storage) = (till.clone(), now, None);
        let life = IncarnationRecord { till, incarnation, key, certificate, enrolled, head, storage };
        tx.add_incarnation(&life)?;
        Ok(life)
    }

    /// Valid from a day ago: the clock of a new device may be behind. The key of a till that signs with another one each day
    /// stays on the device, to call and to open letters with: its time ends before it begins, so that it counts for no entry.
    fn till_certificate(
        &self,
        till: &TillId,
        incarnation: Incarnation,
        key: PublicKey,
        by_day: bool,
        now: WallMs,
    ) -> Result<SignedCertificate, OfficeError> {
        let (from, to) = match by_day {
            true => (now.0, now.0.saturating_sub(1000)),
            false => (now.0.saturating_sub(DAY_MS), end_of_life(now)),
        };
        let certificate = Certificate {
            tenant: self.tenant.clone(),
            role: Role::Till { till: till.clone(), incarnation },
            key,
            not_before_s: from / 1000,
            not_after_s: to / 1000,
        };
        Ok(certificate.seal(&self.keys.root)?)
    }
}

/// Until when a life's keys count, in milliseconds since 1970.
pub(crate) fn end_of_life(enrolled: WallMs) -> u64 {
    enrolled.0.saturating_add(TILL_LIFE_MS)
}

fn hash_of(code: &EnrolmentCode) -> Hash {
    Hash::of(code.as_str().as_bytes())
}
