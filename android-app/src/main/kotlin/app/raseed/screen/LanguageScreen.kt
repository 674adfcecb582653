// Which language? Each in its own script, so that nobody needs to read another to find theirs.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice
import app.raseed.frame.Place
import app.raseed.frame.Screen
import app.raseed.look.BigButton
import app.raseed.look.Page
import app.raseed.look.Text

class LanguageScreen(frame: Frame, place: Place) : Screen(frame, place) {
    override fun build(): View = Page(context).apply {
        val chosen = LanguageChoice(context).chosen
        title(text(R.string.language_title), if (chosen == null) null else frame::back)
        content.addView(Text(context, text(R.string.language_why)))
        for (language in Language.values()) {
            val (kind, icon) = when (language) {
                chosen -> BigButton.Kind.Primary to R.drawable.ic_check
                else -> BigButton.Kind.Plain to R.drawable.ic_language
            }
            actions.addView(BigButton(context, kind, icon, language.own, BigButton.MONEY) { choose(language) })
        }
    }

    private fun choose(language: Language) = frame.speak(language, Place(Screens.HOME))
}
