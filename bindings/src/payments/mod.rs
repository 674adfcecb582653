//! Payments by UPI and card: asked for, waited for, found out about.

mod complaints;
mod view;

pub use complaints::ComplaintView;
pub use view::{ModeOffer, MoneyStatus, PayMode, PaymentDetails, PaymentRowView, PaymentStatus};

use crate::book::parse_account;
use crate::card::{CardAnswered, CardAsk};
use crate::collect::parse_request;
use crate::device::parse_staff;
use crate::error::RaseedError;
use crate::money::paise;
use crate::receipts::{ReceiptView, receipt_view};
use crate::shared::Shared;
use crate::sync::transport;
use crate::turns::InTurn;
use raseed_protocol::ids::EntryId;
use raseed_till::{CardCame, EndPayment, Ending, Proof, RequestPayment, TakePayment};
use std::sync::Arc;

/// Payments by UPI and card.
#[derive(uniffi::Object)]
pub struct Payments {
    pub(crate) shared: Arc<Shared>,
}

#[uniffi::export]
impl Payments {
    /// The ways to pay, and which of them can be chosen here.
    pub fn modes(&self) -> Result<Vec<ModeOffer>, RaseedError> {
        let language = self.shared.language();
        self.shared.till(|till| {
            let payments = till.rules()?.payments;
            let offer = |mode: PayMode, on| ModeOffer { mode, name: mode.core().name_in(language.core()).into(), on };
            let (upi, card) = (payments.upi.is_some(), payments.card.is_some());
            Ok(vec![offer(PayMode::Cash, true), offer(PayMode::Upi, upi), offer(PayMode::Card, card)])
        })
    }

    /// Asks for a payment. When it returns, the request is durable: only then may its code be shown or the payment app be
    /// started. The same request again gives the same payment, however it stands by now. Without an account it is a sale.
    pub fn begin(
        &self,
        request: &str,
        account: Option<String>,
        amount_paise: i64,
        mode: PayMode,
        note: &str,
        staff: &str,
    ) -> Result<PaymentDetails, RaseedError> {
        let request = RequestPayment {
            request: parse_request(request)?,
            account: account.as_deref().map(parse_account).transpose()?,
            amount: paise(amount_paise)?,
            mode: mode.core(),
            note: note.to_owned(),
            staff: parse_staff(staff)?,
        };
        let language = self.shared.language();
        self.shared.till(|till| {
            let payment = till.request_payment(&request)?;
            view::details(till, &payment, language)
        })
    }

    /// A payment as it stands, by its number. Needs no network.
    pub fn show(&self, payment: &str) -> Result<PaymentDetails, RaseedError> {
        let (id, language) = (parse_payment(payment)?, self.shared.language());
        self.shared.till(|till| view::details(till, &till.payment(&id)?, language))
    }

    /// The payment that a wish asked for, if it did: asked after a restart, before anything is offered again.
    pub fn asked(&self, request: &str) -> Result<Option<PaymentDetails>, RaseedError> {
        let (request, language) = (parse_request(request)?, self.shared.language());
        self.shared.till(|till| {
            let payment = till.payment_asked_by(request)?;
            payment.map(|payment| view::details(till, &payment, language)).transpose()
        })
    }

    /// Payments whose end is not known, oldest first: asked after a start, because money may have moved.
    pub fn pending(&self) -> Result<Vec<PaymentDetails>, RaseedError> {
        let language = self.shared.language();
        self.shared.till(|till| {
            let pending = till.pending_payments(100)?;
            pending.iter().map(|payment| view::details(till, payment, language)).collect()
        })
    }

    /// The newest payments that were asked for, newest first.
    pub fn list(&self, most: u32) -> Result<Vec<PaymentRowView>, RaseedError> {
        let language = self.shared.language();
        self.shared.till(|till| {
            let lines = till.payment_list(usize::try_from(most).unwrap_or(usize::MAX))?;
            Ok(lines.into_iter().map(|line| view::row(line, language)).collect())
        })
    }

    /// Asks the head office what has become of payments, and gives the one that is waited for as it stands then. Talks to
    /// the network; without one it says so, and nothing is lost.
    pub fn ask(&self, payment: &str) -> Result<PaymentDetails, RaseedError> {
        let turn = self.shared.turns.begin().ok_or(RaseedError::Stopped)?;
        let mut line = InTurn { line: transport(), turn: &turn };
        let asked = raseed_till::sync::ask_payments(self.shared.as_ref(), &mut line);
        drop(turn);
        asked.map_err(|error| RaseedError::from_till(error, self.shared.language()))?;
        self.show(payment)
    }

