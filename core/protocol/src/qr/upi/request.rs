//! A request for payment, and the link that says it.
//!
//! Every field is a value that was parsed before, so that a request with a bad amount or without a payee cannot exist, and
//! writing it cannot fail.

use super::encode::Writer;
use super::fields::{About, Initiation, Label, Medium, Note, OrgId, PayeeName, Purpose, Shop, TransactionId};
use super::invoice::{Gstin, Invoice};
use crate::qr::{Asked, Mcc, PinCode, Reference, Vpa};
use crate::time::WallMs;
use data_encoding::BASE64;

/// The organisation id of a signed link whose signer has none (UPI Linking Specification 1.6, `orgid`).
const NO_ORG: &str = "000000";

/// What a payer is asked for. Begin with [`Request::for_payment`] or [`Request::standing`] and set what else is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Whom to pay (`pa`).
    pub payee: Vpa,
    /// Its name (`pn`).
    pub name: PayeeName,
    /// Where the code is shown, for one payment or for all, and the reference (`mode`, `tr`).
    pub initiation: Initiation,
    /// How much (`am`, `mam`); without it the payer types an amount.
    pub asked: Option<Asked>,
    /// What the merchant deals in (`mc`).
    pub mcc: Option<Mcc>,
    /// What for (`tn`).
    pub note: Option<Note>,
    /// What shows the code (`qrMedium`).
    pub medium: Medium,
    /// Why (`purpose`).
    pub purpose: Option<Purpose>,
    /// Whose link it is (`orgid`). A signed link without one says `000000`.
    pub org: Option<OrgId>,
    /// The provider's id of the transaction (`tid`), if it gave one.
    pub transaction: Option<TransactionId>,
    /// When it was made (`QRts`), written in Indian time to the second.
    pub made_at: Option<WallMs>,
    /// When it ends (`QRexpire`), likewise.
    pub expires_at: Option<WallMs>,
    /// Where to read more (`url`, `category`).
    pub about: Option<About>,
    /// The merchant's place at its bank (`mid`, `msid`, `mtid`).
    pub shop: Shop,
    /// Where the merchant is (`pinCode`).
    pub pin_code: Option<PinCode>,
    /// The invoice that it settles (`gstBrkUp`, `invoiceNo`, `invoiceDate`, `gstIn`).
    pub invoice: Option<Invoice>,
}

impl Request {
    /// One payment at a counter or a door: mode 15, shown by a terminal.
    pub fn for_payment(payee: Vpa, name: PayeeName, reference: Reference, asked: Asked) -> Request {
        let request = Request::standing(payee, name);
        Request {
            initiation: Initiation::DynamicOffline(reference),
            asked: Some(asked),
            medium: Medium::Pos,
            ..request
        }
    }

    /// A printed code for every payer, who types the amount: mode 01.
    pub fn standing(payee: Vpa, name: PayeeName) -> Request {
        Request {
            payee,
            name,
            initiation: Initiation::StaticOffline(None),
            asked: None,
            mcc: None,
            note: None,
            medium: Medium::Physical,
            purpose: None,
            org: None,
            transaction: None,
            made_at: None,
            expires_at: None,
            about: None,
            shop: Shop::default(),
            pin_code: None,
            invoice: None,
        }
    }

    /// The link, unsigned.
    pub fn build(&self) -> String {
        self.write(false)
    }

    /// The link with a signature over exactly its own bytes, which it then ends with (`sign`, base64).
    ///
    /// `sign` gets the finished text. Which algorithm and key is the provider's to say; nothing is assumed here. Whatever it
    /// fails with is handed on.
    pub fn build_signed<E>(&self, sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, E>) -> Result<String, E> {
        let mut text = self.write(true);
        let signature = sign(text.as_bytes())?;
        text.push_str("&sign=");
        BASE64.encode_append(&signature, &mut text);
        Ok(text)
    }

    fn write(&self, signed: bool) -> String {
        let mut link = Writer::new();
        link.add("ver", "01");
        link.add("mode", self.initiation.mode(signed));
        link.add("pa", self.payee.as_str());
        link.add("pn", self.name.as_str());
        link.maybe("mc", self.mcc.as_ref().map(Mcc::as_str));
        link.maybe("tid", self.transaction.as_ref().map(TransactionId::as_str));
        link.maybe("tr", self.initiation.reference().map(Reference::as_str));
        link.maybe("tn", self.note.as_ref().map(Note::as_str));
        if let Some(asked) = &self.asked {
            link.add("am", &asked.amount().to_string());
            link.maybe("mam", asked.minimum().map(|minimum| minimum.to_string()).as_deref());
        }
        link.add("cu", "INR");
        link.maybe("purpose", self.purpose.as_ref().map(Purpose::as_str));
        link.maybe("orgid", self.org.as_ref().map(OrgId::as_str).or(signed.then_some(NO_ORG)));
        link.add("qrMedium", self.medium.code());
        link.maybe("QRts", self.made_at.map(WallMs::to_rfc3339).as_deref());
        link.maybe("QRexpire", self.expires_at.map(WallMs::to_rfc3339).as_deref());
        self.write_merchant(&mut link);
        link.finish()
    }

