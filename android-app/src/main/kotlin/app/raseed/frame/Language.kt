// The languages of the screens, and which one this device's collector chose. Receipts have their own language; it is not here.
package app.raseed.frame

import android.content.Context
import android.content.res.Configuration
import java.util.Locale

/** A language of the screens. [own] is its name in its own script, which is never translated. */
enum class Language(val tag: String, val own: String) {
    English("en", "English"),
    Hindi("hi", "हिन्दी"),
    Punjabi("pa", "ਪੰਜਾਬੀ"),
    Bengali("bn", "বাংলা"),
    ;

    val locale: Locale get() = Locale(tag, "IN")

    companion object {
        fun of(tag: String?): Language? = values().firstOrNull { it.tag == tag }
    }
}

/** The choice, kept across restarts. */
class LanguageChoice(context: Context) {
    private val kept = context.getSharedPreferences("language", Context.MODE_PRIVATE)

    /** What was chosen; null before the first choice. */
    var chosen: Language?
        get() = Language.of(kept.getString("tag", null))
        set(language) {
            // At once: the activity that reads it starts in the next moment.
            kept.edit().putString("tag", language?.tag).commit()
        }

    /** The same context in the chosen language. */
    fun applied(base: Context): Context = chosen?.let { spoken(base, it) } ?: base

    companion object {
        /** The same context in a language; everything else (font scale, night) stays the device's. */
        fun spoken(base: Context, language: Language): Context {
            val only = Configuration()
            // 0 is "not set"; a new Configuration says 1 and would undo large text.
            only.fontScale = 0f
            only.setLocale(language.locale)
            return base.createConfigurationContext(only)
        }
    }
}
