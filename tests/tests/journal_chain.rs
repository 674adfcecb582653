//! The journal's promise: without the till's key nothing in it can be changed, removed, repeated or moved unseen, but
//! its tail can be cut (only an acknowledgement or a later receipt shows that).

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::{Body, Chain, ChainError, Entry, ForkProof, NoFork, SignedEntry, TillKeys, TillOpened};
use raseed_protocol::keys::{Hash, Signer};
use raseed_protocol::money::Paise;
use raseed_tests::arbitrary::{self, Journal};

/// Journals × edits below: more than 10,000 edits in all.
const JOURNALS: u32 = 300;
const EDITS: usize = 40;

/// Verifies a whole journal; the chain at its end.
fn walk(journal: &Journal, entries: &[Vec<u8>]) -> Result<Chain, ChainError> {
    let mut chain = Chain::begin(&journal.certificate).expect("a till's certificate");
    for bytes in entries {
        chain.accept(bytes)?;
    }
    Ok(chain)
}

/// What somebody without the till's key can do to a file of entries.
#[derive(Clone, Debug)]
enum Edit {
    Delete(Index),
    Swap(Index, Index),
    Repeat(Index, Index),
    Change(Index, Index, u8),
    Foreign(Index, Index),
    Replace(Index, Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Edit::Delete),
        (at(), at()).prop_map(|(a, b)| Edit::Swap(a, b)),
        (at(), at()).prop_map(|(from, to)| Edit::Repeat(from, to)),
        (at(), at(), 1u8..).prop_map(|(entry, byte, bits)| Edit::Change(entry, byte, bits)),
        (at(), at()).prop_map(|(from, to)| Edit::Foreign(from, to)),
        (at(), at()).prop_map(|(from, to)| Edit::Replace(from, to)),
    ]
}

