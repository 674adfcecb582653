//! What this device is, for the about screen and for a supervisor on the telephone.

use crate::error::RaseedError;
use crate::money::Money;
use crate::shared::Shared;

/// Versions, device, journal.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct About {
    /// The library's version.
    pub version: String,
    /// The till's name.
    pub till: String,
    /// Which of its lives.
    pub incarnation: u32,
    /// Whose books.
    pub tenant: String,
    /// Where the head office answers.
    pub office_url: String,
    /// Records in the journal.
    pub records: u64,
    /// Receipts over all time.
    pub receipts: u64,
    /// What they add up to.
    pub grand_total: Money,
    /// The journal's newest hash, its first eight bytes: two people can compare it by telephone.
    pub head: String,
    /// Households in the book.
    pub households: u64,
    /// When the head office made the newest page of the book.
    pub book_of: Option<String>,
}

impl About {
    pub(crate) fn of(shared: &Shared) -> Result<About, RaseedError> {
        let language = shared.language();
        shared.till(|till| {
            let standing = till.standing();
            let book = till.book_standing()?;
            let identity = till.identity();
            Ok(About {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                till: identity.till.to_string(),
                incarnation: u32::from(identity.incarnation.0),
                tenant: identity.tenant.to_string(),
                office_url: identity.office_url.clone(),
                records: standing.newest.sequence.0,
                receipts: standing.receipts,
                grand_total: standing.grand_total.into(),
                head: till.head().to_string().chars().take(16).collect(),
                households: book.households,
                book_of: book.complete.then(|| book.office.to_people_in(language.core())),
            })
        })
    }
}
