//! Whether a tenant's rules hold together: asked once, where they come in, so that billing can trust them.
//!
//! Never corrects anything: a rule that is wrong is refused and named.

use super::{LateFee, LateFeeAmount, PartPayment, PaymentsError, Rebate, RebateAmount, Rules};
use crate::ids::HeadId;
use crate::language::Names;
use crate::money::Paise;
use std::collections::HashSet;
use thiserror::Error;

/// Why a tenant's rules cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RulesError {
    /// No heads, or more than [`Rules::MAX_HEADS`].
    #[error("there are {count} heads; give 1 to {}", Rules::MAX_HEADS)]
    HeadCount {
        /// How many.
        count: usize,
    },
    /// A head with a number that every tenant has.
    #[error("head {} is kept for every tenant; give your own heads numbers from 10", head.0)]
    ReservedHead {
        /// The head.
        head: HeadId,
    },
    /// Two heads with one number or one code.
    #[error("head {} comes twice, by number or by code; give each its own", head.0)]
    RepeatedHead {
        /// The second of the two.
        head: HeadId,
    },
    /// A name or a code that is empty or longer than [`Rules::MAX_TEXT`].
    #[error("a name or code is empty or longer than {} characters", Rules::MAX_TEXT)]
    BadText,
    /// An amount below zero, or zero where that makes no sense.
    #[error("{amount} cannot be the {what}; correct it")]
    BadAmount {
        /// Which one.
        what: &'static str,
        /// The amount.
        amount: Paise,
    },
    /// A share above 100 %.
    #[error("the {what} is {basis_points} hundredths of a percent; at most 10000 (100 %) is possible")]
    ShareTooLarge {
        /// Which one.
        what: &'static str,
        /// The share.
        basis_points: u16,
    },
    /// A host that could not be printed in a receipt's QR code.
    #[error("\"{host}\" cannot be the host of the receipt page; write it as pay.example.org, at most 40 characters")]
    BadReceiptHost {
        /// The host.
        host: String,
    },
    /// A due day that some month does not have.
    #[error("the due day is {day}; choose 1 to 28, which every month has")]
    BadDueDay {
        /// The day.
        day: u8,
    },
    /// The ways to pay do not hold together.
    #[error(transparent)]
    Payments(#[from] PaymentsError),
}

impl Rules {
    /// The longest name or code, in characters.
    pub const MAX_TEXT: usize = 80;

    /// Refuses rules that do not hold together.
    pub fn check(&self) -> Result<(), RulesError> {
        self.check_heads()?;
        self.late_fee.as_ref().map_or(Ok(()), LateFee::check)?;
        self.rebate.as_ref().map_or(Ok(()), Rebate::check)?;
        if let PartPayment::Minimum(least) = self.part_payment {
            // A minimum above the cash limit would refuse every part payment in cash with two contradicting messages.
            check_amount("least part payment", least, ONE_PAISA, self.max_cash_receipt)?;
        }
        check_amount("most held in advance", self.max_advance, Paise::ZERO, MOST)?;
        check_amount("most for one cash receipt", self.max_cash_receipt, ONE_PAISA, MOST)?;
        if !Rules::is_receipt_host(&self.receipt_host) {
            return Err(RulesError::BadReceiptHost { host: self.receipt_host.chars().take(60).collect() });
        }
        if !(1..=28).contains(&self.due_day) {
            return Err(RulesError::BadDueDay { day: self.due_day });
        }
        self.payments.check()?;
        Ok(())
    }

    fn check_heads(&self) -> Result<(), RulesError> {
        if self.heads.is_empty() || self.heads.len() > Rules::MAX_HEADS {
            return Err(RulesError::HeadCount { count: self.heads.len() });
        }
        check_text(&self.name)?;
        check_names(&self.names)?;
        let (mut numbers, mut codes) = (HashSet::new(), HashSet::new());
        for head in &self.heads {
            if head.id.is_reserved() {
                return Err(RulesError::ReservedHead { head: head.id });
            }
            check_text(&head.code)?;
            check_text(&head.name)?;
            check_names(&head.names)?;
            if !numbers.insert(head.id) || !codes.insert(head.code.as_str()) {
                return Err(RulesError::RepeatedHead { head: head.id });
            }
        }
        Ok(())
    }
}

impl LateFee {
    fn check(&self) -> Result<(), RulesError> {
        match self.amount {
            LateFeeAmount::Flat(fee) => check_amount("late fee", fee, Paise::ZERO, LateFee::MAX_PER_BILL)?,
            LateFeeAmount::BasisPoints(share) => check_share("late fee", share)?,
        }
        self.cap.map_or(Ok(()), |cap| check_amount("most late fee on a bill", cap, Paise::ZERO, MOST))
    }
}

