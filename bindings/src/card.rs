//! Card sales by the acquirer's payment app, for Kotlin: what to start, and what its answer means. No rule of its own.

use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use raseed_till::card::{
    Acquirer, AcquirerKind, AcquirerSettings, Answered, Approval, Ask, CardOutcome, CardSale, SettingsError,
};

/// Which payment app, and what it must be told. What an acquirer does not need may be empty.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CardAcquirer {
    /// `pine-labs`, `paytm-edc` or `simulator`.
    pub kind: String,
    /// The package of this app: the answer goes there.
    pub our_package: String,
    /// Pine Labs: given by them.
    pub application_id: String,
    /// Pine Labs: who is signed in.
    pub user_id: String,
    /// Pine Labs: by the bound service instead of an intent.
    pub by_service: bool,
    /// Pine Labs: the transaction type of a status call for cards, if the contract gives one.
    pub status_type: Option<String>,
    /// Pine Labs: response codes that the contract says are a definite no.
    pub declined_codes: Vec<String>,
    /// Pine Labs: response codes that the contract says mean: given up before anything was charged.
    pub cancelled_codes: Vec<String>,
}

/// A sale to be asked for, or asked after.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CardSaleView {
    /// Ours, new for every attempt: 4 to 35 letters, digits, - or _.
    pub reference: String,
    /// In paise, above zero.
    pub amount_paise: i64,
    /// The consumer number that the payment app may show; never a name or a phone number.
    pub account: Option<String>,
}

/// A text under a name.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CardExtra {
    /// The name.
    pub name: String,
    /// The text.
    pub text: String,
}

/// What to start.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum CardAsk {
    /// An activity, for its result. With neither action nor uri: what the package shows in the launcher, whose answer comes
    /// as a new intent.
    Activity {
        /// `Intent.setAction`.
        action: Option<String>,
        /// `Intent.setPackage`.
        package: Option<String>,
        /// `Intent.setData`.
        uri: Option<String>,
        /// `Intent.putExtra`.
        extras: Vec<CardExtra>,
    },
    /// One message to a bound service.
    Service {
        /// `Intent.setAction` of the service.
        action: String,
        /// `Intent.setPackage` of it.
        package: String,
        /// `Message.what`.
        what: i32,
        /// Where `text` stands in the message.
        bundle_in: String,
        /// Where the answer stands in the reply.
        bundle_out: String,
        /// The request.
        text: String,
    },
}

/// What came back, untouched; with no extras, nothing came.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CardAnswered {
    /// `RESULT_OK` or not; nothing where there was no result code.
    pub result_ok: Option<bool>,
    /// The extras that are text, or the reply's text under its name.
    pub extras: Vec<CardExtra>,
}

/// What became of the sale.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum CardOutcomeView {
    /// The money is taken.
    Approved {
        /// What proves it.
        approval: CardApproval,
    },
    /// A definite no: nothing was taken.
    Declined {
        /// The vendor's code.
        code: String,
        /// The vendor's words.
        what: String,
    },
    /// Given up before anything was charged.
    Cancelled,
    /// Taken or not: do not charge again; ask, or wait for the settlement.
    Unknown {
        /// Why, for the supervisor.
        what: String,
    },
}

/// What proves a sale in the acquirer's books.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CardApproval {
    /// Retrieval reference number.
    pub rrn: Option<String>,
    /// The issuer's authorisation code.
    pub auth_code: Option<String>,
    /// The last four digits of the card.
    pub card_last4: Option<String>,
    /// `RUPAY`, `VISA` ...
    pub scheme: Option<String>,
    /// The acquirer's number of the terminal.
    pub tid: Option<String>,
    /// The acquirer's number of the merchant.
    pub mid: Option<String>,
    /// The batch in which it will be settled.
    pub batch: Option<String>,
    /// The number of the charge slip.
    pub invoice: Option<String>,
    /// The vendor's own id of the sale.
    pub vendor_id: Option<String>,
}

/// Why no payment app can be asked. Nothing was started.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum CardRefused {
    /// Have the acquirer's settings corrected; cash can be taken meanwhile.
    #[error("{detail}")]
    CorrectSettings {
        /// The whole sentence, for the supervisor.
        detail: String,
    },
    /// The reference, amount or consumer number cannot be asked for: begin the payment again.
    #[error("{detail}")]
    BeginAgain {
        /// The whole sentence, for the supervisor.
        detail: String,
    },
}

/// What to start to take the money. Once for a reference, and only after the till has recorded that it will be.
#[uniffi::export]
pub fn card_sale_ask(acquirer: &CardAcquirer, sale: &CardSaleView) -> Result<CardAsk, CardRefused> {
    Ok(acquirer.to_core()?.sale(&sale.to_core()?).into())
}

/// What to start to ask what became of it; nothing if this payment app cannot be asked.
#[uniffi::export]
pub fn card_query_ask(acquirer: &CardAcquirer, sale: &CardSaleView) -> Result<Option<CardAsk>, CardRefused> {
    Ok(acquirer.to_core()?.query(&sale.to_core()?).map(CardAsk::from))
}

/// What the answer to `card_sale_ask` says.
#[uniffi::export]
pub fn card_read(
    acquirer: &CardAcquirer,
    sale: &CardSaleView,
    answered: CardAnswered,
) -> Result<CardOutcomeView, CardRefused> {
    Ok(acquirer.to_core()?.read(&sale.to_core()?, &answered.into()).into())
}

/// What the answer to `card_query_ask` says.
#[uniffi::export]
pub fn card_read_query(
    acquirer: &CardAcquirer,
    sale: &CardSaleView,
    answered: CardAnswered,
) -> Result<CardOutcomeView, CardRefused> {
    Ok(acquirer.to_core()?.read_query(&sale.to_core()?, &answered.into()).into())
}

