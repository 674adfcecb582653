//! The key of the day: a stolen device cannot sign yesterday, and no honest one ever stands without a key.
#![allow(clippy::unwrap_used, reason = "the whole file is a test")]

use raseed_protocol::ids::{AccountId, Sequence, StaffId};
use raseed_protocol::journal::{Body, Entry, EntryError, RunWriter, ShiftOpened, SignedEntry, Stamp, TillKeys};
use raseed_protocol::keys::{Hash, KeyId, Signer, SigningKey};
use raseed_protocol::receipt_link;
use raseed_protocol::time::{BootId, DAY_MS, Day, ElapsedMs, WallMs};
use raseed_tests::world::{BookShape, Device, Fault, World, book, collect, rupees};
use raseed_till::ports::{Vault, VaultError};
use raseed_till::{Ports, Till, TillError, audit_run};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use zeroize::Zeroizing;

fn world() -> World {
    let day: Day = "2026-11-22".parse().unwrap();
    World::new(11, day, book(BookShape { accounts: 2, months: 60, fees: false }, day))
}

fn account() -> AccountId {
    "A-1".parse().unwrap()
}

/// Takes a rupee, and hands out the key that signed for it.
fn take(till: &mut Till) -> Result<KeyId, TillError> {
    collect(till, &account(), rupees(1)).map(|given| given.entry.key_id())
}

fn seed(device: &Device, name: &str) -> Zeroizing<[u8; 32]> {
    device.vault().load(name).unwrap().unwrap()
}

/// The key of this seed and of so many days after it.
fn keys_from(seed: &[u8; 32], days: usize) -> Vec<SigningKey> {
    let next = |seed: &[u8; 32]| Hash::of(&[&b"raseed:day-key:next:1"[..], seed].concat()).0;
    std::iter::successors(Some(*seed), |seed| Some(next(seed)))
        .take(days)
        .map(|seed| SigningKey::from_seed(&seed))
        .collect()
}

/// What the till exports, read by nobody's code but the format's.
fn read(till: &Till, world: &World) -> (TillKeys, Vec<SignedEntry>) {
    let run = till.export(Sequence(0)).unwrap();
    let (keys, entries) = TillKeys::read_run(&run, &world.office.root_key()).unwrap();
    let entries = entries.into_iter().map(|entry| keys.verify(entry).unwrap()).collect();
    (keys, entries)
}

fn all_is_well(world: &World, till: &Till) {
    let audit = audit_run(&till.export(Sequence(0)).unwrap(), &world.office.root_key());
    assert!(audit.is_clean(), "{audit:?}");
    assert_eq!(world.office.verify_books().unwrap().findings, vec![]);
}

#[test]
fn each_day_is_signed_with_a_key_of_its_own_and_its_receipts_are_genuine() {
    let mut world = world();
    let (device, mut till) = world.till("SAS07");
    let mut seen = BTreeSet::new();
    for _ in 0..40 {
        let given = collect(&mut till, &account(), rupees(1)).unwrap();
        assert_eq!(take(&mut till).unwrap(), given.entry.key_id(), "one key a day");
        assert!(seen.insert(given.entry.key_id()), "and another one each day");
        let verified = receipt_link::verify(&given.link, &world.office.root_key()).unwrap();
        assert_eq!(verified.id, given.id);
        let again = till.receipt_again(&given.id).unwrap();
        assert_eq!(again.link, given.link);
        world.clock.pass(DAY_MS);
    }
    drop(till);
    let mut till = device.open().unwrap();
    world.sync(&mut till).unwrap();
    all_is_well(&world, &till);
    let (keys, entries) = read(&till, &world);
    assert_eq!(entries.iter().map(SignedEntry::key_id).collect::<BTreeSet<_>>(), seen);
    let life = keys.certificates().next().unwrap();
    assert!(
        entries.iter().all(|entry| entry.key_id() != life.certificate().key.id()),
        "that of the enrolment signs nothing"
    );
}

