// In which language receipts were last wanted: people of one village mostly want the same. At first it is that of the screens.
package app.raseed.screen

import android.content.Context
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice

class ReceiptLanguage(private val context: Context) {
    private val kept = context.getSharedPreferences("receipt-language", Context.MODE_PRIVATE)

    var last: Language
        get() = Language.of(kept.getString("tag", null)) ?: LanguageChoice(context).chosen ?: Language.English
        set(language) = kept.edit().putString("tag", language.tag).apply()
}
