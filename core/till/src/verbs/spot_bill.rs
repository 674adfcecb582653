//! A bill at the door: a meter reading (or the fixed charges) becomes a demand, offline.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::billing::{self, JudgedReading, Question, SpotBill};
use raseed_protocol::ids::{AccountId, BillNumber, EntryId, RequestId, StaffId};
use raseed_protocol::journal::{Body, ReadingMade, SignedEntry, Split, SpotBillMade};
use raseed_protocol::time::Day;

/// A bill to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillAtDoor {
    /// The id of this wish.
    pub request: RequestId,
    /// For which account.
    pub account: AccountId,
    /// The reading, for a metered connection.
    pub reading: Option<u32>,
    /// The questions that the person at the meter has answered with yes.
    pub confirmed: Vec<Question>,
    /// Who makes it.
    pub staff: StaffId,
}

/// A bill that stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billed {
    /// The entry's id.
    pub id: EntryId,
    /// The bill.
    pub bill: SpotBillMade,
    /// True if this request had been answered before.
    pub repeated: bool,
}

impl Till {
    /// Makes the bill.
    pub fn bill_at_door(&mut self, request: &BillAtDoor) -> Result<Billed, TillError> {
        if let Some(answer) = self.store.answer_to(request.request)? {
            let entry = self.stored_entry(answer.sequence)?;
            return match billed(&entry) {
                Some(bill) if bill.account == request.account && made_of(&bill, request) => {
                    Ok(Billed { id: self.chain.id(answer.sequence), bill, repeated: true })
                }
                _ => Err(TillError::RequestReused {
                    request: request.request,
                    answered_by: self.chain.id(answer.sequence),
                }),
            };
        }
        if self.shift == 0 {
            return Err(TillError::NoShift);
        }
        let today = self.now()?.wall.day();
        let spot_bill = self.work_out(request, today)?;
        let bill = self.made(request, spot_bill, today)?;
        let entry = self.append(Body::SpotBill(bill.clone()), &request.staff)?;
        Ok(Billed { id: self.chain.id(entry.entry().sequence), bill, repeated: false })
    }

    /// What a reading would mean, with the questions it raises; nothing is recorded.
    pub fn judge_reading(&self, account: &AccountId, reading: u32) -> Result<JudgedReading, TillError> {
        let rules = self.store.rules()?;
        let (account, _) = self.current_account(account, &rules)?;
        let meter = account.meter.ok_or(billing::SpotBillRefused::NoMeter)?;
        Ok(billing::reading(&meter, reading, self.now()?.wall.day())?)
    }

    fn work_out(&self, request: &BillAtDoor, today: Day) -> Result<SpotBill, TillError> {
        let rules = self.store.rules()?;
        let (account, _) = self.current_account(&request.account, &rules)?;
        let missing = || self.store.damaged("an account names a tariff that is not in the book");
        let tariff = self.store.tariff(&account.tariff)?.ok_or_else(missing)?;
        let number = self.next_bill_number();
        Ok(billing::spot_bill(&account, &tariff, &rules, request.reading, today, &request.confirmed, number)?)
    }

    /// The number of the entry that the bill will be: made once, on the device.
    fn next_bill_number(&self) -> BillNumber {
        let id = self.chain.id(self.chain.last().next());
        let number = format!("{}-{}-{}", id.till, id.incarnation, id.sequence);
        number.parse().unwrap_or_else(|_| {
            // A long till name and a long sequence may pass 20 characters; the sequence alone still tells them apart.
            format!("{}-{}", id.incarnation, id.sequence).parse().expect("digits and a dash")
        })
    }

    fn made(&self, request: &BillAtDoor, spot: SpotBill, today: Day) -> Result<SpotBillMade, TillError> {
        let rules = self.store.rules()?;
        let (account, _) = self.current_account(&request.account, &rules)?;
        let reading = spot.units.zip(account.meter).zip(request.reading).map(|((units, meter), now)| ReadingMade {
            before: meter.reading,
            now,
            units,
        });
        let lines = spot.demand.lines.iter().map(|line| (line.head, line.amount)).collect();
        Ok(SpotBillMade {
            account: request.account.clone(),
            bill: spot.demand.bill,
            period: spot.demand.period,
            read_on: today,
            due_on: spot.demand.due_on,
            reading,
            tariff: account.tariff,
            lines: Split::new(lines).ok_or(TillError::TooManyHeads { most: Split::MAX_HEADS })?,
            confirmed: request.confirmed.iter().map(|question| question_name(*question).to_owned()).collect(),
            request: request.request,
        })
    }
}

/// The names in `schemas/journal.cddl`.
fn question_name(question: Question) -> &'static str {
    match question {
        Question::RolledOver => "rolled-over",
        Question::UnusuallyHigh => "unusually-high",
        Question::NoUse => "no-use",
    }
}

fn billed(entry: &SignedEntry) -> Option<SpotBillMade> {
    match &entry.entry().body {
        Body::SpotBill(bill) => Some(bill.clone()),
        _ => None,
    }
}

fn made_of(bill: &SpotBillMade, request: &BillAtDoor) -> bool {
    bill.reading.map(|reading| reading.now) == request.reading
}
