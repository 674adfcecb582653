//! Writing payments.

use super::super::super::{
    ComplaintOutcome, ComplaintRecord, PaymentRecord, PaymentsWrite, ReceiptReference, RequestRecord, Stored,
};
use super::super::read::Connected;
use super::super::rows::{instant, number};
use super::super::write::Writer;
use raseed_protocol::ids::{AccountId, EntryId};
use raseed_protocol::journal::Outcome;
use raseed_protocol::time::WallMs;
use rusqlite::params;

impl PaymentsWrite for Writer<'_> {
    fn add_request(&mut self, request: &RequestRecord) -> Stored<()> {
        let sql =
            "INSERT INTO payment_request (tenant, till, incarnation, sequence, account, bill, amount, mode, made_ms,
                                                expires_ms, word_number, word_state, word_came)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'waiting', 0)";
        let id = &request.id;
        let values = params![
            self.tenant_text(),
            id.till.as_str(),
            id.incarnation.0,
            number(id.sequence.0)?,
            request.account.as_ref().map(AccountId::as_str),
            request.bill.as_ref().map(|bill| bill.as_str()),
            request.amount.get(),
            request.mode.code(),
            instant(request.made)?,
            request.expires.map(instant).transpose()?,
            number(request.word.number)?,
        ];
        self.run(sql, values)?;
        self.put_request(request)
    }

    fn put_request(&mut self, request: &RequestRecord) -> Stored<()> {
        let sql = "UPDATE payment_request SET outcome = ?5, receipt = ?6, qr = ?7, link = ?8, qr_closed = ?9, looked_ms = ?10,
                       word_number = ?11, word_state = ?12, word_came = ?13, word_reference = ?14
                   WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3 AND sequence = ?4";
        let (id, code, word) = (&request.id, request.code.as_ref(), &request.word);
        let values = params![
            self.tenant_text(),
            id.till.as_str(),
            id.incarnation.0,
            number(id.sequence.0)?,
            request.outcome.map(Outcome::code),
            request.receipt.map(|place| number(place.0)).transpose()?,
            code.map(|code| &code.qr),
            code.map(|code| &code.link),
            code.is_some_and(|code| code.closed),
            request.looked.map(instant).transpose()?,
            number(word.number)?,
            word.state.code(),
            word.came.get(),
            word.reference,
        ];
        self.run_one("a payment request", sql, values)
    }

    fn add_payment(&mut self, record: &PaymentRecord) -> Stored<()> {
        let sql = "INSERT INTO payment (tenant, payment, reference, amount, rrn, paid_ms, recorded_ms, mode, fate,
                                        till, incarnation, sequence, account, contradicted_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        let (payment, about) = (&record.payment, record.about.as_ref());
        let values = params![
            self.tenant_text(),
            payment.id.as_str(),
            payment.reference,
            payment.amount.get(),
            payment.rrn,
            instant(payment.paid)?,
            instant(record.recorded)?,
            record.mode.code(),
            record.fate.code(),
            about.map(|id| id.till.as_str()),
            about.map(|id| id.incarnation.0),
            about.map(|id| number(id.sequence.0)).transpose()?,
            record.account.as_ref().map(AccountId::as_str),
            record.contradicted.map(instant).transpose()?,
        ];
        self.run(sql, values).map(drop)
    }

    fn put_payment(&mut self, record: &PaymentRecord) -> Stored<()> {
        let sql = "UPDATE payment SET mode = ?3, fate = ?4, till = ?5, incarnation = ?6, sequence = ?7, account = ?8,
                       contradicted_ms = ?9
                   WHERE tenant = ?1 AND payment = ?2";
        let about = record.about.as_ref();
        let values = params![
            self.tenant_text(),
            record.payment.id.as_str(),
            record.mode.code(),
            record.fate.code(),
            about.map(|id| id.till.as_str()),
            about.map(|id| id.incarnation.0),
            about.map(|id| number(id.sequence.0)).transpose()?,
            record.account.as_ref().map(AccountId::as_str),
            record.contradicted.map(instant).transpose()?,
        ];
        self.run_one("a payment", sql, values)
    }

    fn add_reference(&mut self, reference: &ReceiptReference) -> Stored<()> {
        let sql = "INSERT INTO receipt_reference (tenant, till, incarnation, sequence, reference, about, account, amount, mode)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let receipt = &reference.receipt;
        let values = params![
            self.tenant_text(),
            receipt.till.as_str(),
            receipt.incarnation.0,
            number(receipt.sequence.0)?,
            reference.reference,
            number(reference.about.sequence.0)?,
            reference.account.as_str(),
            reference.amount.get(),
            reference.mode.code(),
        ];
        self.run(sql, values).map(drop)
    }

    fn add_complaint(&mut self, complaint: &ComplaintRecord) -> Stored<()> {
        let sql = "INSERT INTO complaint (tenant, till, incarnation, sequence, requested, cause, reference, promised, bank_due,
                                          opened_ms, outcome, closed_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let id = &complaint.id;
        let values = params![
            self.tenant_text(),
            id.till.as_str(),
            id.incarnation.0,
            number(id.sequence.0)?,
            number(complaint.about.sequence.0)?,
            complaint.cause.code(),
            complaint.reference,
            complaint.promised.number(),
            complaint.bank_due.number(),
            instant(complaint.opened)?,
            complaint.closed.map(|(outcome, _)| outcome.code()),
            complaint.closed.map(|(_, at)| instant(at)).transpose()?,
        ];
        self.run(sql, values).map(drop)
    }

    fn close_complaint(&mut self, id: &EntryId, outcome: ComplaintOutcome, at: WallMs) -> Stored<bool> {
        let sql = "UPDATE complaint SET outcome = ?5, closed_ms = ?6
                   WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3 AND sequence = ?4 AND closed_ms IS NULL";
        let place = number(id.sequence.0)?;
        let values =
            params![self.tenant_text(), id.till.as_str(), id.incarnation.0, place, outcome.code(), instant(at)?];
        Ok(self.run(sql, values)? == 1)
    }
}
