//! `demands.csv`: one row for each line of a bill.
//!
//! The rows of one bill need not stand together, but they must agree.

use super::accounts::{Accounts, amount_or_zero, read_value};
use super::check::{self, Known};
use super::fault::{Fault, quoted};
use super::refusal::Refusals;
use super::rules::{NOT_IMPORTED, ROUNDING_CODE};
use super::table::{Columns, Row, Table};
use raseed_protocol::book::{Account, Demand, DemandLine};
use raseed_protocol::ids::{AccountId, BillNumber, HeadId};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{Day, Period};
use std::collections::{HashMap, HashSet};
use std::str::FromStr;

pub(super) const COLUMNS: Columns = Columns {
    file: "demands.csv",
    needed: &["account", "bill", "period", "issued_on", "due_on", "head", "amount"],
    optional: &["paid"],
};
const ACCOUNT: usize = 0;
const BILL: usize = 1;
const PERIOD: usize = 2;
const ISSUED_ON: usize = 3;
const DUE_ON: usize = 4;
const HEAD: usize = 5;
const AMOUNT: usize = 6;
const PAID: usize = 7;

/// One row, every value of its type.
struct BillRow {
    account: AccountId,
    bill: BillNumber,
    period: Period,
    issued_on: Day,
    due_on: Day,
    line: DemandLine,
}

/// A bill being put together.
struct Draft {
    account: AccountId,
    demand: Demand,
    /// The line of the file for each line of the bill.
    at: Vec<u64>,
}

/// Reads the file and gives each account its bills; what is wrong goes to the refusals.
pub(super) fn read(bytes: &[u8], known: &Known<'_>, accounts: &mut Accounts, refusals: &mut Refusals) {
    let Some((mut table, mut row)) = Table::open(&COLUMNS, bytes, refusals) else { return };
    let mut drafts: Vec<Draft> = Vec::new();
    let mut by_number: HashMap<BillNumber, usize> = HashMap::new();
    let mut spoilt: HashSet<BillNumber> = HashSet::new();
    while table.next(&mut row, refusals) {
        let mut report = |column: &str, what: Fault| refusals.value(COLUMNS.file, row.line, column, what);
        let read = match bill_row(&row, known, &mut report) {
            Ok(read) => read,
            Err(bill) => {
                spoilt.extend(bill);
                continue;
            }
        };
        if !accounts.lost && !accounts.by_id.contains_key(&read.account) {
            report("account", Fault::UnknownAccount { id: read.account.to_string() });
        }
        match by_number.get(&read.bill) {
            Some(&index) => drafts[index].add(read, row.line, &mut report),
            None => {
                by_number.insert(read.bill.clone(), drafts.len());
                drafts.push(Draft::new(read, row.line, &mut report));
            }
        }
    }
    for draft in drafts {
        // What a bill asks for is known only if each of its rows was read.
        if !spoilt.contains(&draft.demand.bill) && !check::asks_for_something(&draft.demand) {
            refusals.value(COLUMNS.file, draft.at[0], "amount", Fault::NothingAsked);
        }
        draft.give_to(accounts, refusals);
    }
}

impl Draft {
    fn new(row: BillRow, at: u64, report: &mut impl FnMut(&str, Fault)) -> Draft {
        if let Some((field, what)) = check::dates(row.period, row.issued_on, row.due_on) {
            report(field.csv, what);
        }
        let BillRow { account, bill, period, issued_on, due_on, line } = row;
        Draft { account, demand: Demand { bill, period, issued_on, due_on, lines: vec![line] }, at: vec![at] }
    }

    fn add(&mut self, row: BillRow, at: u64, report: &mut impl FnMut(&str, Fault)) {
        let demand = &mut self.demand;
        let differing = [
            ("account", self.account != row.account),
            ("period", demand.period != row.period),
            ("issued_on", demand.issued_on != row.issued_on),
            ("due_on", demand.due_on != row.due_on),
        ];
        if let Some((column, _)) = differing.iter().find(|(_, differs)| *differs) {
            report(column, Fault::BillDiffers { bill: row.bill.to_string(), line: self.at[0] });
            return;
        }
        if let Some(index) = demand.lines.iter().position(|line| line.head == row.line.head) {
            report("head", Fault::HeadTwice { line: self.at[index] });
            return;
        }
        // Heads are distinct and the rules name at most 12, so a bill cannot outgrow `Demand::MAX_LINES` (16).
        demand.lines.push(row.line);
        self.at.push(at);
    }

    fn give_to(self, accounts: &mut Accounts, refusals: &mut Refusals) {
        let place = accounts.by_id.get(&self.account).and_then(|place| place.index);
        let Some(account) = place.and_then(|index| accounts.list.get_mut(index)) else { return };
        if account.demands.len() == Account::MAX_DEMANDS {
            let what = Fault::TooMany { what: "bills on this account", limit: Account::MAX_DEMANDS };
            refusals.value(COLUMNS.file, self.at[0], "account", what);
        } else {
            account.demands.push(self.demand);
        }
    }
}

/// Reads a row; if it cannot be read, answers with the bill that it was to be of, if that much is known.
fn bill_row(
    row: &Row<'_>,
    known: &Known<'_>,
    report: &mut impl FnMut(&str, Fault),
) -> Result<BillRow, Option<BillNumber>> {
    let account = parsed(row, ACCOUNT, report);
    let bill: Option<BillNumber> = parsed(row, BILL, report);
    let period = parsed(row, PERIOD, report);
    let issued_on = parsed(row, ISSUED_ON, report);
    let due_on = parsed(row, DUE_ON, report);
    let line = demand_line(row, known, report);
    match (account, bill, period, issued_on, due_on, line) {
        (Some(account), Some(bill), Some(period), Some(issued_on), Some(due_on), Some(line)) => {
            Ok(BillRow { account, bill, period, issued_on, due_on, line })
        }
        (_, bill, ..) => Err(bill),
    }
}

fn demand_line(row: &Row<'_>, known: &Known<'_>, report: &mut impl FnMut(&str, Fault)) -> Option<DemandLine> {
    let head = head(row.get(HEAD), known).map_err(|what| report("head", what)).ok();
    let amount: Option<Paise> = parsed(row, AMOUNT, report);
    let paid = amount_or_zero(row.get(PAID)).map_err(|what| report("paid", what)).ok();
    let line = DemandLine { head: head?, amount: amount?, paid: paid? };
    if let Some((field, what)) = check::line(&line, known) {
        report(field.csv, what);
    }
    Some(line)
}

fn head(code: &str, known: &Known<'_>) -> Result<HeadId, Fault> {
    let heads = known.rules.map_or(&[][..], |rules| &rules.heads);
    if let Some(head) = heads.iter().find(|head| head.code == code) {
        return Ok(head.id);
    }
    if code == ROUNDING_CODE {
        return Ok(HeadId::ROUNDING);
    }
    if let Some((_, reserved)) = NOT_IMPORTED.iter().find(|(name, _)| *name == code) {
        return Err(Fault::NotImported { head: reserved.to_string() });
    }
    if code.is_empty() {
        return Err(Fault::Missing);
    }
    let known = heads.iter().map(|head| head.code.as_str()).chain([ROUNDING_CODE]).collect::<Vec<_>>().join(", ");
    Err(Fault::UnknownHead { code: quoted(code, 40), known })
}

fn parsed<T>(row: &Row<'_>, column: usize, report: &mut impl FnMut(&str, Fault)) -> Option<T>
where
    T: FromStr,
    Fault: From<T::Err>,
{
    read_value(row.get(column)).map_err(|what| report(COLUMNS.name(column), what)).ok()
}
