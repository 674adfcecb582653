//! What the head office asks of the payment service while a till waits: codes are ordered, looked at while nothing is known,
//! taken out of use at the end; and for codes that tills make themselves, everything that came lately is fetched.
//!
//! Always outside of a transaction of the books, a few at a time. The payment service may fail as it likes: the till goes on
//! waiting, the next question tries again, and the money itself comes by other ways too.

use super::word;
use crate::error::OfficeError;
use crate::office::Office;
use crate::psp::{Psp, PspPayment, QrOrder};
use crate::store::{MadeCode, RequestRecord};
use raseed_protocol::book::CodeMaker;
use raseed_protocol::ids::{EntryId, TillId};
use raseed_protocol::journal::Outcome;
use raseed_protocol::payment_word::{PaymentState, PaymentWord};
use raseed_protocol::time::WallMs;
use std::sync::PoisonError;

/// So many questions are asked of the payment service for one question of a till.
const AT_ONCE: u32 = 4;

/// How often the payment service is asked about one request, at the most.
const LOOK_EVERY_MS: u64 = 5_000;

/// So many requests of a till are waited for at once.
const WAITING: u32 = 200;

/// How far clocks may be apart, and news of the same moment.
pub(super) const CLOCKS_DIFFER_MS: u64 = 600_000;

/// How long a code is in use whose request does not say it.
const USUAL_LIFE_MS: u64 = 15 * 60_000;

impl Office {
    /// Orders missing codes, asks after those that are waited for, closes those that are over. Errors are only those of the
    /// books. Only what was asked for is known not to have come: until then a request whose time has passed is not over.
    pub(super) fn tend_codes(&self, till: &TillId, now: WallMs) -> Result<(), OfficeError> {
        let Some(psp) = self.psp.as_deref() else { return Ok(()) };
        self.close_codes(till)?;
        let (makes, open) = {
            let read = self.store.read(&self.tenant)?;
            let rules = read.tenant()?.and_then(|row| row.rules).map(|(rules, _)| rules);
            let makes = rules.and_then(|rules| rules.payments.upi).is_some_and(|upi| upi.codes == CodeMaker::Service);
            (makes, read.requests_open(till, AT_ONCE)?)
        };
        self.hear(psp, till, makes, now)?;
        for request in open {
            let answered = match &request.code {
                None if makes => self.order_code(psp, &request, now)?,
                None => true,
                Some(code) => self.look(psp, &request, code, now)?,
            };
            if !answered {
                // The till waits for its answer: nobody asks a silent payment service twice in one go.
                break;
            }
        }
        Ok(())
    }

    /// Takes the codes out of use whose requests are over. What fails in passing is tried again later.
    pub(crate) fn close_codes(&self, till: &TillId) -> Result<(), OfficeError> {
        let Some(psp) = self.psp.as_deref() else { return Ok(()) };
        let over = self.store.read(&self.tenant)?.codes_to_close(till, AT_ONCE)?;
        for request in over {
            let Some(code) = request.code else { continue };
            // What will never be closed must not keep the others from being closed.
            if psp.close_qr(&code.qr).is_err_and(|error| error.is_passing()) {
                continue;
            }
            self.change(&request.id, |request| {
                if let Some(code) = &mut request.code {
                    code.closed = true;
                }
            })?;
        }
        Ok(())
    }

    fn order_code(&self, psp: &dyn Psp, request: &RequestRecord, now: WallMs) -> Result<bool, OfficeError> {
        let close_by = request.expires.unwrap_or(WallMs(now.0.saturating_add(USUAL_LIFE_MS)));
        if request.outcome.is_some_and(Outcome::is_end) || close_by <= now {
            return Ok(true);
        }
        // The reference alone: what it is for is nobody else's business.
        let reference = request.id.to_string();
        let description = format!("Payment {reference}");
        let order = QrOrder { reference, amount: request.amount, description, close_by };
        let made = match psp.make_qr(&order) {
            Ok(made) => made,
            Err(error) => return Ok(!error.is_passing()),
        };
        let drawn = !made.link.is_empty()
            && made.link.len() <= PaymentWord::MAX_LINK
            && made.link.bytes().all(|byte| byte.is_ascii_graphic());
        if !drawn {
            return Ok(true);
        }
        let mut tx = self.store.write(&self.tenant)?;
        // Another question may have ordered one meanwhile: only the code that was told of first is shown.
        let Some(mut request) = tx.request(&request.id)?.filter(|request| request.code.is_none()) else {
            return Ok(true);
        };
        request.code = Some(MadeCode { qr: made.qr, link: made.link, closed: false });
        request.word.number = word::next_number(&*tx, &request.id.till)?;
        tx.put_request(&request)?;
        tx.commit()?;
        Ok(true)
    }

