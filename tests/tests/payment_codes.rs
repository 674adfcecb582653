//! Payment codes, both ways: what was asked for is what is read, and no change to a code passes for another amount.
//!
//! `RASEED_CHANGES` says how many changed codes are tried (20,000 without it), and `RASEED_SEED` throws the same ones again.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use raseed_protocol::qr::{bharat, emv, upi};
use raseed_protocol::time::WallMs;
use raseed_tests::arbitrary::{asked_paise, bharat_request, upi_request};
use raseed_tests::outside;
use raseed_tests::world::Seeded;

proptest! {
    #[test]
    fn a_link_says_what_was_asked(request in upi_request()) {
        let text = request.build();
        let link = upi::read(&text).unwrap();
        prop_assert_eq!(upi::violations(&link), []);
        prop_assert_eq!(link.payee(), &request.payee);
        prop_assert_eq!((link.amount(), link.minimum()), asked_paise(request.asked.as_ref()));
        let (made_at, expires_at) = (request.made_at.map(WallMs::to_rfc3339), request.expires_at.map(WallMs::to_rfc3339));
        let get = |key: &str| link.parameters().get(key);
        prop_assert_eq!(link.name(), Some(request.name.as_str()));
        prop_assert_eq!(link.reference(), request.initiation.reference().map(|reference| reference.as_str()));
        prop_assert_eq!(get("mc"), request.mcc.as_ref().map(|mcc| mcc.as_str()));
        prop_assert_eq!(get("tn"), request.note.as_ref().map(|note| note.as_str()));
        prop_assert_eq!(get("tid"), request.transaction.as_ref().map(|id| id.as_str()));
        prop_assert_eq!(get("purpose"), request.purpose.as_ref().map(|purpose| purpose.as_str()));
        prop_assert_eq!(get("orgid"), request.org.as_ref().map(|org| org.as_str()));
        prop_assert_eq!(get("QRts"), made_at.as_deref());
        prop_assert_eq!(get("QRexpire"), expires_at.as_deref());
        prop_assert_eq!(get("url"), request.about.as_ref().map(|about| about.url.as_str()));
        prop_assert_eq!(get("mid"), request.shop.merchant.as_ref().map(|label| label.as_str()));
        prop_assert_eq!(get("mtid"), request.shop.terminal.as_ref().map(|label| label.as_str()));
        prop_assert_eq!(get("pinCode"), request.pin_code.as_ref().map(|pin| pin.as_str()));
        prop_assert_eq!(get("invoiceNo"), request.invoice.as_ref().map(|invoice| invoice.number.as_str()));
        prop_assert!(text.is_ascii() && !text.contains(['#', ' ']) && !text.contains("%40"));
    }

    #[test]
    fn a_signature_covers_what_is_sent(request in upi_request(), signature in prop::collection::vec(any::<u8>(), 1..80)) {
        let mut covered = Vec::new();
        let text = request.build_signed(|bytes| {
            covered = bytes.to_vec();
            Ok::<_, ()>(signature)
        });
        let text = text.unwrap();
        let (before, _) = text.split_once("&sign=").unwrap();
        prop_assert_eq!(before.as_bytes(), covered.as_slice());
        let link = upi::read(&text).unwrap();
        prop_assert_eq!(upi::violations(&link), []);
    }

    #[test]
    fn a_code_says_what_was_asked(request in bharat_request()) {
        let text = request.build().unwrap();
        let code = emv::read(&text).unwrap();
        if request.account.is_some() || request.rupay.is_some() {
            prop_assert_eq!(emv::violations(&code), []);
        }
        let (amount, minimum, reference) = match &request.initiation {
            bharat::Initiation::Static { amount } => (amount.map(|amount| amount.paise()), None, None),
            bharat::Initiation::Dynamic { asked, reference, .. } => {
                let (amount, minimum) = asked_paise(asked.as_ref());
                (amount, minimum, Some(reference.as_str()))
            }
        };
        let floor = minimum.filter(|_| request.payee.is_some()).map(|minimum| minimum.to_decimal());
        prop_assert_eq!(code.payee(), request.payee.clone());
        prop_assert_eq!(code.amount(), Ok(amount));
        prop_assert_eq!(code.reference(), reference);
        prop_assert_eq!(code.within(26, 2), floor.as_deref());
        prop_assert_eq!(code.is_dynamic(), Some(reference.is_some()));
        prop_assert_eq!((code.get(59), code.get(60)), (Some(request.name.as_str()), Some(request.city.as_str())));
        prop_assert_eq!(code.get(6), request.rupay.as_ref().map(|pan| pan.as_str()));
        prop_assert_eq!(code.get(8), request.account.as_ref().map(|account| account.as_str()));
        prop_assert_eq!(code.within(62, 7), request.additional.terminal.as_ref().map(|text| text.as_str()));
        prop_assert_eq!(code.within(64, 1), request.language.as_ref().map(|local| local.name.as_str()));
        prop_assert_eq!(code.get(28), None);
    }
}

