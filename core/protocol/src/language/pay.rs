//! The labels and sentences of the page on which a bill is paid, and of a poster with a code, in the words that people use.

use super::Phrase;
use super::phrase::phrases;

phrases! {
    /// Every one of them.
    LABELS;
    /// The page's title.
    PAY_BILL: "Pay the bill", "बिल का भुगतान", "ਬਿੱਲ ਦਾ ਭੁਗਤਾਨ", "বিলের টাকা দিন";
    /// What is due now.
    TO_PAY_NOW: "To pay now", "अभी देना है", "ਹੁਣ ਦੇਣਾ ਹੈ", "এখন দিতে হবে";
    /// The message asked for another amount.
    CHANGED:
        "The message said {1}. The amount has changed since then.",
        "संदेश में {1} लिखा था। तब से रकम बदल गई है।",
        "ਸੁਨੇਹੇ ਵਿੱਚ {1} ਲਿਖਿਆ ਸੀ। ਉਸ ਤੋਂ ਬਾਅਦ ਰਕਮ ਬਦਲ ਗਈ ਹੈ।",
        "বার্তায় {1} লেখা ছিল। তার পরে টাকার অঙ্ক বদলেছে।";
    /// The button that opens a payment app.
    OPEN_APP: "Pay {1} with a UPI app", "यूपीआई ऐप से {1} दें", "ਯੂਪੀਆਈ ਐਪ ਨਾਲ {1} ਦਿਓ", "ইউপিআই অ্যাপে {1} দিন";
    /// Before the payee's name.
    NAME_IN_APP: "Your app must show this name", "ऐप में यही नाम दिखना चाहिए", "ਐਪ ਵਿੱਚ ਇਹੀ ਨਾਮ ਦਿਸਣਾ ਚਾਹੀਦਾ ਹੈ", "অ্যাপে এই নামই দেখা যাওয়া চাই";
    /// Before the payee's address.
    UPI_ID: "UPI ID", "यूपीआई आईडी", "ਯੂਪੀਆਈ ਆਈਡੀ", "ইউপিআই আইডি";
    /// Above the symbol, for those who read the message on another device.
    OTHER_PHONE:
        "Or scan this code with a UPI app on another phone.",
        "या दूसरे फ़ोन के यूपीआई ऐप से यह कोड स्कैन करें।",
        "ਜਾਂ ਦੂਜੇ ਫ਼ੋਨ ਦੀ ਯੂਪੀਆਈ ਐਪ ਨਾਲ ਇਹ ਕੋਡ ਸਕੈਨ ਕਰੋ।",
        "অথবা অন্য ফোনের ইউপিআই অ্যাপ দিয়ে এই কোড স্ক্যান করুন।";
    /// Where the receipt comes from, and what is none.
    NO_PROOF:
        "The receipt comes from the office once the money is there. A screenshot is no proof of payment.",
        "पैसे मिलने पर रसीद दफ़्तर से आएगी। स्क्रीनशॉट भुगतान का सबूत नहीं है।",
        "ਪੈਸੇ ਮਿਲਣ ਤੇ ਰਸੀਦ ਦਫ਼ਤਰ ਤੋਂ ਆਵੇਗੀ। ਸਕ੍ਰੀਨਸ਼ਾਟ ਭੁਗਤਾਨ ਦਾ ਸਬੂਤ ਨਹੀਂ ਹੈ।",
        "টাকা পৌঁছলে রসিদ অফিস থেকে আসবে। স্ক্রিনশট টাকা দেওয়ার প্রমাণ নয়।";
    /// What the office may not know yet.
    NOT_TWICE:
        "Already paid here, or paid the collector? Do not pay again: the office may hear of it a little later.",
        "यहाँ या वसूली वाले को पैसे दे चुके हैं? दोबारा न दें: दफ़्तर को ख़बर थोड़ी देर बाद मिल सकती है।",
        "ਇੱਥੇ ਜਾਂ ਉਗਰਾਹੀ ਵਾਲੇ ਨੂੰ ਪੈਸੇ ਦੇ ਚੁੱਕੇ ਹੋ? ਦੁਬਾਰਾ ਨਾ ਦਿਓ: ਦਫ਼ਤਰ ਨੂੰ ਖ਼ਬਰ ਥੋੜ੍ਹੀ ਦੇਰ ਬਾਅਦ ਮਿਲ ਸਕਦੀ ਹੈ।",
        "এখানে বা আদায়কারীকে টাকা দিয়ে ফেলেছেন? আবার দেবেন না: অফিস খবর একটু পরে পেতে পারে।";
    /// Nothing is due any more.
    NOTHING_MORE:
        "Nothing more is to be paid on this bill.",
        "इस बिल पर अब कुछ नहीं देना है।",
        "ਇਸ ਬਿੱਲ ਤੇ ਹੁਣ ਕੁਝ ਨਹੀਂ ਦੇਣਾ ਹੈ।",
        "এই বিলে এখন আর কিছু দিতে হবে না।";
    /// Money has come for which the receipt is not there yet.
    ON_ITS_WAY:
        "{1} has come; its receipt is being made.",
        "{1} मिल गए हैं; रसीद बन रही है।",
        "{1} ਮਿਲ ਗਏ ਹਨ; ਰਸੀਦ ਬਣ ਰਹੀ ਹੈ।",
        "{1} পাওয়া গেছে; রসিদ তৈরি হচ্ছে।";
    /// Nothing that can be paid.
    NO_BILL: "No bill is found by this link", "इस लिंक का कोई बिल नहीं मिला", "ਇਸ ਲਿੰਕ ਦਾ ਕੋਈ ਬਿੱਲ ਨਹੀਂ ਮਿਲਿਆ", "এই লিঙ্কের কোনও বিল পাওয়া যায়নি";
    /// What to do then. A bill of today may still be on the collector's device alone.
    NO_BILL_WHY:
        "If the bill was made today, try again tomorrow. Otherwise ask at the office. Do not pay by any other link.",
        "बिल आज बना हो तो कल फिर देखें, नहीं तो दफ़्तर में पूछें। किसी और लिंक से पैसे न दें।",
        "ਬਿੱਲ ਅੱਜ ਬਣਿਆ ਹੋਵੇ ਤਾਂ ਕੱਲ੍ਹ ਫਿਰ ਦੇਖੋ, ਨਹੀਂ ਤਾਂ ਦਫ਼ਤਰ ਵਿੱਚ ਪੁੱਛੋ। ਕਿਸੇ ਹੋਰ ਲਿੰਕ ਤੋਂ ਪੈਸੇ ਨਾ ਦਿਓ।",
        "বিল আজ তৈরি হয়ে থাকলে কাল আবার দেখুন, নইলে অফিসে জিজ্ঞাসা করুন। অন্য কোনও লিঙ্কে টাকা দেবেন না।";
    /// Too many ask at once, or the books cannot be read.
    NOT_NOW: "This is not possible just now", "अभी यह नहीं हो पा रहा", "ਹੁਣੇ ਇਹ ਨਹੀਂ ਹੋ ਰਿਹਾ", "এই মুহূর্তে এটা হচ্ছে না";
    /// What to do then.
    NOT_NOW_WHY: "Try again in a few minutes.", "कुछ मिनट बाद फिर कोशिश करें।", "ਕੁਝ ਮਿੰਟ ਬਾਅਦ ਫਿਰ ਕੋਸ਼ਿਸ਼ ਕਰੋ।", "কয়েক মিনিট পরে আবার চেষ্টা করুন।";
    /// At the top of a poster.
    SCAN_AND_PAY: "Scan and pay", "स्कैन करें, भुगतान करें", "ਸਕੈਨ ਕਰੋ, ਭੁਗਤਾਨ ਕਰੋ", "স্ক্যান করুন, টাকা দিন";
    /// Over what a payer looks at first.
    BEFORE_PAYING: "Before you pay", "पैसे देने से पहले", "ਪੈਸੇ ਦੇਣ ਤੋਂ ਪਹਿਲਾਂ", "টাকা দেওয়ার আগে";
    /// The payee on the payer's own screen.
    CHECK_PAYEE:
        "Look at the name and the UPI ID in your app: they must be the ones on this page.",
        "अपने ऐप में नाम और यूपीआई आईडी देखें: वे इस पन्ने जैसे ही होने चाहिए।",
        "ਆਪਣੀ ਐਪ ਵਿੱਚ ਨਾਮ ਅਤੇ ਯੂਪੀਆਈ ਆਈਡੀ ਦੇਖੋ: ਉਹ ਇਸ ਪੰਨੇ ਵਾਲੇ ਹੀ ਹੋਣੇ ਚਾਹੀਦੇ ਹਨ।",
        "নিজের অ্যাপে নাম আর ইউপিআই আইডি দেখুন: এই পাতায় যা আছে ঠিক তাই হতে হবে।";
    /// Money without a reference has to be placed by a person.
    WRITE_ACCOUNT:
        "Write your consumer number into the note. Better still: scan the code on your own bill.",
        "नोट में अपना खाता नंबर लिखें। और अच्छा: अपने बिल पर छपा कोड स्कैन करें।",
        "ਨੋਟ ਵਿੱਚ ਆਪਣਾ ਖਾਤਾ ਨੰਬਰ ਲਿਖੋ। ਹੋਰ ਵੀ ਚੰਗਾ: ਆਪਣੇ ਬਿੱਲ ਤੇ ਛਪਿਆ ਕੋਡ ਸਕੈਨ ਕਰੋ।",
        "নোটে নিজের গ্রাহক নম্বর লিখুন। আরও ভালো: নিজের বিলের কোড স্ক্যান করুন।";
    /// Codes are pasted over.
    STICKER:
        "Is another code stuck over this one? Do not scan it, and tell the office.",
        "इस पर कोई दूसरा कोड चिपका है? उसे स्कैन न करें, दफ़्तर को बताएँ।",
        "ਇਸ ਉੱਤੇ ਕੋਈ ਹੋਰ ਕੋਡ ਚਿਪਕਿਆ ਹੈ? ਉਸਨੂੰ ਸਕੈਨ ਨਾ ਕਰੋ, ਦਫ਼ਤਰ ਨੂੰ ਦੱਸੋ।",
        "এর উপরে অন্য কোড সাঁটা আছে? সেটা স্ক্যান করবেন না, অফিসে জানান।";
    /// The commonest fraud.
    PIN:
        "A UPI PIN is for paying alone. Nobody needs it to give you money.",
        "यूपीआई पिन सिर्फ़ पैसे देने के लिए है। पैसे पाने के लिए पिन नहीं लगता।",
        "ਯੂਪੀਆਈ ਪਿੰਨ ਸਿਰਫ਼ ਪੈਸੇ ਦੇਣ ਲਈ ਹੈ। ਪੈਸੇ ਲੈਣ ਲਈ ਪਿੰਨ ਨਹੀਂ ਲੱਗਦਾ।",
        "ইউপিআই পিন শুধু টাকা দেওয়ার জন্য। টাকা পেতে পিন লাগে না।";
}