fn apply(entries: &mut Vec<Vec<u8>>, edit: &Edit, foreign: &[Vec<u8>]) {
    let count = entries.len();
    match edit {
        Edit::Delete(at) => drop(entries.remove(at.index(count))),
        Edit::Swap(a, b) => entries.swap(a.index(count), b.index(count)),
        Edit::Repeat(from, to) => entries.insert(to.index(count + 1), entries[from.index(count)].clone()),
        Edit::Change(at, byte, bits) => {
            let entry = &mut entries[at.index(count)];
            let byte = byte.index(entry.len());
            entry[byte] ^= bits;
        }
        Edit::Foreign(from, to) => entries.insert(to.index(count + 1), foreign[from.index(foreign.len())].clone()),
        Edit::Replace(from, to) => entries[to.index(count)] = foreign[from.index(foreign.len())].clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(JOURNALS))]

    #[test]
    fn every_edit_but_a_cut_tail_is_found(
        seed in any::<u8>(),
        steps in arbitrary::steps(9),
        other in arbitrary::steps(5),
        edits in prop::collection::vec(edit(), EDITS),
    ) {
        let journal = arbitrary::journal_of(seed, &steps);
        let foreign = arbitrary::journal_of(seed.wrapping_add(7), &other).bytes();
        let good = journal.bytes();
        let chain = walk(&journal, &good).unwrap();
        prop_assert_eq!(chain.head(), journal.entries.last().unwrap().hash());
        for edit in edits {
            let mut entries = good.clone();
            apply(&mut entries, &edit, &foreign);
            let verified = walk(&journal, &entries);
            prop_assert_eq!(verified.is_ok(), good.starts_with(&entries), "{:?}", edit);
        }
    }

    #[test]
    fn a_refused_entry_leaves_the_chain_where_it_stood(seed in any::<u8>(), steps in arbitrary::steps(6)) {
        let (journal, other) = (arbitrary::journal_of(seed, &steps), arbitrary::journal_of(seed ^ 0x80, &steps));
        let mut chain = walk(&journal, &journal.bytes()).unwrap();
        let stood = chain.clone();
        for entry in journal.bytes().iter().chain(&other.bytes()) {
            prop_assert!(chain.accept(entry).is_err());
            prop_assert_eq!(&chain, &stood);
        }
    }

    #[test]
    fn resuming_is_the_same_as_walking(journal in arbitrary::journal(9), at in any::<Index>()) {
        let (before, after) = journal.entries.split_at(at.index(journal.entries.len() + 1));
        let bytes = journal.bytes();
        let half = walk(&journal, &bytes[..before.len()]).unwrap();
        let (last, head, receipts, total) = (half.last(), half.head(), half.receipts(), half.grand_total());
        let mut resumed = Chain::resume(TillKeys::of(&journal.certificate).unwrap(), last, head, receipts, total);
        for entry in after {
            resumed.follow(entry).unwrap();
        }
        prop_assert_eq!(resumed, walk(&journal, &bytes).unwrap());
    }

    /// Two journals of one till that part somewhere: a fork is proven by exactly the pairs that are one.
    #[test]
    fn a_fork_is_proven_by_two_entries_at_one_place_and_by_nothing_else(
        seed in any::<u8>(),
        one in arbitrary::steps(6),
        other in arbitrary::steps(6),
    ) {
        let (here, there) = (arbitrary::journal_of(seed, &one), arbitrary::journal_of(seed, &other));
        let stranger = arbitrary::journal_of(seed.wrapping_add(7), &one);
        let keys = TillKeys::of(&here.certificate).unwrap();
        for a in &here.entries {
            for b in here.entries.iter().chain(&there.entries) {
                let expected = match (a.entry().sequence == b.entry().sequence, a.bytes() == b.bytes()) {
                    (true, true) => Err(NoFork::Same),
                    (true, false) => Ok(a.entry().sequence),
                    (false, _) => Err(NoFork::DifferentPlaces),
                };
                let proof = ForkProof::check(&keys, a.bytes(), b.bytes());
                prop_assert_eq!(proof.map(|proof| proof.at.sequence), expected);
            }
            for b in &stranger.entries {
                let proof = ForkProof::check(&keys, a.bytes(), b.bytes());
                prop_assert_eq!(proof, Err(NoFork::NotSigned));
            }
        }
    }

    /// A till that has its key and lies: each rule of the chain stands on its own, and names what it found.
    #[test]
    fn a_lie_of_the_till_itself_is_found(journal in arbitrary::journal(6), at in any::<Index>()) {
        let at = at.index(journal.entries.len());
        let before = walk(&journal, &journal.bytes()[..at]).unwrap();
        let honest = journal.entries[at].entry();
        let refusal = |lie: Entry| before.clone().follow(&SignedEntry::sign(lie, &journal.key).unwrap()).unwrap_err();
        let (place, found) = (honest.sequence, honest.sequence.next());
        let gap = ChainError::Gap { expected: place, found };
        prop_assert_eq!(refusal(Entry { sequence: found, ..honest.clone() }), gap);
        let previous = Hash::of(b"another");
        prop_assert_eq!(refusal(Entry { previous, ..honest.clone() }), ChainError::Broken { at: place });
        let other_body = if place == Sequence::FIRST {
            Body::Unknown { kind: 1_000, content: vec![0x01] }
        } else {
            journal.entries[0].entry().body.clone()
        };
        prop_assert_eq!(refusal(Entry { body: other_body, ..honest.clone() }), ChainError::Opening { at: place });
        if let Body::Receipt(receipt) = &honest.body {
            let mut more = receipt.clone();
            more.receipts += 1;
            let mut richer = receipt.clone();
            richer.grand_total = receipt.grand_total + Paise::new(1).unwrap();
            for lie in [more, richer] {
                let lie = Entry { body: Body::Receipt(lie), ..honest.clone() };
                prop_assert_eq!(refusal(lie), ChainError::Totals { at: place });
            }
        }
    }

    #[test]
    fn an_entry_of_any_kind_is_read_back(entry in arbitrary::entry(), journal in arbitrary::journal(1)) {
        let signed = SignedEntry::sign(entry, &journal.key).unwrap();
        prop_assert_eq!(SignedEntry::verify(signed.bytes(), &journal.key.public_key()), Ok(signed));
    }
}

/// An opening may claim any totals; the receipt after the last possible one is refused and nothing wraps around.
#[test]
fn totals_at_the_end_of_their_range_are_refused_not_wrapped() {
    let journal = with_a_receipt();
    let receipt = journal.entries.iter().find(|entry| matches!(entry.entry().body, Body::Receipt(_))).unwrap();
    let stamp = receipt.entry().stamp.clone();
    let opened = TillOpened { program: "x".into(), before: None, receipts: u64::MAX, grand_total: Paise::ZERO };
    let sign = |sequence, previous, body| {
        let entry = Entry { sequence: Sequence(sequence), previous, stamp: stamp.clone(), body };
        SignedEntry::sign(entry, &journal.key).unwrap()
    };
    let first = sign(1, journal.certificate.hash(), Body::TillOpened(opened));
    let second = sign(2, Hash::of(first.bytes()), receipt.entry().body.clone());
    let mut chain = Chain::begin(&journal.certificate).unwrap();
    chain.follow(&first).unwrap();
    assert_eq!(chain.follow(&second), Err(ChainError::Totals { at: Sequence(2) }));
}

fn with_a_receipt() -> Journal {
    let is_receipt = |step: &arbitrary::Step| matches!(step.body, Body::Receipt(_));
    let mut runner = TestRunner::deterministic();
    let mut draw = || arbitrary::steps(9).new_tree(&mut runner).expect("no filter in the generators").current();
    let steps =
        std::iter::repeat_with(&mut draw).find(|steps| steps.iter().any(is_receipt)).expect("the iterator has no end");
    arbitrary::journal_of(1, &steps)
}
