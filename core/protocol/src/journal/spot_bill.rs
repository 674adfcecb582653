//! A bill made at the door (from a meter reading, or of fixed charges), as it stands in the journal.

use super::receipt::Split;
use super::receipt::decode_split;
use crate::book::{Account, Demand, DemandLine};
use crate::cbor::{Fields, FormatError, Map};
use crate::ids::{AccountId, BillNumber, HeadId, RequestId, TariffCode};
use crate::money::Paise;
use crate::time::{Day, Period};
use coset::cbor::value::Value;

/// A reading, and the bill that was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpotBillMade {
    /// For which account.
    pub account: AccountId,
    /// The new bill's number.
    pub bill: BillNumber,
    /// The month billed.
    pub period: Period,
    /// The day of the reading, which is the day of the bill.
    pub read_on: Day,
    /// The last day to pay without a late fee.
    pub due_on: Day,
    /// For a metered connection: the reading before, this one, and the units billed.
    pub reading: Option<ReadingMade>,
    /// Which tariff was used.
    pub tariff: TariffCode,
    /// What is asked, by head.
    pub lines: Split,
    /// The questions that the collector answered with yes, as the names in `schemas/journal.cddl`.
    pub confirmed: Vec<String>,
    /// The wish that it answers.
    pub request: RequestId,
}

/// A reading, in whole units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingMade {
    /// The reading before.
    pub before: u32,
    /// This one.
    pub now: u32,
    /// Units billed: the difference, or more where the dial rolled over.
    pub units: u32,
}

impl SpotBillMade {
    /// The demand that it raises.
    pub fn demand(&self) -> Demand {
        let line = |&(head, amount): &(HeadId, Paise)| DemandLine { head, amount, paid: Paise::ZERO };
        Demand {
            bill: self.bill.clone(),
            period: self.period,
            issued_on: self.read_on,
            due_on: self.due_on,
            lines: self.lines.parts().iter().map(line).collect(),
        }
    }

    /// Puts the demand and the reading on the account.
    pub fn raise(&self, account: &mut Account) {
        account.demands.push(self.demand());
        if let (Some(meter), Some(reading)) = (account.meter.as_mut(), self.reading) {
            meter.reading = reading.now;
            meter.read_on = self.read_on;
        }
    }

    pub(super) fn encode(&self) -> Value {
        let lines: Vec<Value> =
            self.lines.parts().iter().flat_map(|(head, part)| [head.0.into(), part.get().into()]).collect();
        let confirmed: Vec<Value> = self.confirmed.iter().map(|name| name.as_str().into()).collect();
        Map::new()
            .put(1, self.account.as_str())
            .put(2, self.bill.as_str())
            .put(3, self.period.number())
            .put(4, self.read_on.number())
            .put(5, self.due_on.number())
            .put_some(6, self.reading.map(|r| Value::Array(vec![r.before.into(), r.now.into(), r.units.into()])))
            .put(7, self.tariff.as_str())
            .put(8, Value::Array(lines))
            .put_some(9, (!confirmed.is_empty()).then_some(Value::Array(confirmed)))
            .put(10, self.request.0.as_slice())
            .into()
    }

    pub(super) fn decode(value: &Value) -> Result<SpotBillMade, FormatError> {
        let fields = Fields::of_map("spot bill", value)?;
        let reading = fields.optional(6, |fields, key| {
            let reading = Fields::of_array("spot bill reading", fields.need(key)?, 3)?;
            Ok(ReadingMade { before: reading.uint(0)?, now: reading.uint(1)?, units: reading.uint(2)? })
        })?;
        let confirmed = match fields.get(9) {
            None => Vec::new(),
            Some(_) => fields
                .array(9, 8)
                .and_then(|list| if list.is_empty() { Err(fields.bad(9)) } else { Ok(list) })?
                .iter()
                .map(|name| name.as_text().filter(|n| n.len() <= 32).map(str::to_owned).ok_or_else(|| fields.bad(9)))
                .collect::<Result<_, _>>()?,
        };
        Ok(SpotBillMade {
            account: fields.parse(1)?,
            bill: fields.parse(2)?,
            period: Period::from_number(fields.u64(3)?).ok_or_else(|| fields.bad(3))?,
            read_on: Day::from_number(fields.i64(4)?).ok_or_else(|| fields.bad(4))?,
            due_on: Day::from_number(fields.i64(5)?).ok_or_else(|| fields.bad(5))?,
            reading,
            tariff: fields.parse(7)?,
            lines: decode_split(&fields, 8)?,
            confirmed,
            request: RequestId(fields.bytes(10)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_back() {
        let bill = SpotBillMade {
            account: "BHG-0217".parse().unwrap(),
            bill: "SAS07-1-12".parse().unwrap(),
            period: "2026-11".parse().unwrap(),
            read_on: "2026-11-22".parse().unwrap(),
            due_on: "2026-12-20".parse().unwrap(),
            reading: Some(ReadingMade { before: 99_990, now: 12, units: 22 }),
            tariff: "DOM-METER".parse().unwrap(),
            lines: Split::new(vec![(HeadId(10), Paise::new(22_000).unwrap())]).unwrap(),
            confirmed: vec!["rollover".into()],
            request: RequestId([9; 8]),
        };
        assert_eq!(SpotBillMade::decode(&bill.encode()), Ok(bill.clone()));
        let plain = SpotBillMade { confirmed: Vec::new(), reading: None, ..bill };
        assert_eq!(SpotBillMade::decode(&plain.encode()), Ok(plain));
    }
}
