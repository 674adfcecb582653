// A receipt as the core writes it, in four languages, with what makes paper hard: long names, a long number, three heads, a full QR code.
package app.raseed.print

import app.raseed.bridge.HeadingBlock
import app.raseed.bridge.LineBlock
import app.raseed.bridge.NoteBlock
import app.raseed.bridge.QrBlock
import app.raseed.bridge.RowBlock
import app.raseed.bridge.RuleBlock
import app.raseed.bridge.SlipBlock
import app.raseed.bridge.TotalBlock
import app.raseed.bridge.WordsBlock
import app.raseed.frame.Language

object Receipts {
    /** As long as the link of a real receipt with two certificates. */
    val LINK = "HTTPS://RECEIPTS.EXAMPLE.GOV.IN/V#" + "QKBFAWCFUQHAKIPPKQ3TQMJR7ZB2D4XW".repeat(21).take(646)

    fun of(language: Language, duplicate: Boolean = false): List<SlipBlock> = when (language) {
        Language.English -> slip(
            "Bathinda Water Supply and Sanitation Division", if (duplicate) "RECEIPT - DUPLICATE" else "RECEIPT",
            listOf("Receipt no." to "T07-1-000482", "Date" to "22 Nov 2026, 16:40", "Account" to "PB-BTI-0041-2276", "Bill" to "2026-10/00412276", "Period" to "Aug 2026 - Oct 2026"),
            listOf("Water charges" to "₹210.00", "Sewerage" to "₹40.00", "Late payment surcharge" to "₹10.00"),
            "Paid" to "₹260.00", "Rupees two hundred and sixty only", "By" to "Cash",
            listOf("Scan to check that this receipt is genuine.", "Receipt 482 of this till; ₹1,26,480.00 in all so far.", "Collected by S-114"),
        )
        Language.Hindi -> slip(
            "जल आपूर्ति एवं स्वच्छता मंडल, बठिंडा", if (duplicate) "रसीद - दूसरी कॉपी" else "रसीद",
            listOf("रसीद नं." to "T07-1-000482", "तारीख" to "22 नवंबर 2026, 16:40", "खाता नं." to "PB-BTI-0041-2276", "बिल" to "2026-10/00412276", "महीना" to "अगस्त 2026 - अक्टूबर 2026"),
            listOf("जल शुल्क" to "₹210.00", "सीवरेज शुल्क" to "₹40.00", "विलंब से भुगतान पर अधिभार" to "₹10.00"),
            "जमा" to "₹260.00", "दो सौ साठ रुपये मात्र", "भुगतान" to "नकद",
            listOf("रसीद असली है या नहीं, स्कैन करके देखें।", "इस मशीन की रसीद 482; अब तक कुल ₹1,26,480.00।", "पैसे लिए: S-114"),
        )
        Language.Punjabi -> slip(
            "ਜਲ ਸਪਲਾਈ ਅਤੇ ਸੈਨੀਟੇਸ਼ਨ ਮੰਡਲ, ਬਠਿੰਡਾ", if (duplicate) "ਰਸੀਦ - ਦੂਜੀ ਕਾਪੀ" else "ਰਸੀਦ",
            listOf("ਰਸੀਦ ਨੰ." to "T07-1-000482", "ਤਾਰੀਖ਼" to "22 ਨਵੰਬਰ 2026, 16:40", "ਖਾਤਾ ਨੰ." to "PB-BTI-0041-2276", "ਬਿੱਲ" to "2026-10/00412276", "ਮਹੀਨਾ" to "ਅਗਸਤ 2026 - ਅਕਤੂਬਰ 2026"),
            listOf("ਪਾਣੀ ਦਾ ਬਿੱਲ" to "₹210.00", "ਸੀਵਰੇਜ" to "₹40.00", "ਦੇਰ ਨਾਲ ਭੁਗਤਾਨ ਦਾ ਸਰਚਾਰਜ" to "₹10.00"),
            "ਜਮ੍ਹਾਂ" to "₹260.00", "ਦੋ ਸੌ ਸੱਠ ਰੁਪਏ ਸਿਰਫ਼", "ਭੁਗਤਾਨ" to "ਨਕਦ",
            listOf("ਰਸੀਦ ਅਸਲੀ ਹੈ ਜਾਂ ਨਹੀਂ, ਸਕੈਨ ਕਰਕੇ ਦੇਖੋ।", "ਇਸ ਮਸ਼ੀਨ ਦੀ ਰਸੀਦ 482; ਹੁਣ ਤੱਕ ਕੁੱਲ ₹1,26,480.00।", "ਪੈਸੇ ਲਏ: S-114"),
        )
        Language.Bengali -> slip(
            "জল সরবরাহ ও স্বাস্থ্যবিধান বিভাগ, বাঁকুড়া", if (duplicate) "রসিদ - দ্বিতীয় কপি" else "রসিদ",
            listOf("রসিদ নং" to "T07-1-000482", "তারিখ" to "22 নভেম্বর 2026, 16:40", "গ্রাহক নং" to "PB-BTI-0041-2276", "বিল" to "2026-10/00412276", "মাস" to "আগস্ট 2026 - অক্টোবর 2026"),
            listOf("জলের মাশুল" to "₹210.00", "নিকাশি" to "₹40.00", "দেরিতে জমার সারচার্জ" to "₹10.00"),
            "জমা" to "₹260.00", "দুইশো ষাট টাকা মাত্র", "পেমেন্ট" to "নগদ",
            listOf("রসিদ আসল কি না, স্ক্যান করে দেখুন।", "এই মেশিনের রসিদ 482; এ পর্যন্ত মোট ₹1,26,480.00।", "টাকা নিয়েছেন: S-114"),
        )
    }

    private fun slip(
        tenant: String,
        title: String,
        head: List<Pair<String, String>>,
        heads: List<Pair<String, String>>,
        total: Pair<String, String>,
        words: String,
        mode: Pair<String, String>,
        notes: List<String>,
    ): List<SlipBlock> = listOf(HeadingBlock(tenant), LineBlock(title), RuleBlock) +
        head.map(::row) + RuleBlock + heads.map(::row) + TotalBlock(total.first, total.second) + WordsBlock(words) + row(mode) +
        RuleBlock + QrBlock(LINK) + notes.map(::NoteBlock)

    private fun row(pair: Pair<String, String>) = RowBlock(pair.first, pair.second)
}
