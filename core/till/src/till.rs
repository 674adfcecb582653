//! The open till: what it knows of itself while it runs. Opening checks that file, key and journal belong together.

use crate::day_keys::{DayKeys, know};
use crate::error::TillError;
use crate::identity::Identity;
use crate::ports::{Clock, Disk, Entropy, SecondCopy, Vault};
use crate::search::Finder;
use crate::second_copy::{CopyStanding, Copying, OlderThan};
use crate::storage::{self, StorageStanding};
use crate::store::{BookState, State, Store, newest_acknowledgement};
use raseed_protocol::book::Rules;
use raseed_protocol::ids::{AccountId, EntryId, RequestId, Sequence, StaffId};
use raseed_protocol::journal::{Body, Chain, Seen, TillOpened};
use raseed_protocol::keys::{Hash, Signer, SigningKey};
use raseed_protocol::money::Paise;
use raseed_protocol::sealed::OpeningKey;
use raseed_protocol::time::WallMs;
use std::path::Path;
use std::sync::Arc;

/// The world outside, handed in by the composition root.
pub struct Ports {
    /// The device's clocks.
    pub clock: Box<dyn Clock>,
    /// The device's random bytes.
    pub entropy: Box<dyn Entropy>,
    /// Where the till's key is kept.
    pub vault: Box<dyn Vault>,
    /// A second place for what is unsent, if there is one.
    pub copy: Option<Box<dyn SecondCopy>>,
    /// The storage below the till's folder.
    pub disk: Arc<dyn Disk>,
}

/// A till, open and checked.
pub struct Till {
    pub(crate) store: Store,
    pub(crate) ports: Ports,
    pub(crate) identity: Identity,
    /// The key of the enrolment: with it the till calls the head office and opens what is sealed for it.
    pub(crate) key: Arc<SigningKey>,
    pub(crate) days: Option<DayKeys>,
    pub(crate) opening: OpeningKey,
    pub(crate) chain: Chain,
    pub(crate) last_wall: WallMs,
    pub(crate) shift: u32,
    pub(crate) seen: Option<Seen>,
    pub(crate) finder: Option<Finder>,
    pub(crate) rehearsal: bool,
    pub(crate) copying: Option<Copying>,
    pub(crate) older: Option<OlderThan>,
    pub(crate) storage: StorageStanding,
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
    /// Whether the unsent entries are kept in a second place.
    pub second_copy: CopyStanding,
}

/// The copy of the head office's book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookStanding {
    /// True once a whole book has been here.
    pub complete: bool,
    /// When the head office made its newest page.
    pub office: WallMs,
    /// How many households are in it.
    pub households: u64,
}

/// The name of the key of an enrolled till in its vault.
pub(crate) const KEY: &str = "till";

/// Who writes entries that no person made.
const DEVICE: &str = "device";

impl Till {
    /// Opens the till in this folder.
    ///
    /// Checks that the file, the certificate, the key in the vault and the newest entry belong together; verifying the
    /// whole journal is `verify_journal`. What the second copy has beyond the file's end is taken back into it. On the first
    /// opening the first entry of the journal is written.
    pub fn open(folder: &Path, mut ports: Ports) -> Result<Till, TillError> {
        if !Store::exists(folder) {
            return Err(TillError::NotEnrolled);
        }
        let store = Store::open(folder)?;
        let found = examine(&store, ports.vault.as_ref())?.ok_or(TillError::NotEnrolled)?;
        let (store, storage) = storage::settle(store, folder, &ports)?;
        let Examined { rows, key, opening, days } = found;
        let Rows { identity, chain, last_wall, shift, seen, rows_lag } = rows;
        let (key, copying) = (Arc::new(key), ports.copy.take().map(Copying::new));
        let (finder, older) = (None, None);
        let rehearsal = false;
        let mut till = Till {
            store,
            ports,
            identity,
            key,
            days,
            opening,
            chain,
            last_wall,
            shift,
            seen,
            finder,
            rehearsal,
            copying,
            older,
            storage,
        };
        if rows_lag {
            till.rebuild()?;
        }
        till.compare_with_copy()?;
        if till.chain.last() == Sequence(0) && till.older.is_none() {
            till.write_opening()?;
        }
        Ok(till)
    }

    /// Lets the payment app that takes no money be asked, too: for a till on which nobody pays. Without this, rules that name it
    /// take no payment by card.
    #[must_use]
    pub fn for_rehearsal(self) -> Till {
        Till { rehearsal: true, ..self }
    }

