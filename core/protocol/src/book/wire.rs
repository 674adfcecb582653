//! The book's records as CBOR (`schemas/book.cddl`): the form in which they travel and in which a till stores them.

use super::account::{Account, AccountStatus, Demand, DemandLine, LastPayment, Meter};
use super::payments::Payments;
use super::payments_wire;
use super::rules::{Head, LateFee, LateFeeAmount, PartPayment, Rebate, RebateAmount, Rounding, Rules};
use super::tariff::{MeteredCharge, Slab, Tariff, TariffLine};
use crate::cbor::{Fields, FormatError, Map, array};
use crate::ids::HeadId;
use crate::language::{Language, Names};
use crate::money::Paise;
use crate::time::{Day, Period};
use coset::cbor::value::Value;

/// The longest encoded account, in bytes.
pub const MAX_ACCOUNT_BYTES: usize = 64 * 1024;

impl Account {
    /// The account as bytes, for storage.
    pub fn to_bytes(&self) -> Vec<u8> {
        crate::cbor::encode(&encode_account(self))
    }

    /// Reads an account from bytes that `to_bytes` wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Account, FormatError> {
        decode_account(&crate::cbor::decode("account", bytes, MAX_ACCOUNT_BYTES)?)
    }
}

impl Rules {
    /// The rules as bytes, for storage.
    pub fn to_bytes(&self) -> Vec<u8> {
        crate::cbor::encode(&encode_rules(self))
    }

    /// Reads rules from bytes that `to_bytes` wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Rules, FormatError> {
        decode_rules(&crate::cbor::decode("rules", bytes, MAX_ACCOUNT_BYTES)?)
    }
}

impl Tariff {
    /// The tariff as bytes, for storage.
    pub fn to_bytes(&self) -> Vec<u8> {
        crate::cbor::encode(&encode_tariff(self))
    }

    /// Reads a tariff from bytes that `to_bytes` wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Tariff, FormatError> {
        decode_tariff(&crate::cbor::decode("tariff", bytes, MAX_ACCOUNT_BYTES)?)
    }
}

pub(super) fn encode_account(account: &Account) -> Value {
    let some_text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let meter = account
        .meter
        .map(|m| array([m.reading.into(), m.read_on.number().into(), m.digits.into(), m.usual_units.into()]));
    let last = account.last_payment.map(|p| array([p.amount.get().into(), p.on.number().into()]));
    Map::new()
        .put(1, account.id.as_str())
        .put(2, account.name.as_str())
        .put_some(3, some_text(&account.name_latin))
        .put_some(4, some_text(&account.house))
        .put(5, account.place.as_str())
        .put_some(6, some_text(&account.phone_last4))
        .put(7, account.tariff.as_str())
        .put_some(8, (account.status == AccountStatus::Closed).then_some(true))
        .put_some(9, meter)
        .put(10, Value::Array(account.demands.iter().map(encode_demand).collect()))
        .put_some(11, (!account.advance.is_zero()).then(|| account.advance.get()))
        .put_some(12, last)
        .into()
}

pub(super) fn decode_account(value: &Value) -> Result<Account, FormatError> {
    let fields = Fields::of_map("account", value)?;
    let text = |key| fields.text(key, Account::MAX_TEXT).map(str::to_owned);
    let some_text = |key| if fields.get(key).is_some() { text(key) } else { Ok(String::new()) };
    let account = Account {
        id: fields.parse(1)?,
        name: text(2)?,
        name_latin: some_text(3)?,
        house: some_text(4)?,
        place: text(5)?,
        phone_last4: some_text(6)?,
        tariff: fields.parse(7)?,
        status: if fields.flag(8)? { AccountStatus::Closed } else { AccountStatus::Active },
        meter: fields.optional(9, decode_meter)?,
        demands: fields.array(10, Account::MAX_DEMANDS)?.iter().map(decode_demand).collect::<Result<_, _>>()?,
        advance: fields.optional(11, paise)?.unwrap_or_default(),
        last_payment: fields.optional(12, decode_last_payment)?,
    };
    if account.advance < Paise::ZERO {
        return Err(fields.bad(11));
    }
    if !account.phone_last4.is_empty()
        && (account.phone_last4.len() != 4 || !account.phone_last4.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(fields.bad(6));
    }
    Ok(account)
}

