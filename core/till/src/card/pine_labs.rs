//! Pine Labs' payment app on Plutus Smart terminals ("App to App Integration": intent `HYBRID_REQUEST`, or a bound service).
//!
//! JSON both ways, the amount as paise in text. The answer gives our reference back but no amount; if one is there all the
//! same, it must be ours. There is no public status call for cards: only a contract that names one makes a sale askable.

use super::acquirer::{AcquirerSettings, SettingsError, setting};
use super::ask::{Answered, Ask};
use super::doubt::Doubt;
use super::outcome::{Approval, CardOutcome};
use super::plain::{field, last4, said};
use super::sale::CardSale;
use super::scalar::{Scalar, text};
use serde::Deserialize;
use serde_json::{Value, json};

const PACKAGE: &str = "com.pinelabs.masterapp";
const INTENT: &str = "com.pinelabs.masterapp.HYBRID_REQUEST";
const INTENT_IN: &str = "REQUEST_DATA";
const INTENT_OUT: &str = "RESPONSE_DATA";
const SERVICE: &str = "com.pinelabs.masterapp.SERVER";
const SERVICE_IN: &str = "MASTERAPPREQUEST";
const SERVICE_OUT: &str = "MASTERAPPRESPONSE";
/// `DoTransaction`, as the message's `what` too.
const TRANSACTION: i32 = 1001;
const CARD_SALE: &str = "4001";
const MAX_CODES: usize = 64;

/// How this merchant's app is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PineLabs {
    our_package: String,
    application_id: String,
    user_id: String,
    by_service: bool,
    status_type: Option<String>,
    declined_codes: Vec<String>,
    cancelled_codes: Vec<String>,
}

impl PineLabs {
    pub(super) fn new(settings: &AcquirerSettings) -> Result<PineLabs, SettingsError> {
        let graphic = |c: char| c.is_ascii_graphic();
        let application_id =
            setting("application id", &settings.application_id, 1..=64, "1 to 64 characters without spaces", graphic)?;
        let user_id = setting("user id", &settings.user_id, 0..=32, "at most 32 characters without spaces", graphic)?;
        let status_type = settings.status_type.as_deref().map(status_type).transpose()?;
        check_codes(settings)?;
        Ok(PineLabs {
            our_package: settings.package()?,
            application_id,
            user_id,
            by_service: settings.by_service,
            status_type,
            declined_codes: settings.declined_codes.clone(),
            cancelled_codes: settings.cancelled_codes.clone(),
        })
    }

    pub(super) fn sale(&self, sale: &CardSale) -> Ask {
        self.ask(CARD_SALE, sale)
    }

    pub(super) fn query(&self, sale: &CardSale) -> Option<Ask> {
        self.status_type.as_deref().map(|status| self.ask(status, sale))
    }

    pub(super) fn read(&self, sale: &CardSale, answered: &Answered) -> Result<CardOutcome, Doubt> {
        let (reply, payment) = self.reply(answered)?;
        // A no may come before the app has made a payment of it, and then names none.
        if payment.reference.as_ref().is_some_and(|reference| reference.0 != sale.reference()) {
            return Err(Doubt::OtherSale);
        }
        self.judge(sale, &reply, &payment, answered)
    }

    pub(super) fn read_query(&self, sale: &CardSale, answered: &Answered) -> Result<CardOutcome, Doubt> {
        let (reply, payment) = self.reply(answered)?;
        // A query can fail by itself: only one that names the sale speaks of it.
        payment.require(sale)?;
        self.judge(sale, &reply, &payment, answered)
    }

    fn ask(&self, transaction_type: &str, sale: &CardSale) -> Ask {
        let text = json!({
            "Header": {
                "ApplicationId": self.application_id,
                "UserId": self.user_id,
                "MethodId": TRANSACTION.to_string(),
                "VersionNo": "1.0",
            },
            "Detail": {
                "TransactionType": transaction_type,
                "BillingRefNo": sale.reference(),
                "PaymentAmount": sale.amount().get().to_string(),
            },
        })
        .to_string();
        if self.by_service {
            return Ask::Service {
                action: SERVICE.to_owned(),
                package: PACKAGE.to_owned(),
                what: TRANSACTION,
                bundle_in: SERVICE_IN.to_owned(),
                bundle_out: SERVICE_OUT.to_owned(),
                text,
            };
        }
        let extras = vec![(INTENT_IN.to_owned(), text), ("packageName".to_owned(), self.our_package.clone())];
        Ask::Intent { action: Some(INTENT.to_owned()), package: Some(PACKAGE.to_owned()), uri: None, extras }
    }

    fn reply(&self, answered: &Answered) -> Result<(Said, Payment), Doubt> {
        let text = answered.text(if self.by_service { SERVICE_OUT } else { INTENT_OUT })?;
        let reply: Reply = serde_json::from_str(text).map_err(|_| Doubt::NotUnderstood)?;
        reply.taken_apart()
    }

