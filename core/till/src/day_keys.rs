//! The key of the day: what this till signs with, and how yesterday's is destroyed.
//!
//! The vault holds one seed. The seed of the next day's key is its hash, so that all days to come can be had from it, and none that
//! is over. The head office certifies the public halves ahead, each from its own day on: offline for months, a till still has a
//! key for every day, and whoever steals it has none to sign anything of yesterday with.
//!
//! A key is destroyed once an entry of a later day is durable and the clock is believed. A clock that leapt by more than a few
//! days is not believed at once: if it was wrong, the keys of the right days are still needed.

use crate::error::TillError;
use crate::identity::Identity;
use crate::ports::{Entropy, Vault};
use crate::store::{DayKeyRow, Store, day_key, put_day_keys};
use crate::sync::SyncError;
use crate::till::Till;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::journal::{Chain, SignedEntry, TillKeys};
use raseed_protocol::keys::{Hash, PublicKey, Signer, SigningKey};
use raseed_protocol::signed;
use raseed_protocol::time::{DAY_MS, Day, WallMs};
use raseed_protocol::wire::{DayKeysReply, DayKeysRequest, MAX_DAY_KEYS};
use rusqlite::Connection;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The name of the seed of the newest day in the vault.
pub(crate) const DAY_KEY: &str = "till.day";

/// A seed whose keys wait for their certificates.
pub(crate) const PENDING_DAY_KEY: &str = "till.day.pending";

/// What a seed is hashed with to give the next day's.
const NEXT: &[u8] = b"raseed:day-key:next:1";

/// At least for so many days there are keys after a sync.
const DAYS_AHEAD: i32 = 96;

/// A step of so many days at the most is believed: a few days off.
const BELIEVED_DAYS: i32 = 3;

/// A secret seed of 32 bytes; wiped when it is dropped.
pub(crate) type Seed = Zeroizing<[u8; 32]>;

/// The seed of the newest day that is sure to have begun, and the key of today.
pub(crate) struct DayKeys {
    seed: Seed,
    position: u32,
    from_s: u64,
    today: Option<Today>,
}

/// The key that signs now.
struct Today {
    key: Arc<SigningKey>,
    position: u32,
    from_s: u64,
    until_s: Option<u64>,
}

impl DayKeys {
    /// What the vault and the file say; `None` for a till that signs everything with the key of its enrolment.
    pub(crate) fn load(store: &Store, vault: &dyn Vault, identity: &Identity) -> Result<Option<DayKeys>, TillError> {
        if store.newest_day_key(identity.incarnation)?.is_none() {
            return match identity.certificate.signs_nothing() {
                true => Err(store.damaged("the certificates of its days are missing")),
                false => Ok(None),
            };
        }
        let of = |seed: Seed| {
            let key = SigningKey::from_seed(&seed).public_key().id();
            Ok::<_, TillError>(store.day_key(identity.incarnation, key)?.map(|row| DayKeys::new(seed, &row)))
        };
        // New keys whose certificates are here already: only the vault had not heard of it.
        if let Some(days) = vault.load(PENDING_DAY_KEY)?.map_or(Ok(None), of)? {
            days.take_the_place(vault)?;
            return Ok(Some(days));
        }
        vault.load(DAY_KEY)?.map_or(Ok(None), of)?.ok_or(TillError::WrongKey).map(Some)
    }

    fn new(seed: Seed, row: &DayKeyRow) -> DayKeys {
        DayKeys { seed, position: row.position, from_s: row.from_s, today: None }
    }

    /// Puts keys that waited for their certificates into the place of those before.
    fn take_the_place(&self, vault: &dyn Vault) -> Result<(), TillError> {
        vault.save(DAY_KEY, &self.seed)?;
        Ok(vault.forget(PENDING_DAY_KEY)?)
    }

    fn seed_at(&self, position: u32) -> Seed {
        (self.position..position).fold(self.seed.clone(), |seed, _| next(&seed))
    }
}

/// The seed of the day after this one's.
fn next(seed: &[u8; 32]) -> Seed {
    let mut text = Zeroizing::new([0; NEXT.len() + 32]);
    text[..NEXT.len()].copy_from_slice(NEXT);
    text[NEXT.len()..].copy_from_slice(seed);
    Zeroizing::new(Hash::of(text.as_slice()).0)
}

/// The public keys of this seed and of the days after it.
pub(crate) fn public_keys(seed: &Seed) -> Vec<PublicKey> {
    let seeds = std::iter::successors(Some(seed.clone()), |seed| Some(next(seed)));
    seeds.take(MAX_DAY_KEYS).map(|seed| SigningKey::from_seed(&seed).public_key()).collect()
}

/// A seed that waits for its certificate under this name: the one that waits already, or a new one.
pub(crate) fn pending(name: &str, vault: &dyn Vault, entropy: &dyn Entropy) -> Result<Seed, TillError> {
    if let Some(seed) = vault.load(name)? {
        return Ok(seed);
    }
    let mut seed = Zeroizing::new([0; 32]);
    entropy.fill(seed.as_mut());
    vault.save(name, &seed)?;
    Ok(seed)
}

