//! What became of a card sale.

/// The end of a card sale, or that none is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardOutcome {
    /// The money is taken.
    Approved(Box<Approval>),
    /// The vendor's own definite no: nothing was taken, and another attempt may be made.
    Declined {
        /// The vendor's code, at most 80 characters.
        code: String,
        /// The vendor's words, at most 80 characters of printable ASCII.
        what: String,
    },
    /// Given up before anything was charged, where the vendor says just that.
    Cancelled,
    /// Taken or not: nobody knows yet. Do not charge again; ask, or wait for the settlement file.
    Unknown {
        /// Why, in a sentence for the supervisor.
        what: String,
    },
}

/// What proves a sale in the acquirer's books. A field that did not come, or not in a form that it can have, is nothing. All
/// are printable ASCII.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approval {
    /// Retrieval reference number (ISO 8583 field 37), 1 to 24 characters.
    pub rrn: Option<String>,
    /// The issuer's authorisation code (ISO 8583 field 38), at most 12 characters.
    pub auth_code: Option<String>,
    /// The last four digits of the card; never more of it.
    pub card_last4: Option<String>,
    /// `RUPAY`, `VISA` ..., at most 16 characters.
    pub scheme: Option<String>,
    /// The acquirer's number of the terminal, at most 16 characters.
    pub tid: Option<String>,
    /// The acquirer's number of the merchant, at most 24 characters.
    pub mid: Option<String>,
    /// The batch in which it will be settled, at most 12 characters.
    pub batch: Option<String>,
    /// The number of the charge slip, at most 12 characters.
    pub invoice: Option<String>,
    /// The vendor's own id of the sale, at most 64 characters.
    pub vendor_id: Option<String>,
}
