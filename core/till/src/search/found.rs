//! A household in a list of findings.

use super::fold::fold;
use raseed_protocol::book::{Account, AccountStatus};
use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use serde::Serialize;

/// Enough to recognise the household; its dues are worked out when it is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Consumer number.
    pub account: AccountId,
    /// Name in the script of the place.
    pub name: String,
    /// Name in Latin letters.
    pub name_latin: String,
    /// House.
    pub house: String,
    /// Village or ward.
    pub place: String,
    /// What the book has open, late fee not counted.
    pub open: Paise,
    /// Open or closed.
    pub status: AccountStatus,
}

impl Found {
    /// Whether what was typed is the whole consumer number: with or without its dashes, or all its digits without the
    /// letters before them, as a number pad gives them.
    pub fn has_number(&self, typed: &str) -> bool {
        let one_word = |text: &str| fold(text).replace(' ', "");
        let (typed, number) = (one_word(typed), one_word(self.account.as_str()));
        let digits = number.trim_start_matches(|c: char| !c.is_ascii_digit());
        !typed.is_empty() && (typed == number || typed == digits)
    }
}

impl From<Account> for Found {
    fn from(account: Account) -> Found {
        Found {
            open: account.demands.iter().map(|demand| demand.open()).sum(),
            account: account.id,
            name: account.name,
            name_latin: account.name_latin,
            house: account.house,
            place: account.place,
            status: account.status,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(account: &str) -> Found {
        Found {
            account: account.parse().unwrap(),
            name: String::new(),
            name_latin: String::new(),
            house: String::new(),
            place: String::new(),
            open: Paise::ZERO,
            status: AccountStatus::Active,
        }
    }

    #[test]
    fn a_whole_number_may_lack_its_dashes_and_its_letters_but_no_digit() {
        for typed in ["BHG-0417", "bhg 0417", "bhg0417", "0417", "०४१७"] {
            assert!(found("BHG-0417").has_number(typed), "{typed}");
        }
        for typed in ["", " ", "417", "041", "04171", "BHG", "HG-0417", "Bhagatpur"] {
            assert!(!found("BHG-0417").has_number(typed), "{typed}");
        }
        assert!(found("1024").has_number("1024"));
        assert!(!found("1024").has_number("024"));
    }
}
