//! Random edits of an exported journal, and what finds each: the journal alone, the newest acknowledgement of the head office, one paper
//! receipt. `JOURNAL_EDITS` says how many, `JOURNAL_SEED` with which seed the first begins.
//!
//! An edit must be found by what its row in [`ROWS`] names, and by nothing less: so the table is also the list of what a journal cannot
//! show by itself. Entries signed together with somebody else do not exist yet; they will be one more witness.

#[path = "payment_machine/dice.rs"]
mod dice;

use dice::Dice;
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::ids::{AccountId, Sequence};
use raseed_protocol::journal::{RunWriter, SignedEntry, Testimony, TillKeys, Witness};
use raseed_protocol::keys::{PublicKey, Signer, SigningKey};
use raseed_protocol::receipt_link;
use raseed_protocol::time::{Day, WallMs};
use raseed_tests::world::{BookShape, Device, World, book, collect, rupees, staff};
use raseed_till::{OpenShift, Till, audit_run, audit_together};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// What it takes to find an edit; each has what those before it have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FoundBy {
    /// Signatures, chain and running totals.
    TheJournalAlone,
    /// The newest acknowledgement, which the head office has too.
    TheAcknowledgement,
    /// One receipt that was given out, of the part that was edited.
    OneReceipt,
    /// Nothing: nobody outside ever heard of what was edited.
    Nothing,
}

use FoundBy::{Nothing, OneReceipt, TheAcknowledgement, TheJournalAlone};

/// Every kind of edit, with what finds it.
const ROWS: &[(&str, FoundBy, Make)] = &[
    ("entries are taken out", TheJournalAlone, take_out),
    ("two entries change places", TheJournalAlone, swap),
    ("a byte is changed", TheJournalAlone, change_a_byte),
    ("an entry comes once more", TheJournalAlone, repeat),
    ("an entry is put in, signed with another key", TheJournalAlone, put_in_forged),
    ("an entry of another life of the till is put in", TheJournalAlone, put_in_of_another_life),
    ("the first entries are cut off", TheJournalAlone, cut_front),
    ("entries are cut out of the middle", TheJournalAlone, cut_middle),
    ("the end is cut off inside of an entry", TheJournalAlone, cut_inside),
    ("a time is changed", TheJournalAlone, redate),
    ("with the till's key, one entry is signed anew, and those after it are not", TheJournalAlone, resign_one),
    ("the end is cut off, before what was acknowledged", TheAcknowledgement, cut_acknowledged),
    ("the end is cut off after that, a receipt with it", OneReceipt, cut_receipts),
    ("the end is cut off after that, and no receipt with it", Nothing, cut_unheard_of),
    // With the till's own key anything can be written; what was given out before cannot be taken back.
    ("with the till's key, all is signed anew from a changed time on", TheAcknowledgement, resign_acknowledged),
    ("the same, after what was acknowledged", OneReceipt, resign_after),
    ("the same, after the last receipt too", Nothing, resign_unheard_of),
];

/// Makes an edit.
type Make = fn(&Journal, &mut Dice) -> Edit;

/// An edited journal. From this entry on (counted from 0) it is not what it was.
struct Edit {
    bytes: Vec<u8>,
    from: usize,
}

/// A journal as it was exported, and all that is known outside of it.
struct Journal {
    keys: TillKeys,
    entries: Vec<Vec<u8>>,
    /// Those of the till's next life.
    later: Vec<Vec<u8>>,
    root: PublicKey,
    till_key: SigningKey,
    acknowledgement: Witness,
    /// So many entries were acknowledged.
    acknowledged: usize,
    /// From this entry on there is no receipt.
    silent_from: usize,
    /// The receipts that were given out, by their entries, as they stand on paper.
    receipts: BTreeMap<usize, String>,
}

#[test]
fn every_edit_is_found_by_what_can_find_it() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (edits, first) = (number("JOURNAL_EDITS", 3_000), number("JOURNAL_SEED", 1));
    let journal = Journal::new();
    let (next, counts) = (AtomicU64::new(first), Mutex::new(BTreeMap::new()));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= first + edits {
                break;
            }
            let mut dice = Dice::new(seed);
            let (what, expected, make) = *dice.pick(ROWS).expect("rows");
            let edit = make(&journal, &mut dice);
            let found = journal.found_by(&edit, &mut dice);
            assert_eq!(found, expected, "{what}: JOURNAL_SEED={seed} JOURNAL_EDITS=1");
            *counts.lock().expect("no worker panics").entry((found, what)).or_insert(0u64) += 1;
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let counts = counts.into_inner().expect("no worker panics");
    println!("{edits} edits of a journal of {} entries:", journal.entries.len());
    counts.iter().for_each(|((found, what), count)| println!("{count:7}  {found:?}: {what}"));
    assert!(edits < 1_000 || counts.len() == ROWS.len(), "some kinds of edits never came");
}

