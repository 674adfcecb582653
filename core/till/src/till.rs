//! The open till: what it knows of itself while it runs. Opening checks that file, key and journal belong together.

use crate::error::TillError;
use crate::identity::Identity;
use crate::ports::{Clock, Entropy, Vault};
use crate::search::Finder;
use crate::store::{Store, newest_acknowledgement};
use raseed_protocol::ids::{AccountId, EntryId, RequestId, Sequence, StaffId};
use raseed_protocol::journal::{Body, Chain, Seen, SignedEntry, TillOpened};
use raseed_protocol::keys::{Signer, SigningKey};
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use std::path::Path;

/// The world outside, handed in by the composition root.
pub struct Ports {
    /// The device's clocks.
    pub clock: Box<dyn Clock>,
    /// The device's random bytes.
    pub entropy: Box<dyn Entropy>,
    /// Where the till's key is kept.
    pub vault: Box<dyn Vault>,
}

/// A till, open and checked.
pub struct Till {
    pub(crate) store: Store,
    pub(crate) ports: Ports,
    pub(crate) identity: Identity,
    pub(crate) key: SigningKey,
    pub(crate) chain: Chain,
    pub(crate) last_wall: WallMs,
    pub(crate) shift: u32,
    pub(crate) seen: Option<Seen>,
    pub(crate) finder: Option<Finder>,
}

/// Where the till stands, for a first screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The newest entry.
    pub newest: EntryId,
    /// Receipts over all time.
    pub receipts: u64,
    /// What they add up to.
    pub grand_total: Paise,
    /// The open shift's number; 0 if none was ever opened.
    pub shift: u32,
    /// How many entries the head office does not have yet.
    pub unsent: u64,
    /// The newest acknowledgement, if there is one: through which entry, and when.
    pub acknowledged: Option<Seen>,
}

/// The name of the key of an enrolled till in its vault.
pub(crate) const KEY: &str = "till";

/// Who writes entries that no person made.
const DEVICE: &str = "device";

impl Till {
    /// Opens the till in this folder.
    ///
    /// Checks that the file, the certificate, the key in the vault and the newest entry belong together; verifying the
    /// whole journal is `verify_journal`. On the first opening the first entry of the journal is written.
    pub fn open(folder: &Path, ports: Ports) -> Result<Till, TillError> {
        if !Store::exists(folder) {
            return Err(TillError::NotEnrolled);
        }
        let store = Store::open(folder)?;
        let row = store.identity()?.ok_or(TillError::NotEnrolled)?;
        let identity = Identity::from_row(&row)?;
        let key = load_key(ports.vault.as_ref(), &identity)?;
        let seen = newest_acknowledgement(&store)?.map(|(sequence, office)| Seen { sequence, office });
        let begin = Chain::begin(&identity.certificate).map_err(|e| store.damaged(&e.to_string()))?;
        let mut till =
            Till { store, ports, identity, key, chain: begin, last_wall: WallMs(0), shift: 0, seen, finder: None };
        match till.store.state()? {
            Some(_) => till.resume()?,
            None => till.write_opening()?,
        }
        Ok(till)
    }

    /// Who this till is.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        let acknowledged = self.seen.map_or(Sequence(0), |seen| seen.sequence);
        Standing {
            newest: self.chain.id(self.chain.last()),
            receipts: self.chain.receipts(),
            grand_total: self.chain.grand_total(),
            shift: self.shift,
            unsent: self.chain.last().0.saturating_sub(acknowledged.0),
            acknowledged: self.seen,
        }
    }

    /// A fresh id for one wish.
    pub fn new_request(&self) -> RequestId {
        let mut bytes = [0; 8];
        self.ports.entropy.fill(&mut bytes);
        RequestId(bytes)
    }

    /// How many accounts the book has.
    pub fn account_count(&self) -> Result<u64, TillError> {
        self.store.account_count()
    }

    /// The first consumer numbers of the book.
    pub fn some_accounts(&self, most: u32) -> Result<Vec<AccountId>, TillError> {
        crate::store::account_ids(&self.store, most)
    }

    /// Takes up the chain where the file says it stands, and checks that the newest entry says the same.
    fn resume(&mut self) -> Result<(), TillError> {
        let state = self.store.state()?.ok_or(TillError::NotEnrolled)?;
        let damaged = |what: &str| self.store.damaged(what);
        if state.incarnation != self.chain.incarnation() {
            return Err(damaged("its journal belongs to another incarnation"));
        }
        let bytes = self.store.entry(state.incarnation, state.sequence)?;
        let bytes = bytes.ok_or_else(|| damaged("the newest entry is missing"))?;
        let newest = SignedEntry::verify(&bytes, self.chain.key()).map_err(|e| damaged(&e.to_string()))?;
        let after = self.store.entry(state.incarnation, state.sequence.next())?;
        if newest.hash() != state.head || newest.entry().sequence != state.sequence || after.is_some() {
            return Err(damaged("the journal and its end do not agree"));
        }
        self.chain =
            Chain::resume(&self.identity.certificate, state.sequence, state.head, state.receipts, state.grand_total)
                .map_err(|e| damaged(&e.to_string()))?;
        self.last_wall = state.wall;
        self.shift = state.shift;
        Ok(())
    }

    fn write_opening(&mut self) -> Result<(), TillError> {
        let program = format!("raseed {}", env!("CARGO_PKG_VERSION"));
        let opened = TillOpened { program, before: None, receipts: 0, grand_total: Paise::ZERO };
        let device: StaffId = DEVICE.parse().expect("a valid staff id");
        self.append(Body::TillOpened(opened), &device)?;
        Ok(())
    }
}

/// The key of this till, if the vault has the one that was certified.
pub(crate) fn load_key(vault: &dyn Vault, identity: &Identity) -> Result<SigningKey, TillError> {
    let seed = vault.load(KEY)?.ok_or(TillError::WrongKey)?;
    let key = SigningKey::from_seed(&seed);
    if key.public_key() == identity.certificate.certificate().key { Ok(key) } else { Err(TillError::WrongKey) }
}