    fn write_merchant(&self, link: &mut Writer) {
        if let Some(about) = &self.about {
            link.add("category", about.category.code());
            link.add("url", about.url.as_str());
        }
        link.maybe("mid", self.shop.merchant.as_ref().map(Label::as_str));
        link.maybe("msid", self.shop.store.as_ref().map(Label::as_str));
        link.maybe("mtid", self.shop.terminal.as_ref().map(Label::as_str));
        link.maybe("pinCode", self.pin_code.as_ref().map(PinCode::as_str));
        if let Some(invoice) = &self.invoice {
            link.add("gstBrkUp", &invoice.tax.text());
            link.add("invoiceNo", invoice.number.as_str());
            link.add("invoiceDate", &invoice.made_at.to_rfc3339());
            link.maybe("gstIn", invoice.gstin.as_ref().map(Gstin::as_str));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Paise;
    use crate::qr::upi::{Category, read, violations};
    use crate::qr::{Amount, Asked};

    fn bill() -> Request {
        let amount = Amount::try_from(Paise::new(26_000).unwrap()).unwrap();
        let name = "Water & Sanitation, SAS Nagar".parse().unwrap();
        let reference = "SAS07-1-391".parse().unwrap();
        Request {
            mcc: Some("4900".parse().unwrap()),
            note: Some("Bill B2611/00217".parse().unwrap()),
            made_at: Some(WallMs(1_795_345_800_000)),
            expires_at: Some(WallMs(1_795_346_400_000)),
            ..Request::for_payment("saswater@sbi".parse().unwrap(), name, reference, Asked::exactly(amount))
        }
    }

    #[test]
    fn a_bill_is_asked_for_in_the_order_of_the_specification() {
        assert_eq!(
            bill().build(),
            "upi://pay?ver=01&mode=15&pa=saswater@sbi&pn=Water%20and%20Sanitation%2C%20SAS%20Nagar&mc=4900\
             &tr=SAS07-1-391&tn=Bill%20B2611%2F00217&am=260.00&cu=INR&qrMedium=03\
             &QRts=2026-11-22T16:40:00+05:30&QRexpire=2026-11-22T16:50:00+05:30"
        );
    }

    #[test]
    fn a_sticker_asks_for_no_amount() {
        let sticker = Request::standing("saswater@sbi".parse().unwrap(), "Jal".parse().unwrap());
        assert_eq!(sticker.build(), "upi://pay?ver=01&mode=01&pa=saswater@sbi&pn=Jal&cu=INR&qrMedium=04");
    }

    #[test]
    fn what_is_signed_is_what_is_sent() {
        let mut seen = Vec::new();
        let signed = bill().build_signed(|bytes| {
            seen = bytes.to_vec();
            Ok::<_, ()>(vec![0xfb, 0xff, 0xfe, 0x01])
        });
        let signed = signed.unwrap();
        assert_eq!(signed, format!("{}&sign=+//+AQ==", String::from_utf8(seen).unwrap()));
        assert!(signed.contains("?ver=01&mode=16&") && signed.contains("&orgid=000000&"));
        assert_eq!(read(&signed).unwrap().parameters().get("sign"), Some("+//+AQ=="));
        assert_eq!(violations(&read(&signed).unwrap()), []);
        assert_eq!(bill().build_signed(|_| Err("no key")), Err("no key"));
    }

    #[test]
    fn everything_at_once_is_conformant_and_read_back() {
        let p = |paise| Paise::new(paise).unwrap();
        let amount = |paise| Amount::try_from(p(paise)).unwrap();
        let invoice = Invoice {
            number: "INV/001".parse().unwrap(),
            made_at: WallMs(1_795_345_800_000),
            tax: crate::qr::upi::Tax::new(p(845), p(845), p(0), p(0)).unwrap(),
            gstin: Some("22AAAAA0000A1Z5".parse().unwrap()),
        };
        let full = Request {
            asked: Some(Asked::down_to(amount(26_000), amount(100)).unwrap()),
            purpose: Some("10".parse().unwrap()),
            org: Some("159761".parse().unwrap()),
            transaction: Some("x".repeat(35).parse().unwrap()),
            about: Some(About { url: "https://a.example/b".parse().unwrap(), category: Category::Invoice }),
            shop: Shop { merchant: Some("M1".parse().unwrap()), store: None, terminal: Some("SAS07".parse().unwrap()) },
            pin_code: Some("140301".parse().unwrap()),
            invoice: Some(invoice),
            ..bill()
        };
        let text = full.build();
        assert!(text.contains("&gstBrkUp=GST:16.90%7CCGST:8.45%7CSGST:8.45&invoiceNo=INV%2F001&"), "{text}");
        assert!(text.contains("&category=02&url=https://a.example/b&mid=M1&mtid=SAS07&"), "{text}");
        let link = read(&text).unwrap();
        assert_eq!(violations(&link), []);
        assert_eq!((link.amount(), link.minimum()), (Some(p(26_000)), Some(p(100))));
        assert_eq!(link.parameters().get("GSTBRKUP"), Some("GST:16.90|CGST:8.45|SGST:8.45"));
    }
}
