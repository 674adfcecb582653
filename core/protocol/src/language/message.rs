//! What is sent to a phone, line by line: the same shapes make the text itself and the template that is registered for it.
//!
//! Operators in India deliver a text only if it matches a template registered beforehand (TRAI, Telecom Commercial
//! Communications Customer Preference Regulations, 2018), so a message is fixed lines with values in known places. No
//! name, no phone and no address may be such a value: a message passes through many hands.

use super::phrase::phrases;
use super::{Language, Phrase, bill, complaint, receipt};

phrases! {
    /// Every one of them.
    LABELS;
    /// The office has credited a payment by itself.
    CREDITED:
        "The payment has come and is credited to this account.",
        "पैसे मिल गए और इस खाते में जमा हो गए।",
        "ਪੈਸੇ ਮਿਲ ਗਏ ਅਤੇ ਇਸ ਖਾਤੇ ਵਿੱਚ ਜਮ੍ਹਾਂ ਹੋ ਗਏ।",
        "টাকা এসে গেছে এবং এই গ্রাহক নম্বরে জমা হয়েছে।";
    /// The money for a receipt subject to realisation has come.
    FINAL:
        "The money has come; this receipt is final.",
        "पैसे मिल गए; रसीद अब पक्की है।",
        "ਪੈਸੇ ਮਿਲ ਗਏ; ਰਸੀਦ ਹੁਣ ਪੱਕੀ ਹੈ।",
        "টাকা এসে গেছে; রসিদ এখন পাকা।";
    /// Before how a complaint ended.
    OUTCOME: "Result", "नतीजा", "ਨਤੀਜਾ", "ফল";
    /// A complaint ended: there is a receipt.
    PAID: "paid, receipt given", "पैसे मिले, रसीद दी गई", "ਪੈਸੇ ਮਿਲੇ, ਰਸੀਦ ਦਿੱਤੀ ਗਈ", "টাকা এসেছে, রসিদ আছে";
    /// A complaint ended: the money is on the account.
    ON_ACCOUNT: "credited to your account", "आपके खाते में जमा हुए", "ਤੁਹਾਡੇ ਖਾਤੇ ਵਿੱਚ ਜਮ੍ਹਾਂ ਹੋਏ", "আপনার গ্রাহক নম্বরে জমা হল";
    /// A complaint ended: the money was given back.
    GIVEN_BACK: "the money is given back", "पैसे लौटा दिए गए", "ਪੈਸੇ ਮੋੜ ਦਿੱਤੇ ਗਏ", "টাকা ফেরত দেওয়া হল";
    /// A complaint ended: nothing left the payer, or the bank has put it back.
    NOT_DEBITED: "the money is with you", "पैसे आपके पास ही हैं", "ਪੈਸੇ ਤੁਹਾਡੇ ਕੋਲ ਹੀ ਹਨ", "টাকা আপনার কাছেই আছে";
    /// A complaint ended: the money for a receipt has come.
    HAS_COME: "the money has come", "पैसे मिल गए", "ਪੈਸੇ ਮਿਲ ਗਏ", "টাকা এসে গেছে";
}

/// One line of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The tenant's name.
    Tenant,
    /// A sentence.
    Says(Phrase),
    /// A label and a value.
    Value(Phrase),
    /// A label and an amount of rupees; its value is the digits alone.
    Amount(Phrase),
}

