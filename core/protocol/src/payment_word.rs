//! The head office's signed word about a payment that a till asked for. Only this lets a till call a payment *paid*.
//!
//! It names the request by its place in the till's journal, says what the head office knows, and how much came. Each word
//! about a till has a number of its own, so that a till asks for what is new and an old word cannot replace a newer one.

use crate::cbor::{self, Fields, FormatError, Map};
use crate::ids::{Incarnation, Sequence, TillId};
use crate::journal::Receipt;
use crate::keys::{PublicKey, Signer, SigningRefused};
use crate::money::Paise;
use crate::signed::{self, Namespace, SignedError, Unverified};
use crate::time::WallMs;
use serde::{Deserialize, Serialize};

/// What the head office knows of one payment request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentWord {
    /// Whose request.
    pub till: TillId,
    /// Which incarnation.
    pub incarnation: Incarnation,
    /// The place of the request.
    pub requested: Sequence,
    /// The number of this word among all words about this till: from 1, ascending.
    pub number: u64,
    /// What is known.
    pub state: PaymentState,
    /// How much came in all, zero if nothing did. It may differ from what was asked.
    pub came: Paise,
    /// The bank's reference (RRN, UTR) of the newest payment, if it gave one.
    pub reference: Option<String>,
    /// The text to draw as a QR code, where the payment service makes the codes; at most
    /// [`PaymentWord::MAX_LINK`] ASCII characters.
    pub link: Option<String>,
    /// When, by the head office's clock.
    pub office: WallMs,
}

/// What the head office knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentState {
    /// No money seen yet, and it may still come.
    Waiting,
    /// Exactly what was asked has come, and no receipt was given for it yet.
    Paid,
    /// It has come, and the receipt for it is in the books: realised.
    Realised,
    /// It failed; nothing came, and nothing is expected.
    Failed,
    /// Its time is over and nothing came. Money that still comes is credited or given back by the head office.
    Over,
    /// Money came otherwise than asked (late, twice, another amount): credited to the consumer's account by the head office.
    Credited,
    /// Money came that nobody can be credited with; it is to be given back.
    RefundDue,
}

impl PaymentWord {
    /// The longest link, in characters.
    pub const MAX_LINK: usize = 512;

    /// Signs it with the head office's key.
    pub fn seal(&self, office: &dyn Signer) -> Result<Vec<u8>, SigningRefused> {
        let map = Map::new()
            .put(1, self.till.as_str())
            .put(2, self.incarnation.0)
            .put(3, self.requested.0)
            .put(4, self.number)
            .put(5, self.state.number())
            .put(6, self.came.get())
            .put_some(7, self.reference.as_deref())
            .put_some(8, self.link.as_deref())
            .put(9, self.office.0);
        signed::seal(Namespace::PaymentWord, cbor::encode(&map.into()), office)
    }

    /// Reads and verifies one.
    pub fn verify(bytes: &[u8], office: &PublicKey) -> Result<PaymentWord, SignedError> {
        let payload = Unverified::parse(Namespace::PaymentWord, bytes)?.open(office)?;
        Ok(PaymentWord::decode(&payload)?)
    }

    fn decode(payload: &[u8]) -> Result<PaymentWord, FormatError> {
        let value = cbor::decode("payment word", payload, Namespace::PaymentWord.max_len())?;
        let fields = Fields::of_map("payment word", &value)?;
        let word = PaymentWord {
            till: fields.parse(1)?,
            incarnation: Incarnation::from_number(fields.u64(2)?).ok_or_else(|| fields.bad(2))?,
            requested: Sequence(fields.u64(3)?),
            number: fields.u64(4)?,
            state: PaymentState::from_number(fields.u64(5)?).ok_or_else(|| fields.bad(5))?,
            came: Paise::new(fields.i64(6)?).map_err(|_| fields.bad(6))?,
            reference: fields.optional(7, Receipt::decode_reference)?,
            link: fields.optional(8, decode_link)?,
            office: WallMs::bounded(fields.u64(9)?).ok_or_else(|| fields.bad(9))?,
        };
        if word.came < Paise::ZERO || word.requested == Sequence(0) {
            return Err(fields.inconsistent("less than nothing came, or nothing was asked"));
        }
        if word.state.means_money() != word.came.is_positive() {
            return Err(fields.inconsistent("its state and what came do not fit"));
        }
        Ok(word)
    }
}

