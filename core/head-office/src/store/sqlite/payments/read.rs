//! Reading payments: the one implementation, for a read transaction of its own and inside a write.

use super::super::super::{
    ComplaintRecord, Each, PaymentRecord, PaymentsRead, ReceiptReference, RequestRecord, Stored,
};
use super::super::read::Connected;
use super::super::rows::{instant, number};
use super::rows::{self, COMPLAINT, PAYMENT, REFERENCE, REQUEST};
use crate::psp::PspPaymentId;
use raseed_protocol::ids::{AccountId, EntryId, Incarnation, Sequence, TillId};
use raseed_protocol::time::WallMs;
use rusqlite::{Params, Row, params};

const THIS_ENTRY: &str = "tenant = ?1 AND till = ?2 AND incarnation = ?3 AND sequence = ?4";

impl<T: Connected> PaymentsRead for T {
    fn request(&self, id: &EntryId) -> Stored<Option<RequestRecord>> {
        let sql = format!("{REQUEST} WHERE {THIS_ENTRY}");
        let key = params![self.tenant_text(), id.till.as_str(), id.incarnation.0, number(id.sequence.0)?];
        Ok(all(self, &sql, key, rows::request)?.pop())
    }

    fn requests_open(&self, till: &TillId, most: u32) -> Stored<Vec<RequestRecord>> {
        let sql = format!(
            "{REQUEST} WHERE tenant = ?1 AND till = ?2 AND word_state = 'waiting' AND mode = 'upi' ORDER BY word_number DESC LIMIT ?3"
        );
        all(self, &sql, params![self.tenant_text(), till.as_str(), most], rows::request)
    }

    fn requests_expired(&self, till: &TillId, now: WallMs, most: u32) -> Stored<Vec<RequestRecord>> {
        let sql = format!(
            "{REQUEST} WHERE tenant = ?1 AND till = ?2 AND word_state = 'waiting' AND receipt IS NULL AND expires_ms < ?3
             ORDER BY word_number LIMIT ?4"
        );
        all(self, &sql, params![self.tenant_text(), till.as_str(), instant(now)?, most], rows::request)
    }

    fn requests_paid(&self, account: &AccountId) -> Stored<Vec<RequestRecord>> {
        let sql = format!(
            "{REQUEST} WHERE tenant = ?1 AND account = ?2 AND word_state = 'paid' ORDER BY till, incarnation, sequence"
        );
        all(self, &sql, params![self.tenant_text(), account.as_str()], rows::request)
    }

    fn codes_to_close(&self, till: &TillId, most: u32) -> Stored<Vec<RequestRecord>> {
        let sql = format!(
            "{REQUEST} WHERE tenant = ?1 AND till = ?2 AND qr IS NOT NULL AND qr_closed = 0 AND receipt IS NULL
             AND outcome IN ('failed', 'expired', 'let-go', 'declined') ORDER BY word_number LIMIT ?3"
        );
        all(self, &sql, params![self.tenant_text(), till.as_str(), most], rows::request)
    }

    fn words_after(&self, till: &TillId, since: u64, most: u32) -> Stored<Vec<RequestRecord>> {
        let sql =
            format!("{REQUEST} WHERE tenant = ?1 AND till = ?2 AND word_number > ?3 ORDER BY word_number LIMIT ?4");
        all(self, &sql, params![self.tenant_text(), till.as_str(), number(since)?, most], rows::request)
    }

    fn newest_word(&self, till: &TillId) -> Stored<u64> {
        let sql = "SELECT word_number FROM payment_request WHERE tenant = ?1 AND till = ?2
                   ORDER BY word_number DESC LIMIT 1";
        let newest = all(self, sql, params![self.tenant_text(), till.as_str()], |row| {
            super::super::rows::unsigned("a payment request", row, 0)
        })?;
        Ok(newest.first().copied().unwrap_or(0))
    }

    fn each_request(&self, each: Each<'_, RequestRecord>) -> Stored<()> {
        let sql = format!("{REQUEST} WHERE tenant = ?1 ORDER BY till, incarnation, sequence");
        one_by_one(self, &sql, params![self.tenant_text()], rows::request, each)
    }

    fn payment(&self, id: &PspPaymentId) -> Stored<Option<PaymentRecord>> {
        let sql = format!("{PAYMENT} WHERE tenant = ?1 AND payment = ?2");
        Ok(all(self, &sql, params![self.tenant_text(), id.as_str()], rows::payment)?.pop())
    }

    fn payments_about(&self, about: &EntryId) -> Stored<Vec<PaymentRecord>> {
        let sql = format!("{PAYMENT} WHERE {THIS_ENTRY} ORDER BY recorded_ms, payment");
        let key = params![self.tenant_text(), about.till.as_str(), about.incarnation.0, number(about.sequence.0)?];
        all(self, &sql, key, rows::payment)
    }

