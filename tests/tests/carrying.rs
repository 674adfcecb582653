//! Till and head office by files alone, or by files and the network in any order: whatever is lost, cut, changed, repeated
//! or brought to the wrong door, money is counted once and everybody agrees in the end.

use proptest::prelude::*;
use raseed_head_office::{CarriedIn, OfficeError};
use raseed_protocol::ids::{AccountId, Sequence};
use raseed_protocol::money::Paise;
use raseed_protocol::sealed::SealedError;
use raseed_protocol::time::Day;
use raseed_protocol::wire::Refusal;
use raseed_tests::world::{BookShape, Device, Seeded, World, all_adds_up, book, collect, rupees};
use raseed_till::sync::{SyncError, TakenIn};
use raseed_till::{Till, TillError};

fn today() -> Day {
    "2026-11-22".parse().expect("a day")
}

fn a(n: u32) -> AccountId {
    format!("A-{n}").parse().expect("a consumer number")
}

fn world(accounts: u32, months: u16) -> World {
    World::new(12, today(), book(BookShape { accounts, months, fees: true }, today()))
}

fn take(world: &World, file: &[u8]) -> Result<CarriedIn, OfficeError> {
    world.office.take_by_hand(file, world.clock.wall())
}

fn answer(world: &World, came: &CarriedIn) -> Vec<u8> {
    let mut entropy = Seeded::new(world.clock.wall().0 ^ came.through.0);
    let mut fill = |bytes: &mut [u8]| entropy.next(bytes);
    world.office.answer_by_hand(came, world.clock.wall(), &mut fill).expect("an answer can always be given")
}

fn book_for(world: &World, till: &str, since: u64) -> Vec<u8> {
    let mut entropy = Seeded::new(5);
    let mut fill = |bytes: &mut [u8]| entropy.next(bytes);
    world
        .office
        .carry_book(&till.parse().expect("a till name"), since, world.clock.wall(), &mut fill)
        .expect("an active till")
}

/// There and back on a stick.
fn round_trip(world: &World, till: &mut Till) -> TakenIn {
    let parcel = till.carry(None).expect("a file can always be made");
    let came = take(world, &parcel.bytes).expect("the office takes it");
    assert_eq!((came.refused.as_ref(), came.whole), (None, true));
    till.take(&answer(world, &came)).expect("the till takes the answer")
}

