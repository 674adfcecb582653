//! What a payment refers to: the `tr` of a UPI link, and what comes back with the money.
//!
//! A till's request is named by the id of its entry; a bill's own QR code (on paper, in a message) by the bill number. A card
//! sale is named by its request and a seal that only the till can make, because any app on the terminal can answer in the
//! payment app's name. Anything else that comes back is unknown: it must never be guessed at.

use crate::ids::{BillNumber, EntryId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What a payment is for, as its reference says. At most [`PaymentReference::MAX_LEN`] letters, digits, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PaymentReference {
    /// A till asked for it: `SAS07-1-42`.
    Request(EntryId),
    /// A till started the payment app for it: `SAS07-1-42-K7QWJ3ZAMB5XY`.
    Card {
        /// The request.
        request: EntryId,
        /// What tells the till's own reference from a guessed one. Nobody but the till can check it.
        seal: Seal,
    },
    /// A bill's own code: `BILL--B2611-00217`.
    Bill(BillNumber),
}

/// The part of a card sale's reference that cannot be guessed: 8 to 13 characters of Base32 (RFC 4648), 5 bits each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seal(String);

/// Text that is not a reference of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("that is not a payment reference; it is a request as in SAS07-1-42, or a bill as in BILL--B2611-00217")]
pub struct UnknownReference;

impl PaymentReference {
    /// The longest one, in characters: what `tr` may have (UPI Linking Specification, 35 characters).
    pub const MAX_LEN: usize = 35;

    /// No till's id can begin so: two dashes would leave its incarnation empty.
    const BILL: &'static str = "BILL--";

    /// That of a card sale, sealed with these bytes, which nobody else may know: 65 bits of them, or what an id of more than 21
    /// characters leaves room for. `None` where that is less than 40 bits: an id of more than 26 characters.
    pub fn of_card(request: &EntryId, secret: &[u8; 32]) -> Option<PaymentReference> {
        let room = PaymentReference::MAX_LEN.checked_sub(request.to_string().len() + 1)?;
        let mut seal = data_encoding::BASE32_NOPAD.encode(secret);
        seal.truncate(room.min(Seal::LONGEST));
        Some(PaymentReference::Card { request: request.clone(), seal: Seal::parse(&seal)? })
    }

    /// That of a bill's own code; `None` if the bill number is too long for one.
    pub fn of_bill(bill: &BillNumber) -> Option<PaymentReference> {
        let reference = PaymentReference::Bill(bill.clone());
        (reference.to_string().len() <= PaymentReference::MAX_LEN).then_some(reference)
    }
}

impl fmt::Display for PaymentReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PaymentReference::Request(entry) => entry.fmt(f),
            PaymentReference::Card { request, seal } => f.pad(&format!("{request}-{}", seal.0)),
            PaymentReference::Bill(bill) => f.pad(&format!("{}{}", PaymentReference::BILL, escaped(bill))),
        }
    }
}

impl FromStr for PaymentReference {
    type Err = UnknownReference;

    fn from_str(text: &str) -> Result<PaymentReference, UnknownReference> {
        if text.len() > PaymentReference::MAX_LEN {
            return Err(UnknownReference);
        }
        let Some(bill) = text.strip_prefix(PaymentReference::BILL) else {
            return request_or_card(text).ok_or(UnknownReference);
        };
        unescaped(bill).map(PaymentReference::Bill).ok_or(UnknownReference)
    }
}

impl Seal {
    const SHORTEST: usize = 8;
    const LONGEST: usize = 13;

    fn parse(text: &str) -> Option<Seal> {
        let fits = (Seal::SHORTEST..=Seal::LONGEST).contains(&text.len());
        let base32 = text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'));
        (fits && base32).then(|| Seal(text.to_owned()))
    }
}

/// An id has two dashes, so a third one begins a seal.
fn request_or_card(text: &str) -> Option<PaymentReference> {
    match text.match_indices('-').nth(2) {
        None => text.parse().map(PaymentReference::Request).ok(),
        Some((dash, _)) => {
            let request = text[..dash].parse().ok()?;
            Some(PaymentReference::Card { request, seal: Seal::parse(&text[dash + 1..])? })
        }
    }
}

/// A bill number as it stands in references and links, which have no slash and no dot.
pub(crate) fn escaped(bill: &BillNumber) -> String {
    bill.as_str().replace('_', "__").replace('/', "_s").replace('.', "_d")
}

/// The one bill number that is escaped so; `None` if there is none.
pub(crate) fn unescaped(text: &str) -> Option<BillNumber> {
    let (mut bill, mut chars) = (String::new(), text.chars());
    while let Some(c) = chars.next() {
        bill.push(match c {
            '_' => match chars.next()? {
                '_' => '_',
                's' => '/',
                'd' => '.',
                _ => return None,
            },
            '/' | '.' => return None,
            plain => plain,
        });
    }
    bill.parse().ok()
}

impl TryFrom<String> for PaymentReference {
    type Error = UnknownReference;
    fn try_from(text: String) -> Result<PaymentReference, UnknownReference> {
        text.parse()
    }
}