/// Everything that a thief has: the vault and the file. Whatever he signs with it and dates back is refused by everybody.
#[test]
fn a_stolen_device_cannot_sign_yesterday() {
    let mut world = world();
    let (device, mut till) = world.till("SAS07");
    let yesterday = take(&mut till).unwrap();
    let last = till.standing().newest.sequence;
    let before = till.head();
    let dated = world.clock.wall();
    world.clock.pass(DAY_MS);
    take(&mut till).unwrap();
    let run = till.export(Sequence(0)).unwrap();
    drop(till);

    let todays = seed(&device, "till.day");
    let can_be_had = keys_from(&todays, 400).into_iter().chain([SigningKey::from_seed(&seed(&device, "till"))]);
    let (keys, entries) = TillKeys::read_run(&run, &world.office.root_key()).unwrap();
    for key in can_be_had {
        assert_ne!(key.public_key().id(), yesterday, "yesterday's key is nowhere on the device");
        // In place of today's entries, one of yesterday that never was.
        let entry = Entry {
            sequence: last.next(),
            previous: before,
            stamp: Stamp {
                wall: WallMs(dated.0 + 1),
                boot: BootId([1; 4]),
                elapsed: ElapsedMs(1),
                seen: None,
                staff: "thief".parse::<StaffId>().unwrap(),
            },
            body: Body::ShiftOpened(ShiftOpened { number: 9, float: rupees(0) }),
        };
        let forged = SignedEntry::sign(entry, &key).unwrap();
        let refused = keys.verify(forged.bytes());
        assert!(matches!(refused, Err(EntryError::OutOfTime(_) | EntryError::UnknownKey(_))), "{refused:?}");
        let mut forgery = RunWriter::of(keys.certificates().next().unwrap());
        let kept = usize::try_from(last.0).unwrap();
        for bytes in entries[..kept].iter().copied().chain([forged.bytes()]) {
            forgery.push_certified(bytes, &keys);
        }
        let forgery = forgery.finish();
        assert!(!audit_run(&forgery, &world.office.root_key()).is_clean());
        let reply = world.office.receive_by_hand(&forgery, world.clock.wall()).unwrap();
        assert!(reply.refused.is_some(), "the head office does not take it either");
    }
}

/// The head office certifies no day that is over, whoever asks.
#[test]
fn nobody_certifies_a_key_for_yesterday() {
    let mut world = world();
    let (_device, mut till) = world.till("SAS07");
    world.clock.pass(3 * DAY_MS);
    world.sync(&mut till).unwrap();
    let keys = keys_from(&[9; 32], 3).iter().map(Signer::public_key).collect();
    let request = raseed_protocol::wire::DayKeysRequest { keys, anew: true };
    let caller = till.identity().certificate.certificate().key;
    let (name, now) = (&till.identity().till, world.clock.wall());
    let reply = world.office.certify_day_keys(name, &caller, &request, now).unwrap();
    let today = world.clock.wall().day();
    for certificate in reply.certificates {
        let keys = TillKeys::of_run(&[certificate], &world.office.root_key()).unwrap();
        let from = keys.certificates().next().unwrap().certificate().not_before_s;
        assert!(from * 1000 >= today.start().0 - 15 * 60 * 1000);
    }
}

#[test]
fn a_till_that_is_offline_for_longer_than_it_has_keys_goes_on_with_the_last_one() {
    let mut world = world();
    let (device, mut till) = world.till("SAS07");
    let mut days = Vec::new();
    for _ in 0..200 {
        days.push(take(&mut till).unwrap());
        world.clock.pass(DAY_MS);
        drop(till);
        till = device.open().unwrap();
    }
    assert!(days[..96].windows(2).all(|two| two[0] != two[1]), "96 days ahead");
    assert_eq!(days[198], days[199]);
    world.sync(&mut till).unwrap();
    all_is_well(&world, &till);
    assert_ne!(take(&mut till).unwrap(), days[199], "and has new ones after it");
}

/// A year was mistyped: what was signed meanwhile stands, and the right days still have their keys.
#[test]
fn a_clock_that_leapt_ahead_and_is_set_right_costs_no_key() {
    let mut world = world();
    let (device, mut till) = world.till("SAS07");
    let right = world.clock.wall();
    world.clock.set(WallMs(right.0 + 40 * DAY_MS));
    take(&mut till).unwrap();
    take(&mut till).unwrap();
    world.clock.set(WallMs(right.0 + 60_000));
    drop(till);
    let mut till = device.open().unwrap();
    assert_eq!(take(&mut till).unwrap_err().code(), "clock-went-back");
    till.confirm_clock(&raseed_tests::world::staff(), "the year was wrong").unwrap();
    take(&mut till).unwrap();
    world.sync(&mut till).unwrap();
    all_is_well(&world, &till);
}

/// Two days ahead is believed, as a feast would be. The keys of these days are gone; one sync brings others.
#[test]
fn a_clock_that_was_believed_wrongly_needs_one_sync_and_loses_nothing() {
    let mut world = world();
    let (device, mut till) = world.till("SAS07");
    take(&mut till).unwrap();
    let right = world.clock.wall();
    world.clock.set(WallMs(right.0 + 2 * DAY_MS));
    take(&mut till).unwrap();
    world.clock.set(WallMs(right.0 + 60_000));
    let staff = raseed_tests::world::staff();
    assert_eq!(till.confirm_clock(&staff, "two days ahead").unwrap_err().code(), "day-is-over");
    drop(till);
    let mut till = device.open().unwrap();
    // The answer with the new certificates is lost once.
    world.line.plan([Fault::None, Fault::None, Fault::None, Fault::None, Fault::AnswerLost]);
    world.sync(&mut till).unwrap();
    world.line.heal();
    till.confirm_clock(&staff, "two days ahead").unwrap();
    let today = take(&mut till).unwrap();
    drop(till);
    let mut till = device.open().unwrap();
    assert_eq!(take(&mut till).unwrap(), today);
    world.clock.pass(DAY_MS);
    assert_ne!(take(&mut till).unwrap(), today);
    world.sync(&mut till).unwrap();
    all_is_well(&world, &till);
}

