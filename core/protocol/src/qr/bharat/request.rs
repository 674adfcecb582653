//! A request for payment as a Bharat QR.
//!
//! Values are parsed before; what is left to refuse is what only the whole can show: no account, too much in one template.

use super::additional::Additional;
use super::fields::{
    BankAccount, CardPan, City, LanguageTag, LocalName, MerchantName, Percentage, RupayPan, ShortUrl, fits_in_code,
};
use crate::qr::emv::{RUPAY, ValueLength, Writer};
use crate::qr::{Amount, Asked, Mcc, PinCode, Reference, Vpa};
use thiserror::Error;

/// EMVCo MPM 1.1 §4.1.
const MAX_CHARACTERS: usize = 512;

/// What a payer is asked for. Begin with [`Request::new`] and set what else is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The merchant's name (59).
    pub name: MerchantName,
    /// Its city (60).
    pub city: City,
    /// Its postal code (61).
    pub pin_code: PinCode,
    /// What it deals in (52).
    pub mcc: Mcc,
    /// For everybody or for one payment (01, 54, 27).
    pub initiation: Initiation,
    /// Its number at RuPay (06). This or an account must be there.
    pub rupay: Option<RupayPan>,
    /// Its account (08).
    pub account: Option<BankAccount>,
    /// Its numbers at the other card networks (02 to 05).
    pub networks: Networks,
    /// Its UPI address (26), at most 50 characters.
    pub payee: Option<Vpa>,
    /// A tip or fee on top (55 to 57).
    pub tip: Option<Tip>,
    /// What else it says (62).
    pub additional: Additional,
    /// Its name in its own language (64). Off unless set: readers differ on how long such a value is.
    pub language: Option<LocalLanguage>,
}

/// Whether the code is for everybody or for one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Initiation {
    /// For everybody (11); usually without an amount.
    Static {
        /// A price that is always the same.
        amount: Option<Amount>,
    },
    /// For one payment (12).
    Dynamic {
        /// How much; a floor (26.02) is written only beside a UPI address.
        asked: Option<Asked>,
        /// The transaction reference (27.01).
        reference: Reference,
        /// Where to read more (27.02).
        url: Option<ShortUrl>,
    },
}

/// The merchant's numbers at Visa (02, 03) and Mastercard (04, 05).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks {
    /// Visa.
    pub visa: [Option<CardPan>; 2],
    /// Mastercard.
    pub mastercard: [Option<CardPan>; 2],
}

/// What is paid on top (55).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tip {
    /// The payer's app asks for one.
    Ask,
    /// A fixed fee (56).
    Fixed(Amount),
    /// A percentage (57).
    Percent(Percentage),
}

/// The merchant in another language (64).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalLanguage {
    /// Which.
    pub language: LanguageTag,
    /// The name.
    pub name: LocalName,
    /// The city.
    pub city: Option<LocalName>,
}

/// Why a request cannot be a Bharat QR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BuildError {
    /// Neither 06 nor 08.
    #[error("a Bharat QR needs a RuPay merchant number or a bank account with its IFSC")]
    NoAccount,
    /// 06 without 62.07.
    #[error("a merchant with a RuPay number needs a terminal label in the additional data")]
    NoTerminal,
    /// An address of more than 50 characters.
    #[error("a UPI ID in a Bharat QR has at most 50 characters; use a UPI link instead")]
    PayeeTooLong,
    /// More in one object than it can hold; for 62, shorten or leave out additional data.
    #[error("there is too much in one part of the code: {0}")]
    TooMuch(#[from] ValueLength),
    /// More than 512 characters.
    #[error("the code would have {0} characters, and at most {MAX_CHARACTERS} are allowed; leave out additional data")]
    TotalOver512(usize),
}

impl Request {
    /// A code of a merchant. RuPay number or account, and the UPI address, are set after it.
    pub fn new(name: MerchantName, city: City, pin_code: PinCode, mcc: Mcc, initiation: Initiation) -> Request {
        Request {
            name,
            city,
            pin_code,
            mcc,
            initiation,
            rupay: None,
            account: None,
            networks: Networks::default(),
            payee: None,
            tip: None,
            additional: Additional::default(),
            language: None,
        }
    }