fn decode_meter(fields: &Fields, key: u64) -> Result<Meter, FormatError> {
    let meter = Fields::of_array("meter", fields.need(key)?, 4)?;
    let digits = meter.uint(2)?;
    if !(1..=9).contains(&digits) {
        return Err(meter.bad(2));
    }
    Ok(Meter { reading: meter.uint(0)?, read_on: day(&meter, 1)?, digits, usual_units: meter.uint(3)? })
}

fn decode_last_payment(fields: &Fields, key: u64) -> Result<LastPayment, FormatError> {
    let last = Fields::of_array("last payment", fields.need(key)?, 2)?;
    Ok(LastPayment { amount: paise(&last, 0)?, on: day(&last, 1)? })
}

fn encode_demand(demand: &Demand) -> Value {
    let lines =
        demand.lines.iter().map(|line| array([line.head.0.into(), line.amount.get().into(), line.paid.get().into()]));
    Map::new()
        .put(1, demand.bill.as_str())
        .put(2, demand.period.number())
        .put(3, demand.issued_on.number())
        .put(4, demand.due_on.number())
        .put(5, array(lines))
        .into()
}

fn decode_demand(value: &Value) -> Result<Demand, FormatError> {
    let fields = Fields::of_map("demand", value)?;
    let lines = fields.array(5, Demand::MAX_LINES)?.iter().map(|line| {
        let line = Fields::of_array("demand line", line, 3)?;
        let (amount, paid) = (paise(&line, 1)?, paise(&line, 2)?);
        let same_sign = paid.is_zero() || (paid > Paise::ZERO) == (amount > Paise::ZERO);
        if !same_sign || paid.get().abs() > amount.get().abs() {
            return Err(line.inconsistent("more is paid than was asked"));
        }
        Ok(DemandLine { head: HeadId(line.uint(0)?), amount, paid })
    });
    let demand = Demand {
        bill: fields.parse(1)?,
        period: Period::from_number(fields.u64(2)?).ok_or_else(|| fields.bad(2))?,
        issued_on: day(&fields, 3)?,
        due_on: day(&fields, 4)?,
        lines: lines.collect::<Result<_, _>>()?,
    };
    let heads = demand.lines.iter().enumerate();
    if heads.clone().any(|(i, line)| demand.lines[..i].iter().any(|before| before.head == line.head)) {
        return Err(fields.inconsistent("a head stands twice on one demand"));
    }
    Ok(demand)
}

pub(super) fn encode_tariff(tariff: &Tariff) -> Value {
    let fixed = tariff.fixed.iter().map(|line| array([line.head.0.into(), line.amount.get().into()]));
    let metered = tariff.metered.as_ref().map(|metered| {
        let slabs = metered.slabs.iter().map(|slab| {
            let end = slab.up_to.map_or_else(|| Value::Array(Vec::new()), Value::from);
            array([end, slab.rate.get().into()])
        });
        Map::new().put(1, metered.head.0).put(2, array(slabs)).put(3, metered.minimum.get())
    });
    Map::new()
        .put(1, tariff.code.as_str())
        .put(2, tariff.name.as_str())
        .put(3, array(fixed))
        .put_some(4, metered)
        .into()
}

pub(super) fn decode_tariff(value: &Value) -> Result<Tariff, FormatError> {
    let fields = Fields::of_map("tariff", value)?;
    let fixed = fields.array(3, Demand::MAX_LINES)?.iter().map(|line| {
        let line = Fields::of_array("tariff line", line, 2)?;
        Ok(TariffLine { head: HeadId(line.uint(0)?), amount: paise(&line, 1)? })
    });
    Ok(Tariff {
        code: fields.parse(1)?,
        name: fields.text(2, Account::MAX_TEXT)?.to_owned(),
        fixed: fixed.collect::<Result<_, _>>()?,
        metered: fields.get(4).map(decode_metered).transpose()?,
    })
}