    /// Who this till is.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        let acknowledged = self.acknowledged();
        Standing {
            newest: self.chain.id(self.chain.last()),
            receipts: self.chain.receipts(),
            grand_total: self.chain.grand_total(),
            shift: self.shift,
            unsent: self.chain.last().0.saturating_sub(acknowledged.0),
            acknowledged: self.seen,
            second_copy: self
                .copying
                .as_ref()
                .map_or(CopyStanding::None, |copying| copying.standing(self.chain.last())),
        }
    }

    /// The newest entry of this file that the head office is known to have; 0 for none.
    pub(crate) fn acknowledged(&self) -> Sequence {
        match self.seen {
            // It has more than is here: this file is an older copy, or one of two devices with one identity. Then what stands
            // here need not be what it has, and what is known is what the newest entry knew.
            Some(seen) if seen.sequence > self.chain.last() => {
                let newest = self.stored_entry(self.chain.last()).ok();
                newest.and_then(|entry| entry.entry().stamp.seen).map_or(Sequence(0), |seen| seen.sequence)
            }
            seen => seen.map_or(Sequence(0), |seen| seen.sequence),
        }
    }

    /// The hash of the newest entry: all of the journal hangs on it.
    pub fn head(&self) -> Hash {
        self.chain.head()
    }

    /// Wall time as the device's clock has it, right or wrong: for saying how long ago something was.
    pub fn wall(&self) -> WallMs {
        self.ports.clock.now().wall
    }

    /// Wall time of the newest entry.
    pub fn newest_wall(&self) -> WallMs {
        self.last_wall
    }

    /// False if the clock is behind the newest record: money is not taken before a person has set or confirmed it.
    pub fn clock_is_fine(&self) -> bool {
        self.now().is_ok()
    }

    /// How far the book has come.
    pub fn book_standing(&self) -> Result<BookStanding, TillError> {
        let BookState { complete, office, .. } = self.store.book_state()?;
        Ok(BookStanding { complete, office, households: self.store.households()? })
    }

    /// A fresh id for one wish.
    pub fn new_request(&self) -> RequestId {
        let mut bytes = [0; 8];
        self.ports.entropy.fill(&mut bytes);
        RequestId(bytes)
    }

    /// The utility's rules, as the book has them: names of heads, limits.
    pub fn rules(&self) -> Result<Rules, TillError> {
        self.store.rules()
    }

    /// The first consumer numbers of the book.
    pub fn some_accounts(&self, most: u32) -> Result<Vec<AccountId>, TillError> {
        crate::store::account_ids(&self.store, most)
    }

    fn write_opening(&mut self) -> Result<(), TillError> {
        let program = format!("raseed {}", env!("CARGO_PKG_VERSION"));
        let opened = match self.store.life_before()? {
            Some(life) => TillOpened {
                program,
                before: Some((life.incarnation, life.sequence, life.head)),
                receipts: life.receipts,
                grand_total: life.grand_total,
            },
            None => TillOpened { program, before: None, receipts: 0, grand_total: Paise::ZERO },
        };
        let device: StaffId = DEVICE.parse().expect("a valid staff id");
        self.append(Body::TillOpened(opened), &device)?;
        Ok(())
    }
}

/// What a till's file says of it, checked against itself and against the key in the vault.
pub(crate) struct Examined {
    pub(crate) rows: Rows,
    pub(crate) key: SigningKey,
    pub(crate) opening: OpeningKey,
    pub(crate) days: Option<DayKeys>,
}

/// What a till's file says of it, checked against itself.
pub(crate) struct Rows {
    pub(crate) identity: Identity,
    pub(crate) chain: Chain,
    pub(crate) last_wall: WallMs,
    pub(crate) shift: u32,
    pub(crate) seen: Option<Seen>,
    /// Rows that are made from the journal are not those of its end: storage that loses what was flushed leaves such a file.
    pub(crate) rows_lag: bool,
}

impl Rows {
    /// True if the head office has entries that this file does not: it is an older copy of itself.
    pub(crate) fn is_behind(&self) -> bool {
        self.seen.is_some_and(|seen| seen.sequence > self.chain.last())
    }
}

