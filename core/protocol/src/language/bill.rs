//! The labels and sentences of a bill as it is printed or sent, in the words that people use at the door.

use super::Phrase;
use super::phrase::phrases;

phrases! {
    /// Every one of them.
    LABELS;
    /// Under the tenant's name.
    BILL: "BILL", "बिल", "ਬਿੱਲ", "বিল";
    /// The bill's number.
    NUMBER: "Bill no.", "बिल नं.", "ਬਿੱਲ ਨੰ.", "বিল নং";
    /// Until when it is to be paid.
    DUE: "Pay by", "आख़िरी तारीख", "ਆਖ਼ਰੀ ਤਾਰੀਖ਼", "শেষ তারিখ";
    /// What earlier months left open.
    ARREARS: "Earlier dues", "पिछला बकाया", "ਪਿਛਲਾ ਬਕਾਇਆ", "আগের বকেয়া";
    /// What clears everything.
    TO_PAY: "To pay", "कुल देना है", "ਕੁੱਲ ਦੇਣਾ ਹੈ", "মোট দিতে হবে";
    /// When nothing is due.
    NOTHING: "Nothing is due.", "कुछ बकाया नहीं।", "ਕੁਝ ਬਕਾਇਆ ਨਹੀਂ।", "কিছু বকেয়া নেই।";
    /// Under the QR code.
    SCAN_TO_PAY:
        "Scan with any UPI app to pay.",
        "किसी भी यूपीआई ऐप से स्कैन करके भुगतान करें।",
        "ਕਿਸੇ ਵੀ ਯੂਪੀਆਈ ਐਪ ਨਾਲ ਸਕੈਨ ਕਰਕੇ ਭੁਗਤਾਨ ਕਰੋ।",
        "যে কোনও ইউপিআই অ্যাপ দিয়ে স্ক্যান করে টাকা দিন।";
    /// In a text message, before the link.
    PAY: "Pay", "भुगतान करें", "ਭੁਗਤਾਨ ਕਰੋ", "টাকা দিন";
}