/// The journal as it is must be nobody's find.
#[test]
fn the_journal_as_it_is_fits_everything() {
    let journal = Journal::new();
    let edit = Edit { bytes: journal.run(&journal.entries), from: 0 };
    let audit = audit_run(&edit.bytes, &journal.root);
    assert!(audit.is_clean());
    assert_eq!(audit.hear(&journal.acknowledgement), Testimony::Stands);
    for text in journal.receipts.values() {
        assert_eq!(audit.hear(&journal.witness(text)), Testimony::Stands);
    }
}

/// A second copy of the journal is as good as a receipt for every entry in it: two entries for one place, and the till signed both.
#[test]
fn a_second_copy_proves_that_entries_were_signed_anew() {
    let journal = Journal::new();
    let whole = audit_run(&journal.run(&journal.entries), &journal.root);
    for (seed, make) in (0..20).zip([resign_acknowledged, resign_after, resign_unheard_of].into_iter().cycle()) {
        let edit = make(&journal, &mut Dice::new(seed));
        let audits = [audit_run(&edit.bytes, &journal.root), whole.clone()];
        let together = audit_together(&audits, &journal.root);
        assert_eq!(together.forks.len(), journal.entries.len() - edit.from, "seed {seed}");
    }
}

impl Journal {
    /// A real one: two hours of a till, half of them acknowledged; then its next life.
    fn new() -> Journal {
        let today: Day = "2026-11-22".parse().expect("a day");
        let mut world = World::new(41, today, book(BookShape { accounts: 4, months: 3, fees: true }, today));
        let (device, mut till) = world.till("SAS07");
        let mut receipts = BTreeMap::new();
        let mut take = |till: &mut Till, n: u32| {
            let given = collect(till, &account(n % 4 + 1), rupees(i64::from(n) + 3)).expect("money is taken");
            receipts.insert(place(given.id.sequence), given.link);
        };
        for n in 0..10 {
            take(&mut till, n);
            world.clock.pass(300_000);
        }
        world.sync(&mut till).expect("a line");
        let run = till.export(Sequence(0)).expect("readable");
        let reply = world.office.receive(&till.identity().till, &run, world.clock.wall()).expect("a repeat");
        let acknowledgement = Acknowledgement::verify(&reply.acknowledgement, &till.identity().office_key);
        let acknowledgement = Witness::of_acknowledgement(&acknowledgement.expect("its own")).expect("of entries");
        for n in 10..18 {
            take(&mut till, n);
            world.clock.pass(300_000);
        }
        let silent_from = place(till.standing().newest.sequence) + 1;
        // Entries that nobody was given anything of.
        for _ in 0..3 {
            let now = world.clock.wall();
            world.clock.set(WallMs(now.0 - 3_600_000));
            till.confirm_clock(&staff(), "seen on the wall").expect("it went back");
        }
        let root = world.office.root_key();
        let (keys, entries) = read(&till.export(Sequence(0)).expect("readable"), &root);
        let seed = device.ports().vault.load("till.day").expect("a vault").expect("a key");
        let till_key = SigningKey::from_seed(&seed);
        assert!(keys.by_id(till_key.public_key().id()).is_some(), "what is in the vault signed it");
        drop(till);
        let later = next_life(&mut world, &device);
        let acknowledged = place(acknowledgement.at.sequence) + 1;
        Journal { keys, entries, later, root, till_key, acknowledgement, acknowledged, silent_from, receipts }
    }

    fn run(&self, entries: &[Vec<u8>]) -> Vec<u8> {
        let mut run = RunWriter::of(self.keys.certificates().next().expect("of its enrolment"));
        for entry in entries {
            run.push_certified(entry, &self.keys);
        }
        run.finish()
    }

    fn witness(&self, text: &str) -> Witness {
        Witness::of_receipt(&receipt_link::verify(text, &self.root).expect("a genuine receipt"))
    }

