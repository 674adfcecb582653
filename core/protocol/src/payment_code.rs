//! What a tenant's own payment codes ask for: one place for tills, for the page behind a bill's link, and for posters.
//!
//! The payee comes from the rules and from nowhere else; whoever makes a code chooses only what is paid and where the code is
//! shown. A code is a request and proves nothing.

use crate::book::UpiPayee;
use crate::ids::BillNumber;
use crate::money::Paise;
use crate::payment_reference::PaymentReference;
use crate::qr::upi::{Initiation, Medium, PayeeName, Request};
use crate::qr::{Amount, Asked, Reference, Vpa};
use std::str::FromStr;
use thiserror::Error;

/// The payee of the rules, or the amount, cannot be put into a code. Rules are checked when they come, so this is damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the rules for payments cannot be put into a code; import the book again")]
pub struct Unfit;

/// Where a bill's own code meets its payer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// On paper: mode 15.
    Printed,
    /// As a symbol on a web page, for another phone: mode 22.
    OnPage,
    /// As a link that opens a payment app on the same phone: mode 04.
    Tapped,
}

/// A bill's own code, which pays it without a collector. `None` where nothing is due, or where the bill's number is too long
/// for a reference.
///
/// # Errors
/// [`Unfit`], if the rules or the amount are out of bounds.
pub fn of_bill(payee: &UpiPayee, bill: &BillNumber, payable: Paise, shown: Shown) -> Result<Option<String>, Unfit> {
    let Some(reference) = PaymentReference::of_bill(bill).filter(|_| payable.is_positive()) else {
        return Ok(None);
    };
    let request = asking(payee, &reference.to_string(), payable, bill.as_str())?;
    let reference: Reference = fit(&reference.to_string())?;
    let (initiation, medium) = match shown {
        Shown::Printed => (Initiation::DynamicOffline(reference), Medium::Physical),
        Shown::OnPage => (Initiation::DynamicOnline(reference), Medium::Web),
        Shown::Tapped => (Initiation::Intent(reference), Medium::Web),
    };
    Ok(Some(Request { initiation, medium, ..request }.build()))
}

/// One payment of exactly this amount under this reference, as a terminal at a counter asks for it; `what` it is for may be
/// empty.
///
/// # Errors
/// [`Unfit`], if one of them cannot stand in a code.
pub fn asking(payee: &UpiPayee, reference: &str, amount: Paise, what: &str) -> Result<Request, Unfit> {
    let amount = Amount::try_from(amount).map_err(|_| Unfit)?;
    let (vpa, name) = (fit::<Vpa>(&payee.vpa)?, fit::<PayeeName>(&payee.name)?);
    Ok(Request {
        mcc: Some(fit(&payee.mcc)?),
        // What cannot stand in a link is left out: the reference says what it is for.
        note: Some(what).filter(|what| !what.is_empty()).and_then(|what| what.parse().ok()),
        ..Request::for_payment(vpa, name, fit(reference)?, Asked::exactly(amount))
    })
}

/// The code for everybody, without an amount and without a reference: money that comes by it is placed by a person.
///
/// # Errors
/// [`Unfit`], if the payee cannot stand in a code.
pub fn standing(payee: &UpiPayee) -> Result<String, Unfit> {
    let request = Request::standing(fit(&payee.vpa)?, fit(&payee.name)?);
    Ok(Request { mcc: Some(fit(&payee.mcc)?), ..request }.build())
}

/// A value of the rules as a code wants it.
fn fit<T: FromStr>(text: &str) -> Result<T, Unfit> {
    text.parse().map_err(|_| Unfit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::CodeMaker;
    use crate::qr::upi::{read, violations};

    fn payee() -> UpiPayee {
        let (vpa, name) = ("saswater@examplebank".to_owned(), "SAS Nagar Water".to_owned());
        UpiPayee { vpa, name, mcc: "4900".to_owned(), seconds: 480, codes: CodeMaker::Till }
    }

    #[test]
    fn a_bill_is_asked_for_in_one_way_wherever_it_is_shown() {
        let bill = "B2611/00217".parse().unwrap();
        let due = Paise::new(26_000).unwrap();
        for (shown, mode, medium) in
            [(Shown::Printed, "15", "04"), (Shown::OnPage, "22", "06"), (Shown::Tapped, "04", "06")]
        {
            let code = of_bill(&payee(), &bill, due, shown).unwrap().unwrap();
            let link = read(&code).unwrap();
            assert_eq!(violations(&link), [], "{code}");
            assert_eq!((link.payee().as_str(), link.amount()), ("saswater@examplebank", Some(due)));
            assert_eq!(link.reference(), Some("BILL--B2611_s00217"));
            assert_eq!((link.minimum(), code.contains(&format!("mode={mode}&"))), (None, true), "{code}");
            assert!(code.contains(&format!("qrMedium={medium}")), "{code}");
        }
        assert_eq!(of_bill(&payee(), &bill, Paise::ZERO, Shown::Tapped), Ok(None));
        let long = "B___________________".parse().unwrap();
        assert_eq!(of_bill(&payee(), &long, due, Shown::Tapped), Ok(None));
        let other = UpiPayee { vpa: "nobody".to_owned(), ..payee() };
        assert_eq!(of_bill(&other, &bill, due, Shown::Tapped), Err(Unfit));
    }

    #[test]
    fn the_code_for_everybody_has_no_amount_and_no_reference() {
        let code = standing(&payee()).unwrap();
        let link = read(&code).unwrap();
        assert_eq!(violations(&link), []);
        assert_eq!((link.amount(), link.reference(), link.payee().as_str()), (None, None, "saswater@examplebank"));
        assert!(code.contains("mode=01&") && code.contains("mc=4900"), "{code}");
    }
}
