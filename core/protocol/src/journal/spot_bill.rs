//! A bill made at the door from a meter reading, as it stands in the journal.

use super::receipt::Split;
use super::receipt::decode_split;
use crate::cbor::{Fields, FormatError, Map};
use crate::ids::{AccountId, BillNumber, RequestId, TariffCode};
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
    /// The reading before, and this one, in whole units.
    pub readings: (u32, u32),
    /// Units billed.
    pub units: u32,
    /// Which tariff was used.
    pub tariff: TariffCode,
    /// What is asked, by head.
    pub lines: Split,
    /// The questions that the collector answered with yes, as the names in `schemas/journal.cddl`.
    pub confirmed: Vec<String>,
    /// The wish that it answers.
    pub request: RequestId,
}

impl SpotBillMade {
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
            .put(6, Value::Array(vec![self.readings.0.into(), self.readings.1.into()]))
            .put(7, self.units)
            .put(8, self.tariff.as_str())
            .put(9, Value::Array(lines))
            .put_some(10, (!confirmed.is_empty()).then_some(Value::Array(confirmed)))
            .put(11, self.request.0.as_slice())
            .into()
    }

    pub(super) fn decode(value: &Value) -> Result<SpotBillMade, FormatError> {
        let fields = Fields::of_map("spot bill", value)?;
        let readings = Fields::of_array("spot bill readings", fields.need(6)?, 2)?;
        let confirmed = match fields.get(10) {
            None => Vec::new(),
            Some(_) => fields
                .array(10, 8)?
                .iter()
                .map(|name| name.as_text().filter(|n| n.len() <= 32).map(str::to_owned).ok_or_else(|| fields.bad(10)))
                .collect::<Result<_, _>>()?,
        };
        Ok(SpotBillMade {
            account: fields.parse(1)?,
            bill: fields.parse(2)?,
            period: Period::from_number(fields.u64(3)?).ok_or_else(|| fields.bad(3))?,
            read_on: Day::from_number(fields.i64(4)?).ok_or_else(|| fields.bad(4))?,
            due_on: Day::from_number(fields.i64(5)?).ok_or_else(|| fields.bad(5))?,
            readings: (readings.uint(0)?, readings.uint(1)?),
            units: fields.uint(7)?,
            tariff: fields.parse(8)?,
            lines: decode_split(&fields, 9)?,
            confirmed,
            request: RequestId(fields.bytes(11)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::HeadId;
    use crate::money::Paise;

    #[test]
    fn it_is_read_back() {
        let bill = SpotBillMade {
            account: "BHG-0217".parse().unwrap(),
            bill: "SAS07-1-12".parse().unwrap(),
            period: "2026-11".parse().unwrap(),
            read_on: "2026-11-22".parse().unwrap(),
            due_on: "2026-12-20".parse().unwrap(),
            readings: (99_990, 12),
            units: 22,
            tariff: "DOM-METER".parse().unwrap(),
            lines: Split::new(vec![(HeadId(10), Paise::new(22_000).unwrap())]).unwrap(),
            confirmed: vec!["rollover".into()],
            request: RequestId([9; 8]),
        };
        assert_eq!(SpotBillMade::decode(&bill.encode()), Ok(bill.clone()));
        let plain = SpotBillMade { confirmed: Vec::new(), ..bill };
        assert_eq!(SpotBillMade::decode(&plain.encode()), Ok(plain));
    }
}
