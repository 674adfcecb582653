//! What the core itself names: ways to pay, the heads that every tenant has, kinds of journal entries.
//!
//! What a tenant names (its heads, itself) is in its rules, never here.

use super::phrase::phrases;
use super::{Language, Phrase};
use crate::book::{Head, Rules};
use crate::ids::HeadId;
use crate::journal::{Body, Mode};

phrases! {
    /// Every name here.
    NAMES;
    /// Notes and coins.
    CASH: "Cash", "नकद", "ਨਕਦ", "নগদ";
    /// Unified Payments Interface.
    UPI: "UPI", "यूपीआई", "ਯੂਪੀਆਈ", "ইউপিআই";
    /// A card.
    CARD: "Card", "कार्ड", "ਕਾਰਡ", "কার্ড";
    /// A cheque or a demand draft.
    CHEQUE: "Cheque", "चेक", "ਚੈੱਕ", "চেক";
    /// Money taken ahead of any bill.
    ADVANCE: "Advance", "एडवांस", "ਐਡਵਾਂਸ", "অগ্রিম";
    /// For paying late.
    LATE_FEE: "Late fee", "लेट फ़ीस", "ਲੇਟ ਫ਼ੀਸ", "লেট ফি";
    /// For paying early.
    REBATE: "Rebate", "छूट", "ਛੋਟ", "ছাড়";
    /// To the rupee.
    ROUNDING: "Rounding", "राउंड ऑफ़", "ਰਾਊਂਡ ਆਫ਼", "রাউন্ড অফ";
    /// A tenant's head that the rules at hand do not know, by its number.
    HEAD: "Head {1}", "मद {1}", "ਮਦ {1}", "খাত {1}";
    /// The first entry of an incarnation.
    TILL_OPENED: "Till opened", "मशीन शुरू हुई", "ਮਸ਼ੀਨ ਚਾਲੂ ਹੋਈ", "মেশিন চালু হল";
    /// A collector began.
    SHIFT_OPENED: "Shift opened", "शिफ़्ट शुरू हुई", "ਸ਼ਿਫ਼ਟ ਸ਼ੁਰੂ ਹੋਈ", "শিফট শুরু হল";
    /// Money was asked for by UPI or card.
    PAYMENT_REQUESTED: "Payment asked for", "भुगतान माँगा गया", "ਭੁਗਤਾਨ ਮੰਗਿਆ ਗਿਆ", "পেমেন্ট চাওয়া হল";
    /// A payment by UPI or card ended without a receipt.
    PAYMENT_ENDED: "Payment ended", "भुगतान ख़त्म हुआ", "ਭੁਗਤਾਨ ਖ਼ਤਮ ਹੋਇਆ", "পেমেন্ট শেষ হল";
    /// About a payment.
    COMPLAINT: "Complaint", "शिकायत", "ਸ਼ਿਕਾਇਤ", "অভিযোগ";
    /// A sale over the counter.
    SALE: "Sale", "बिक्री", "ਵਿਕਰੀ", "বিক্রি";
    /// Money was taken.
    RECEIPT: "Receipt", "रसीद", "ਰਸੀਦ", "রসিদ";
    /// From a meter reading.
    BILL_AT_DOOR: "Bill made at the door", "घर पर बना बिल", "ਘਰ ਵਿੱਚ ਬਣਿਆ ਬਿੱਲ", "বাড়িতে করা বিল";
    /// A person said that the clock is right.
    CLOCK_CONFIRMED: "Clock confirmed", "घड़ी सही मानी गई", "ਘੜੀ ਸਹੀ ਮੰਨੀ ਗਈ", "ঘড়ি ঠিক ধরা হল";
    /// A kind that this version does not know.
    OTHER_ENTRY: "Other entry", "कोई और एंट्री", "ਕੋਈ ਹੋਰ ਐਂਟਰੀ", "অন্য এন্ট্রি";
}

impl Mode {
    /// What it is called on a receipt.
    pub const fn name_in(self, language: Language) -> &'static str {
        let name = match self {
            Mode::Cash => CASH,
            Mode::Upi => UPI,
            Mode::Card => CARD,
            Mode::Cheque => CHEQUE,
        };
        name.in_language(language)
    }
}

impl Body {
    /// What a person would call it in a list.
    pub fn name_in(&self, language: Language) -> &'static str {
        let name = match self {
            Body::TillOpened(_) => TILL_OPENED,
            Body::ShiftOpened(_) => SHIFT_OPENED,
            Body::PaymentRequested(_) => PAYMENT_REQUESTED,
            Body::PaymentEnded(_) => PAYMENT_ENDED,
            Body::Receipt(_) => RECEIPT,
            Body::ComplaintOpened(_) => COMPLAINT,
            Body::ClockChanged(_) => CLOCK_CONFIRMED,
            Body::SpotBill(_) => BILL_AT_DOOR,
            Body::Unknown { .. } => OTHER_ENTRY,
        };
        name.in_language(language)
    }
}

impl HeadId {
    /// What it is called without the tenant's rules: only the heads that every tenant has have names.
    pub fn name_in(self, language: Language) -> String {
        let name = match self {
            HeadId::ADVANCE => ADVANCE,
            HeadId::LATE_FEE => LATE_FEE,
            HeadId::REBATE => REBATE,
            HeadId::ROUNDING => ROUNDING,
            HeadId::SALE => SALE,
            HeadId(own) => return HEAD.fill(language, &[&own.to_string()]),
        };
        name.in_language(language).to_owned()
    }
}

impl Head {
    /// Its name in a language, or its usual name.
    pub fn name_in(&self, language: Language) -> &str {
        self.names.get(&language).unwrap_or(&self.name)
    }
}

impl Rules {
    /// The tenant's name in a language, or its usual name.
    pub fn name_in(&self, language: Language) -> &str {
        self.names.get(&language).unwrap_or(&self.name)
    }

    /// What to call a head on a receipt.
    pub fn head_name_in(&self, id: HeadId, language: Language) -> String {
        self.head(id).map_or_else(|| id.name_in(language), |head| head.name_in(language).to_owned())
    }
}
