//! The labels and sentences of a complaint about a payment, in the words that people use at the door.

use super::Phrase;
use super::phrase::phrases;
use crate::journal::ComplaintCause;
use crate::language::Language;

phrases! {
    /// Every one of them.
    LABELS;
    /// Under the tenant's name.
    COMPLAINT: "COMPLAINT", "शिकायत", "ਸ਼ਿਕਾਇਤ", "অভিযোগ";
    /// The complaint's number.
    NUMBER: "Complaint no.", "शिकायत नं.", "ਸ਼ਿਕਾਇਤ ਨੰ.", "অভিযোগ নং";
    /// The payment that it is about.
    PAYMENT: "Payment", "भुगतान", "ਭੁਗਤਾਨ", "পেমেন্ট";
    /// How much.
    AMOUNT: "Amount", "रकम", "ਰਕਮ", "টাকা";
    /// When the utility promises to settle it.
    PROMISED: "We answer by", "हमारा जवाब इस दिन तक", "ਸਾਡਾ ਜਵਾਬ ਇਸ ਦਿਨ ਤੱਕ", "আমরা উত্তর দেব এই দিনের মধ্যে";
    /// When the bank must have given the money back.
    BANK_DUE: "The bank gives back by", "बैंक पैसे लौटाएगा इस दिन तक", "ਬੈਂਕ ਪੈਸੇ ਮੋੜੇਗਾ ਇਸ ਦਿਨ ਤੱਕ", "ব্যাংক টাকা ফেরাবে এই দিনের মধ্যে";
    /// Nobody knows how it ended.
    UNKNOWN:
        "It is not known yet whether the money came.",
        "पैसे आए या नहीं, अभी पता नहीं।",
        "ਪੈਸੇ ਆਏ ਜਾਂ ਨਹੀਂ, ਹਾਲੇ ਪਤਾ ਨਹੀਂ।",
        "টাকা এসেছে কি না, এখনও জানা যায়নি।";
    /// It failed on its way.
    FAILED:
        "The payment failed. If money left your account, the bank gives it back.",
        "भुगतान नहीं हुआ। खाते से पैसे कटे हों तो बैंक लौटा देगा।",
        "ਭੁਗਤਾਨ ਨਹੀਂ ਹੋਇਆ। ਖਾਤੇ ਵਿੱਚੋਂ ਪੈਸੇ ਕੱਟੇ ਹੋਣ ਤਾਂ ਬੈਂਕ ਮੋੜ ਦੇਵੇਗਾ।",
        "পেমেন্ট হয়নি। অ্যাকাউন্ট থেকে টাকা কাটা হলে ব্যাংক ফেরত দেবে।";
    /// The payer says that it is paid.
    PAYER_SAYS:
        "You paid, and there is no word of it yet.",
        "आपने पैसे दिए, पर अभी ख़बर नहीं आई।",
        "ਤੁਸੀਂ ਪੈਸੇ ਦਿੱਤੇ, ਪਰ ਹਾਲੇ ਖ਼ਬਰ ਨਹੀਂ ਆਈ।",
        "আপনি টাকা দিয়েছেন, কিন্তু এখনও খবর আসেনি।";
    /// A receipt was given, and the money did not come.
    NOT_REALISED:
        "A receipt was given, but the money has not come.",
        "रसीद दी गई, पर पैसे नहीं आए।",
        "ਰਸੀਦ ਦਿੱਤੀ ਗਈ, ਪਰ ਪੈਸੇ ਨਹੀਂ ਆਏ।",
        "রসিদ দেওয়া হয়েছে, কিন্তু টাকা আসেনি।";
    /// What the payer should do meanwhile: nothing.
    DO_NOT_PAY_AGAIN:
        "Do not pay again. Keep this paper.",
        "दोबारा पैसे न दें। यह पर्ची संभालकर रखें।",
        "ਦੁਬਾਰਾ ਪੈਸੇ ਨਾ ਦਿਓ। ਇਹ ਪਰਚੀ ਸੰਭਾਲ ਕੇ ਰੱਖੋ।",
        "আবার টাকা দেবেন না। এই কাগজটি রেখে দিন।";
}

impl ComplaintCause {
    /// What happened, said to the payer.
    pub const fn words_in(self, language: Language) -> &'static str {
        let phrase = match self {
            ComplaintCause::Unknown => UNKNOWN,
            ComplaintCause::Failed => FAILED,
            ComplaintCause::PayerSays => PAYER_SAYS,
            ComplaintCause::NotRealised => NOT_REALISED,
        };
        phrase.in_language(language)
    }
}
