//! Paytm's payment app on its EDC terminals ("POS Integration via App Invoke": deep links `paymentV2` and `txnStatusV2`).
//!
//! The answer is a deep link too, to an address of ours that differs between sale and status, so that neither is taken for
//! the other. It gives our reference and the amount in paise, and both must be ours. Any app on the terminal can send such
//! a link: what stands against a forged one is that the reference cannot be guessed (`reference.rs`) and that the settlement
//! file has the last word. Of the names of what is only kept several are tried, because the public pages do not list them all.

use super::acquirer::{AcquirerSettings, SettingsError};
use super::ask::{Answered, Ask};
use super::doubt::Doubt;
use super::outcome::{Approval, CardOutcome};
use super::plain::{field, last4, said};
use super::sale::CardSale;

const PACKAGE: &str = "com.paytm.pos";
/// In both directions.
const EXTRA: &str = "deeplink";
/// The manifest of the app has an intent filter for it.
const CALLBACK: &str = "app.raseed.CARD_RESULT";
const SALE_LINK: &str = "raseed://card-sale";
const STATUS_LINK: &str = "raseed://card-status";
const MAX_FIELDS: usize = 64;

/// How the app is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PaytmEdc {
    our_package: String,
}

impl PaytmEdc {
    pub(super) fn new(settings: &AcquirerSettings) -> Result<PaytmEdc, SettingsError> {
        Ok(PaytmEdc { our_package: settings.package()? })
    }

    pub(super) fn sale(&self, sale: &CardSale) -> Ask {
        // At least three digits are wanted.
        let mut more = format!("&requestPayMode=CARD&amount={:03}", sale.amount().get());
        if let Some(account) = sale.account() {
            // Not one of the app's own names: given back as it is.
            more.push_str(&format!("&consumer={account}"));
        }
        self.ask("paymentV2", SALE_LINK, sale, &more)
    }

    pub(super) fn query(&self, sale: &CardSale) -> Ask {
        self.ask("txnStatusV2", STATUS_LINK, sale, "")
    }

    /// Everything in it was bounded to characters that a query takes as they are (RFC 3986, section 3.4).
    fn ask(&self, call: &str, answer_to: &str, sale: &CardSale, more: &str) -> Ask {
        let (package, reference) = (&self.our_package, sale.reference());
        let link = format!(
            "paytmedc://{call}?callbackAction={CALLBACK}&stackClear=true&callbackPkg={package}\
             &callbackDl={answer_to}&orderId={reference}{more}"
        );
        Ask::Intent {
            action: None,
            package: Some(PACKAGE.to_owned()),
            uri: None,
            extras: vec![(EXTRA.to_owned(), link)],
        }
    }
}

pub(super) fn read(sale: &CardSale, answered: &Answered) -> Result<CardOutcome, Doubt> {
    let link = Link::of(answered, SALE_LINK)?;
    match link.status(sale)? {
        Status::Success => {
            link.require_amount(sale)?;
            Ok(CardOutcome::Approved(Box::new(link.approval())))
        }
        Status::Fail => link.declined(),
    }
}

pub(super) fn read_query(sale: &CardSale, answered: &Answered) -> Result<CardOutcome, Doubt> {
    let link = Link::of(answered, STATUS_LINK)?;
    let status = link.status(sale)?;
    // The status call can succeed or fail by itself: only an answer with the amount speaks of the sale ...
    link.require_amount(sale)?;
    let approval = link.approval();
    match status {
        Status::Fail => link.declined(),
        // ... and only one with something of the bank's own says that it was charged.
        Status::Success if approval.rrn.is_some() || approval.auth_code.is_some() => {
            Ok(CardOutcome::Approved(Box::new(approval)))
        }
        Status::Success => Err(Doubt::undecided("SUCCESS", "without a reference of the bank")),
    }
}

enum Status {
    Success,
    Fail,
}

/// The fields of an answer, decoded.
struct Link {
    fields: Vec<(String, String)>,
}

impl Link {
    fn of(answered: &Answered, address: &str) -> Result<Link, Doubt> {
        let text = answered.text(EXTRA)?.strip_prefix(address).ok_or(Doubt::NotUnderstood)?;
        let query = text.strip_prefix('/').unwrap_or(text).strip_prefix('?').ok_or(Doubt::NotUnderstood)?;
        let fields: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().take(MAX_FIELDS + 1).collect();
        if fields.len() > MAX_FIELDS { Err(Doubt::TooLarge) } else { Ok(Link { fields }) }
    }

    /// Of our sale; and if it says an amount, of ours.
    fn status(&self, sale: &CardSale) -> Result<Status, Doubt> {
        if self.one("orderId")? != Some(sale.reference()) {
            return Err(Doubt::OtherSale);
        }
        if self.one("amount")?.is_some_and(|amount| !sale.is_amount(amount)) {
            return Err(Doubt::OtherAmount);
        }
        let status = self.one("status")?.ok_or(Doubt::NotUnderstood)?;
        match status.to_ascii_uppercase().as_str() {
            "SUCCESS" => Ok(Status::Success),
            "FAIL" | "FAILED" | "FAILURE" => Ok(Status::Fail),
            _ => Err(Doubt::undecided(status, self.any(&["statusMessage"]).unwrap_or_default())),
        }
    }

    fn require_amount(&self, sale: &CardSale) -> Result<(), Doubt> {
        let ours = self.one("amount")?.is_some_and(|amount| sale.is_amount(amount));
        if ours { Ok(()) } else { Err(Doubt::OtherAmount) }
    }

    fn declined(&self) -> Result<CardOutcome, Doubt> {
        let code = self.any(&["statusCode"]).unwrap_or("FAIL");
        let what = self.any(&["statusMessage"]).unwrap_or_default();
        Ok(CardOutcome::Declined { code: said(code), what: said(what) })
    }

    fn approval(&self) -> Approval {
        let kept = |names: &[&str], longest| self.any(names).and_then(|text| field(text, longest));
        Approval {
            rrn: kept(&["rrn", "retrievalReferenceNo"], 24),
            auth_code: kept(&["authCode", "approvalCode"], 12),
            card_last4: self.any(&["maskedCardNo", "maskedCardNumber", "cardNo"]).and_then(last4),
            scheme: kept(&["cardScheme", "cardType"], 16),
            tid: kept(&["tid"], 16),
            mid: kept(&["mid"], 24),
            batch: kept(&["batchNo", "batchNumber"], 12),
            invoice: kept(&["invoiceNo", "invoiceNumber"], 12),
            vendor_id: kept(&["transactionId", "txnId"], 64),
        }
    }

    /// A field that decides: said twice it says nothing.
    fn one(&self, name: &str) -> Result<Option<&str>, Doubt> {
        let mut found = self.fields.iter().filter(|(field, _)| field == name).map(|(_, text)| text.as_str());
        let first = found.next();
        if found.next().is_some() { Err(Doubt::NotUnderstood) } else { Ok(first) }
    }

    /// A field that is only kept, by the first of its names that is there.
    fn any(&self, names: &[&str]) -> Option<&str> {
        let by_name = |name: &&str| self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        names.iter().find_map(by_name).map(|(_, text)| text.as_str())
    }
}