impl CardAcquirer {
    fn to_core(&self) -> Result<Acquirer, CardRefused> {
        let refused = |error: SettingsError| CardRefused::CorrectSettings { detail: error.to_string() };
        let kind: AcquirerKind = self.kind.parse().map_err(refused)?;
        let settings = AcquirerSettings {
            our_package: self.our_package.clone(),
            application_id: self.application_id.clone(),
            user_id: self.user_id.clone(),
            by_service: self.by_service,
            status_type: self.status_type.clone(),
            declined_codes: self.declined_codes.clone(),
            cancelled_codes: self.cancelled_codes.clone(),
        };
        Acquirer::new(kind, &settings).map_err(refused)
    }
}

impl CardSaleView {
    fn to_core(&self) -> Result<CardSale, CardRefused> {
        // Its own error repeats what was typed there: perhaps a name.
        let no_account = |_| CardRefused::BeginAgain { detail: "that is not a consumer number".to_owned() };
        let account = self.account.as_deref().map(str::parse::<AccountId>).transpose().map_err(no_account)?;
        let amount = Paise::new(self.amount_paise).map_err(begin_again)?;
        CardSale::new(&self.reference, amount, account).map_err(begin_again)
    }
}

fn begin_again(error: impl std::error::Error) -> CardRefused {
    CardRefused::BeginAgain { detail: error.to_string() }
}

impl From<Ask> for CardAsk {
    fn from(ask: Ask) -> CardAsk {
        match ask {
            Ask::Intent { action, package, uri, extras } => {
                let extras = extras.into_iter().map(|(name, text)| CardExtra { name, text }).collect();
                CardAsk::Activity { action, package, uri, extras }
            }
            Ask::Service { action, package, what, bundle_in, bundle_out, text } => {
                CardAsk::Service { action, package, what, bundle_in, bundle_out, text }
            }
        }
    }
}

impl From<CardAnswered> for Answered {
    fn from(answered: CardAnswered) -> Answered {
        let extras = answered.extras.into_iter().map(|extra| (extra.name, extra.text)).collect();
        Answered { result_ok: answered.result_ok, extras }
    }
}

impl From<CardOutcome> for CardOutcomeView {
    fn from(outcome: CardOutcome) -> CardOutcomeView {
        match outcome {
            CardOutcome::Approved(approval) => CardOutcomeView::Approved { approval: (*approval).into() },
            CardOutcome::Declined { code, what } => CardOutcomeView::Declined { code, what },
            CardOutcome::Cancelled => CardOutcomeView::Cancelled,
            CardOutcome::Unknown { what } => CardOutcomeView::Unknown { what },
        }
    }
}

impl From<Approval> for CardApproval {
    fn from(approval: Approval) -> CardApproval {
        let Approval { rrn, auth_code, card_last4, scheme, tid, mid, batch, invoice, vendor_id } = approval;
        CardApproval { rrn, auth_code, card_last4, scheme, tid, mid, batch, invoice, vendor_id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simulator() -> CardAcquirer {
        CardAcquirer {
            kind: "simulator".to_owned(),
            our_package: String::new(),
            application_id: String::new(),
            user_id: String::new(),
            by_service: false,
            status_type: None,
            declined_codes: Vec::new(),
            cancelled_codes: Vec::new(),
        }
    }

    fn sale() -> CardSaleView {
        CardSaleView { reference: "T-01".to_owned(), amount_paise: 100, account: Some("BHG-0002".to_owned()) }
    }

    #[test]
    fn a_sale_goes_out_and_its_answer_comes_in() {
        let CardAsk::Activity { action, extras, .. } = card_sale_ask(&simulator(), &sale()).unwrap() else {
            panic!("the simulator is an activity");
        };
        assert_eq!(action.as_deref(), Some("app.raseed.SIMULATED_CARD"));
        assert!(extras[0].text.contains("\"amount_paise\":100"), "{extras:?}");
        let text = r#"{"status":"approved","reference":"T-01","amount_paise":100,"rrn":"532611480219"}"#.to_owned();
        let answered =
            CardAnswered { result_ok: Some(true), extras: vec![CardExtra { name: "response".to_owned(), text }] };
        for read in [card_read, card_read_query] {
            let outcome = read(&simulator(), &sale(), answered.clone()).unwrap();
            let CardOutcomeView::Approved { approval } = outcome else { panic!("{outcome:?}") };
            assert_eq!(approval.rrn.as_deref(), Some("532611480219"));
        }
        let nothing = CardAnswered { result_ok: None, extras: Vec::new() };
        assert!(matches!(card_read(&simulator(), &sale(), nothing), Ok(CardOutcomeView::Unknown { .. })));
    }

    #[test]
    fn what_cannot_be_asked_for_is_not_started() {
        let unknown = CardAcquirer { kind: "pine".to_owned(), ..simulator() };
        assert!(matches!(card_sale_ask(&unknown, &sale()), Err(CardRefused::CorrectSettings { .. })));
        let pine = CardAcquirer { kind: "pine-labs".to_owned(), ..simulator() };
        assert!(matches!(card_query_ask(&pine, &sale()), Err(CardRefused::CorrectSettings { .. })));
        for bad in [
            CardSaleView { amount_paise: 0, ..sale() },
            CardSaleView { amount_paise: i64::MAX, ..sale() },
            CardSaleView { reference: "T".to_owned(), ..sale() },
            CardSaleView { account: Some("Gurpreet Singh".to_owned()), ..sale() },
        ] {
            let refused = card_sale_ask(&simulator(), &bad);
            let Err(CardRefused::BeginAgain { detail }) = refused else { panic!("{bad:?}: {refused:?}") };
            assert!(!detail.contains("Gurpreet"), "{detail}");
        }
    }
}