    fn payments_for_nothing(
        &self,
        till: &TillId,
        incarnation: Incarnation,
        (first, last): (Sequence, Sequence),
    ) -> Stored<Vec<PaymentRecord>> {
        let sql = format!(
            "{PAYMENT} WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3 AND sequence BETWEEN ?4 AND ?5
             AND fate = 'matched'
             AND NOT EXISTS (SELECT 1 FROM payment_request r WHERE r.tenant = payment.tenant AND r.till = payment.till
                             AND r.incarnation = payment.incarnation AND r.sequence = payment.sequence)
             AND NOT EXISTS (SELECT 1 FROM receipt_reference r WHERE r.tenant = payment.tenant AND r.till = payment.till
                             AND r.incarnation = payment.incarnation AND r.sequence = payment.sequence)
             ORDER BY recorded_ms, payment"
        );
        let key = params![self.tenant_text(), till.as_str(), incarnation.0, number(first.0)?, number(last.0)?];
        all(self, &sql, key, rows::payment)
    }

    fn payments_by_rrn(&self, rrn: &str) -> Stored<Vec<PaymentRecord>> {
        let sql = format!("{PAYMENT} WHERE tenant = ?1 AND rrn = ?2 ORDER BY recorded_ms, payment");
        all(self, &sql, params![self.tenant_text(), rrn], rows::payment)
    }

    fn payments_set_aside(&self, reference: &str) -> Stored<Vec<PaymentRecord>> {
        let sql = format!(
            "{PAYMENT} WHERE tenant = ?1 AND reference = ?2 AND fate = 'refund-due' ORDER BY recorded_ms, payment"
        );
        all(self, &sql, params![self.tenant_text(), reference], rows::payment)
    }

    fn each_payment(&self, each: Each<'_, PaymentRecord>) -> Stored<()> {
        let sql = format!("{PAYMENT} WHERE tenant = ?1 ORDER BY payment");
        one_by_one(self, &sql, params![self.tenant_text()], rows::payment, each)
    }

    fn payments(&self, settled: bool, most: u32) -> Stored<Vec<PaymentRecord>> {
        let sql = format!(
            "{PAYMENT} WHERE tenant = ?1 AND (?2 OR fate IN ('credited', 'refund-due') OR contradicted_ms IS NOT NULL
             OR (fate = 'matched' AND NOT EXISTS
                 (SELECT 1 FROM payment_request r WHERE r.tenant = payment.tenant AND r.till = payment.till
                  AND r.incarnation = payment.incarnation AND r.sequence = payment.sequence AND r.receipt IS NOT NULL)
              AND NOT EXISTS
                 (SELECT 1 FROM receipt_reference r WHERE r.tenant = payment.tenant AND r.till = payment.till
                  AND r.incarnation = payment.incarnation AND r.sequence = payment.sequence)))
             ORDER BY recorded_ms DESC, payment LIMIT ?3"
        );
        all(self, &sql, params![self.tenant_text(), settled, most], rows::payment)
    }

    fn receipts_by_reference(&self, reference: &str) -> Stored<Vec<ReceiptReference>> {
        let sql = format!("{REFERENCE} WHERE tenant = ?1 AND reference = ?2 ORDER BY till, incarnation, sequence");
        all(self, &sql, params![self.tenant_text(), reference], rows::reference)
    }

    fn complaint(&self, id: &EntryId) -> Stored<Option<ComplaintRecord>> {
        let sql = format!("{COMPLAINT} WHERE {THIS_ENTRY}");
        let key = params![self.tenant_text(), id.till.as_str(), id.incarnation.0, number(id.sequence.0)?];
        Ok(all(self, &sql, key, rows::complaint)?.pop())
    }

    fn complaints_about(&self, about: &EntryId) -> Stored<Vec<ComplaintRecord>> {
        let sql = format!(
            "{COMPLAINT} WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3 AND requested = ?4 AND closed_ms IS NULL
             ORDER BY sequence"
        );
        let key = params![self.tenant_text(), about.till.as_str(), about.incarnation.0, number(about.sequence.0)?];
        all(self, &sql, key, rows::complaint)
    }

    fn complaints(&self, open_only: bool, most: u32) -> Stored<Vec<ComplaintRecord>> {
        let sql = format!(
            "{COMPLAINT} WHERE tenant = ?1 AND (closed_ms IS NULL OR NOT ?2)
             ORDER BY promised, till, incarnation, sequence LIMIT ?3"
        );
        all(self, &sql, params![self.tenant_text(), open_only, most], rows::complaint)
    }
}

/// Every row of a query, as records.
pub(in crate::store::sqlite) fn all<R>(
    connected: &impl Connected,
    sql: &str,
    values: impl Params,
    record: impl Fn(&Row<'_>) -> Stored<R>,
) -> Stored<Vec<R>> {
    let mut statement = connected.connection().prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(record(row)?);
    }
    Ok(records)
}

fn one_by_one<R>(
    connected: &impl Connected,
    sql: &str,
    values: impl Params,
    record: impl Fn(&Row<'_>) -> Stored<R>,
    each: Each<'_, R>,
) -> Stored<()> {
    let mut statement = connected.connection().prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        if each(record(row)?)?.is_break() {
            break;
        }
    }
    Ok(())
}