fn decode_metered(value: &Value) -> Result<MeteredCharge, FormatError> {
    let fields = Fields::of_map("metered charge", value)?;
    let slabs = fields.array(2, 32)?.iter().map(|slab| {
        let slab = Fields::of_array("slab", slab, 2)?;
        let open = slab.need(0)?.as_array().is_some_and(Vec::is_empty);
        Ok(Slab { up_to: if open { None } else { Some(slab.uint(0)?) }, rate: paise(&slab, 1)? })
    });
    Ok(MeteredCharge {
        head: HeadId(fields.uint(1)?),
        slabs: slabs.collect::<Result<_, _>>()?,
        minimum: paise(&fields, 3)?,
    })
}

pub(super) fn encode_rules(rules: &Rules) -> Value {
    let heads = rules.heads.iter().map(encode_head);
    let late_fee = rules.late_fee.map(|fee| {
        let (flat, basis_points) = match fee.amount {
            LateFeeAmount::Flat(amount) => (Some(amount.get()), None),
            LateFeeAmount::BasisPoints(points) => (None, Some(points)),
        };
        Map::new()
            .put_some(1, flat)
            .put_some(2, basis_points)
            .put(3, fee.grace_days)
            .put_some(4, fee.cap.map(Paise::get))
            .put_some(5, fee.once.then_some(true))
    });
    let rebate = rules.rebate.map(|rebate| {
        let (flat, basis_points) = match rebate.amount {
            RebateAmount::Flat(amount) => (Some(amount.get()), None),
            RebateAmount::BasisPoints(points) => (None, Some(points)),
        };
        Map::new().put_some(1, flat).put_some(2, basis_points).put(3, rebate.within_days)
    });
    let part_payment = match rules.part_payment {
        PartPayment::Allowed => None,
        PartPayment::Minimum(least) => Some(least.get()),
        PartPayment::NotAllowed => Some(-1),
    };
    Map::new()
        .put(1, rules.tenant.as_str())
        .put(2, rules.name.as_str())
        .put(3, array(heads))
        .put_some(4, late_fee)
        .put_some(5, rebate)
        .put_some(6, (rules.rounding == Rounding::Exact).then_some(true))
        .put_some(7, part_payment)
        .put(8, rules.max_advance.get())
        .put(9, rules.max_cash_receipt.get())
        .put(10, rules.due_day)
        .put_some(11, (!rules.receipt_host.is_empty()).then(|| rules.receipt_host.clone()))
        .put_some(12, encode_names(&rules.names))
        .put_some(13, (rules.payments != Payments::default()).then(|| payments_wire::encode(&rules.payments)))
        .into()
}

fn encode_head(head: &Head) -> Value {
    let known = [head.id.0.into(), head.code.as_str().into(), head.name.as_str().into()];
    array(known.into_iter().chain(encode_names(&head.names)))
}

/// By the languages' numbers; `None` for no names.
fn encode_names(names: &Names) -> Option<Value> {
    // `Names` is in the order of the languages, and so are the numbers.
    let map = names.iter().fold(Map::new(), |map, (language, name)| map.put(number_of(*language), name.as_str()));
    (!names.is_empty()).then(|| map.into())
}

/// Given once, never reused (`schemas/book.cddl`).
fn number_of(language: Language) -> u64 {
    match language {
        Language::English => 1,
        Language::Hindi => 2,
        Language::Punjabi => 3,
        Language::Bengali => 4,
    }
}

