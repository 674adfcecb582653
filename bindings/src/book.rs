//! Finding a household and showing what it owes.

use crate::error::RaseedError;
use crate::home::small;
use crate::language::Language;
use crate::money::Money;
use crate::shared::Shared;
use raseed_protocol::billing::{DemandDues, HeadAmount};
use raseed_protocol::book::{AccountStatus, Rules};
use raseed_protocol::ids::AccountId;
use raseed_till::{Found, Household, PastPayment, TakenBy, Till, masked_name};
use std::sync::Arc;

/// Finding and showing households.
#[derive(uniffi::Object)]
pub struct Book {
    pub(crate) shared: Arc<Shared>,
}

/// A household in a list.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FoundView {
    /// Consumer number, to hand back.
    pub account: String,
    /// Name in the script of the place.
    pub name: String,
    /// Name in Latin letters; may be empty.
    pub name_latin: String,
    /// House.
    pub house: String,
    /// Village or ward.
    pub place: String,
    /// Open by the book, late fee not counted; nothing if all is paid.
    pub open: Option<Money>,
    /// True for a closed account.
    pub closed: bool,
    /// True if its whole consumer number was typed, not only a part of it.
    pub whole_number: bool,
}

/// Everything for the screen of one household.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HouseholdView {
    /// Consumer number, to hand back.
    pub account: String,
    /// Name in the script of the place.
    pub name: String,
    /// Name in Latin letters; may be empty.
    pub name_latin: String,
    /// House.
    pub house: String,
    /// Village or ward.
    pub place: String,
    /// The last four digits of the phone; may be empty.
    pub phone_last4: String,
    /// True for a closed account: nothing may be collected.
    pub closed: bool,
    /// All that is due today; nothing if nothing is.
    pub payable: Option<Money>,
    /// The part of it that is overdue, late fee included; nothing if none is, or if it is all of it.
    pub arrears_only: Option<Money>,
    /// The late fee in it.
    pub late_fee: Option<Money>,
    /// The rebate taken off in it.
    pub rebate: Option<Money>,
    /// Held in advance.
    pub advance: Option<Money>,
    /// The day by which what is not overdue is to be paid.
    pub next_due: Option<String>,
    /// The bills that ask for something, oldest first.
    pub demands: Vec<DemandView>,
    /// The newest payments, newest first.
    pub payments: Vec<PaymentView>,
    /// When the head office made the book that this comes from.
    pub as_of: String,
    /// How many of this till's own records are counted on top of it.
    pub own_entries: u32,
    /// The meter, if there is one.
    pub meter: Option<MeterView>,
}

/// A bill as its own people see it at a device that strangers use: enough to know that it is theirs.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OwnBillView {
    /// Consumer number, to hand back.
    pub account: String,
    /// The first letters of the name, in the script of the place.
    pub name: String,
    /// House.
    pub house: String,
    /// Village or ward.
    pub place: String,
    /// True for a closed account: nothing may be collected.
    pub closed: bool,
    /// All that is due today; nothing if nothing is.
    pub payable: Option<Money>,
    /// The part of it that is overdue, late fee included; nothing if none is, or if it is all of it.
    pub arrears_only: Option<Money>,
    /// When the head office made the book that this comes from.
    pub as_of: String,
}

/// One bill.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DemandView {
    /// Bill number.
    pub bill: String,
    /// Month: `Oct 2026`.
    pub period: String,
    /// Last day without a late fee.
    pub due_on: String,
    /// True once that day has passed.
    pub overdue: bool,
    /// What clears it.
    pub payable: Money,
    /// By head.
    pub lines: Vec<LineView>,
}

/// A head and its amount.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LineView {
    /// `Water charge`.
    pub head: String,
    /// Negative for a rebate or a rounding down.
    pub money: Money,
}

/// A payment of the past.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PaymentView {
    /// On which day.
    pub on: String,
    /// How much.
    pub money: Money,
    /// The receipt, if it is this till's own: it can be shown and printed again.
    pub receipt: Option<String>,
}

/// A meter.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct MeterView {
    /// The newest reading.
    pub reading: u32,
    /// The day it was taken.
    pub read_on: String,
    /// Digits of the dial.
    pub digits: u8,
}

/// How many payments of the past a screen shows.
const PAYMENTS: usize = 3;
/// A list longer than this is no help.
const MOST_FOUND: u32 = 50;

#[uniffi::export]
impl Book {
    /// Loads the finder, so that the first search is as quick as the others.
    pub fn warm(&self) -> Result<(), RaseedError> {
        self.shared.till(Till::warm_finder)
    }