#[test]
fn a_day_goes_out_on_a_stick_and_the_answer_comes_back() {
    let mut world = world(3, 4);
    let (_, mut till) = world.till("SAS07");
    let (_, mut other) = world.till("SAS08");
    collect(&mut other, &a(2), rupees(70)).unwrap();
    world.sync(&mut other).unwrap();
    collect(&mut till, &a(1), rupees(200)).unwrap();
    let before = till.household(&a(1)).unwrap();
    let two = till.household(&a(2)).unwrap().dues.payable;

    let parcel = till.carry(None).unwrap();
    assert_eq!((parcel.name.as_str(), parcel.entries, parcel.left), ("SAS07-1-2-3.sealed", 2, 0));
    assert_eq!(till.standing().unsent, 2, "carried is not sent");
    let came = take(&world, &parcel.bytes).unwrap();
    assert_eq!((came.taken, came.known, came.through), (Some((Sequence(2), Sequence(3))), 0, Sequence(3)));
    let taken = till.take(&answer(&world, &came)).unwrap();
    assert_eq!((taken.acknowledged, taken.whole), (2, true));
    assert_eq!(till.standing().unsent, 0);
    let after = till.household(&a(1)).unwrap();
    assert_eq!((after.as_of.own_entries, after.dues), (0, before.dues));
    assert_eq!(till.household(&a(2)).unwrap().dues.payable, two - rupees(70), "what the other till took came along");
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

#[test]
fn the_same_file_again_is_harmless_and_says_so() {
    let mut world = world(3, 2);
    let (_, mut till) = world.till("SAS07");
    collect(&mut till, &a(1), rupees(50)).unwrap();
    let parcel = till.carry(None).unwrap();
    let came = take(&world, &parcel.bytes).unwrap();
    let ledger = world.office.ledger_report().unwrap();
    let again = take(&world, &parcel.bytes).unwrap();
    assert_eq!((again.taken, again.known, again.refused.as_ref()), (None, 2, None));
    assert_eq!(world.office.ledger_report().unwrap(), ledger);
    let answers = [answer(&world, &came), answer(&world, &again)];
    let first = till.take(&answers[0]).unwrap();
    let standing = (till.standing(), till.book_standing().unwrap());
    for file in [&answers[0], &answers[1], &answers[0]] {
        let taken = till.take(file).unwrap();
        assert_eq!((taken.acknowledged, taken.pages, taken.old_pages), (0, 0, first.pages));
        assert_eq!((till.standing(), till.book_standing().unwrap()), standing);
    }
}

#[test]
fn a_revoked_till_brings_its_work_and_gets_no_book() {
    let mut world = world(3, 2);
    let (_, mut till) = world.till("SAS07");
    collect(&mut till, &a(1), rupees(50)).unwrap();
    world.office.revoke(&"SAS07".parse().unwrap()).unwrap();
    assert_eq!(world.sync(&mut till).unwrap_err().code(), "refused");
    let taken = round_trip(&world, &mut till);
    assert_eq!((taken.acknowledged, taken.pages), (2, 0));
    assert_eq!(till.standing().unsent, 0);
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

#[test]
fn a_new_till_gets_its_book_on_a_stick() {
    let mut world = world(3, 2);
    let device = world.device("SAS07");
    let mut till = device.open().unwrap();
    let taken = till.take(&book_for(&world, "SAS07", 0)).unwrap();
    assert!(taken.accounts > 0 && taken.whole);
    assert!(till.book_standing().unwrap().complete);
    let ahead = book_for(&world, "SAS07", 2);
    let fresh = world.device("SAS08");
    let mut fresh = fresh.open().unwrap();
    assert_eq!(fresh.take(&ahead).unwrap_err().code(), "sealed-for-another");
    assert_eq!(fresh.take(&book_for(&world, "SAS08", 2)).unwrap_err().code(), "pages-missing");
    assert!(!fresh.book_standing().unwrap().complete);
}

#[test]
fn a_book_from_an_old_stick_replaces_nothing_newer() {
    let mut world = world(3, 2);
    let (_, mut till) = world.till("SAS07");
    let old = book_for(&world, "SAS07", 0);
    world.clock.pass(3_600_000);
    let (_, mut other) = world.till("SAS08");
    collect(&mut other, &a(2), rupees(70)).unwrap();
    world.sync(&mut other).unwrap();
    round_trip(&world, &mut till);
    let before = (till.household(&a(2)).unwrap(), till.book_standing().unwrap());
    let taken = till.take(&old).unwrap();
    assert_eq!((taken.pages, taken.old_pages), (0, 1));
    assert_eq!((till.household(&a(2)).unwrap(), till.book_standing().unwrap()), before);
    let new = book_for(&world, "SAS07", 0);
    assert_eq!(till.take(&new).unwrap().old_pages, 1, "of the same moment: it is here already");
    assert_eq!((till.household(&a(2)).unwrap(), till.book_standing().unwrap()), before);
}

#[test]
fn at_the_wrong_door_it_is_said_where_it_belongs() {
    let mut world = world(3, 2);
    let (_, mut till) = world.till("SAS07");
    let parcel = till.carry(None).unwrap();
    let answered = answer(&world, &take(&world, &parcel.bytes).unwrap());
    // Sealed for the office's key, so the till cannot even see what it is for.
    assert_eq!(till.take(&parcel.bytes).unwrap_err().code(), "sealed-for-another");
    assert!(matches!(take(&world, &answered), Err(OfficeError::Sealed(SealedError::NotForUs { .. }))));
    assert!(matches!(take(&world, b"holiday.jpg"), Err(OfficeError::Sealed(SealedError::NotSealed))));
    let mut elsewhere = World::new(99, today(), book(BookShape { accounts: 1, months: 1, fees: false }, today()));
    let (_, stranger) = elsewhere.till("SAS07");
    let theirs = stranger.carry(None).unwrap().bytes;
    assert!(matches!(take(&world, &theirs), Err(OfficeError::Sealed(SealedError::NotForUs { .. }))));
}

/// Whoever knows the office's public key can seal a file for it; what counts is who signed what is inside.
#[test]
fn nothing_counts_that_is_only_sealed() {
    use raseed_protocol::keys::SigningKey;
    use raseed_protocol::sealed::{Item, Purpose, Sealer};
    let mut world = world(3, 2);
    let (_, mut till) = world.till("SAS07");
    collect(&mut till, &a(1), rupees(50)).unwrap();
    let came = take(&world, &till.carry(None).unwrap().bytes).unwrap();
    let reply = {
        let run = till.export(Sequence(0)).unwrap();
        world.office.receive_by_hand(&run, world.clock.wall()).unwrap()
    };
    let forger = SigningKey::from_seed(&[66; 32]);
    let forged = reply.seal(&forger).unwrap();
    let key = till.identity().certificate.certificate().key;
    let mut seed = 1;
    let mut seal = |item: Item| {
        seed += 1;
        let mut entropy = Seeded::new(seed);
        let mut fill = |bytes: &mut [u8]| entropy.next(bytes);
        let (sealer, head) = Sealer::begin(Purpose::ToTill, &[key], &mut fill).unwrap();
        [head, sealer.finish(&item.encode())].concat()
    };
    let page =
        raseed_protocol::signed::seal(raseed_protocol::signed::Namespace::BookPage, vec![0xa0], &forger).unwrap();
    for item in [Item::Reply(forged), Item::Page(page.clone()), Item::Word(page)] {
        let before = (till.standing(), till.projections().unwrap());
        assert_eq!(till.take(&seal(item)).unwrap_err().code(), "not-the-office");
        assert_eq!((till.standing(), till.projections().unwrap()), before);
    }
    till.take(&answer(&world, &came)).unwrap();
    assert_eq!(till.standing().unsent, 0);
}

#[test]
fn an_entry_of_a_forked_device_is_a_proof_also_on_a_stick() {
    let mut world = world(3, 2);
    let (device, till) = world.till("SAS07");
    drop(till);
    let copy = device.folder.with_extension("copy");
    std::fs::create_dir_all(&copy).unwrap();
    for file in std::fs::read_dir(&device.folder).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.join(file.file_name())).unwrap();
    }
    let mut till = device.open().unwrap();
    collect(&mut till, &a(1), rupees(50)).unwrap();
    round_trip(&world, &mut till);
    let mut copied = Till::open(&copy, device.ports()).unwrap();
    collect(&mut copied, &a(2), rupees(70)).unwrap();
    let came = take(&world, &copied.carry(None).unwrap().bytes).unwrap();
    assert!(matches!(came.refused, Some(Refusal::Fork { at: Sequence(3) })));
    assert_eq!(world.office.forks().unwrap().len(), 1);
    assert!(matches!(copied.take(&answer(&world, &came)), Err(TillError::Sync(SyncError::Forked { .. }))));
}

