//! A card sale as every payment app is asked for it.

use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use thiserror::Error;

/// Money to be taken from a card. Only a sale that can be asked for exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardSale {
    reference: String,
    amount: Paise,
    account: Option<AccountId>,
}

/// Why this cannot be asked of a payment app.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SaleError {
    /// The reference is what an answer is known by after a restart.
    #[error("a card sale needs a reference of 4 to 35 letters, digits, - or _, new for every attempt")]
    BadReference,
    /// Nothing, or less.
    #[error("a card sale needs an amount above zero, not {amount}")]
    BadAmount {
        /// As given.
        amount: Paise,
    },
}

impl CardSale {
    /// The shortest and the longest reference, in characters. The same as `tr` of a UPI request (NPCI, Linking Specification): of
    /// the payment apps' own fields (`BillingRefNo`, `orderId`) no public page gives a length.
    pub const REFERENCE_LEN: (usize, usize) = (4, 35);

    /// A sale under `reference`, which must be new for every attempt. `account` is shown to the payment app: a consumer
    /// number, never a name or a phone number.
    pub fn new(reference: &str, amount: Paise, account: Option<AccountId>) -> Result<CardSale, SaleError> {
        let (shortest, longest) = CardSale::REFERENCE_LEN;
        let plain = reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if !plain || !(shortest..=longest).contains(&reference.len()) {
            return Err(SaleError::BadReference);
        }
        if !amount.is_positive() {
            return Err(SaleError::BadAmount { amount });
        }
        Ok(CardSale { reference: reference.to_owned(), amount, account })
    }

    /// Ours; the payment app gives it back.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// Above zero.
    pub fn amount(&self) -> Paise {
        self.amount
    }

    /// Whose bill it pays.
    pub fn account(&self) -> Option<&AccountId> {
        self.account.as_ref()
    }

    /// Whether a vendor's text is exactly our amount: paise as whole digits, leading zeros allowed.
    pub(super) fn is_amount(&self, text: &str) -> bool {
        let digits = (1..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits && text.parse() == Ok(self.amount.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sale(reference: &str, paise: i64) -> Result<CardSale, SaleError> {
        CardSale::new(reference, Paise::new(paise).unwrap(), None)
    }

    #[test]
    fn only_what_can_be_asked_for_is_a_sale() {
        for good in ["T-01", "SAS07-1-42-WMMKB6GK3CUAI", "a_b-", &"x".repeat(35)] {
            assert!(sale(good, 1).is_ok(), "{good}");
        }
        for bad in ["", "T-1", &"x".repeat(36), "a b c", "ab/cd", "ab&amount=1", "सौदा"] {
            assert_eq!(sale(bad, 1), Err(SaleError::BadReference), "{bad}");
        }
        for amount in [0, -1] {
            assert!(matches!(sale("T-01", amount), Err(SaleError::BadAmount { .. })), "{amount}");
        }
    }

    #[test]
    fn an_amount_is_ours_to_the_paisa_or_not_at_all() {
        let sale = sale("T-01", 26_000).unwrap();
        for good in ["26000", "026000"] {
            assert!(sale.is_amount(good), "{good}");
        }
        for bad in ["", "260", "260.00", "26000.0", "2.6e4", "+26000", "-26000", " 26000", "26,000", "26001", "२६०००"]
        {
            assert!(!sale.is_amount(bad), "{bad}");
        }
    }
}
