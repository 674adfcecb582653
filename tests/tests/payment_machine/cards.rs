//! The acquirer's side of card sales: what the payment app really charged, whatever it managed to say.

use raseed_head_office::psp::PspPayment;
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use raseed_till::card::Answered;
use std::collections::BTreeMap;

/// What was charged, by our reference.
#[derive(Default)]
pub struct Cards(BTreeMap<String, Charge>);

#[derive(Clone, Copy)]
struct Charge {
    amount: Paise,
    number: usize,
}

impl Cards {
    /// The payer's card is charged, once for a reference.
    pub fn charge(&mut self, reference: &str, amount: Paise) {
        let number = self.0.len() + 1;
        self.0.entry(reference.to_owned()).or_insert(Charge { amount, number });
    }

    /// What the app says when it is asked.
    pub fn answer(&self, reference: &str, amount: Paise) -> Answered {
        let status = if self.0.contains_key(reference) { "approved" } else { "declined" };
        let rrn = self.0.get(reference).map(|charge| rrn(charge.number)).unwrap_or_default();
        let text = format!(
            r#"{{"status":"{status}","reference":"{reference}","amount_paise":{},"rrn":"{rrn}"}}"#,
            amount.get()
        );
        Answered { result_ok: Some(true), extras: vec![("response".to_owned(), text)] }
    }

    /// Nothing came back.
    pub fn silence() -> Answered {
        Answered { result_ok: None, extras: Vec::new() }
    }

    /// The acquirer's settlement: everything that was charged.
    pub fn settlement(&self, paid: WallMs) -> Vec<PspPayment> {
        let payment = |(reference, charge): (&String, &Charge)| PspPayment {
            id: format!("card-{}", charge.number).parse().expect("an id"),
            reference: Some(reference.clone()),
            amount: charge.amount,
            rrn: Some(rrn(charge.number)),
            paid,
        };
        self.0.iter().map(payment).collect()
    }

    pub fn total_paise(&self) -> i64 {
        self.0.values().map(|charge| charge.amount.get()).sum()
    }
}

fn rrn(number: usize) -> String {
    format!("9{number:011}")
}