/// What somebody does.
#[derive(Clone, Debug)]
enum Act {
    Pay { till: usize, account: u32, amount: i64 },
    Sync { till: usize },
    Carry { till: usize },
    Book { till: usize },
    Deliver { file: prop::sample::Index, to: usize, harm: Harm },
    Reopen { till: usize },
    Wait { hours: u64 },
}

/// What happens to a file on its way. It stays where it was as well: sticks are copied and found again.
#[derive(Clone, Debug)]
enum Harm {
    None,
    Cut(prop::sample::Index),
    Flip(prop::sample::Index, u8),
}

impl Harm {
    fn done_to(&self, file: &[u8]) -> Vec<u8> {
        let mut file = file.to_vec();
        match self {
            Harm::None => {}
            Harm::Cut(at) => file.truncate(at.index(file.len())),
            Harm::Flip(at, bit) => {
                let at = at.index(file.len());
                file[at] ^= 1 << bit;
            }
        }
        file
    }
}

const OFFICE: usize = 2;

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let harm = prop_oneof![
        4 => Just(Harm::None),
        1 => any::<prop::sample::Index>().prop_map(Harm::Cut),
        1 => (any::<prop::sample::Index>(), 0u8..8).prop_map(|(at, bit)| Harm::Flip(at, bit)),
    ];
    let act = prop_oneof![
        6 => (0usize..2, 1u32..=4, 1i64..900).prop_map(|(till, account, amount)| Act::Pay { till, account, amount }),
        1 => (0usize..2).prop_map(|till| Act::Sync { till }),
        4 => (0usize..2).prop_map(|till| Act::Carry { till }),
        1 => (0usize..2).prop_map(|till| Act::Book { till }),
        8 => (any::<prop::sample::Index>(), 0usize..3, harm)
            .prop_map(|(file, to, harm)| Act::Deliver { file, to, harm }),
        1 => (0usize..2).prop_map(|till| Act::Reopen { till }),
        1 => (1u64..400).prop_map(|hours| Act::Wait { hours }),
    ];
    proptest::collection::vec(act, 1..50)
}

