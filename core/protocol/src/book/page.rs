//! A page of the book as it travels: signed by the head office, for one till, from one cursor to the next.

use super::account::Account;
use super::rules::Rules;
use super::tariff::Tariff;
use super::wire;
use crate::cbor::{self, Fields, FormatError, Map};
use crate::ids::{Incarnation, Sequence, TenantId, TillId};
use crate::keys::{PublicKey, Signer, SigningRefused};
use crate::signed::{self, Namespace, SignedError, Unverified};
use crate::time::WallMs;
use coset::cbor::value::Value;

/// Part of the book, as it was at one moment.
///
/// The till applies a whole page or none of it. Outstanding = the account here − own receipts after `counted`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookPage {
    /// Whose book.
    pub tenant: TenantId,
    /// For which till.
    pub till: TillId,
    /// The cursor that this page was asked for; 0 is the beginning.
    pub since: u64,
    /// The cursor to ask for next.
    pub until: u64,
    /// True if there is more after `until` right now.
    pub more: bool,
    /// Through which of this till's entries the accounts here have been counted; `None` if none.
    pub counted: Option<(Incarnation, Sequence)>,
    /// When the page was made, by the head office's clock.
    pub office: WallMs,
    /// The rules, if they changed.
    pub rules: Option<Rules>,
    /// The tariffs that changed, whole.
    pub tariffs: Vec<Tariff>,
    /// The accounts that changed, whole.
    pub accounts: Vec<Account>,
}

impl BookPage {
    /// The most accounts on a page.
    pub const MAX_ACCOUNTS: usize = 5_000;
    /// The most tariffs on a page.
    pub const MAX_TARIFFS: usize = 500;

    /// Signs it.
    pub fn seal(&self, office: &dyn Signer) -> Result<Vec<u8>, SigningRefused> {
        signed::seal(Namespace::BookPage, self.encode(), office)
    }

    /// Reads and verifies one.
    pub fn verify(bytes: &[u8], office: &PublicKey) -> Result<BookPage, SignedError> {
        let payload = Unverified::parse(Namespace::BookPage, bytes)?.open(office)?;
        Ok(BookPage::decode(&payload)?)
    }

    fn encode(&self) -> Vec<u8> {
        let counted =
            self.counted.map(|(incarnation, sequence)| cbor::array([incarnation.0.into(), sequence.0.into()]));
        let map = Map::new()
            .put(1, self.tenant.as_str())
            .put(2, self.till.as_str())
            .put(3, self.since)
            .put(4, self.until)
            .put_some(5, self.more.then_some(true))
            .put_some(6, counted)
            .put(7, self.office.0)
            .put_some(8, self.rules.as_ref().map(wire::encode_rules))
            .put(9, Value::Array(self.tariffs.iter().map(wire::encode_tariff).collect()))
            .put(10, Value::Array(self.accounts.iter().map(wire::encode_account).collect()));
        cbor::encode(&map.into())
    }

    fn decode(payload: &[u8]) -> Result<BookPage, FormatError> {
        let value = cbor::decode("book page", payload, Namespace::BookPage.max_len())?;
        let fields = Fields::of_map("book page", &value)?;
        let counted = fields.optional(6, |fields, key| {
            let counted = Fields::of_array("book page counted", fields.need(key)?, 2)?;
            let incarnation = Incarnation::from_number(counted.u64(0)?).ok_or_else(|| counted.bad(0))?;
            Ok((incarnation, Sequence(counted.u64(1)?)))
        })?;
        let page = BookPage {
            tenant: fields.parse(1)?,
            till: fields.parse(2)?,
            since: fields.u64(3)?,
            until: fields.u64(4)?,
            more: fields.flag(5)?,
            counted,
            office: WallMs::bounded(fields.u64(7)?).ok_or_else(|| fields.bad(7))?,
            rules: fields.get(8).map(wire::decode_rules).transpose()?,
            tariffs: fields
                .array(9, BookPage::MAX_TARIFFS)?
                .iter()
                .map(wire::decode_tariff)
                .collect::<Result<_, _>>()?,
            accounts: fields
                .array(10, BookPage::MAX_ACCOUNTS)?
                .iter()
                .map(wire::decode_account)
                .collect::<Result<_, _>>()?,
        };
        if page.until < page.since || (page.more && page.until == page.since) {
            return Err(fields.inconsistent("the cursor does not move on"));
        }
        Ok(page)
    }
}