    /// The text of the code. In a symbol it must be in byte mode (EMVCo MPM 1.1 §4.12.1.1).
    ///
    /// # Errors
    /// [`BuildError`], which says what to add or to leave out.
    pub fn build(&self) -> Result<String, BuildError> {
        if self.rupay.is_none() && self.account.is_none() {
            return Err(BuildError::NoAccount);
        }
        if self.rupay.is_some() && self.additional.terminal.is_none() {
            return Err(BuildError::NoTerminal);
        }
        let mut code = Writer::code();
        code.add(1, self.initiation.code())?;
        self.write_accounts(&mut code)?;
        code.add(52, self.mcc.as_str())?;
        code.add(53, "356")?;
        code.maybe(54, self.initiation.amount().map(|amount| amount.to_string()).as_deref())?;
        self.write_tip(&mut code)?;
        code.add(58, "IN")?;
        code.add(59, self.name.as_str())?;
        code.add(60, self.city.as_str())?;
        code.add(61, self.pin_code.as_str())?;
        code.nest(62, &self.additional.write()?)?;
        self.write_language(&mut code)?;
        let text = code.finish();
        match text.chars().count() {
            ..=MAX_CHARACTERS => Ok(text),
            length => Err(BuildError::TotalOver512(length)),
        }
    }

    fn write_accounts(&self, code: &mut Writer) -> Result<(), BuildError> {
        let cards = self.networks.visa.iter().chain(&self.networks.mastercard);
        for (id, pan) in (2_u8..).zip(cards) {
            code.maybe(id, pan.as_ref().map(CardPan::as_str))?;
        }
        code.maybe(6, self.rupay.as_ref().map(RupayPan::as_str))?;
        code.maybe(8, self.account.as_ref().map(BankAccount::as_str))?;
        if let Some(payee) = &self.payee {
            if !fits_in_code(payee) {
                return Err(BuildError::PayeeTooLong);
            }
            let mut inside = Writer::template();
            inside.add(0, RUPAY)?;
            inside.add(1, payee.as_str())?;
            inside.maybe(2, self.initiation.minimum().map(|minimum| minimum.to_string()).as_deref())?;
            code.nest(26, &inside)?;
        }
        if let Initiation::Dynamic { reference, url, .. } = &self.initiation {
            let mut inside = Writer::template();
            inside.add(0, RUPAY)?;
            inside.add(1, reference.as_str())?;
            inside.maybe(2, url.as_ref().map(ShortUrl::as_str))?;
            code.nest(27, &inside)?;
        }
        Ok(())
    }

    fn write_tip(&self, code: &mut Writer) -> Result<(), ValueLength> {
        match &self.tip {
            None => Ok(()),
            Some(Tip::Ask) => code.add(55, "01"),
            Some(Tip::Fixed(fee)) => code.add(55, "02").and_then(|()| code.add(56, &fee.to_string())),
            Some(Tip::Percent(percentage)) => code.add(55, "03").and_then(|()| code.add(57, percentage.as_str())),
        }
    }

    fn write_language(&self, code: &mut Writer) -> Result<(), ValueLength> {
        let Some(local) = &self.language else { return Ok(()) };
        let mut inside = Writer::template();
        inside.add(0, local.language.as_str())?;
        inside.add(1, local.name.as_str())?;
        inside.maybe(2, local.city.as_ref().map(LocalName::as_str))?;
        code.nest(64, &inside)
    }
}

