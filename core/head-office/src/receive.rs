//! Receiving a till's journal: verified, stored, posted, and only then acknowledged.
//!
//! One upload is one transaction. A repeat is an answer. What is bad, missing or forked stops the entries after it and
//! never the ones before. Nothing is acknowledged that is not durable.

use crate::error::OfficeError;
use crate::office::Office;
use crate::payments;
use crate::posting::{self, Context, Note};
use crate::store::{DayKeyRecord, ExceptionRecord, ForkRecord, JournalHead, NewEntry, StoreError, StoreTx, TillState};
use crate::tills::active_till;
use crate::verify_run::{Verified, verify_all};
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::ids::{EntryId, Incarnation, Sequence, TillId};
use raseed_protocol::journal::{Chain, ChainError, RunReader, SignedEntry, TillKeys};
use raseed_protocol::keys::Signer;
use raseed_protocol::time::WallMs;
use raseed_protocol::wire::{MAX_UPLOAD_BYTES, Posting, Refusal, UploadReply};

impl Office {
    /// Takes a run of a till's entries that came by network.
    pub fn receive(&self, till: &TillId, run: &[u8], now: WallMs) -> Result<UploadReply, OfficeError> {
        active_till(&*self.store.read(&self.tenant)?, till)?;
        let run = self.read_run(run)?;
        if run.till != *till {
            return Err(OfficeError::OtherTill(till.clone()));
        }
        self.take(run, now, By::Network)
    }

    /// Takes a run that a person brought (a stick, another phone): also of a till that was revoked since, because what
    /// was paid on it was paid.
    pub fn receive_by_hand(&self, run: &[u8], now: WallMs) -> Result<UploadReply, OfficeError> {
        let run = self.read_run(run)?;
        self.take(run, now, By::Hand)
    }

    /// Reads and verifies a run, outside of any transaction.
    fn read_run(&self, bytes: &[u8]) -> Result<Run, OfficeError> {
        if bytes.len() > MAX_UPLOAD_BYTES {
            return Err(OfficeError::TooLarge);
        }
        let mut reader = RunReader::new(bytes)?;
        let root = self.keys.root.public_key();
        let first = reader.certificates().first().expect("a run that was read has a certificate");
        let certificate = SignedCertificate::verify(first, &root)?;
        let mut keys = TillKeys::of(&certificate)?;
        let (till, tenant) = (keys.till().clone(), &certificate.certificate().tenant);
        if *tenant != self.tenant {
            return Err(OfficeError::OtherTill(till));
        }
        let (mut entries, mut cut) = (Vec::new(), None);
        for item in &mut reader {
            match item {
                Ok(entry) => entries.push(entry),
                Err(error) => cut = Some(error.to_string()),
            }
        }
        for further in reader.take_further() {
            keys.add_chain(&further, &root)?;
        }
        let Verified { entries, bad } = verify_all(&entries, &keys);
        let bad = bad.map(|error| error.to_string()).or(cut);
        let incarnation = keys.incarnation();
        Ok(Run { till, incarnation, certificate, keys, entries, bad })
    }

    fn take(&self, run: Run, now: WallMs, by: By) -> Result<UploadReply, OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        let till = tx.till(&run.till)?.ok_or_else(|| OfficeError::UnknownTill(run.till.clone()))?;
        if by == By::Network && till.state == TillState::Revoked {
            return Err(OfficeError::Revoked(run.till));
        }
        let life = tx.incarnation(&run.till, run.incarnation)?;
        let life = life.filter(|life| life.certificate == run.certificate.bytes());
        let head = life.ok_or_else(|| OfficeError::OtherTill(run.till.clone()))?.head;
        let chain = Chain::resume(run.keys.clone(), head.last, head.hash, head.receipts, head.grand_total);
        let context = self.context(&*tx, now)?;
        let mut taking = Taking { tx: &mut *tx, chain, context, wrote: false };
        let refused = taking.take_all(&run)?;
        let (wrote, chain, context) = (taking.wrote, taking.chain, taking.context);
        if chain.last() > head.last {
            let new = (head.last.next(), chain.last());
            payments::for_nothing(&mut *tx, &context, &run.till, run.incarnation, new)?;
        }
        let exceptions = exceptions_of(&*tx, &run, chain.last())?;
        if wrote {
            keep_keys(&mut *tx, &run)?;
            tx.move_head(&run.till, run.incarnation, &JournalHead::of(&chain))?;
            tx.commit()?;
            // Best effort: it is tried again when the till asks for its payments.
            let _ = self.close_codes(&run.till);
        }
        let acknowledgement = Acknowledgement {
            till: run.till,
            incarnation: run.incarnation,
            through: chain.last(),
            head: chain.head(),
            office: now,
        };
        Ok(UploadReply { acknowledgement: acknowledgement.seal(&self.keys.office)?, exceptions, refused })
    }
}