/// Examines a file; `None` if no till is enrolled in it. Writes nothing into it.
pub(crate) fn examine(store: &Store, vault: &dyn Vault) -> Result<Option<Examined>, TillError> {
    let Some(rows) = read_rows(store)? else {
        return Ok(None);
    };
    let (key, opening) = load_key(vault, &rows.identity)?;
    let days = DayKeys::load(store, vault, &rows.identity)?;
    Ok(Some(Examined { rows, key, opening, days }))
}

/// The same, as far as it needs no key.
pub(crate) fn read_rows(store: &Store) -> Result<Option<Rows>, TillError> {
    let Some(row) = store.identity()? else {
        return Ok(None);
    };
    let identity = Identity::from_row(&row).map_err(|error| store.damaged(&error.to_string()))?;
    let seen = newest_acknowledgement(store)?.map(|(sequence, office)| Seen { sequence, office });
    let begin = Chain::begin(&identity.certificate).map_err(|error| store.damaged(&error.to_string()))?;
    let (chain, last_wall, shift, rows_lag) = match store.state()? {
        Some(state) => {
            let (chain, rows_lag) = resume(store, &identity, begin, &state)?;
            (chain, state.wall, state.shift, rows_lag)
        }
        None if store.entry(identity.incarnation, Sequence::FIRST)?.is_some() => {
            return Err(store.damaged("there is a journal, but nothing says where it ends"));
        }
        None => (begin, WallMs(0), 0, false),
    };
    Ok(Some(Rows { identity, chain, last_wall, shift, seen, rows_lag }))
}

/// Takes up the chain where the file says it stands, and checks that the newest entry and the newest receipt say the
/// same: going on from wrong totals would make every later receipt worthless. Also says whether the rows beside it lag.
fn resume(store: &Store, identity: &Identity, begin: Chain, state: &State) -> Result<(Chain, bool), TillError> {
    let damaged = |what: &str| store.damaged(what);
    if state.incarnation != begin.incarnation() {
        return Err(damaged("its journal belongs to another incarnation"));
    }
    let mut keys = begin.keys().clone();
    let mut signed = |sequence| {
        let bytes = store.entry(state.incarnation, sequence)?.ok_or_else(|| damaged("an entry is missing"))?;
        know(store.read()?, &identity.root_key, &mut keys, &bytes)?;
        keys.verify(&bytes).map_err(|error| damaged(&error.to_string()))
    };
    let newest = signed(state.sequence)?;
    let after = store.entry(state.incarnation, Sequence(state.sequence.0.saturating_add(1)))?;
    let same = newest.hash() == state.head
        && newest.entry().sequence == state.sequence
        && newest.entry().stamp.wall == state.wall
        && after.is_none();
    if !same {
        return Err(damaged("the journal and its end do not agree"));
    }
    let first = signed(Sequence::FIRST)?;
    let Body::TillOpened(before) = &first.entry().body else {
        return Err(damaged("its journal does not begin with an opening"));
    };
    let newest_receipt = signed(state.totals_at)?;
    let (totals, answered) = match &newest_receipt.entry().body {
        Body::Receipt(receipt) => ((receipt.receipts, receipt.grand_total), store.answer_to(receipt.request)?),
        Body::TillOpened(opened) => ((opened.receipts, opened.grand_total), None),
        _ => return Err(damaged("a row names a receipt that is none")),
    };
    if totals != (state.receipts, state.grand_total) {
        return Err(damaged("the running totals are not those of the newest receipt"));
    }
    // Also when nothing says when which receipt was given: its answer, and the days' totals of this life.
    let knows_newest =
        state.totals_at == Sequence::FIRST || answered.is_some_and(|row| row.sequence == state.totals_at);
    let since = (state.receipts.saturating_sub(before.receipts), state.grand_total.get() - before.grand_total.get());
    let rows_lag = !knows_newest || store.total_of_days()? != since;
    let chain = Chain::resume(keys, state.sequence, state.head, state.receipts, state.grand_total);
    Ok((chain, rows_lag))
}

fn load_key(vault: &dyn Vault, identity: &Identity) -> Result<(SigningKey, OpeningKey), TillError> {
    let seed = vault.load(KEY)?.ok_or(TillError::WrongKey)?;
    let key = SigningKey::from_seed(&seed);
    if key.public_key() == identity.certificate.certificate().key {
        Ok((key, OpeningKey::from_seed(&seed)))
    } else {
        Err(TillError::WrongKey)
    }
}
