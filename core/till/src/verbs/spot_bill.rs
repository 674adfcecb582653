//! A bill at the door: a meter reading (or the fixed charges) becomes a demand, offline.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::billing::{self, JudgedReading, Question, SpotBill};
use raseed_protocol::book::Account;
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
            let entry = self.answering_entry(&answer)?;
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
        let bill = self.work_out(request, today)?;
        let entry = self.append(Body::SpotBill(bill.clone()), &request.staff)?;
        Ok(Billed { id: self.chain.id(entry.entry().sequence), bill, repeated: false })
    }

    /// What a reading would mean, with the questions it raises; nothing is recorded.
    pub fn judge_reading(&self, account: &AccountId, reading: u32) -> Result<JudgedReading, TillError> {
        let rules = self.store.rules()?;
        let (account, _) = self.current_account(account, &rules)?;
        let meter = account.meter.ok_or(billing::SpotBillRefused::NoMeter)?;
        Ok(billing::reading(&meter, reading, self.day_to_show())?)
    }

    fn work_out(&self, request: &BillAtDoor, today: Day) -> Result<SpotBillMade, TillError> {
        let rules = self.store.rules()?;
        let (account, _) = self.current_account(&request.account, &rules)?;
        let missing = || self.store.damaged("an account names a tariff that is not in the book");
        let tariff = self.store.tariff(&account.tariff)?.ok_or_else(missing)?;
        let number = bill_number(&self.chain.id(self.chain.last().next()));
        let spot = billing::spot_bill(&account, &tariff, &rules, request.reading, today, &request.confirmed, number)?;
        made(request, &account, spot, today)
    }
}

fn made(request: &BillAtDoor, account: &Account, spot: SpotBill, today: Day) -> Result<SpotBillMade, TillError> {
    let reading = spot.units.zip(account.meter).zip(request.reading);
    let reading = reading.map(|((units, meter), now)| ReadingMade { before: meter.reading, now, units });
    let lines = spot.demand.lines.iter().map(|line| (line.head, line.amount)).collect();
    Ok(SpotBillMade {
        account: request.account.clone(),
        bill: spot.demand.bill,
        period: spot.demand.period,
        read_on: today,
        due_on: spot.demand.due_on,
        reading,
        tariff: account.tariff.clone(),
        lines: Split::new(lines).ok_or(TillError::TooManyHeads { most: Split::MAX_HEADS })?,
        confirmed: names(&request.confirmed),
        request: request.request,
    })
}

/// The number of the entry that the bill will be: made once, on the device. Where that would pass a bill number's 20
/// characters it is written in base 36, with other separators, so that it is no other bill's number: the till's name
/// stays in it, because two tills may reach the same place.
fn bill_number(id: &EntryId) -> BillNumber {
    let plain = format!("{}-{}-{}", id.till, id.incarnation, id.sequence);
    let short = || format!("{}.{}.{}", id.till, base_36(u64::from(id.incarnation.0)), base_36(id.sequence.0));
    plain.parse().or_else(|_| short().parse()).unwrap_or_else(|_| {
        // Beyond ten million entries of a till with the longest name: the account and the month still tell bills apart.
        format!("{}.{}", base_36(u64::from(id.incarnation.0)), base_36(id.sequence.0))
            .parse()
            .expect("at most 18 characters")
    })
}

fn base_36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).expect("below 36");
        digits.push(char::from_digit(digit, 36).expect("below 36").to_ascii_uppercase());
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

/// Each question once, however often it was answered.
fn names(confirmed: &[Question]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in confirmed.iter().map(|question| question_name(*question)) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
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

#[cfg(test)]
mod tests {
    use super::*;
    use raseed_protocol::ids::{Incarnation, Sequence};

    #[test]
    fn a_bill_number_is_the_tills_own_also_where_its_name_is_long() {
        let number = |till: &str, sequence| {
            let id = EntryId { till: till.parse().unwrap(), incarnation: Incarnation(1), sequence: Sequence(sequence) };
            bill_number(&id).to_string()
        };
        assert_eq!(number("SAS07", 391), "SAS07-1-391");
        assert_eq!(number("PANCHAYAT_01", 100_000), "PANCHAYAT_01.1.255S");
        assert_ne!(number("PANCHAYAT_01", 100_000), number("PANCHAYAT_02", 100_000));
    }
}