/// The rows for keys that were certified, from this position on. Nothing counts that the root key does not vouch for.
pub(crate) fn certified(
    life: &SignedCertificate,
    root: &PublicKey,
    keys: &[PublicKey],
    certificates: &[Vec<u8>],
    first: u32,
) -> Result<Vec<DayKeyRow>, TillError> {
    let nonsense =
        || TillError::Sync(SyncError::Nonsense("certificates for other keys than were asked for".to_owned()));
    let refused = |error: raseed_protocol::certificate::CertificateError| TillError::NotTheOffice(error.to_string());
    if keys.len() != certificates.len() {
        return Err(nonsense());
    }
    let mut ours = TillKeys::of(life).map_err(refused)?;
    let mut rows = Vec::with_capacity(keys.len());
    for ((key, bytes), position) in keys.iter().zip(certificates).zip(first..) {
        let certificate = SignedCertificate::verify(bytes, root).map_err(refused)?;
        ours.add(&certificate).map_err(refused)?;
        let said = certificate.certificate();
        if said.key != *key || WallMs::bounded(said.not_before_s.saturating_mul(1000)).is_none() {
            return Err(nonsense());
        }
        let (from_s, key_id) = (said.not_before_s, key.id());
        rows.push(DayKeyRow { position, from_s, key_id, certificate: bytes.clone() });
    }
    Ok(rows)
}

/// Adds the certificate of the key of this entry to those that are known, if the file has it.
pub(crate) fn know(
    connection: &Connection,
    root: &PublicKey,
    keys: &mut TillKeys,
    entry: &[u8],
) -> Result<(), TillError> {
    let Some(key) = signed::key_id(entry).filter(|key| keys.by_id(*key).is_none()) else { return Ok(()) };
    if let Some(row) = day_key(connection, keys.incarnation(), key)? {
        let certificate = SignedCertificate::verify(&row.certificate, root);
        let added = certificate.and_then(|certificate| keys.add(&certificate));
        added.map_err(|error| TillError::damaged(error.to_string()))?;
    }
    Ok(())
}

/// Verifies the next entry of the chain, with the key that the file has for it.
pub(crate) fn accept(
    connection: &Connection,
    root: &PublicKey,
    chain: &mut Chain,
    entry: &[u8],
) -> Result<SignedEntry, TillError> {
    know(connection, root, chain.keys_mut(), entry)?;
    Ok(chain.accept(entry)?)
}

impl Till {
    /// The key that signs an entry of this time.
    pub(crate) fn key_of(&mut self, wall: WallMs) -> Result<Arc<SigningKey>, TillError> {
        let second = wall.0 / 1000;
        let Some(days) = &self.days else { return Ok(Arc::clone(&self.key)) };
        if let Some(today) = days.today.as_ref().filter(|today| today.counts_at(second)) {
            return Ok(Arc::clone(&today.key));
        }
        let incarnation = self.identity.incarnation;
        let from = WallMs(days.from_s.saturating_mul(1000));
        let row = self.store.day_key_at(incarnation, second, days.position)?;
        let row = row.ok_or(TillError::DayIsOver { now: wall, from })?;
        let until_s = self.store.next_day_key(incarnation, row.position, second)?;
        let key = SigningKey::from_seed(&days.seed_at(row.position));
        let certificate = SignedCertificate::verify(&row.certificate, &self.identity.root_key);
        let certificate = certificate.ok().filter(|certificate| certificate.certificate().key == key.public_key());
        let certificate = certificate.ok_or_else(|| self.store.damaged("the certificate of a day is not its key's"))?;
        let known = self.chain.keys_mut().add(&certificate);
        known.map_err(|error| self.store.damaged(&error.to_string()))?;
        let key = Arc::new(key);
        let today = Today { key: Arc::clone(&key), position: row.position, from_s: row.from_s, until_s };
        if let Some(days) = &mut self.days {
            days.today = Some(today);
        }
        Ok(key)
    }

    /// Destroys the keys of the days before the one that has begun, if the clock is believed. Never fails: the entry that was
    /// written counts, and the next one tries again.
    pub(crate) fn destroy_older_keys(&mut self, before: WallMs, now: WallMs) {
        let office = self.seen.map(|seen| seen.office.day());
        let Some(days) = &mut self.days else { return };
        let Some(today) = days.today.as_ref().filter(|today| today.position > days.position) else { return };
        if !is_believed(day_of(days.from_s), before.day(), now.day(), office) {
            return;
        }
        let seed = days.seed_at(today.position);
        if self.ports.vault.save(DAY_KEY, &seed).is_ok() {
            (days.seed, days.position, days.from_s) = (seed, today.position, today.from_s);
        }
    }

    /// An entry of this life that stands in the file, verified again.
    pub(crate) fn verified(&self, bytes: &[u8]) -> Result<SignedEntry, TillError> {
        let mut keys = self.chain.keys().clone();
        know(self.store.read()?, &self.identity.root_key, &mut keys, bytes)?;
        keys.verify(bytes).map_err(|error| self.store.damaged(&error.to_string()))
    }