pub(super) fn decode_rules(value: &Value) -> Result<Rules, FormatError> {
    let fields = Fields::of_map("rules", value)?;
    let heads = fields.array(3, Rules::MAX_HEADS)?.iter().map(decode_head);
    let due_day = fields.uint(10)?;
    if !(1..=28).contains(&due_day) {
        return Err(fields.bad(10));
    }
    let receipt_host = if fields.get(11).is_some() { fields.text(11, 40)?.to_owned() } else { String::new() };
    if !Rules::is_receipt_host(&receipt_host) {
        return Err(fields.bad(11));
    }
    Ok(Rules {
        tenant: fields.parse(1)?,
        name: fields.text(2, Account::MAX_TEXT)?.to_owned(),
        names: fields.get(12).map_or(Ok(Names::new()), decode_names)?,
        receipt_host,
        heads: heads.collect::<Result<_, _>>()?,
        late_fee: fields.get(4).map(decode_late_fee).transpose()?,
        rebate: fields.get(5).map(decode_rebate).transpose()?,
        rounding: if fields.flag(6)? { Rounding::Exact } else { Rounding::NearestRupee },
        part_payment: match fields.optional(7, |fields, key| fields.i64(key))? {
            None => PartPayment::Allowed,
            Some(-1) => PartPayment::NotAllowed,
            Some(least) => match Paise::new(least) {
                Ok(least) if least >= Paise::ZERO => PartPayment::Minimum(least),
                _ => return Err(fields.bad(7)),
            },
        },
        max_advance: paise(&fields, 8)?,
        max_cash_receipt: paise(&fields, 9)?,
        due_day,
        payments: fields.get(13).map_or(Ok(Payments::default()), payments_wire::decode)?,
    })
}

fn decode_head(value: &Value) -> Result<Head, FormatError> {
    let named = value.as_array().is_some_and(|items| items.len() == 4);
    let fields = Fields::of_array("head", value, if named { 4 } else { 3 })?;
    let id = HeadId(fields.uint(0)?);
    if id.is_reserved() {
        return Err(fields.bad(0));
    }
    Ok(Head {
        id,
        code: fields.text(1, 12)?.to_owned(),
        name: fields.text(2, Account::MAX_TEXT)?.to_owned(),
        names: fields.get(3).map_or(Ok(Names::new()), decode_names)?,
    })
}

/// A language that this version does not know is left alone.
fn decode_names(value: &Value) -> Result<Names, FormatError> {
    let fields = Fields::of_map("names", value)?;
    let known = Language::ALL.into_iter().filter(|language| fields.get(number_of(*language)).is_some());
    known.map(|language| Ok((language, fields.text(number_of(language), Account::MAX_TEXT)?.to_owned()))).collect()
}

fn decode_late_fee(value: &Value) -> Result<LateFee, FormatError> {
    let fields = Fields::of_map("late fee", value)?;
    let amount = match (fields.get(1), fields.get(2)) {
        (Some(_), None) => LateFeeAmount::Flat(paise(&fields, 1)?),
        (None, _) => LateFeeAmount::BasisPoints(fields.uint(2)?),
        (Some(_), Some(_)) => return Err(fields.inconsistent("it is flat or by basis points, not both")),
    };
    let cap = fields.optional(4, paise)?;
    Ok(LateFee { amount, grace_days: fields.uint(3)?, cap, once: fields.flag(5)? })
}

fn decode_rebate(value: &Value) -> Result<Rebate, FormatError> {
    let fields = Fields::of_map("rebate", value)?;
    let amount = match (fields.get(1), fields.get(2)) {
        (Some(_), None) => RebateAmount::Flat(paise(&fields, 1)?),
        (None, _) => RebateAmount::BasisPoints(fields.uint(2)?),
        (Some(_), Some(_)) => return Err(fields.inconsistent("it is flat or by basis points, not both")),
    };
    Ok(Rebate { amount, within_days: fields.uint(3)? })
}

fn paise(fields: &Fields, key: u64) -> Result<Paise, FormatError> {
    Paise::new(fields.i64(key)?).map_err(|_| fields.bad(key))
}

fn day(fields: &Fields, key: u64) -> Result<Day, FormatError> {
    Day::from_number(fields.i64(key)?).ok_or_else(|| fields.bad(key))
}