    /// The least that finds it.
    fn found_by(&self, edit: &Edit, dice: &mut Dice) -> FoundBy {
        let audit = audit_run(&edit.bytes, &self.root);
        if !audit.is_clean() {
            return TheJournalAlone;
        }
        if audit.hear(&self.acknowledgement) != Testimony::Stands {
            return TheAcknowledgement;
        }
        let texts: Vec<&String> = self.receipts.range(edit.from..).map(|(_, text)| text).collect();
        match dice.pick(&texts).map(|text| audit.hear(&self.witness(text))) {
            Some(Testimony::Missing | Testimony::Different) => OneReceipt,
            _ => Nothing,
        }
    }

    /// The journal with some of its entries only, or with others.
    fn with(&self, entries: &[Vec<u8>], from: usize) -> Edit {
        Edit { bytes: self.run(entries), from }
    }

    /// The journal up to this entry.
    fn up_to(&self, end: usize) -> Edit {
        self.with(&self.entries[..end], end)
    }

    /// This entry with an earlier time, and a good signature.
    fn with_another_time(&self, at: usize, dice: &mut Dice) -> Vec<u8> {
        let signed = SignedEntry::verify(&self.entries[at], &self.till_key.public_key()).expect("our entry");
        let mut entry = signed.entry().clone();
        entry.stamp.wall = WallMs(entry.stamp.wall.0 - 1 - dice.below(9_000_000));
        SignedEntry::sign(entry, &self.till_key).expect("it signs").bytes().to_vec()
    }

    /// That entry, and all that follow signed again, each over the one before.
    fn signed_anew(&self, from: usize, dice: &mut Dice) -> Edit {
        let public = self.till_key.public_key();
        let mut entries = self.entries.clone();
        entries[from] = self.with_another_time(from, dice);
        for at in from + 1..entries.len() {
            let mut entry = SignedEntry::verify(&entries[at], &public).expect("our entry").entry().clone();
            entry.previous = SignedEntry::verify(&entries[at - 1], &public).expect("signed anew").hash();
            entries[at] = SignedEntry::sign(entry, &self.till_key).expect("it signs").bytes().to_vec();
        }
        self.with(&entries, from)
    }
}

fn take_out(journal: &Journal, dice: &mut Dice) -> Edit {
    let last = journal.entries.len() - 1;
    // The last one stays: without it, this may be a cut at the end.
    let mut left = journal.entries.clone();
    let first = below(dice, last);
    left.remove(first);
    for _ in 0..dice.below(3) {
        let at = below(dice, left.len() - 1);
        left.remove(at);
    }
    journal.with(&left, first)
}

fn swap(journal: &Journal, dice: &mut Dice) -> Edit {
    let mut entries = journal.entries.clone();
    let one = below(dice, entries.len());
    let other = (one + 1 + below(dice, entries.len() - 1)) % entries.len();
    entries.swap(one, other);
    journal.with(&entries, one.min(other))
}

/// Any byte, the certificate's and those between entries too.
fn change_a_byte(journal: &Journal, dice: &mut Dice) -> Edit {
    let mut bytes = journal.run(&journal.entries);
    let (at, change) = (below(dice, bytes.len()), u8::try_from(dice.below(255) + 1).expect("a byte"));
    bytes[at] ^= change;
    Edit { bytes, from: 0 }
}

fn repeat(journal: &Journal, dice: &mut Dice) -> Edit {
    let entry = dice.pick(&journal.entries).expect("entries").clone();
    put_in(journal, dice, entry)
}

/// It says what would follow here, down to the hash before it; only the key is not the till's.
fn put_in_forged(journal: &Journal, dice: &mut Dice) -> Edit {
    let at = below(dice, journal.entries.len());
    let model = SignedEntry::verify(&journal.entries[at], &journal.till_key.public_key()).expect("our entry");
    let mut entry = model.entry().clone();
    entry.stamp.wall = WallMs(entry.stamp.wall.0 + 1);
    let stranger = SigningKey::from_seed(&[u8::try_from(dice.below(256)).expect("a byte"); 32]);
    let forged = SignedEntry::sign(entry, &stranger).expect("it signs").bytes().to_vec();
    let mut entries = journal.entries.clone();
    match dice.one_in(2) {
        true => entries[at] = forged,
        false => entries.insert(at, forged),
    }
    journal.with(&entries, at)
}

fn put_in_of_another_life(journal: &Journal, dice: &mut Dice) -> Edit {
    let entry = dice.pick(&journal.later).expect("entries").clone();
    put_in(journal, dice, entry)
}

fn put_in(journal: &Journal, dice: &mut Dice, entry: Vec<u8>) -> Edit {
    let mut entries = journal.entries.clone();
    let at = below(dice, entries.len() + 1);
    entries.insert(at, entry);
    journal.with(&entries, at)
}