impl Rebate {
    fn check(&self) -> Result<(), RulesError> {
        match self.amount {
            RebateAmount::Flat(rebate) => check_amount("rebate", rebate, Paise::ZERO, MOST),
            RebateAmount::BasisPoints(share) => check_share("rebate", share),
        }
    }
}

const ONE_PAISA: Paise = match Paise::new(1) {
    Ok(amount) => amount,
    Err(_) => panic!("a paisa is within bounds"),
};

const MOST: Paise = match Paise::new(crate::money::MAX_PAISE) {
    Ok(amount) => amount,
    Err(_) => panic!("the bound is within bounds"),
};

fn check_amount(what: &'static str, amount: Paise, least: Paise, most: Paise) -> Result<(), RulesError> {
    if (least..=most).contains(&amount) { Ok(()) } else { Err(RulesError::BadAmount { what, amount }) }
}

fn check_share(what: &'static str, basis_points: u16) -> Result<(), RulesError> {
    if basis_points <= 10_000 { Ok(()) } else { Err(RulesError::ShareTooLarge { what, basis_points }) }
}

fn check_text(text: &str) -> Result<(), RulesError> {
    let length = text.chars().count();
    if (1..=Rules::MAX_TEXT).contains(&length) { Ok(()) } else { Err(RulesError::BadText) }
}

fn check_names(names: &Names) -> Result<(), RulesError> {
    names.values().try_for_each(|name| check_text(name))
}

#[cfg(test)]
mod tests {
    use super::super::{Head, Rounding};
    use super::*;
    use crate::language::Language;

    fn paise(n: i64) -> Paise {
        Paise::new(n).unwrap()
    }

    fn rules() -> Rules {
        let head = |id, code: &str| Head { id: HeadId(id), code: code.into(), name: code.into(), names: Names::new() };
        Rules {
            receipt_host: String::new(),
            tenant: "SAS".parse().unwrap(),
            name: "Water and sanitation".into(),
            names: Names::new(),
            heads: vec![head(10, "WATER"), head(11, "SEWER")],
            late_fee: None,
            rebate: None,
            rounding: Rounding::NearestRupee,
            part_payment: PartPayment::Minimum(paise(5_000)),
            max_advance: Paise::ZERO,
            max_cash_receipt: paise(2_000_000),
            due_day: 15,
            payments: Default::default(),
        }
    }

    #[test]
    fn good_rules_pass_and_each_flaw_is_named() {
        assert_eq!(rules().check(), Ok(()));
        let broken = |break_it: fn(&mut Rules)| {
            let mut rules = rules();
            break_it(&mut rules);
            rules.check().unwrap_err()
        };
        assert_eq!(broken(|r| r.heads.clear()), RulesError::HeadCount { count: 0 });
        assert_eq!(broken(|r| r.heads[0].id = HeadId(3)), RulesError::ReservedHead { head: HeadId(3) });
        assert_eq!(broken(|r| r.heads[1].id = HeadId(10)), RulesError::RepeatedHead { head: HeadId(10) });
        assert_eq!(broken(|r| r.heads[1].code = "WATER".into()), RulesError::RepeatedHead { head: HeadId(11) });
        assert_eq!(broken(|r| r.name.clear()), RulesError::BadText);
        assert_eq!(broken(|r| drop(r.names.insert(Language::Hindi, String::new()))), RulesError::BadText);
        assert_eq!(broken(|r| drop(r.heads[1].names.insert(Language::Bengali, "জ".repeat(81)))), RulesError::BadText);
        assert_eq!(broken(|r| r.due_day = 29), RulesError::BadDueDay { day: 29 });
        assert!(matches!(broken(|r| r.max_advance = paise(-1)), RulesError::BadAmount { .. }));
        assert!(matches!(broken(|r| r.max_cash_receipt = paise(0)), RulesError::BadAmount { .. }));
        assert!(matches!(broken(|r| r.max_cash_receipt = paise(4_999)), RulesError::BadAmount { .. }));
        let share = |r: &mut Rules| {
            r.rebate = Some(Rebate { amount: RebateAmount::BasisPoints(10_001), within_days: 5 });
        };
        assert_eq!(broken(share), RulesError::ShareTooLarge { what: "rebate", basis_points: 10_001 });
        let fee = |r: &mut Rules| {
            let amount = LateFeeAmount::Flat(paise(-1));
            r.late_fee = Some(LateFee { amount, grace_days: 0, cap: None, once: true });
        };
        assert!(matches!(broken(fee), RulesError::BadAmount { what: "late fee", .. }));
    }
}
