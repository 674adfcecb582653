//! Which payment app, with what it must be told: chosen by configuration, checked once, then trusted.

use super::ask::{Answered, Ask};
use super::doubt::outcome;
use super::outcome::CardOutcome;
use super::sale::CardSale;
use super::{paytm_edc, pine_labs, simulator};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The payment apps whose shape is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AcquirerKind {
    /// Pine Labs' app on Plutus Smart terminals.
    PineLabs,
    /// Paytm's app on its EDC terminals.
    PaytmEdc,
    /// A payment app of ours that takes no money: for tests and demonstrations.
    Simulator,
}

/// What a payment app must be told. What an acquirer does not need is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AcquirerSettings {
    /// The package of the app that asks, as Android names it: the answer goes there.
    pub our_package: String,
    /// Pine Labs: given by them to the integrator.
    pub application_id: String,
    /// Pine Labs: who is signed in; may be empty.
    pub user_id: String,
    /// Pine Labs: by the bound service instead of an intent.
    pub by_service: bool,
    /// Pine Labs: the transaction type of a status call for cards, if the contract gives one.
    pub status_type: Option<String>,
    /// Pine Labs: response codes that the contract says are a definite no.
    pub declined_codes: Vec<String>,
    /// Pine Labs: response codes that the contract says mean that it was given up before anything was charged.
    pub cancelled_codes: Vec<String>,
}

/// Why a payment app cannot be used with these settings.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SettingsError {
    /// No such acquirer.
    #[error("\"{text}\" is no acquirer that is known; choose pine-labs, paytm-edc or simulator")]
    UnknownKind {
        /// The text as given, cut to 40 characters.
        text: String,
    },
    /// A setting is missing or cannot be right.
    #[error("the acquirer's {setting} must be {rule}; correct it in the settings")]
    BadSetting {
        /// Which.
        setting: &'static str,
        /// What would have been accepted.
        rule: &'static str,
    },
}

/// A payment app that can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acquirer {
    shape: Shape,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
    PineLabs(pine_labs::PineLabs),
    PaytmEdc(paytm_edc::PaytmEdc),
    Simulator,
}

impl Acquirer {
    /// The payment app of this kind, told what it must be told.
    pub fn new(kind: AcquirerKind, settings: &AcquirerSettings) -> Result<Acquirer, SettingsError> {
        let shape = match kind {
            AcquirerKind::PineLabs => Shape::PineLabs(pine_labs::PineLabs::new(settings)?),
            AcquirerKind::PaytmEdc => Shape::PaytmEdc(paytm_edc::PaytmEdc::new(settings)?),
            AcquirerKind::Simulator => Shape::Simulator,
        };
        Ok(Acquirer { shape })
    }

    /// Which.
    pub fn kind(&self) -> AcquirerKind {
        match self.shape {
            Shape::PineLabs(_) => AcquirerKind::PineLabs,
            Shape::PaytmEdc(_) => AcquirerKind::PaytmEdc,
            Shape::Simulator => AcquirerKind::Simulator,
        }
    }

    /// Asks for the money. To be started once for a reference, and only after the till has recorded that it will be.
    pub fn sale(&self, sale: &CardSale) -> Ask {
        match &self.shape {
            Shape::PineLabs(app) => app.sale(sale),
            Shape::PaytmEdc(app) => app.sale(sale),
            Shape::Simulator => simulator::sale(sale),
        }
    }

    /// Asks what became of it, charging nothing; `None` if this app cannot be asked, and the settlement file must tell.
    pub fn query(&self, sale: &CardSale) -> Option<Ask> {
        match &self.shape {
            Shape::PineLabs(app) => app.query(sale),
            Shape::PaytmEdc(app) => Some(app.query(sale)),
            Shape::Simulator => Some(simulator::query(sale)),
        }
    }

    /// What the answer to [`Acquirer::sale`] says of the sale.
    pub fn read(&self, sale: &CardSale, answered: &Answered) -> CardOutcome {
        outcome(match &self.shape {
            Shape::PineLabs(app) => app.read(sale, answered),
            Shape::PaytmEdc(_) => paytm_edc::read(sale, answered),
            Shape::Simulator => simulator::read(sale, answered),
        })
    }

    /// What the answer to [`Acquirer::query`] says of the sale. A query that itself failed is no answer.
    pub fn read_query(&self, sale: &CardSale, answered: &Answered) -> CardOutcome {
        outcome(match &self.shape {
            Shape::PineLabs(app) => app.read_query(sale, answered),
            Shape::PaytmEdc(_) => paytm_edc::read_query(sale, answered),
            Shape::Simulator => simulator::read(sale, answered),
        })
    }
}

