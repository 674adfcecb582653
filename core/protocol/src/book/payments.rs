//! How a tenant takes money that is not notes and coins: its UPI address, its card terminal, its promise about complaints.

use crate::ids::AccountId;
use crate::qr::Vpa;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// Everything about paying otherwise than in cash that a tenant decides for itself. What is left out cannot be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payments {
    /// Where UPI payments go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upi: Option<UpiPayee>,
    /// The payment app that takes cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardApp>,
    /// The number that stands on receipts for sales over the counter, which are for no consumer. Absent: no such sales.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sales: Option<AccountId>,
    /// Within how many days the tenant promises to settle a complaint about a payment.
    #[serde(default = "Payments::usual_promise")]
    pub complaint_days: u8,
    /// After how many days a failed payment must have been given back by the bank.
    #[serde(default = "Payments::usual_bank_days")]
    pub bank_days: u8,
}

/// Where UPI payments go, as the payment service registered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpiPayee {
    /// The virtual payment address: `saswater@examplebank`.
    pub vpa: String,
    /// The payee's name.
    pub name: String,
    /// The merchant category code (ISO 18245), four digits: `4900` is utilities.
    pub mcc: String,
    /// How long a code on a screen counts, in seconds.
    #[serde(default = "UpiPayee::usual_seconds")]
    pub seconds: u16,
    /// Who makes the codes on screens.
    #[serde(default)]
    pub codes: CodeMaker,
}

/// Who makes the codes that a till shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeMaker {
    /// The till, with the payee's address and its own reference: also where there is no network.
    #[default]
    Till,
    /// The payment service, asked by the head office for each payment.
    Service,
}

/// The payment app on the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardApp {
    /// Which shape of requests and answers it has: `pine-labs`, `paytm-edc`, `simulator`.
    pub acquirer: String,
    /// What that acquirer hands out (application id, user id ...), by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, String>,
}

impl Default for Payments {
    fn default() -> Payments {
        Payments {
            upi: None,
            card: None,
            sales: None,
            complaint_days: Payments::usual_promise(),
            bank_days: Payments::usual_bank_days(),
        }
    }
}

impl Payments {
    /// The most days of either kind.
    pub const MAX_DAYS: u8 = 90;

    /// The service promise of a digital district: two days.
    const fn usual_promise() -> u8 {
        2
    }

    /// Reserve Bank of India, circular of 20 September 2019: T+5.
    const fn usual_bank_days() -> u8 {
        5
    }
}

impl UpiPayee {
    /// The shortest and the longest time that a code may count, in seconds.
    pub const SECONDS: (u16, u16) = (60, 3_600);
    /// The longest name, in characters.
    pub const MAX_NAME: usize = 50;

    /// Eight minutes: what payment apps use themselves.
    const fn usual_seconds() -> u16 {
        480
    }
}

impl CardApp {
    /// The most settings.
    pub const MAX_SETTINGS: usize = 8;
    /// The longest name or value of a setting, in characters.
    pub const MAX_SETTING: usize = 64;
}

/// Why a tenant's way of taking payments cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PaymentsError {
    /// The address is none.
    #[error("\"{text}\" is not a UPI address; write it as name@bank")]
    BadAddress {
        /// As given, cut to 60 characters.
        text: String,
    },
    /// The payee has no name, or a long one.
    #[error("the payee's name is empty or longer than {} characters", UpiPayee::MAX_NAME)]
    BadName,
    /// The category is not one.
    #[error("\"{text}\" is not a merchant category code; it has four digits, as in 4900 for utilities")]
    BadCategory {
        /// As given, cut to 20 characters.
        text: String,
    },
    /// A code counts too short or too long.
    #[error("a code counts for {seconds} seconds; choose {} to {}", UpiPayee::SECONDS.0, UpiPayee::SECONDS.1)]
    BadSeconds {
        /// As given.
        seconds: u16,
    },
    /// Days that nobody waits.
    #[error("{days} days are too many for a complaint; choose 0 to {}", Payments::MAX_DAYS)]
    BadDays {
        /// As given.
        days: u8,
    },
    /// The card app's settings are too many or too long.
    #[error(
        "a card app has a name of 1 to 20 characters and at most {} settings of 1 to {} characters",
        CardApp::MAX_SETTINGS,
        CardApp::MAX_SETTING
    )]
    BadCardApp,
}

impl Payments {
    /// Refuses what does not hold together.
    pub fn check(&self) -> Result<(), PaymentsError> {
        self.upi.as_ref().map_or(Ok(()), UpiPayee::check)?;
        self.card.as_ref().map_or(Ok(()), CardApp::check)?;
        match [self.complaint_days, self.bank_days].into_iter().find(|days| *days > Payments::MAX_DAYS) {
            Some(days) => Err(PaymentsError::BadDays { days }),
            None => Ok(()),
        }
    }
}

impl UpiPayee {
    fn check(&self) -> Result<(), PaymentsError> {
        let cut = |text: &str, most| text.chars().take(most).collect();
        if self.vpa.parse::<Vpa>().is_err() {
            return Err(PaymentsError::BadAddress { text: cut(&self.vpa, 60) });
        }
        if self.name.trim().is_empty() || self.name.chars().count() > UpiPayee::MAX_NAME {
            return Err(PaymentsError::BadName);
        }
        if self.mcc.len() != 4 || !self.mcc.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PaymentsError::BadCategory { text: cut(&self.mcc, 20) });
        }
        let (least, most) = UpiPayee::SECONDS;
        if !(least..=most).contains(&self.seconds) {
            return Err(PaymentsError::BadSeconds { seconds: self.seconds });
        }
        Ok(())
    }
}

impl CardApp {
    fn check(&self) -> Result<(), PaymentsError> {
        let fits = |text: &str, most| (1..=most).contains(&text.chars().count());
        let settings = self
            .settings
            .iter()
            .all(|(name, value)| fits(name, CardApp::MAX_SETTING) && fits(value, CardApp::MAX_SETTING));
        if fits(&self.acquirer, 20) && settings && self.settings.len() <= CardApp::MAX_SETTINGS {
            Ok(())
        } else {
            Err(PaymentsError::BadCardApp)
        }
    }
}