/// Everything on sticks, and the tills.
struct Town {
    world: World,
    tills: Vec<(Device, Till)>,
    taken: [Paise; 2],
    sticks: Vec<Vec<u8>>,
}

impl Town {
    fn new() -> Town {
        let mut world = world(4, 3);
        let tills = ["SAS07", "SAS08"].map(|name| world.till(name)).into();
        Town { world, tills, taken: [Paise::ZERO; 2], sticks: Vec::new() }
    }

    fn act(&mut self, act: Act) -> Result<(), TestCaseError> {
        match act {
            Act::Pay { till, account, amount } => match collect(&mut self.tills[till].1, &a(account), rupees(amount)) {
                Ok(given) => self.taken[till] += given.receipt().amount,
                Err(TillError::Payment(_)) => {}
                Err(error) => prop_assert!(false, "{error}"),
            },
            Act::Sync { till } => drop(self.world.sync(&mut self.tills[till].1).expect("a line that works")),
            Act::Carry { till } => self.sticks.push(self.tills[till].1.carry(None).expect("always").bytes),
            Act::Book { till } => self.sticks.push(book_for(&self.world, ["SAS07", "SAS08"][till], 0)),
            Act::Deliver { file, to, harm } if !self.sticks.is_empty() => {
                let file = harm.done_to(file.get::<Vec<u8>>(&self.sticks));
                self.deliver(&file, to)?;
            }
            Act::Deliver { .. } => {}
            Act::Reopen { till } => {
                let (device, open) = self.tills.remove(till);
                drop(open);
                let open = device.open().expect("a healthy file");
                self.tills.insert(till, (device, open));
            }
            Act::Wait { hours } => self.world.clock.pass(hours * 3_600_000),
        }
        Ok(())
    }

    fn deliver(&mut self, file: &[u8], to: usize) -> Result<(), TestCaseError> {
        if to == OFFICE {
            match take(&self.world, file) {
                Ok(came) => {
                    prop_assert_eq!(&came.refused, &None);
                    self.sticks.push(answer(&self.world, &came));
                }
                Err(OfficeError::Sealed(_) | OfficeError::NothingInIt) => {}
                Err(error) => prop_assert!(false, "{error:?}"),
            }
        } else {
            let before = self.tills[to].1.standing();
            if let Err(error) = self.tills[to].1.take(file) {
                prop_assert!(["sealed-for-another", "not-opened"].contains(&error.code()), "{error:?}");
            }
            let after = self.tills[to].1.standing();
            let place = |seen: raseed_till::Standing| seen.acknowledged.map(|seen| (seen.sequence, seen.office));
            prop_assert!(place(after) >= place(before), "an older word never replaces a newer one");
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_healing_everybody_agrees(acts in acts()) {
        let mut town = Town::new();
        for act in acts {
            town.act(act)?;
        }
        let Town { world, mut tills, taken, .. } = town;
        for _ in 0..2 {
            for (_, till) in &mut tills {
                round_trip(&world, till);
            }
        }
        prop_assert!(world.office.forks().expect("read").is_empty());
        all_adds_up(&world, &tills, &taken);
    }
}
