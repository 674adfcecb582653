//! What a person should look at: a code for programs and a sentence for people, without names or consumer numbers.

use raseed_protocol::ids::{BillNumber, Incarnation, Sequence};
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;

/// Something about one stored entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// A short name.
    pub code: &'static str,
    /// What it means and what happens next.
    pub what: String,
}

impl Note {
    fn new(code: &'static str, what: impl Into<String>) -> Note {
        Note { code, what: what.into() }
    }

    pub fn fork() -> Note {
        Note::new(
            "fork",
            "another entry was signed for this place: the device was copied or restored; keep both, ask the supervisor",
        )
    }

    pub fn unknown_kind(kind: u64) -> Note {
        let what =
            format!("an entry of kind {kind}, which this head office does not know; it is kept and not acted on");
        Note::new("unknown-kind", what)
    }

    pub fn unknown_account(amount: Paise) -> Note {
        let what = format!(
            "the consumer number is not in the books; {amount} is held in suspense until the office assigns it"
        );
        Note::new("unknown-account", what)
    }

    pub fn unknown_account_billed() -> Note {
        Note::new(
            "unknown-account",
            "the consumer number is not in the books; the bill made at the door does not count",
        )
    }

    pub fn too_large(amount: Paise) -> Note {
        let what =
            format!("{amount} is more than this account can hold; it is held in suspense until the office looks");
        Note::new("too-large", what)
    }

    pub fn paid_twice(held: Paise) -> Note {
        let what =
            format!("more was paid than was still due: another payment came first; {held} is held as an advance");
        Note::new("paid-twice", what)
    }

    pub fn applied_differently(held: Paise) -> Note {
        let what = if held.is_positive() {
            format!(
                "the payment was applied otherwise than printed, {held} of it is held as an advance; the amount stands"
            )
        } else {
            "the payment was applied otherwise than printed, because the books had moved on; the amount stands".into()
        };
        Note::new("applied-differently", what)
    }

    pub fn account_closed() -> Note {
        Note::new("account-closed", "the account was closed; the payment counts, and the office decides about it")
    }

    pub fn dated_ahead(says: Day, counted: Day) -> Note {
        let what = format!("the device dated this {says}, which is still to come; it counts as of {counted}");
        Note::new("dated-ahead", what)
    }

    pub fn dated_back(says: Day, office: Day) -> Note {
        let what = format!(
            "the device dated this {says}, although it had spoken to the office on {office}; it counts as dated"
        );
        Note::new("dated-back", what)
    }

    pub fn late_payment(amount: Paise, credited: bool) -> Note {
        let what = format!("{amount} came for this request after it had ended; {}", Note::went(credited));
        Note::new("late-payment", what)
    }

    pub fn paid_again(amount: Paise, credited: bool) -> Note {
        let what = format!("{amount} came for this request once more; {}", Note::went(credited));
        Note::new("paid-again", what)
    }

    pub fn other_amount(amount: Paise, credited: bool) -> Note {
        let what = format!("{amount} came for this request, which is not what was asked; {}", Note::went(credited));
        Note::new("other-amount", what)
    }

    fn went(credited: bool) -> &'static str {
        if credited {
            "it is credited to the consumer's account, and no receipt is to be given for it"
        } else {
            "nobody can be credited, so the office gives it back"
        }
    }

    pub fn payment_contradicted() -> Note {
        let what =
            "the payment service told of one payment in two ways; the first one counts, the office asks which is right";
        Note::new("payment-contradicted", what)
    }

    pub fn already_credited(amount: Paise) -> Note {
        let what = format!(
            "the money for this receipt came before and was credited or set aside by the office; {amount} is held in suspense, so that it does not count twice"
        );
        Note::new("already-credited", what)
    }

    pub fn no_such_request() -> Note {
        let what = "the payment request that it names is not there, has its receipt already, or is of another mode; the entry itself counts";
        Note::new("no-such-request", what)
    }

    pub fn already_billed(bill: &BillNumber) -> Note {
        let what = format!("this month is already billed (bill {bill}); the second bill does not count");
        Note::new("already-billed", what)
    }

    pub fn bill_number_used() -> Note {
        Note::new("already-billed", "a bill of this number is already in the books; this one does not count")
    }

    pub fn bill_not_possible(why: impl std::fmt::Display) -> Note {
        Note::new("bill-not-possible", format!("the bill made at the door does not count: {why}"))
    }

    pub fn entries_missing(incarnation: Incarnation, first: Sequence, last: Sequence) -> Note {
        let what = format!(
            "the device had written entries {first} to {last} in its life {incarnation} and they are not here: take in its second copy, or the file that was set aside"
        );
        Note::new("entries-missing", what)
    }

    pub fn opening_differs() -> Note {
        let what = "the device's new journal does not continue where its old one ends here: entries were lost, or are still to be brought in";
        Note::new("opening-differs", what)
    }
}