    fn look(&self, psp: &dyn Psp, request: &RequestRecord, code: &MadeCode, now: WallMs) -> Result<bool, OfficeError> {
        let rests = request.looked.is_some_and(|at| now.0 < at.0.saturating_add(LOOK_EVERY_MS));
        if rests || request.word.state != PaymentState::Waiting {
            return Ok(true);
        }
        let came = match psp.payments_of(&code.qr) {
            Ok(came) => came,
            Err(error) => return Ok(!error.is_passing()),
        };
        let reference = request.id.to_string();
        let named = |payment: PspPayment| PspPayment {
            // What came for this code came for this request, also if the payment service does not say so.
            reference: payment.reference.or_else(|| Some(reference.clone())),
            ..payment
        };
        let came: Vec<PspPayment> = came.into_iter().map(named).collect();
        if !came.is_empty() {
            self.money_came(&came, now)?;
        }
        self.looked(std::slice::from_ref(request), now)?;
        Ok(true)
    }

    /// Fetches what came since this till's oldest request that waits, for codes that the payment service did not make. Many
    /// tills ask at once, and one answer serves them all.
    fn hear(&self, psp: &dyn Psp, till: &TillId, makes: bool, now: WallMs) -> Result<(), OfficeError> {
        let waiting = self.store.read(&self.tenant)?.requests_open(till, WAITING)?;
        // One whose code the payment service was to make, and never did, could not be paid while it counted.
        let matters = |request: &RequestRecord| {
            request.code.is_none() && (!makes || request.expires.is_some_and(|expires| expires <= now))
        };
        let waiting: Vec<RequestRecord> = waiting.into_iter().filter(matters).collect();
        let Some(oldest) = waiting.iter().map(|request| request.made).min() else { return Ok(()) };
        // The device's clock may be behind.
        let from = WallMs(oldest.0.saturating_sub(CLOCKS_DIFFER_MS));
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, through) = match *heard {
            Some((since, through)) if since <= from => (since, through),
            _ => (from, from),
        };
        if now.0 >= through.0.saturating_add(LOOK_EVERY_MS) {
            // News of the same moment come in any order.
            let overlap = WallMs(through.0.saturating_sub(CLOCKS_DIFFER_MS)).max(since);
            let Ok(came) = psp.payments_between(overlap, now) else { return Ok(()) };
            self.money_came(&came, now)?;
            *heard = Some((since, now));
        }
        let known = heard.map_or(through, |(_, through)| through);
        drop(heard);
        self.looked(&waiting, known)
    }

    /// Everything that came for these by then is known.
    fn looked(&self, requests: &[RequestRecord], at: WallMs) -> Result<(), OfficeError> {
        // Tills ask every few seconds: nobody waits for a write that changes nothing.
        if requests.iter().all(|request| request.looked >= Some(at)) {
            return Ok(());
        }
        let mut tx = self.store.write(&self.tenant)?;
        for request in requests {
            if let Some(mut request) = tx.request(&request.id)?.filter(|request| request.looked < Some(at)) {
                request.looked = Some(at);
                tx.put_request(&request)?;
            }
        }
        Ok(tx.commit()?)
    }

    fn change(&self, id: &EntryId, change: impl FnOnce(&mut RequestRecord)) -> Result<(), OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        if let Some(mut request) = tx.request(id)? {
            change(&mut request);
            tx.put_request(&request)?;
        }
        Ok(tx.commit()?)
    }
}
