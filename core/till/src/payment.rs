//! A payment that was asked for, as it stands: what the journal says, and what the head office said about it since.

use crate::error::TillError;
use crate::store::{PaymentRow, PaymentRowState};
use crate::till::Till;
use raseed_protocol::ids::{AccountId, BillNumber, EntryId, RequestId, StaffId};
use raseed_protocol::journal::{Body, Mode, PaymentRequested, SignedEntry};
use raseed_protocol::money::Paise;
use raseed_protocol::payment_word::PaymentWord;
use raseed_protocol::time::WallMs;
use serde::Serialize;

/// Everything for the screen of one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its number, and its reference (`tr`): made once, never reused.
    pub id: EntryId,
    /// The wish that it answers.
    pub request: RequestId,
    /// For which account; `None` for a sale over the counter.
    pub account: Option<AccountId>,
    /// The newest bill that it is to settle.
    pub bill: Option<BillNumber>,
    /// How much.
    pub amount: Paise,
    /// By UPI or card.
    pub mode: Mode,
    /// What a sale is for, in the merchant's words.
    pub note: String,
    /// Who asked for it.
    pub staff: StaffId,
    /// When.
    pub asked: WallMs,
    /// Until when its code counts, by this device's clock.
    pub expires: Option<WallMs>,
    /// How it stands by the journal.
    pub state: PaymentRowState,
    /// The receipt that was given for it.
    pub receipt: Option<EntryId>,
    /// The complaint about it.
    pub complaint: Option<EntryId>,
    /// What the head office knew when it was last asked.
    pub word: Option<PaymentWord>,
}

/// A payment in a list of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaymentLine {
    /// Its number.
    pub id: EntryId,
    /// For which account.
    pub account: Option<AccountId>,
    /// How much.
    pub amount: Paise,
    /// How.
    pub mode: Mode,
    /// When it was asked for.
    pub asked_ms: WallMs,
    /// How it stands by the journal.
    pub state: PaymentRowState,
    /// What the head office said of it last: `waiting`, `paid`, `realised` ...
    pub office: Option<&'static str>,
}

impl Till {
    /// A payment by its number.
    pub fn payment(&self, id: &EntryId) -> Result<Payment, TillError> {
        let missing = || TillError::NoSuchPayment { id: id.clone() };
        if *id != self.chain.id(id.sequence) || id.sequence > self.chain.last() {
            return Err(missing());
        }
        let row = self.store.payment(id.incarnation, id.sequence)?.ok_or_else(missing)?;
        self.standing_of(&row)
    }

    /// The payment that a wish asked for, if it asked for one.
    pub fn payment_asked_by(&self, request: RequestId) -> Result<Option<Payment>, TillError> {
        self.store.payment_of(request)?.map(|row| self.standing_of(&row)).transpose()
    }

    /// Payments whose end is not known yet, oldest first, at most `most`.
    pub fn pending_payments(&self, most: usize) -> Result<Vec<Payment>, TillError> {
        self.store.pending_payments(most)?.iter().map(|row| self.standing_of(row)).collect()
    }

    /// How many payments have no known end, counted up to `most`: for a first screen, so nothing is read but rows.
    pub fn pending_count(&self, most: usize) -> Result<usize, TillError> {
        Ok(self.store.pending_payments(most)?.len())
    }

    /// The newest payments that were asked for, newest first, at most `most`.
    pub fn payment_list(&self, most: usize) -> Result<Vec<PaymentLine>, TillError> {
        let line = |row: PaymentRow| {
            let word = self.word_about(&row)?;
            Ok(PaymentLine {
                id: self.id_of(&row),
                account: row.account,
                amount: row.amount,
                mode: row.mode,
                asked_ms: row.wall,
                state: row.state,
                office: word.map(|word| word.state.code()),
            })
        };
        self.store.newest_requests(most)?.into_iter().map(line).collect()
    }

    pub(crate) fn standing_of(&self, row: &PaymentRow) -> Result<Payment, TillError> {
        let (entry, requested) = self.requested(row)?;
        let stamp = &entry.entry().stamp;
        let paid = row.ended.filter(|_| row.state == PaymentRowState::Paid);
        Ok(Payment {
            id: self.id_of(row),
            request: row.request,
            account: requested.account,
            bill: requested.bill,
            amount: requested.amount,
            mode: requested.mode,
            note: requested.note,
            staff: stamp.staff.clone(),
            asked: stamp.wall,
            expires: requested.expires,
            state: row.state,
            receipt: paid.map(|at| self.chain.id(at)),
            complaint: row.complaint.map(|at| self.chain.id(at)),
            word: self.word_about(row)?,
        })
    }

    /// The signed entry that asked for it: the row only points.
    fn requested(&self, row: &PaymentRow) -> Result<(SignedEntry, PaymentRequested), TillError> {
        let entry = self.stored_entry(row.sequence)?;
        match &entry.entry().body {
            Body::PaymentRequested(requested)
                if row.incarnation == self.chain.incarnation() && requested.request == row.request =>
            {
                let requested = requested.clone();
                Ok((entry, requested))
            }
            _ => Err(self.store.damaged("a row points to an entry that did not ask for its payment")),
        }
    }

    /// The head office's newest word, verified again.
    pub(crate) fn word_about(&self, row: &PaymentRow) -> Result<Option<PaymentWord>, TillError> {
        let Some(bytes) = self.store.word(row.incarnation, row.sequence)? else {
            return Ok(None);
        };
        let word = PaymentWord::verify(&bytes, &self.identity.office_key);
        let word = word.map_err(|error| self.store.damaged(&error.to_string()))?;
        if (word.incarnation, word.requested) == (row.incarnation, row.sequence) && word.till == self.identity.till {
            Ok(Some(word))
        } else {
            Err(self.store.damaged("a word of the head office is about another payment"))
        }
    }

    pub(crate) fn id_of(&self, row: &PaymentRow) -> EntryId {
        EntryId { till: self.identity.till.clone(), incarnation: row.incarnation, sequence: row.sequence }
    }
}