impl AcquirerKind {
    /// Every kind.
    pub const ALL: [AcquirerKind; 3] = [AcquirerKind::PineLabs, AcquirerKind::PaytmEdc, AcquirerKind::Simulator];

    /// As settings name it; never changes.
    pub fn code(self) -> &'static str {
        match self {
            AcquirerKind::PineLabs => "pine-labs",
            AcquirerKind::PaytmEdc => "paytm-edc",
            AcquirerKind::Simulator => "simulator",
        }
    }
}

impl fmt::Display for AcquirerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for AcquirerKind {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<AcquirerKind, SettingsError> {
        let unknown = || SettingsError::UnknownKind { text: text.chars().take(40).collect() };
        AcquirerKind::ALL.into_iter().find(|kind| kind.code() == text).ok_or_else(unknown)
    }
}

impl AcquirerSettings {
    /// The package that answers go to, in the form of Android's `package`.
    pub(super) fn package(&self) -> Result<String, SettingsError> {
        let rule = "1 to 128 letters, digits, dots or _";
        setting("own package", &self.our_package, 1..=128, rule, |c| {
            c.is_ascii_alphanumeric() || matches!(c, '.' | '_')
        })
    }
}

/// A setting of this length and these characters.
pub(super) fn setting(
    name: &'static str,
    text: &str,
    length: std::ops::RangeInclusive<usize>,
    rule: &'static str,
    fits: fn(char) -> bool,
) -> Result<String, SettingsError> {
    if !length.contains(&text.len()) || !text.chars().all(fits) {
        return Err(SettingsError::BadSetting { setting: name, rule });
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_back_from_its_code() {
        for kind in AcquirerKind::ALL {
            assert_eq!(kind.code().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        }
        assert!(matches!("Pine Labs".parse::<AcquirerKind>(), Err(SettingsError::UnknownKind { .. })));
    }

    #[test]
    fn settings_that_cannot_be_right_are_refused() {
        let good = AcquirerSettings {
            our_package: "app.raseed.pos".to_owned(),
            application_id: "a1".to_owned(),
            status_type: Some("4101".to_owned()),
            declined_codes: vec!["51".to_owned()],
            ..AcquirerSettings::default()
        };
        let refused = |settings: AcquirerSettings| match Acquirer::new(AcquirerKind::PineLabs, &settings) {
            Err(SettingsError::BadSetting { setting, .. }) => setting,
            other => panic!("{other:?}"),
        };
        assert!(Acquirer::new(AcquirerKind::PineLabs, &good).is_ok());
        assert_eq!(
            refused(AcquirerSettings { our_package: "in.example&orderId=1".to_owned(), ..good.clone() }),
            "own package"
        );
        assert_eq!(refused(AcquirerSettings { our_package: String::new(), ..good.clone() }), "own package");
        assert_eq!(refused(AcquirerSettings { application_id: String::new(), ..good.clone() }), "application id");
        assert_eq!(refused(AcquirerSettings { user_id: "x".repeat(33), ..good.clone() }), "user id");
        assert_eq!(refused(AcquirerSettings { status_type: Some("4001 ".to_owned()), ..good.clone() }), "status type");
        // The sale's own type would charge again.
        assert_eq!(refused(AcquirerSettings { status_type: Some("4001".to_owned()), ..good.clone() }), "status type");
        assert_eq!(
            refused(AcquirerSettings { declined_codes: vec!["51".to_owned(); 65], ..good.clone() }),
            "response codes"
        );
        // Zero is the yes, whatever a contract is said to say.
        assert_eq!(
            refused(AcquirerSettings { declined_codes: vec!["00".to_owned()], ..good.clone() }),
            "response codes"
        );
        let both = AcquirerSettings { cancelled_codes: vec!["51".to_owned()], ..good };
        assert_eq!(refused(both), "response codes");
    }

    #[test]
    fn settings_are_read_with_what_is_not_needed_left_out() {
        let settings: AcquirerSettings = serde_json::from_str(r#"{"our_package":"app.raseed.pos"}"#).unwrap();
        assert!(Acquirer::new(AcquirerKind::PaytmEdc, &settings).is_ok());
        assert!(serde_json::from_str::<AcquirerSettings>(r#"{"aplication_id":"a1"}"#).is_err());
    }
}
