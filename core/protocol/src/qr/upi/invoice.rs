//! The part that GST law wants in a code on an invoice to a consumer: the supplier, the invoice, and how its tax is split.
//!
//! Never the customer's name (`invoiceName`): a code on a counter is read by everybody.

use crate::money::Paise;
use crate::qr::FieldError;
use crate::qr::field::text_field;
use crate::time::WallMs;

text_field!(
    /// An invoice number (`invoiceNo`).
    InvoiceNumber, "invoice number", "3 to 20 letters, digits, / or -",
    |text| (3..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-".contains(&b))
);
text_field!(
    /// A supplier's GST identification number (`gstIn`): state, PAN, registration, `Z`, check character.
    Gstin, "GSTIN", "15 characters, as in 22AAAAA0000A1Z5", is_gstin
);

/// An invoice that the payment settles (NPCI QR 2.x; CBIC circular 156/12/2021).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    /// Its number.
    pub number: InvoiceNumber,
    /// When it was made.
    pub made_at: WallMs,
    /// Its tax.
    pub tax: Tax,
    /// The supplier.
    pub gstin: Option<Gstin>,
}

/// How the tax of an invoice is split (`gstBrkUp`); no part is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tax {
    parts: [Paise; 4],
}

impl Tax {
    const NAMES: [&str; 4] = ["CGST", "SGST", "IGST", "CESS"];

    /// The parts: central, state, integrated, and cess. A part that is zero is not written.
    pub fn new(central: Paise, state: Paise, integrated: Paise, cess: Paise) -> Result<Tax, FieldError> {
        let parts = [central, state, integrated, cess];
        let refused = FieldError { what: "split of a tax", rule: "no part is negative, and the sum is an amount" };
        let sum = parts.iter().try_fold(Paise::ZERO, |sum, part| sum.checked_add(*part));
        if parts.iter().any(|part| part.get() < 0) || sum.is_none() { Err(refused) } else { Ok(Tax { parts }) }
    }

    /// `GST:16.90|CGST:8.45|SGST:8.45`: the sum, then its parts.
    pub(super) fn text(&self) -> String {
        let sum: Paise = self.parts.into_iter().sum();
        let mut text = format!("GST:{}", sum.to_decimal());
        for (name, part) in Tax::NAMES.iter().zip(self.parts).filter(|(_, part)| !part.is_zero()) {
            text.extend(["|", name, ":", &part.to_decimal()]);
        }
        text
    }
}

fn is_gstin(text: &str) -> bool {
    let fits = |(at, b): (usize, u8)| match at {
        0 | 1 | 7..=10 => b.is_ascii_digit(),
        2..=6 | 11 => b.is_ascii_uppercase(),
        12 => b.is_ascii_uppercase() || (b'1'..=b'9').contains(&b),
        13 => b == b'Z',
        _ => b.is_ascii_uppercase() || b.is_ascii_digit(),
    };
    text.len() == 15 && text.bytes().enumerate().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_split_adds_up() {
        let p = |paise| Paise::new(paise).unwrap();
        let tax = Tax::new(p(845), p(845), p(0), p(0)).unwrap();
        assert_eq!(tax.text(), "GST:16.90|CGST:8.45|SGST:8.45");
        assert_eq!(Tax::new(p(0), p(0), p(5), p(1)).unwrap().text(), "GST:0.06|IGST:0.05|CESS:0.01");
        assert!(Tax::new(p(-1), p(1), p(0), p(0)).is_err());
    }

    #[test]
    fn a_supplier_has_its_number() {
        assert!("22AAAAA0000A1Z5".parse::<Gstin>().is_ok());
        for bad in ["", "22AAAAA0000A1Z", "22aaaaa0000a1z5", "22AAAAA0000A0Z5", "22AAAAA0000A1Y5"] {
            assert!(bad.parse::<Gstin>().is_err(), "{bad}");
        }
        assert!("INV/2026-1".parse::<InvoiceNumber>().is_ok() && "1".parse::<InvoiceNumber>().is_err());
    }
}