/// How a run came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Network,
    Hand,
}

/// A run whose signatures were looked at.
struct Run {
    till: TillId,
    incarnation: Incarnation,
    certificate: SignedCertificate,
    keys: TillKeys,
    /// The good ones before the first bad one.
    entries: Vec<SignedEntry>,
    /// What is wrong with that.
    bad: Option<String>,
}

/// A run on its way into the books.
struct Taking<'a> {
    tx: &'a mut dyn StoreTx,
    chain: Chain,
    context: Context,
    wrote: bool,
}

impl Taking<'_> {
    /// Takes entry after entry until one cannot be taken; says why.
    fn take_all(&mut self, run: &Run) -> Result<Option<Refusal>, OfficeError> {
        let mut next = self.chain.last().next();
        for entry in &run.entries {
            let at = entry.entry().sequence;
            let refused = if at <= self.chain.last() { self.compare(at, entry)? } else { self.append(entry)? };
            if refused.is_some() {
                return Ok(refused);
            }
            next = at.next();
        }
        Ok(run.bad.as_ref().map(|what| Refusal::BadEntry { at: next, what: what.clone() }))
    }

    /// An entry at a place that is taken: the same one is a repeat, another one an alarm.
    fn compare(&mut self, at: Sequence, entry: &SignedEntry) -> Result<Option<Refusal>, OfficeError> {
        let id = self.chain.id(at);
        let held = self.tx.entry(&id)?.ok_or(StoreError::Damaged { what: "a journal entry" })?;
        if held == entry.bytes() {
            return Ok(None);
        }
        let other = entry.bytes().to_vec();
        self.tx.add_fork(&ForkRecord { at: id.clone(), held, other, found: self.context.now })?;
        self.raise(id, Note::fork())?;
        self.wrote = true;
        Ok(Some(Refusal::Fork { at }))
    }

    /// The next entry: stored, then posted.
    fn append(&mut self, signed: &SignedEntry) -> Result<Option<Refusal>, OfficeError> {
        match self.chain.follow(signed) {
            Ok(()) => {}
            Err(ChainError::Gap { expected, .. }) => return Ok(Some(Refusal::Gap { expected })),
            Err(error) => {
                let at = self.chain.last().next();
                return Ok(Some(Refusal::BadEntry { at, what: error.to_string() }));
            }
        }
        let entry = signed.entry();
        let id = self.chain.id(entry.sequence);
        let new = NewEntry {
            sequence: entry.sequence,
            kind: entry.body.kind(),
            bytes: signed.bytes(),
            hash: signed.hash(),
            received: self.context.now,
        };
        self.tx.append_entry(&id.till, id.incarnation, &new)?;
        self.wrote = true;
        for note in posting::post(self.tx, &self.context, &id, entry)? {
            self.raise(id.clone(), note)?;
        }
        Ok(None)
    }

    fn raise(&mut self, entry: EntryId, note: Note) -> Result<(), OfficeError> {
        let (code, raised) = (note.code.to_owned(), self.context.now);
        Ok(self.tx.raise(&ExceptionRecord { entry, code, what: note.what, raised, closed: None })?)
    }
}

/// Keeps day keys that came with the run and are not in these books: books that were restored had certified them once, and
/// without them what is stored could not be verified again.
fn keep_keys(tx: &mut dyn StoreTx, run: &Run) -> Result<(), OfficeError> {
    for certificate in run.keys.certificates() {
        let certified = certificate.certificate();
        if !tx.key_is_known(&certified.key)? {
            let day = WallMs(certified.not_before_s.saturating_mul(1000)).day();
            let key = DayKeyRecord { key: certified.key, day, certificate: certificate.bytes().to_vec() };
            tx.add_day_key(&run.till, run.incarnation, &key)?;
        }
    }
    Ok(())
}

/// Everything that there is to say about the stored entries of this upload, also if they came before: the answer to a
/// repeat says what the lost one said.
fn exceptions_of(tx: &dyn StoreTx, run: &Run, stored: Sequence) -> Result<Vec<Posting>, OfficeError> {
    let sequences = run.entries.iter().map(|entry| entry.entry().sequence);
    let (Some(first), Some(last)) = (sequences.clone().min(), sequences.max()) else {
        return Ok(Vec::new());
    };
    if first > stored {
        return Ok(Vec::new());
    }
    let all = tx.exceptions_of(&run.till, run.incarnation, (first, last.min(stored)))?;
    let open = all.into_iter().filter(|exception| exception.closed.is_none());
    Ok(open.map(|e| Posting { sequence: e.entry.sequence, code: e.code, what: e.what }).collect())
}