    /// The certificate of the key that signed this entry.
    pub(crate) fn certificate_of(&self, entry: &SignedEntry) -> Result<SignedCertificate, TillError> {
        let mut keys = self.chain.keys().clone();
        know(self.store.read()?, &self.identity.root_key, &mut keys, entry.bytes())?;
        let found = keys.by_id(entry.key_id()).cloned();
        found.ok_or_else(|| self.store.damaged("an entry is signed with a key that nobody certified"))
    }

    /// True if the keys of today are destroyed already: the clock was ahead once and believed. Only the head office, whose
    /// clock counts, can give new ones.
    pub(crate) fn has_lost_today(&self) -> bool {
        self.days.as_ref().is_some_and(|days| self.ports.clock.now().wall.0 / 1000 < days.from_s)
    }

    /// The keys to have certified next, if some are wanted.
    pub(crate) fn wanted_day_keys(&self) -> Result<Option<DayKeysRequest>, TillError> {
        let (Some(days), Some(seen)) = (&self.days, self.seen) else { return Ok(None) };
        if self.has_lost_today() && seen.office.0 / 1000 < days.from_s {
            let seed = pending(PENDING_DAY_KEY, self.ports.vault.as_ref(), self.ports.entropy.as_ref())?;
            return Ok(Some(DayKeysRequest { keys: public_keys(&seed), anew: true }));
        }
        let Some(newest) = self.store.newest_day_key(self.identity.incarnation)? else { return Ok(None) };
        if day_of(newest.from_s).days_since(seen.office.day()) >= DAYS_AHEAD {
            return Ok(None);
        }
        let keys = public_keys(&days.seed_at(newest.position.saturating_add(1)));
        Ok(Some(DayKeysRequest { keys, anew: false }))
    }

    /// Takes in the certificates of those.
    pub(crate) fn take_day_keys(&mut self, asked: &DayKeysRequest, reply: &DayKeysReply) -> Result<(), TillError> {
        let incarnation = self.identity.incarnation;
        let newest = self.store.newest_day_key(incarnation)?.map_or(0, |row| row.position);
        let (life, root) = (&self.identity.certificate, &self.identity.root_key);
        let rows = certified(life, root, &asked.keys, &reply.certificates, newest.saturating_add(1))?;
        self.store.write(|transaction| put_day_keys(transaction, incarnation, &rows))?;
        match rows.first().filter(|_| asked.anew) {
            // From now on they sign, also if the vault cannot be written now: the next opening finds them there as waiting.
            Some(first) => {
                let vault = self.ports.vault.as_ref();
                let days = DayKeys::new(pending(PENDING_DAY_KEY, vault, self.ports.entropy.as_ref())?, first);
                self.days.insert(days).take_the_place(vault)
            }
            None => {
                self.days.iter_mut().for_each(|days| days.today = None);
                Ok(())
            }
        }
    }
}

impl Today {
    fn counts_at(&self, second: u64) -> bool {
        self.from_s <= second && self.until_s.is_none_or(|until| second < until)
    }
}

/// The day of a key. It counts from a little before the day.
fn day_of(from_s: u64) -> Day {
    WallMs(from_s.saturating_mul(1000).saturating_add(DAY_MS / 2)).day()
}

/// Whether the clock is believed that says `now`: the day is not far from the newest that was believed, or the head office
/// has seen it, or it follows on another day of work.
fn is_believed(believed: Day, before: Day, now: Day, office: Option<Day>) -> bool {
    let near = |from: Day| now.days_since(from) <= BELIEVED_DAYS;
    near(believed) || office.is_some_and(|office| office >= now) || (believed < before && before < now && near(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_seed_gives_all_days_to_come_and_none_before() {
        let seed = Zeroizing::new([7; 32]);
        let keys = public_keys(&seed);
        assert_eq!(keys.len(), MAX_DAY_KEYS);
        assert_eq!(public_keys(&next(&seed))[..31], keys[1..]);
        assert_eq!(keys[0], SigningKey::from_seed(&seed).public_key());
        // By hand: printf "raseed:day-key:next:1$(printf "\\007%.0s" $(seq 32))" | sha256sum
        let hex = data_encoding::HEXLOWER.encode(next(&seed).as_slice());
        assert_eq!(hex, "d822671b25f45f301d83b83e06d233d93b5e36fd59865bf45546aaab37c0f424");
    }

    #[test]
    fn a_clock_that_leapt_is_believed_when_the_office_or_another_day_says_so() {
        let (monday, tuesday, far) = (day("2026-11-23"), day("2026-11-24"), day("2026-12-24"));
        assert!(is_believed(monday, monday, tuesday, None));
        assert!(is_believed(monday, monday, day("2026-11-26"), None), "after a feast");
        assert!(!is_believed(monday, monday, day("2026-11-27"), None));
        assert!(!is_believed(monday, far, far, None), "all of that day");
        assert!(is_believed(monday, far, day("2026-12-25"), None), "and on the next one it is");
        assert!(is_believed(monday, monday, far, Some(far)));
        assert!(!is_believed(monday, monday, far, Some(tuesday)));
    }
}