/// A vault that cannot be written now and then.
#[derive(Clone)]
struct Stubborn {
    vault: raseed_tests::world::MemoryVault,
    refuses: Arc<AtomicBool>,
}

impl Vault for Stubborn {
    fn load(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError> {
        self.vault.load(name)
    }

    fn save(&self, name: &str, seed: &[u8; 32]) -> Result<(), VaultError> {
        match name == "till.day" && self.refuses.load(Ordering::SeqCst) {
            true => Err(VaultError("it is locked".to_owned())),
            false => self.vault.save(name, seed),
        }
    }

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        self.vault.forget(name)
    }
}

fn open_with(device: &Device, vault: &Stubborn) -> Result<Till, TillError> {
    Till::open(&device.folder, Ports { vault: Box::new(vault.clone()), ..device.ports() })
}

#[test]
fn a_vault_that_cannot_be_written_stops_no_payment_and_the_key_is_destroyed_later() {
    let mut world = world();
    let (device, till) = world.till("SAS07");
    drop(till);
    let vault = Stubborn { vault: device.vault(), refuses: Arc::default() };
    let mut till = open_with(&device, &vault).unwrap();
    let first = vault.load("till.day").unwrap().unwrap();
    vault.refuses.store(true, Ordering::SeqCst);
    world.clock.pass(DAY_MS);
    let today = take(&mut till).unwrap();
    assert_eq!(vault.load("till.day").unwrap().unwrap(), first);
    // The program was killed before the vault could be written: the same once more.
    drop(till);
    let mut till = open_with(&device, &vault).unwrap();
    assert_eq!(take(&mut till).unwrap(), today);
    vault.refuses.store(false, Ordering::SeqCst);
    take(&mut till).unwrap();
    let kept = vault.load("till.day").unwrap().unwrap();
    assert_eq!(SigningKey::from_seed(&kept).public_key().id(), today);
}

/// New keys were certified and stored, and the device lost its power before the vault had them in their place.
#[test]
fn new_keys_whose_certificates_are_stored_are_found_again() {
    let mut world = world();
    let (device, till) = world.till("SAS07");
    drop(till);
    let vault = Stubborn { vault: device.vault(), refuses: Arc::default() };
    let mut till = open_with(&device, &vault).unwrap();
    let right = world.clock.wall();
    world.clock.set(WallMs(right.0 + 2 * DAY_MS));
    take(&mut till).unwrap();
    world.clock.set(WallMs(right.0 + 60_000));
    vault.refuses.store(true, Ordering::SeqCst);
    assert_eq!(world.sync(&mut till).unwrap_err().code(), "vault");
    till.confirm_clock(&raseed_tests::world::staff(), "two days ahead").unwrap();
    take(&mut till).unwrap();
    drop(till);
    vault.refuses.store(false, Ordering::SeqCst);
    let mut till = open_with(&device, &vault).unwrap();
    take(&mut till).unwrap();
    assert!(vault.load("till.day.pending").unwrap().is_none());
    world.sync(&mut till).unwrap();
    all_is_well(&world, &till);
}

/// A vault that lost the seed of the day, and a new link: the advice that is given must be one that can be followed.
#[test]
fn a_device_that_lost_the_seed_of_the_day_is_enrolled_again() {
    let mut world = world();
    let (device, mut till) = world.till("SAS07");
    take(&mut till).unwrap();
    let name = till.identity().till.clone();
    drop(till);
    device.ports().vault.forget("till.day").unwrap();
    assert_eq!(device.open().err().map(|error| error.code()), Some("wrong-key"));
    let enrolled = world.enrol(&device, &name).unwrap();
    assert!(enrolled.set_aside.is_some());
    let mut till = device.open().unwrap();
    assert_eq!(till.identity().incarnation.0, 2);
    world.sync(&mut till).unwrap();
    assert_eq!(world.office.verify_books().unwrap().findings, vec![]);
}

/// The head office was restored from a backup that has not heard of the newest keys: their certificates come with the entries.
#[test]
fn a_restored_head_office_learns_the_keys_from_the_journal() {
    let mut world = world();
    let (_device, mut till) = world.till("SAS07");
    let (name, life) = (till.identity().till.clone(), till.identity().incarnation);
    let held = world.office.till_keys(&name, life).unwrap().certificates().count();
    world.clock.pass(40 * DAY_MS);
    world.office_forgets(|world| {
        world.sync(&mut till).unwrap();
        assert!(world.office.till_keys(&name, life).unwrap().certificates().count() > held);
    });
    for _ in 0..120 {
        world.clock.pass(DAY_MS);
        take(&mut till).unwrap();
    }
    world.sync(&mut till).unwrap();
    assert!(world.office.till_keys(&name, life).unwrap().certificates().count() > held);
    all_is_well(&world, &till);
    world.clock.pass(DAY_MS);
    take(&mut till).unwrap();
    world.sync(&mut till).unwrap();
    all_is_well(&world, &till);
}
