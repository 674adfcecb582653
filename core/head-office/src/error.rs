//! What the head office refuses, and what a till is told about it.
//!
//! A refusal changed nothing, with no exception: whatever was begun is undone.

use crate::import::ImportRefused;
use crate::import_book::BookRefused;
use crate::keys::KeyFileError;
use crate::psp::{PspError, PspPaymentId, WebhookRefused};
use crate::store::StoreError;
use raseed_protocol::certificate::CertificateError;
use raseed_protocol::ids::{AccountId, EntryId, TenantId, TillId};
use raseed_protocol::journal::RunError;
use raseed_protocol::keys::SigningRefused;
use raseed_protocol::ledger::LedgerError;
use raseed_protocol::sealed::{NotARecipient, SealedError};
use raseed_protocol::wire::{BadEnrolmentLink, MAX_UPLOAD_BYTES, Problem, ProblemCode};
use std::path::PathBuf;
use thiserror::Error;

/// The longest name of a till, in characters.
pub(crate) const MAX_TILL_NAME: usize = 40;

/// Why the head office did not do it.
#[derive(Debug, Error)]
pub enum OfficeError {
    /// There is something in the folder already.
    #[error("{} is not empty; name a new folder, or open the office that is there", .0.display())]
    FolderInUse(PathBuf),
    /// The folder cannot be used.
    #[error("the folder {} cannot be used: {source}; check its path, its rights and the space left", folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the machine says.
        source: std::io::Error,
    },
    /// There are no books in the folder, or those of several tenants.
    #[error("there are books of {0} tenants in this folder, and it should be one; check the path, or make an office")]
    NotOneTenant(usize),
    /// A key file is missing, damaged or open to others.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The keys in the folder are not those of the books.
    #[error("the key files do not belong to these books; put back the ones that were made with them")]
    OtherKeys,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The office's own key did not sign.
    #[error(transparent)]
    Signing(#[from] SigningRefused),
    /// A rule of double entry would be broken: a mistake of ours, and so nothing was posted.
    #[error("the ledger refused: {0}")]
    Ledger(#[from] LedgerError),
    /// A book that cannot be taken.
    #[error(transparent)]
    Book(#[from] BookRefused),
    /// A file of contacts that cannot be taken.
    #[error(transparent)]
    Contacts(#[from] ImportRefused),
    /// There is no contact.
    #[error("no phone is kept for account {0}; look at the list again")]
    NoContact(AccountId),
    /// Nothing says how to send messages.
    #[error("this head office sends no messages; put sms.json into its folder (schemas/sms.md)")]
    NoSms,
    /// There are no rules yet.
    #[error("there is no book yet; import one first")]
    NoBook,
    /// No till of this name.
    #[error("there is no till {0}; add it first")]
    UnknownTill(TillId),
    /// A till of this name, called something else.
    #[error("there is a till {0} already, with another name; choose another id")]
    TillExists(TillId),
    /// A name that nobody can read, or too long.
    #[error("a till's name has 1 to {MAX_TILL_NAME} characters; choose another")]
    BadTillName,
    /// The till was revoked.
    #[error("till {0} was revoked; bring the device to the supervisor, who can take its journal in by hand")]
    Revoked(TillId),
    /// The address of the office cannot stand in an enrolment link.
    #[error("the head office's address cannot be used: {0}")]
    BadOfficeUrl(#[from] BadEnrolmentLink),
    /// The enrolment request is not signed by the key that it names.
    #[error("the request does not prove that its sender holds the key; try to enrol once more")]
    NotProven,
    /// The code is unknown, too old, or was used by another device.
    #[error("the enrolment code is wrong, too old or used by another device; ask the supervisor for a new one")]
    CodeNotValid,
    /// The key was certified before, under another code.
    #[error("this key was enrolled before; let the device make a new key and enrol once more")]
    KeyUsedBefore,
    /// Keys for days beyond those that are certified.
    #[error("keys are not certified so far ahead; ask again when these days are nearer")]
    TooFarAhead,
    /// More bytes than one upload may have.
    #[error("the upload is longer than {MAX_UPLOAD_BYTES} bytes; send fewer entries at a time")]
    TooLarge,
    /// Not a journal run at all.
    #[error("the upload cannot be read: {0}")]
    BadRun(#[from] RunError),
    /// The certificate in the run is not ours, or not this till's.
    #[error("the journal does not come with a certificate of this head office: {0}")]
    BadCertificate(#[from] CertificateError),
    /// The certificate is signed by us and yet not in our books, or of another till or tenant than it was sent for.
    #[error("the journal is not one of till {0}; send each till's journal as its own")]
    OtherTill(TillId),
    /// The till asks for the book from a place that it cannot have reached.
    #[error("the book has not come to {since} yet, only to {change}; ask for the whole book, from 0")]
    CursorAhead {
        /// What was asked.
        since: u64,
        /// The newest.
        change: u64,
    },
    /// No such account.
    #[error("there is no account {0} in the books; check the number")]
    UnknownAccount(AccountId),
    /// No such open exception.
    #[error("there is no open exception {code} on entry {entry}; look at the list again")]
    NoSuchException {
        /// On which entry.
        entry: EntryId,
        /// Its code.
        code: String,
    },
    /// The till asks after a word that was never given.
    #[error("the words about payments have not come to {since} yet, only to {newest}; ask for all of them, from 0")]
    WordAhead {
        /// What was asked.
        since: u64,
        /// The newest.
        newest: u64,
    },
    /// There is no payment service.
    #[error("this head office has no payment service; put psp.json into its folder")]
    NoPsp,
    /// The rules have no UPI address.
    #[error("the rules name no UPI address; put payments.upi into the rules of the bill book, and import it")]
    NoUpi,
    /// The payment service.
    #[error(transparent)]
    Psp(#[from] PspError),
    /// A call in the name of the payment service that is not believed.
    #[error(transparent)]
    Webhook(#[from] WebhookRefused),
    /// No payment for this request waits for a receipt.
    #[error("no payment for {0} waits for a receipt; look at the list of payments again")]
    NothingWaits(EntryId),
    /// No such payment is to be given back.
    #[error("payment {0} is not one that is to be given back; look at the list of payments again")]
    NoRefundDue(PspPaymentId),
    /// No such open complaint.
    #[error("there is no open complaint {0}; look at the list again")]
    NoSuchComplaint(EntryId),
    /// A file that was carried cannot be opened.
    #[error(transparent)]
    Sealed(#[from] SealedError),
    /// The till's key is none that a file can be sealed for.
    #[error(transparent)]
    NotARecipient(#[from] NotARecipient),
    /// It opens, and is not for here.
    #[error("this file is an answer to a till; take it there (`raseed till take`)")]
    ForATill,
    /// It opens, and there is no entry and no certificate in it.
    #[error("there is nothing of a till in this file: it was cut at its beginning; carry once more")]
    NothingInIt,
    /// Runs of more than one till, or of more than one life of it.
    #[error("there are journals of several tills in this file; bring each till's own")]
    SeveralTills,
    /// The rules are another tenant's.
    #[error("these rules are of tenant {found}, the books are of {expected}; choose the right folder")]
    OtherTenant {
        /// Whose they are.
        found: TenantId,
        /// Whose books these are.
        expected: TenantId,
    },
}

impl OfficeError {
    /// What a till is told. What only concerns the office's own folder comes out as "unavailable", without details.
    pub fn problem(&self) -> Problem {
        use ProblemCode as Code;
        let (code, status) = match self {
            OfficeError::UnknownTill(_) | OfficeError::BadCertificate(_) | OfficeError::OtherTill(_) => {
                (Code::UnknownTill, 403)
            }
            OfficeError::Revoked(_) => (Code::Revoked, 403),
            OfficeError::CodeNotValid => (Code::CodeNotValid, 403),
            OfficeError::NotProven => (Code::BadSignature, 401),
            OfficeError::TooLarge => (Code::TooLarge, 413),
            OfficeError::UnknownAccount(_)
            | OfficeError::NoSuchException { .. }
            | OfficeError::NoSuchComplaint(_)
            | OfficeError::NothingWaits(_)
            | OfficeError::NoRefundDue(_)
            | OfficeError::NoContact(_)
            | OfficeError::NoSms
            | OfficeError::NoUpi
            | OfficeError::NoPsp => (Code::NotFound, 404),
            OfficeError::KeyUsedBefore => (Code::KeyUsedBefore, 409),
            OfficeError::TooFarAhead
            | OfficeError::BadRun(_)
            | OfficeError::CursorAhead { .. }
            | OfficeError::WordAhead { .. }
            | OfficeError::Webhook(_)
            | OfficeError::BadOfficeUrl(_)
            | OfficeError::TillExists(_)
            | OfficeError::BadTillName
            | OfficeError::OtherTenant { .. }
            | OfficeError::NoBook
            | OfficeError::Contacts(_)
            | OfficeError::Sealed(_)
            | OfficeError::NotARecipient(_)
            | OfficeError::ForATill
            | OfficeError::NothingInIt
            | OfficeError::SeveralTills
            | OfficeError::Book(_) => (Code::BadRequest, 400),
            OfficeError::FolderInUse(_)
            | OfficeError::Folder { .. }
            | OfficeError::NotOneTenant(_)
            | OfficeError::KeyFile(_)
            | OfficeError::OtherKeys
            | OfficeError::Store(_)
            | OfficeError::Signing(_)
            | OfficeError::Psp(_)
            | OfficeError::Ledger(_) => (Code::Unavailable, 503),
        };
        let detail = match code {
            Code::Unavailable => "the head office cannot store anything now; nothing was kept, try again later".into(),
            _ => self.to_string(),
        };
        Problem { code, status, detail }
    }
}