impl From<PaymentReference> for String {
    fn from(reference: PaymentReference) -> String {
        reference.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bills_and_requests_are_told_apart() {
        let request: EntryId = "SAS07-1-42".parse().unwrap();
        assert_eq!("SAS07-1-42".parse(), Ok(PaymentReference::Request(request)));
        let bill: BillNumber = "PB/2026_11.0001".parse().unwrap();
        let reference = PaymentReference::of_bill(&bill).unwrap();
        assert_eq!(reference.to_string(), "BILL--PB_s2026__11_d0001");
        assert_eq!("BILL-1-3".parse(), Ok(PaymentReference::Request("BILL-1-3".parse().unwrap())));
        for unknown in ["", "BILL--", "BILL--a_", "BILL--a_x", "BILL--a.b", "BILL---a", "SAS07-1", "order 4711", "ਬਿੱਲ"]
        {
            assert_eq!(unknown.parse::<PaymentReference>(), Err(UnknownReference), "{unknown}");
        }
        assert!(format!("BILL--{}", "a".repeat(30)).parse::<PaymentReference>().is_err());
    }

    #[test]
    fn a_bill_number_that_grows_too_long_has_none() {
        assert!(PaymentReference::of_bill(&format!("B{}", "_".repeat(14)).parse().unwrap()).is_some());
        assert!(PaymentReference::of_bill(&format!("B{}", "_".repeat(15)).parse().unwrap()).is_none());
    }

    #[test]
    fn a_card_sale_names_its_request_and_a_seal() {
        let request: EntryId = "SAS07-1-42".parse().unwrap();
        let reference = PaymentReference::of_card(&request, &[0xa5; 32]).unwrap();
        assert_eq!(reference.to_string(), "SAS07-1-42-UWS2LJNFUWS2L");
        assert!(matches!(&reference, PaymentReference::Card { request: named, .. } if *named == request));
        for unknown in [
            "SAS07-1-42-",
            "SAS07-1-42-UWS2LJN",
            "SAS07-1-42-UWS2LJNFUWS2LJ",
            "SAS07-1-42-uws2ljnfuws2l",
            "SAS07-1-42-UWS2LJNFUWS21",
            "SAS07-1-42-UWS2LJNF-WS2L",
            "SAS07-01-42-UWS2LJNFUWS2L",
            "SAS07-1-UWS2LJNFUWS2L",
        ] {
            assert_eq!(unknown.parse::<PaymentReference>(), Err(UnknownReference), "{unknown}");
        }
    }

    #[test]
    fn a_long_id_leaves_less_room_for_a_seal_and_then_none() {
        let sealed = |id: &str| PaymentReference::of_card(&id.parse().unwrap(), &[0xa5; 32]).map(|it| it.to_string());
        assert_eq!(sealed("SAHIBZADA_07-12-123456"), Some("SAHIBZADA_07-12-123456-UWS2LJNFUWS2".to_owned()));
        assert_eq!(sealed("SAHIBZADA_07-12-1234567890"), Some("SAHIBZADA_07-12-1234567890-UWS2LJNF".to_owned()));
        assert_eq!(sealed("SAHIBZADA_07-12-12345678901"), None);
    }

    proptest! {
        #[test]
        fn every_card_sale_is_read_back(
            till in "[A-Za-z0-9][A-Za-z0-9_]{0,11}",
            life in 1u16..100,
            place in 1u64..10_000_000_000,
            secret: [u8; 32],
        ) {
            let entry: EntryId = format!("{till}-{life}-{place}").parse().unwrap();
            let reference = PaymentReference::of_card(&entry, &secret).unwrap();
            prop_assert!(reference.to_string().len() <= PaymentReference::MAX_LEN);
            prop_assert_eq!(reference.to_string().parse(), Ok(reference));
        }

        #[test]
        fn every_bill_is_read_back(bill in "[A-Za-z0-9][A-Za-z0-9/._-]{0,19}") {
            let bill: BillNumber = bill.parse().unwrap();
            if let Some(reference) = PaymentReference::of_bill(&bill) {
                let text = reference.to_string();
                prop_assert!(text.len() <= PaymentReference::MAX_LEN);
                prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
                prop_assert_eq!(text.parse(), Ok(PaymentReference::Bill(bill)));
            }
        }

        #[test]
        fn every_request_is_read_back(till in "[A-Za-z0-9][A-Za-z0-9_]{0,11}", life in 1u16.., place in 1u64..1_000_000_000_000) {
            let entry: EntryId = format!("{till}-{life}-{place}").parse().unwrap();
            let text = PaymentReference::Request(entry.clone()).to_string();
            prop_assert!(text.len() <= PaymentReference::MAX_LEN);
            prop_assert_eq!(text.parse(), Ok(PaymentReference::Request(entry)));
        }

        #[test]
        fn what_is_read_is_written_the_same(text in "(BILL--)?[A-Za-z0-9_./-]{0,36}|S-1-[1-9]-[A-Z2-7]{6,15}") {
            if let Ok(reference) = text.parse::<PaymentReference>() {
                prop_assert_eq!(reference.to_string(), text);
            }
        }
    }
}