    fn judge(
        &self,
        sale: &CardSale,
        reply: &Said,
        payment: &Payment,
        answered: &Answered,
    ) -> Result<CardOutcome, Doubt> {
        let Said { code: Scalar(code), message } = reply;
        if payment.amount.as_ref().is_some_and(|amount| !sale.is_amount(&amount.0)) {
            return Err(Doubt::OtherAmount);
        }
        let message = message.as_ref().map_or("", |message| message.0.trim());
        let word = payment.host_response.as_ref().map_or(message, |host| host.0.trim());
        let approves = |word: &str| word.eq_ignore_ascii_case("APPROVED");
        let approved = [word, message].into_iter().any(approves);
        if approved && (!is_zero(code) || [word, message].into_iter().any(declines)) {
            return Err(Doubt::Contradiction);
        }
        let listed = |codes: &[String]| codes.iter().any(|listed| listed == code);
        match (is_zero(code), approves(word)) {
            (true, true) => {
                payment.require(sale)?;
                // An app that approves and says that it was left has not understood itself.
                if answered.result_ok == Some(false) {
                    return Err(Doubt::Contradiction);
                }
                Ok(CardOutcome::Approved(Box::new(payment.approval())))
            }
            (false, _) if listed(&self.cancelled_codes) => Ok(CardOutcome::Cancelled),
            (false, _) if declines(word) || listed(&self.declined_codes) => {
                Ok(CardOutcome::Declined { code: said(code), what: said(message) })
            }
            _ => Err(Doubt::undecided(code, message)),
        }
    }
}

/// The sale's own type would charge again.
fn status_type(text: &str) -> Result<String, SettingsError> {
    let rule = "1 to 6 digits, and not that of a card sale";
    match setting("status type", text, 1..=6, rule, |c| c.is_ascii_digit())? {
        sale if sale == CARD_SALE => Err(SettingsError::BadSetting { setting: "status type", rule }),
        status => Ok(status),
    }
}

fn check_codes(settings: &AcquirerSettings) -> Result<(), SettingsError> {
    let rule = "at most 64 in all, each once, of 1 to 8 letters and digits, and not the code of an approval";
    let bad = || SettingsError::BadSetting { setting: "response codes", rule };
    let codes: Vec<&String> = settings.declined_codes.iter().chain(&settings.cancelled_codes).collect();
    for (index, code) in codes.iter().enumerate() {
        setting("response codes", code, 1..=8, rule, |c| c.is_ascii_alphanumeric())?;
        if is_zero(code) || codes[..index].contains(code) {
            return Err(bad());
        }
    }
    if codes.len() > MAX_CODES { Err(bad()) } else { Ok(()) }
}

/// By itself or with a reason after it.
fn declines(word: &str) -> bool {
    let word = word.to_ascii_uppercase();
    word == "DECLINED" || word.starts_with("DECLINED ")
}

/// As number and as text it was seen in both ways.
fn is_zero(code: &str) -> bool {
    matches!(code, "0" | "00")
}

#[derive(Deserialize)]
struct Reply {
    #[serde(rename = "Response")]
    said: Said,
    #[serde(default, rename = "Detail")]
    detail: Option<Detail>,
}

#[derive(Deserialize)]
struct Said {
    #[serde(rename = "ResponseCode")]
    code: Scalar,
    #[serde(rename = "ResponseMsg")]
    message: Option<Scalar>,
}

/// One payment, as it stands or in a list of one.
#[derive(Deserialize)]
struct Detail {
    #[serde(rename = "Payments")]
    payments: Option<Vec<Payment>>,
    #[serde(flatten)]
    payment: Payment,
}

/// What decides is read strictly, what is only kept is not. `CardholderName`, `ExpiryDate` and the rest are never read.
#[derive(Default, Deserialize)]
struct Payment {
    #[serde(rename = "BillingRefNo")]
    reference: Option<Scalar>,
    #[serde(rename = "PaymentAmount")]
    amount: Option<Scalar>,
    #[serde(rename = "HostResponse")]
    host_response: Option<Scalar>,
    #[serde(rename = "RetrievalReferenceNumber")]
    rrn: Option<Value>,
    #[serde(rename = "ApprovalCode")]
    auth_code: Option<Value>,
    #[serde(rename = "CardNumber")]
    card: Option<Value>,
    #[serde(rename = "CardType")]
    scheme: Option<Value>,
    #[serde(rename = "TerminalId")]
    tid: Option<Value>,
    #[serde(rename = "MerchantId")]
    mid: Option<Value>,
    #[serde(rename = "BatchNumber")]
    batch: Option<Value>,
    #[serde(rename = "InvoiceNumber")]
    invoice: Option<Value>,
}

impl Reply {
    /// What was said, and of which payment; none if there is no detail.
    fn taken_apart(self) -> Result<(Said, Payment), Doubt> {
        let payment = match self.detail.map(|detail| (detail.payment, detail.payments)) {
            None => Payment::default(),
            Some((payment, None)) => payment,
            // Several cards for one sale were not asked for.
            Some((_, Some(payments))) => {
                <[Payment; 1]>::try_from(payments).map(|[one]| one).map_err(|_| Doubt::NotUnderstood)?
            }
        };
        Ok((self.said, payment))
    }
}

impl Payment {
    fn require(&self, sale: &CardSale) -> Result<(), Doubt> {
        let ours = self.reference.as_ref().is_some_and(|reference| reference.0 == sale.reference());
        if ours { Ok(()) } else { Err(Doubt::OtherSale) }
    }

    fn approval(&self) -> Approval {
        let kept =
            |value: &Option<Value>, longest| value.as_ref().and_then(text).and_then(|text| field(&text, longest));
        Approval {
            rrn: kept(&self.rrn, 24),
            auth_code: kept(&self.auth_code, 12),
            card_last4: self.card.as_ref().and_then(text).and_then(|card| last4(&card)),
            scheme: kept(&self.scheme, 16),
            tid: kept(&self.tid, 16),
            mid: kept(&self.mid, 24),
            batch: kept(&self.batch, 12),
            invoice: kept(&self.invoice, 12),
            vendor_id: None,
        }
    }
}