    /// Does what time alone makes of payments: one that had no word in time is unknown from now on. Needs no network;
    /// called when the app starts and when a code has ended. Gives how many changed.
    pub fn look_after(&self) -> Result<u32, RaseedError> {
        let news = self.shared.till(|till| till.follow_payments())?;
        Ok(u32::try_from(news.len()).unwrap_or(u32::MAX))
    }

    /// Gives the receipt for a payment that the payer's app shows as paid, by its reference (RRN, UTR): subject to
    /// realisation, because nobody has confirmed it.
    pub fn shown(&self, payment: &str, reference: &str, staff: &str) -> Result<ReceiptView, RaseedError> {
        let proof = Proof::Shown { reference: reference.trim().to_owned() };
        let request = TakePayment { payment: parse_payment(payment)?, proof, staff: parse_staff(staff)? };
        let language = self.shared.language();
        self.shared.till(|till| {
            let given = till.take_payment(&request)?;
            Ok(receipt_view(till, &given, language))
        })
    }

    /// Nobody waits any longer for a payment. If the head office has not said that nothing came, its end is unknown.
    pub fn give_up(&self, payment: &str, staff: &str) -> Result<PaymentDetails, RaseedError> {
        self.end(payment, Ending::GivenUp, staff)
    }

    /// What to start to take a payment by card. Once for a payment: after a restart `card_query` asks instead.
    /// `our_package` is this app's own package name: the answer goes there.
    pub fn card_ask(&self, payment: &str, our_package: &str) -> Result<CardAsk, RaseedError> {
        let id = parse_payment(payment)?;
        Ok(self.shared.till(|till| till.card_ask(&id, our_package))?.into())
    }

    /// What to start to ask what became of it, charging nothing; nothing if this payment app cannot be asked.
    pub fn card_query(&self, payment: &str, our_package: &str) -> Result<Option<CardAsk>, RaseedError> {
        let id = parse_payment(payment)?;
        Ok(self.shared.till(|till| till.card_query(&id, our_package))?.map(CardAsk::from))
    }

    /// Takes in what the payment app said, untouched: about the sale itself, or about what became of it. The payment as it
    /// stands then.
    pub fn card_came(
        &self,
        payment: &str,
        answered: CardAnswered,
        of_query: bool,
        our_package: &str,
        staff: &str,
    ) -> Result<PaymentDetails, RaseedError> {
        let came = CardCame {
            payment: parse_payment(payment)?,
            answered: answered.into(),
            of_query,
            our_package: our_package.to_owned(),
            staff: parse_staff(staff)?,
        };
        let language = self.shared.language();
        self.shared.till(|till| {
            let payment = till.card_came(&came)?;
            view::details(till, &payment, language)
        })
    }

    /// The payment app is not on this device: it was not started, so no money moved.
    pub fn card_not_started(&self, payment: &str, staff: &str) -> Result<PaymentDetails, RaseedError> {
        self.end(payment, Ending::Declined { reason: "there is no card app on this device".to_owned() }, staff)
    }

    /// A supervisor lets the account be charged again. The PIN is the supervisor's.
    pub fn let_go(
        &self,
        payment: &str,
        supervisor: &str,
        pin: &str,
        reason: &str,
        staff: &str,
    ) -> Result<PaymentDetails, RaseedError> {
        let ending = Ending::LetGo { supervisor: parse_staff(supervisor)?, reason: reason.to_owned() };
        self.shared.till(|till| till.check_pin(pin))?;
        self.end(payment, ending, staff)
    }
}

impl Payments {
    pub(crate) fn end(&self, payment: &str, ending: Ending, staff: &str) -> Result<PaymentDetails, RaseedError> {
        let request = EndPayment { payment: parse_payment(payment)?, ending, staff: parse_staff(staff)? };
        let language = self.shared.language();
        self.shared.till(|till| {
            let payment = till.end_payment(&request)?;
            view::details(till, &payment, language)
        })
    }
}

pub(crate) fn parse_payment(text: &str) -> Result<EntryId, RaseedError> {
    text.trim().parse().map_err(|_| RaseedError::NoSuchPayment { payment: text.to_owned() })
}
