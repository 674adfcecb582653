//! A household in a list of findings.

use raseed_protocol::book::{Account, AccountStatus};
use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use serde::Serialize;

/// Enough to recognise the household; its dues are worked out when it is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Consumer number.
    pub account: AccountId,
    /// Name in the script of the place.
    pub name: String,
    /// Name in Latin letters.
    pub name_latin: String,
    /// House.
    pub house: String,
    /// Village or ward.
    pub place: String,
    /// What the book has open, late fee not counted.
    pub open: Paise,
    /// Open or closed.
    pub status: AccountStatus,
}

impl From<Account> for Found {
    fn from(account: Account) -> Found {
        Found {
            open: account.demands.iter().map(|demand| demand.open()).sum(),
            account: account.id,
            name: account.name,
            name_latin: account.name_latin,
            house: account.house,
            place: account.place,
            status: account.status,
        }
    }
}
