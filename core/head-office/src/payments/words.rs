//! The words for a till: what is new about its requests, signed, after the payment service was asked.

use super::word::{self, GRACE_MS};
use crate::error::OfficeError;
use crate::office::Office;
use crate::store::RequestRecord;
use crate::tills::active_till;
use raseed_protocol::ids::TillId;
use raseed_protocol::payment_word::PaymentWord;
use raseed_protocol::time::WallMs;
use raseed_protocol::wire::PaymentWords;

/// So many requests become over in one go; the rest do at the next question.
const EXPIRED_AT_ONCE: u32 = 200;

impl Office {
    /// The words for a till with a number above `since` (0: all), at most [`PaymentWords::MAX`], in ascending order; only
    /// the newest about each request. Asks the payment service first, if there is one: what it does not answer is left for
    /// the next time.
    ///
    /// # Errors
    /// [`OfficeError::WordAhead`] for a number that was never given: the books were restored, the till asks from 0.
    pub fn payment_words(&self, till: &TillId, since: u64, now: WallMs) -> Result<PaymentWords, OfficeError> {
        active_till(&*self.store.read(&self.tenant)?, till)?;
        self.tend_codes(till, now)?;
        self.end_what_is_over(till, now)?;
        let read = self.store.read(&self.tenant)?;
        let newest = read.newest_word(till)?;
        if since > newest {
            return Err(OfficeError::WordAhead { since, newest });
        }
        let most = u32::try_from(PaymentWords::MAX).unwrap_or(u32::MAX);
        let mut requests = read.words_after(till, since, most.saturating_add(1))?;
        let more = requests.len() > PaymentWords::MAX;
        requests.truncate(PaymentWords::MAX);
        let words = requests.into_iter().map(|request| self.sign_word(request, now)).collect::<Result<_, _>>()?;
        Ok(PaymentWords { words, more })
    }

    fn sign_word(&self, request: RequestRecord, now: WallMs) -> Result<Vec<u8>, OfficeError> {
        let word = PaymentWord {
            till: request.id.till,
            incarnation: request.id.incarnation,
            requested: request.id.sequence,
            number: request.word.number,
            state: request.word.state,
            came: request.word.came,
            reference: request.word.reference,
            link: request.code.filter(|code| !code.closed).map(|code| code.link),
            office: now,
        };
        Ok(word.seal(&self.keys.office)?)
    }

    /// Requests whose time has passed without money.
    fn end_what_is_over(&self, till: &TillId, now: WallMs) -> Result<(), OfficeError> {
        let past = WallMs(now.0.saturating_sub(GRACE_MS));
        if self.store.read(&self.tenant)?.requests_expired(till, past, 1)?.is_empty() {
            return Ok(());
        }
        let mut tx = self.store.write(&self.tenant)?;
        let context = self.context(&*tx, now)?;
        for mut request in tx.requests_expired(till, past, EXPIRED_AT_ONCE)? {
            word::refresh(&mut *tx, &context, &mut request)?;
        }
        Ok(tx.commit()?)
    }
}