impl PaymentState {
    /// All of them.
    pub const ALL: [PaymentState; 7] = [
        PaymentState::Waiting,
        PaymentState::Paid,
        PaymentState::Realised,
        PaymentState::Failed,
        PaymentState::Over,
        PaymentState::Credited,
        PaymentState::RefundDue,
    ];

    /// True if money has come.
    pub fn means_money(self) -> bool {
        match self {
            PaymentState::Paid | PaymentState::Realised | PaymentState::Credited | PaymentState::RefundDue => true,
            PaymentState::Waiting | PaymentState::Failed | PaymentState::Over => false,
        }
    }

    fn number(self) -> u64 {
        match self {
            PaymentState::Waiting => 1,
            PaymentState::Paid => 2,
            PaymentState::Realised => 3,
            PaymentState::Failed => 4,
            PaymentState::Over => 5,
            PaymentState::Credited => 6,
            PaymentState::RefundDue => 7,
        }
    }

    fn from_number(number: u64) -> Option<PaymentState> {
        PaymentState::ALL.into_iter().find(|state| state.number() == number)
    }

    /// What it is called in files and rows.
    pub fn code(self) -> &'static str {
        match self {
            PaymentState::Waiting => "waiting",
            PaymentState::Paid => "paid",
            PaymentState::Realised => "realised",
            PaymentState::Failed => "failed",
            PaymentState::Over => "over",
            PaymentState::Credited => "credited",
            PaymentState::RefundDue => "refund-due",
        }
    }
}

fn decode_link(fields: &Fields, key: u64) -> Result<String, FormatError> {
    let text = fields.text(key, PaymentWord::MAX_LINK)?;
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic()) {
        Ok(text.to_owned())
    } else {
        Err(fields.bad(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;

    fn word() -> PaymentWord {
        PaymentWord {
            till: "SAS07".parse().unwrap(),
            incarnation: Incarnation(1),
            requested: Sequence(41),
            number: 7,
            state: PaymentState::Paid,
            came: Paise::new(26_000).unwrap(),
            reference: Some("632512345678".into()),
            link: None,
            office: WallMs(1_795_000_000_000),
        }
    }

    #[test]
    fn it_is_read_back_and_bound_to_its_key() {
        let office = SigningKey::from_seed(&[1; 32]);
        for state in PaymentState::ALL {
            let came = if state.means_money() { word().came } else { Paise::ZERO };
            let link = (state == PaymentState::Waiting).then(|| "upi://pay?pa=a@b".to_owned());
            let word = PaymentWord { state, came, link, ..word() };
            let bytes = word.seal(&office).unwrap();
            assert_eq!(PaymentWord::verify(&bytes, &office.public_key()), Ok(word));
            assert!(PaymentWord::verify(&bytes, &SigningKey::from_seed(&[2; 32]).public_key()).is_err());
        }
    }

    #[test]
    fn money_and_state_must_fit() {
        let office = SigningKey::from_seed(&[1; 32]);
        for wrong in [
            PaymentWord { came: Paise::ZERO, ..word() },
            PaymentWord { state: PaymentState::Waiting, ..word() },
            PaymentWord { requested: Sequence(0), ..word() },
            PaymentWord { link: Some("two words".into()), ..word() },
        ] {
            let bytes = wrong.seal(&office).unwrap();
            assert!(PaymentWord::verify(&bytes, &office.public_key()).is_err(), "{wrong:?}");
        }
    }
}
