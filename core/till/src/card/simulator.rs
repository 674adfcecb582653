//! A payment app of our own that takes no money: the shape that others should have had. For tests and demonstrations.
//!
//! Intent `app.raseed.SIMULATED_CARD`; JSON under `request` and `response`, amounts in whole paise. `kind` is `sale` or
//! `query`; `status` of either answer is `approved`, `declined`, `cancelled` (nothing was charged, or the sale was never
//! begun) or `pending`, with our reference and amount always.

use super::ask::{Answered, Ask};
use super::doubt::Doubt;
use super::outcome::{Approval, CardOutcome};
use super::plain::{field, last4, said};
use super::sale::CardSale;
use serde::Deserialize;
use serde_json::json;

const ACTION: &str = "app.raseed.SIMULATED_CARD";
const PACKAGE: &str = "app.raseed.simulator";
const EXTRA_IN: &str = "request";
const EXTRA_OUT: &str = "response";

pub(super) fn sale(sale: &CardSale) -> Ask {
    ask("sale", sale)
}

pub(super) fn query(sale: &CardSale) -> Ask {
    ask("query", sale)
}

fn ask(kind: &str, sale: &CardSale) -> Ask {
    let text = json!({
        "kind": kind,
        "reference": sale.reference(),
        "amount_paise": sale.amount().get(),
        "account": sale.account().map(|account| account.as_str()),
    });
    Ask::Intent {
        action: Some(ACTION.to_owned()),
        package: Some(PACKAGE.to_owned()),
        uri: None,
        extras: vec![(EXTRA_IN.to_owned(), text.to_string())],
    }
}

/// The same for sale and query: our own app says the same of a sale whenever it is asked.
pub(super) fn read(sale: &CardSale, answered: &Answered) -> Result<CardOutcome, Doubt> {
    let reply: Reply = serde_json::from_str(answered.text(EXTRA_OUT)?).map_err(|_| Doubt::NotUnderstood)?;
    if reply.reference != sale.reference() {
        return Err(Doubt::OtherSale);
    }
    if reply.amount_paise != sale.amount().get() {
        return Err(Doubt::OtherAmount);
    }
    match reply.status {
        Status::Approved if answered.result_ok == Some(false) => Err(Doubt::Contradiction),
        Status::Approved => Ok(CardOutcome::Approved(Box::new(reply.approval()))),
        Status::Declined => Ok(CardOutcome::Declined { code: said(&reply.code), what: said(&reply.message) }),
        Status::Cancelled => Ok(CardOutcome::Cancelled),
        Status::Pending => Err(Doubt::undecided("pending", &reply.message)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    status: Status,
    reference: String,
    amount_paise: i64,
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
    rrn: Option<String>,
    auth_code: Option<String>,
    card: Option<String>,
    scheme: Option<String>,
    tid: Option<String>,
    mid: Option<String>,
    batch: Option<String>,
    invoice: Option<String>,
    id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Status {
    Approved,
    Declined,
    Cancelled,
    Pending,
}

impl Reply {
    fn approval(&self) -> Approval {
        let kept = |text: &Option<String>, longest| text.as_deref().and_then(|text| field(text, longest));
        Approval {
            rrn: kept(&self.rrn, 24),
            auth_code: kept(&self.auth_code, 12),
            card_last4: self.card.as_deref().and_then(last4),
            scheme: kept(&self.scheme, 16),
            tid: kept(&self.tid, 16),
            mid: kept(&self.mid, 24),
            batch: kept(&self.batch, 12),
            invoice: kept(&self.invoice, 12),
            vendor_id: kept(&self.id, 64),
        }
    }
}
