//! Everything that can be wrong with one value, line or file of a book, each with what to do next.
//!
//! A fault never quotes a name or a phone number on purpose; text that it quotes is cut and holds no control characters.

use crate::sms::BadPhone;
use raseed_protocol::book::PaymentsError;
use raseed_protocol::ids::IdError;
use raseed_protocol::money::AmountError;
use raseed_protocol::time::DateError;
use thiserror::Error;

/// What is wrong with a value, a line or a file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)] // each text says what its variant means
pub enum Fault {
    // The file.
    #[error("the file cannot be read ({why}); put it into the folder and see that you may read it")]
    Unreadable { why: String },
    #[error("the file is larger than {limit_mib} MiB; split the book by villages or wards")]
    FileTooLarge { limit_mib: u64 },
    #[error("the file is UTF-16; save it again as UTF-8 (in a spreadsheet: \"CSV UTF-8\")")]
    Utf16,
    #[error("byte {byte} of the line is not UTF-8; save the file again as UTF-8 (in a spreadsheet: \"CSV UTF-8\")")]
    NotUtf8 { byte: usize },
    #[error("{message}; correct it as book-import.md describes")]
    Json { message: String },
    #[error("there are more than {limit} {what}; take some out, or split the book by villages or wards")]
    TooMany { what: &'static str, limit: usize },
    #[error("there are no {what}; at least one is needed")]
    NoneGiven { what: &'static str },

    // The shape of a table.
    #[error("the file is empty; its first line must name the columns: {known}")]
    NoHeader { known: String },
    #[error("there is no column \"{name}\"; the columns are {known}")]
    UnknownColumn { name: String, known: String },
    #[error("the column is missing from the first line; the columns are {known}")]
    MissingColumn { known: String },
    #[error("the column is named twice in the first line; keep one of them")]
    ColumnTwice,
    #[error("the values of this file are not separated by commas; save it again as comma-separated CSV")]
    Separator,
    #[error("the lines of this file do not end with LF or CRLF; save it again as CSV UTF-8")]
    LineEnds,
    #[error("the line is longer than {limit} bytes; look for a quotation mark or a line end that is missing")]
    LineTooLong { limit: usize },
    #[error(
        "the line has {found} values where the first line names {expected}; put values with a comma in quotation marks"
    )]
    ValueCount { found: usize, expected: usize },
    #[error(
        "a quotation mark is not closed on its line or stands inside a value; write \"…\" around the value and \"\" for a mark in it"
    )]
    Quotation,
    #[error(
        "there is a character here that cannot be seen (a tab, a line break, a control mark); type the value again"
    )]
    Unprintable,

    #[error("{text} cannot be the host of the receipt page; write it as pay.example.org, at most 40 characters")]
    ReceiptHost { text: String },
    #[error("{0}")]
    Payments(#[from] PaymentsError),

    // Any value.
    #[error("a value is needed here; write one")]
    Missing,
    #[error("{0}; correct it")]
    Id(#[from] IdError),
    #[error("{0}")]
    Date(#[from] DateError),
    #[error("{0}")]
    Amount(#[from] AmountError),
    #[error("write a whole number from {low} to {high}, in digits 0-9 only")]
    Number { low: u64, high: u64 },
    #[error("the text has {found} characters; shorten it to {limit}")]
    TooLong { found: usize, limit: usize },
    #[error("the text begins or ends with a space; take it away")]
    Spaces,
    #[error("{what} {name} is already on line {line}; give each its own, or remove one")]
    Duplicate { what: &'static str, name: String, line: u64 },
    #[error("{what} {name} stands here a second time; give each its own, or remove one")]
    Again { what: &'static str, name: String },
    #[error("an amount above zero is needed here; correct it, or leave it out if nothing is asked")]
    NotPositive,
    #[error("the amount is negative; write zero or more")]
    Negative,
    #[error("bills and advances of the {of} come to more than ₹1,00,00,00,00,000 here; check the number of digits")]
    TotalTooLarge { of: &'static str },

    // Rules and tariffs.
    #[error("head number {id} is kept for advances, late fees, rebates and rounding; use 10 or more")]
    ReservedHead { id: u8 },
    #[error(
        "\"{code}\" cannot be the code of a head; use 1 to 12 of A-Z, 0-9, - and _, and not ADVANCE, LATE_FEE, REBATE or ROUNDING"
    )]
    HeadCode { code: String },
    #[error("no head has the number {id}; add it to the heads of the rules, or correct it")]
    UnknownHeadId { id: u8 },
    #[error("the slabs must rise: each \"up_to\" larger than the one before, from 1")]
    SlabOrder,
    #[error("only the last slab, and always the last, has no \"up_to\"; correct the slabs")]
    OpenSlab,

    // Accounts.
    #[error("there is no tariff {code}; add it to the tariffs, or correct the code")]
    UnknownTariff { code: String },
    #[error("write \"active\" or \"closed\", or leave it empty for active")]
    Status,
    #[error("this is not a phone number; write 4 to 15 digits (only the last four are kept), or leave it empty")]
    Phone,
    #[error("only the last four digits of the phone may stand here; write four digits, or leave it empty")]
    PhoneLast4,
    #[error(
        "meter_reading, meter_read_on and meter_digits belong together; fill all three (usual_units may stay empty) or none"
    )]
    MeterIncomplete,
    #[error("tariff {code} charges by the meter; fill in the meter, or choose another tariff")]
    MeterNeeded { code: String },
    #[error("a dial of {digits} digits cannot show this reading; correct the reading or the digits")]
    BeyondDial { digits: u8 },
    #[error("last_payment and last_payment_on belong together; fill both or neither")]
    LastPaymentIncomplete,

    // Contacts.
    #[error("there is no account {id} in the books; import the book first, or correct the consumer number")]
    UnknownContact { id: String },
    #[error("{0}")]
    Mobile(#[from] BadPhone),
    #[error(
        "the last four digits are not those that the book has for this account; correct the phone here, or in the book"
    )]
    OtherPhone,
    #[error("write the language as en, hi, pa or bn")]
    Language,

    // Demands.
    #[error("there is no account {id}; add it to the accounts, or correct the consumer number")]
    UnknownAccount { id: String },
    #[error("there is no head {code}; the heads are {known}")]
    UnknownHead { code: String, known: String },
    #[error(
        "{head} cannot be imported: late fees and rebates are worked out from the rules, advances are a column of the account"
    )]
    NotImported { head: String },
    #[error("a rounding is less than one rupee, up or down, and not zero; correct it")]
    RoundingSize,
    #[error("paid is more than the amount of the row; correct one of them")]
    PaidTooMuch,
    #[error("the bill is issued before its billing month begins; correct the month or the date")]
    IssuedBeforePeriod,
    #[error("the bill is due before it is issued; correct one of the dates")]
    DueBeforeIssued,
    #[error(
        "bill {bill} has another value here on line {line}; the rows of one bill agree, and each bill has its own number"
    )]
    BillDiffers { bill: String, line: u64 },
    #[error("this head is already on the bill, on line {line}; add the amounts up in one row")]
    HeadTwice { line: u64 },
    #[error("the bill asks for nothing in all; give it a head with an amount, or leave it out")]
    NothingAsked,
}

/// Text from a file made safe to show: no control characters, at most `limit` characters.
pub(super) fn quoted(text: &str, limit: usize) -> String {
    text.chars().map(|c| if super::text::is_unprintable(c) { '?' } else { c }).take(limit).collect()
}