fn cut_front(journal: &Journal, dice: &mut Dice) -> Edit {
    let first = 1 + below(dice, journal.entries.len() - 1);
    journal.with(&journal.entries[first..], 0)
}

fn cut_middle(journal: &Journal, dice: &mut Dice) -> Edit {
    let many = journal.entries.len();
    let from = below(dice, many - 1);
    let to = from + 1 + below(dice, many - from - 1);
    journal.with(&[&journal.entries[..from], &journal.entries[to..]].concat(), from)
}

fn cut_inside(journal: &Journal, dice: &mut Dice) -> Edit {
    let from = below(dice, journal.entries.len());
    let mut entries = journal.entries[..=from].to_vec();
    let left = 1 + below(dice, entries[from].len() - 1);
    entries[from].truncate(left);
    journal.with(&entries, from)
}

/// The eight bytes of the wall time in an entry, without the key.
fn redate(journal: &Journal, dice: &mut Dice) -> Edit {
    let from = below(dice, journal.entries.len());
    let signed = SignedEntry::verify(&journal.entries[from], &journal.till_key.public_key()).expect("our entry");
    let wall = signed.entry().stamp.wall.0;
    let (old, new) = (wall.to_be_bytes(), (wall - 1 - dice.below(9_000_000)).to_be_bytes());
    let mut entries = journal.entries.clone();
    let at = entries[from].windows(8).position(|bytes| bytes == old).expect("its time is in it");
    entries[from][at..at + 8].copy_from_slice(&new);
    journal.with(&entries, from)
}

fn cut_acknowledged(journal: &Journal, dice: &mut Dice) -> Edit {
    journal.up_to(below(dice, journal.acknowledged))
}

fn cut_receipts(journal: &Journal, dice: &mut Dice) -> Edit {
    journal.up_to(journal.acknowledged + below(dice, journal.silent_from - journal.acknowledged))
}

fn cut_unheard_of(journal: &Journal, dice: &mut Dice) -> Edit {
    journal.up_to(journal.silent_from + below(dice, journal.entries.len() - journal.silent_from))
}

fn resign_one(journal: &Journal, dice: &mut Dice) -> Edit {
    let at = below(dice, journal.entries.len() - 1);
    let mut entries = journal.entries.clone();
    entries[at] = journal.with_another_time(at, dice);
    journal.with(&entries, at)
}

fn resign_acknowledged(journal: &Journal, dice: &mut Dice) -> Edit {
    let from = below(dice, journal.acknowledged);
    journal.signed_anew(from, dice)
}

fn resign_after(journal: &Journal, dice: &mut Dice) -> Edit {
    let from = journal.acknowledged + below(dice, journal.silent_from - journal.acknowledged);
    journal.signed_anew(from, dice)
}

fn resign_unheard_of(journal: &Journal, dice: &mut Dice) -> Edit {
    let from = journal.silent_from + below(dice, journal.entries.len() - journal.silent_from);
    journal.signed_anew(from, dice)
}

/// The device lost its key, enrolled again, and took some money since.
fn next_life(world: &mut World, device: &Device) -> Vec<Vec<u8>> {
    device.ports().vault.forget("till").expect("a vault");
    world.enrol(device, &"SAS07".parse().expect("a till name")).expect("a new life");
    let mut till = device.open().expect("healthy");
    world.sync(&mut till).expect("a line");
    till.open_shift(&OpenShift { staff: staff(), float: rupees(0) }).expect("its first shift");
    for n in 1..=4 {
        collect(&mut till, &account(n), rupees(7)).expect("money is taken");
    }
    read(&till.export(Sequence(0)).expect("readable"), &world.office.root_key()).1
}

fn read(run: &[u8], root: &PublicKey) -> (TillKeys, Vec<Vec<u8>>) {
    let (keys, entries) = TillKeys::read_run(run, root).expect("a run");
    (keys, entries.into_iter().map(<[u8]>::to_vec).collect())
}

/// Where an entry stands in the run, from 0.
fn place(sequence: Sequence) -> usize {
    usize::try_from(sequence.0 - 1).expect("a short journal")
}

fn account(n: u32) -> AccountId {
    format!("A-{n}").parse().expect("a consumer number")
}

fn below(dice: &mut Dice, most: usize) -> usize {
    usize::try_from(dice.below(u64::try_from(most).expect("in memory"))).expect("below a length in memory")
}