    /// The households that fit what was typed so far, best first, at most `most`.
    pub fn find(&self, typed: &str, most: u32) -> Result<Vec<FoundView>, RaseedError> {
        let most = usize::try_from(most.min(MOST_FOUND)).unwrap_or(0);
        let found = self.shared.till(|till| {
            let found = till.find(typed, most)?;
            if found.is_empty() {
                // Nobody, or no book at all? That is refused.
                till.rules()?;
            }
            Ok(found)
        })?;
        Ok(found.into_iter().map(|found| FoundView::new(found, typed)).collect())
    }

    /// A household as it stands today.
    pub fn household(&self, account: &str) -> Result<HouseholdView, RaseedError> {
        let id = parse_account(account)?;
        let language = self.shared.language();
        self.shared.till(|till| {
            let household = till.household(&id)?;
            let payments = till.payments(&id, PAYMENTS)?;
            Ok(view(household, &payments, &till.rules()?, language))
        })
    }

    /// The bill of whoever types the whole consumer number; a part of one, or digits that several have, finds nothing.
    pub fn own_bill(&self, number: &str) -> Result<OwnBillView, RaseedError> {
        let language = self.shared.language();
        let bill = self.shared.till(|till| {
            // Nobody, or no book at all? That is refused.
            till.rules()?;
            let own = till.find_own(number)?;
            own.map(|id| Ok(OwnBillView::new(till.household(&id)?, language))).transpose()
        })?;
        bill.ok_or_else(|| RaseedError::CheckNumber { account: number.to_owned() })
    }
}

/// A consumer number that comes back from a screen.
pub(crate) fn parse_account(text: &str) -> Result<AccountId, RaseedError> {
    text.trim().parse().map_err(|_| RaseedError::CheckNumber { account: text.to_owned() })
}

pub(crate) fn line(rules: &Rules, part: &HeadAmount, language: Language) -> LineView {
    LineView { head: rules.head_name_in(part.head, language.core()), money: part.amount.into() }
}

impl FoundView {
    fn new(found: Found, typed: &str) -> FoundView {
        FoundView {
            whole_number: found.has_number(typed),
            account: found.account.to_string(),
            name: found.name,
            name_latin: found.name_latin,
            house: found.house,
            place: found.place,
            open: some(found.open),
            closed: found.status == AccountStatus::Closed,
        }
    }
}

impl OwnBillView {
    fn new(household: Household, language: Language) -> OwnBillView {
        let Household { account, dues, as_of, .. } = household;
        OwnBillView {
            account: account.id.to_string(),
            name: masked_name(&account.name),
            house: account.house,
            place: account.place,
            closed: account.status == AccountStatus::Closed,
            payable: some(dues.payable),
            arrears_only: some(dues.arrears).filter(|_| dues.arrears != dues.payable),
            as_of: as_of.office_ms.to_people_in(language.core()),
        }
    }
}

fn view(household: Household, payments: &[PastPayment], rules: &Rules, language: Language) -> HouseholdView {
    let Household { account, dues, as_of, .. } = household;
    let part_overdue = dues.arrears != dues.payable;
    HouseholdView {
        account: account.id.to_string(),
        name: account.name,
        name_latin: account.name_latin,
        house: account.house,
        place: account.place,
        phone_last4: account.phone_last4,
        closed: account.status == AccountStatus::Closed,
        payable: some(dues.payable),
        arrears_only: some(dues.arrears).filter(|_| part_overdue),
        late_fee: some(dues.late_fee),
        rebate: some(dues.rebate),
        advance: some(dues.advance_left),
        next_due: dues.next_due_on.map(|day| day.to_people_in(language.core())),
        demands: dues.demands.iter().map(|due| demand(due, rules, language)).collect(),
        payments: payments.iter().map(|payment| past(payment, language)).collect(),
        as_of: as_of.office_ms.to_people_in(language.core()),
        own_entries: small(u64::try_from(as_of.own_entries).unwrap_or(u64::MAX)),
        meter: account.meter.map(|meter| MeterView {
            reading: meter.reading,
            read_on: meter.read_on.to_people_in(language.core()),
            digits: meter.digits,
        }),
    }
}

fn demand(due: &DemandDues, rules: &Rules, language: Language) -> DemandView {
    DemandView {
        bill: due.bill.to_string(),
        period: due.period.to_people_in(language.core()),
        due_on: due.due_on.to_people_in(language.core()),
        overdue: due.overdue,
        payable: due.payable.into(),
        lines: due.lines.iter().map(|part| line(rules, part, language)).collect(),
    }
}

fn past(payment: &PastPayment, language: Language) -> PaymentView {
    PaymentView {
        on: payment.on.to_people_in(language.core()),
        money: payment.amount.into(),
        receipt: match &payment.by {
            TakenBy::ThisTill(id) => Some(id.to_string()),
            TakenBy::Elsewhere => None,
        },
    }
}

/// An amount worth showing.
pub(crate) fn some(amount: raseed_protocol::money::Paise) -> Option<Money> {
    (!amount.is_zero()).then(|| amount.into())
}
