//! The labels and sentences of a receipt, in the words that people use at the door.

use super::Phrase;
use super::phrase::phrases;

phrases! {
    /// Every one of them.
    LABELS;
    /// Under the tenant's name.
    RECEIPT: "RECEIPT", "रसीद", "ਰਸੀਦ", "রসিদ";
    /// The same on a second print.
    DUPLICATE: "RECEIPT - DUPLICATE", "रसीद - दूसरी कॉपी", "ਰਸੀਦ - ਦੂਜੀ ਕਾਪੀ", "রসিদ - দ্বিতীয় কপি";
    /// The receipt's number.
    NUMBER: "Receipt no.", "रसीद नं.", "ਰਸੀਦ ਨੰ.", "রসিদ নং";
    /// When the money was taken.
    DATE: "Date", "तारीख", "ਤਾਰੀਖ਼", "তারিখ";
    /// The consumer number.
    ACCOUNT: "Account", "खाता नं.", "ਖਾਤਾ ਨੰ.", "গ্রাহক নং";
    /// The newest bill that it settles.
    BILL: "Bill", "बिल", "ਬਿੱਲ", "বিল";
    /// The months that it settles.
    PERIOD: "Period", "महीना", "ਮਹੀਨਾ", "মাস";
    /// The amount.
    PAID: "Paid", "जमा", "ਜਮ੍ਹਾਂ", "জমা";
    /// How it was paid.
    BY: "By", "भुगतान", "ਭੁਗਤਾਨ", "পেমেন্ট";
    /// The payment's own number (RRN, UTR).
    REFERENCE: "Payment no.", "भुगतान नं.", "ਭੁਗਤਾਨ ਨੰ.", "পেমেন্ট নং";
    /// While the money itself is not certain.
    SUBJECT_TO_REALISATION:
        "Subject to realisation",
        "पैसे मिलने पर ही यह रसीद पक्की होगी",
        "ਪੈਸੇ ਮਿਲਣ ਤੇ ਹੀ ਇਹ ਰਸੀਦ ਪੱਕੀ ਹੋਵੇਗੀ",
        "টাকা জমা পড়লে তবেই এই রসিদ পাকা হবে";
    /// Under the QR code.
    SCAN:
        "Scan to check that this receipt is genuine.",
        "रसीद असली है या नहीं, स्कैन करके देखें।",
        "ਰਸੀਦ ਅਸਲੀ ਹੈ ਜਾਂ ਨਹੀਂ, ਸਕੈਨ ਕਰਕੇ ਦੇਖੋ।",
        "রসিদ আসল কি না, স্ক্যান করে দেখুন।";
    /// The running totals: how many receipts, and what they add up to. No danda after the amount: it looks like a 1.
    SO_FAR:
        "Receipt {1} of this till; {2} in all so far.",
        "इस मशीन की रसीद {1}; अब तक कुल {2}",
        "ਇਸ ਮਸ਼ੀਨ ਦੀ ਰਸੀਦ {1}; ਹੁਣ ਤੱਕ ਕੁੱਲ {2}",
        "এই মেশিনের রসিদ {1}; এ পর্যন্ত মোট {2}";
    /// Who took the money.
    COLLECTED_BY: "Collected by {1}", "पैसे लिए: {1}", "ਪੈਸੇ ਲਏ: {1}", "টাকা নিয়েছেন: {1}";
    /// In a text message, before the link.
    CHECK: "Check", "जाँचें", "ਜਾਂਚੋ", "যাচাই";
}