#[test]
fn no_changed_code_passes_for_another_amount() {
    let changes: usize = std::env::var("RASEED_CHANGES").map_or(20_000, |count| count.parse().expect("a number"));
    let seed: u64 = std::env::var("RASEED_SEED").map_or(7, |seed| seed.parse().expect("a number"));
    println!("RASEED_SEED={seed}");
    let (links, codes) = (pool(upi_request()), pool(bharat_request()));
    let mut dice = Dice(Seeded::new(seed));
    let (mut accepted, mut refused) = ([0; 2], [0; 2]);
    for at in 0..changes {
        let is_code = at % 2 == 1;
        let text = if is_code {
            codes[dice.below(codes.len())].build().expect("a request that can be built")
        } else {
            links[dice.below(links.len())].build()
        };
        let mut bytes = text.into_bytes();
        for _ in 0..=dice.below(3) {
            change(&mut bytes, &mut dice);
        }
        // Half of the codes get a right checksum again, or nothing but the checksum would be tried.
        if is_code && dice.below(2) == 0 {
            seal(&mut bytes);
        }
        // What is accepted is read once more in there, from the text alone.
        outside::run(if is_code { "qr_emv" } else { "qr_upi" }, &bytes);
        let read = std::str::from_utf8(&bytes)
            .is_ok_and(|text| if is_code { emv::read(text).is_ok() } else { upi::read(text).is_ok() });
        if read { accepted[usize::from(is_code)] += 1 } else { refused[usize::from(is_code)] += 1 }
    }
    println!(
        "links: {} accepted, {} refused; codes: {} accepted, {} refused",
        accepted[0], refused[0], accepted[1], refused[1]
    );
    let enough = changes / 20;
    assert!(accepted.iter().chain(&refused).all(|count| *count >= enough), "both ends are reached");
}

fn pool<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..300).map(|_| strategy.new_tree(&mut runner).expect("the generators seldom throw again").current()).collect()
}

struct Dice(Seeded);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.next(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % u64::try_from(end.max(1)).expect("small")).expect("small")
    }
}

/// One change: a bit, a digit, a byte more or less, two bytes swapped, capitals, a piece again, or the end cut off.
fn change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let Some(last) = bytes.len().checked_sub(1) else { return };
    let (at, other) = (dice.below(last + 1), dice.below(last + 1));
    match dice.below(8) {
        0 => bytes[at] ^= 1 << dice.below(8),
        1 => {
            let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
            if let Some(at) = digits.get(dice.below(digits.len())) {
                bytes[*at] = b"0123456789."[dice.below(11)];
            }
        }
        2 => bytes.insert(at, b"0123456789.&=%+#@ "[dice.below(18)]),
        3 => drop(bytes.remove(at)),
        4 => bytes.swap(at, other),
        5 => bytes[at] ^= if bytes[at].is_ascii_alphabetic() { 0x20 } else { 0 },
        6 => {
            let piece = bytes[at.min(other)..at.max(other)].iter().copied().take(24).collect::<Vec<u8>>();
            drop(bytes.splice(at..at, piece));
        }
        _ => bytes.truncate(last - dice.below(4)),
    }
}

/// A right checksum at the end, whatever stood there.
fn seal(bytes: &mut Vec<u8>) {
    bytes.truncate(bytes.len().saturating_sub(8));
    bytes.extend_from_slice(b"6304");
    let sum = format!("{:04X}", emv::crc(bytes));
    bytes.extend_from_slice(sum.as_bytes());
}