impl Initiation {
    fn code(&self) -> &'static str {
        match self {
            Initiation::Static { .. } => "11",
            Initiation::Dynamic { .. } => "12",
        }
    }

    fn amount(&self) -> Option<Amount> {
        match self {
            Initiation::Static { amount } => *amount,
            Initiation::Dynamic { asked, .. } => asked.map(|asked| asked.amount()),
        }
    }

    fn minimum(&self) -> Option<Amount> {
        match self {
            Initiation::Static { .. } => None,
            Initiation::Dynamic { asked, .. } => asked.and_then(|asked| asked.minimum()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Paise;
    use crate::qr::emv::{read, violations};

    fn amount(paise: i64) -> Amount {
        Amount::try_from(Paise::new(paise).unwrap()).unwrap()
    }

    fn request(initiation: Initiation) -> Request {
        let (name, city) = ("SAS Nagar Water".parse().unwrap(), "SAS Nagar".parse().unwrap());
        Request {
            rupay: Some("6100030700074696".parse().unwrap()),
            payee: Some("saswater@sbi".parse().unwrap()),
            additional: Additional { terminal: Some("SAS07".parse().unwrap()), ..Additional::default() },
            ..Request::new(name, city, "140301".parse().unwrap(), "4900".parse().unwrap(), initiation)
        }
    }

    fn dynamic(asked: Asked) -> Initiation {
        Initiation::Dynamic { asked: Some(asked), reference: "SAS07-1-391".parse().unwrap(), url: None }
    }

    #[test]
    fn a_code_for_everybody_and_one_for_a_bill() {
        let all = request(Initiation::Static { amount: None }).build().unwrap();
        assert_eq!(
            all,
            "000201010211061661000307000746962630\
             0010A0000005240112saswater@sbi5204490053033565802IN5915SAS Nagar Water6009SAS Nagar610614030162090705SAS0763048719"
        );
        let bill = request(dynamic(Asked::exactly(amount(26_000)))).build().unwrap();
        let code = read(&bill).unwrap();
        assert_eq!(violations(&code), []);
        assert_eq!(violations(&read(&all).unwrap()), []);
        assert_eq!(
            (code.get(54), code.reference(), code.is_dynamic()),
            (Some("260.00"), Some("SAS07-1-391"), Some(true))
        );
    }

    #[test]
    fn everything_at_once_is_conformant_and_read_back() {
        let full = Request {
            networks: Networks { visa: [Some("4403847000746908".parse().unwrap()), None], ..Networks::default() },
            account: Some("SBIN000123412345".parse().unwrap()),
            tip: Some(Tip::Percent("02.50".parse().unwrap())),
            language: Some(LocalLanguage {
                language: "pa".parse().unwrap(),
                name: "ਜਲ ਸਪਲਾਈ".parse().unwrap(),
                city: None,
            }),
            ..request(dynamic(Asked::down_to(amount(26_000), amount(100)).unwrap()))
        };
        let text = full.build().unwrap();
        let code = read(&text).unwrap();
        assert_eq!(violations(&code), []);
        assert_eq!(
            (code.within(26, 2), code.within(64, 1), code.get(57)),
            (Some("1.00"), Some("ਜਲ ਸਪਲਾਈ"), Some("02.50"))
        );
        assert_eq!(code.payee(), full.payee);
    }

    #[test]
    fn only_the_whole_can_be_refused() {
        let good = request(Initiation::Static { amount: Some(amount(500)) });
        let none = Request { rupay: None, ..good.clone() };
        assert_eq!(none.build(), Err(BuildError::NoAccount));
        let silent = Request { additional: Additional::default(), ..good.clone() };
        assert_eq!(silent.build(), Err(BuildError::NoTerminal));
        let far = Request { payee: Some(format!("{}@ybl", "x".repeat(47)).parse().unwrap()), ..good.clone() };
        assert_eq!(far.build(), Err(BuildError::PayeeTooLong));
        let text = Some("x".repeat(25).parse().unwrap());
        let additional =
            Additional { bill: text.clone(), store: text.clone(), consumer: text, ..good.additional.clone() };
        assert!(Request { additional: additional.clone(), ..good.clone() }.build().is_ok());
        let more = Additional { purpose: Some("xx".parse().unwrap()), ..additional };
        assert!(matches!(Request { additional: more, ..good }.build(), Err(BuildError::TooMuch(_))));
    }
}