/// When nothing is due. Value: account.
pub const NOTHING_DUE: &[Line] = &[Line::Tenant, Line::Value(receipt::ACCOUNT), Line::Says(bill::NOTHING)];
/// A bill. Values: account, bill number, what clears everything, last day to pay.
pub const BILL: &[Line] = &[
    Line::Tenant,
    Line::Value(receipt::ACCOUNT),
    Line::Value(bill::NUMBER),
    Line::Amount(bill::TO_PAY),
    Line::Value(bill::DUE),
];
/// A bill that can be paid by a link. Values: those of [`BILL`], the link.
pub const BILL_WITH_LINK: &[Line] = &[
    Line::Tenant,
    Line::Value(receipt::ACCOUNT),
    Line::Value(bill::NUMBER),
    Line::Amount(bill::TO_PAY),
    Line::Value(bill::DUE),
    Line::Value(bill::PAY),
];
/// A receipt. Values: its number, the day, the account, the amount, how it was paid.
pub const RECEIPT: &[Line] = &[
    Line::Tenant,
    Line::Value(receipt::NUMBER),
    Line::Value(receipt::DATE),
    Line::Value(receipt::ACCOUNT),
    Line::Amount(receipt::PAID),
    Line::Value(receipt::BY),
];
/// A receipt whose money is not certain yet. Values: those of [`RECEIPT`].
pub const RECEIPT_SUBJECT: &[Line] = &[
    Line::Tenant,
    Line::Value(receipt::NUMBER),
    Line::Value(receipt::DATE),
    Line::Value(receipt::ACCOUNT),
    Line::Amount(receipt::PAID),
    Line::Value(receipt::BY),
    Line::Says(receipt::SUBJECT_TO_REALISATION),
];
/// Such a receipt is certain now. Values: its number, the amount.
pub const REALISED: &[Line] =
    &[Line::Tenant, Line::Value(receipt::NUMBER), Line::Amount(receipt::PAID), Line::Says(FINAL)];
/// The office has credited a payment. Values: the account, the day, the amount.
pub const CREDIT: &[Line] = &[
    Line::Tenant,
    Line::Value(receipt::ACCOUNT),
    Line::Value(receipt::DATE),
    Line::Amount(complaint::AMOUNT),
    Line::Says(CREDITED),
];
/// A complaint was opened. Values: its number, the payment, the amount, the promised day, the day by which the bank gives back.
pub const COMPLAINT_OPENED: &[Line] = &[
    Line::Tenant,
    Line::Value(complaint::NUMBER),
    Line::Value(complaint::PAYMENT),
    Line::Amount(complaint::AMOUNT),
    Line::Value(complaint::PROMISED),
    Line::Value(complaint::BANK_DUE),
];
/// A complaint was closed. Values: its number, how it ended.
pub const COMPLAINT_CLOSED: &[Line] = &[Line::Tenant, Line::Value(complaint::NUMBER), Line::Value(OUTCOME)];

/// Puts a message together, one thing a line. A value that is missing leaves its place empty.
pub fn compose(lines: &[Line], tenant: &str, language: Language, values: &[&str]) -> String {
    let mut values = values.iter().copied();
    let mut next = || values.next().unwrap_or_default();
    let mut text = String::with_capacity(200);
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
        }
        match line {
            Line::Tenant => text.push_str(tenant),
            Line::Says(sentence) => text.push_str(sentence.in_language(language)),
            Line::Value(label) => text.extend([label.in_language(language), ": ", next()]),
            Line::Amount(label) => text.extend([label.in_language(language), ": ", rupees(language), next()]),
        }
    }
    text
}

/// Before an amount. The rupee sign is not in the alphabet of plain messages (3GPP TS 23.038): in English it would more
/// than halve what one message holds. The other scripts need the large alphabet anyway.
const fn rupees(language: Language) -> &'static str {
    match language {
        Language::English => "Rs. ",
        Language::Hindi | Language::Punjabi | Language::Bengali => "₹",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_their_places() {
        let values = ["BHG-0217", "B2611-00217", "1,400.50", "20 Dec 2026"];
        assert_eq!(
            compose(BILL, "Sarmala Water", Language::English, &values),
            "Sarmala Water\nAccount: BHG-0217\nBill no.: B2611-00217\nTo pay: Rs. 1,400.50\nPay by: 20 Dec 2026"
        );
        let hindi = compose(NOTHING_DUE, "जल समिति", Language::Hindi, &["BHG-0217"]);
        assert_eq!(hindi, "जल समिति\nखाता नं.: BHG-0217\nकुछ बकाया नहीं।");
        assert!(compose(BILL, "", Language::Punjabi, &values).contains("₹1,400.50"));
    }

    #[test]
    fn outcomes_fit_the_place_of_a_value() {
        for outcome in [PAID, ON_ACCOUNT, GIVEN_BACK, NOT_DEBITED, HAS_COME] {
            for language in Language::ALL {
                let text = outcome.in_language(language);
                assert!(text.chars().count() <= 30, "{text} has more than 30 characters");
            }
        }
    }
}
