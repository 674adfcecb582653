// A kiosk's front door: pay your bill, in your language. Whoever holds the utility's name long enough is asked for the PIN.
package app.raseed.screen

import android.view.Gravity
import android.view.View
import app.raseed.R
import app.raseed.bridge.HomeView
import app.raseed.frame.Frame
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.column
import app.raseed.look.dp
import app.raseed.look.largestType
import app.raseed.look.onHeld

class KioskScreen(frame: Frame, place: Place) : FrontScreen(frame, place) {
    private val name = Text(context, text(R.string.app_name), Type.LARGE, bold = true)
    private val said = column(context, Size.GRID)

    override fun build(): View = page.apply {
        name.gravity = Gravity.CENTER
        name.minHeight = context.dp(BigButton.COLLECT)
        name.onHeld(HOLD) { frame.go(Place(Screens.STAFF_DOOR)) }
        content.addView(name)
        content.addView(said)
    }

    override fun show(home: HomeView) {
        if (home.utility.isNotEmpty()) name.text = home.utility
        ask({ core.device().hasPin() }) { hasPin -> offer(open = hasPin && remedy(home.next) == null) }
    }

    private fun offer(open: Boolean) {
        said.removeAllViews()
        page.actions.removeAllViews()
        if (open) {
            for (language in Language.values()) page.actions.addView(way(language))
        } else {
            said.addView(Banner(context, Banner.Kind.Calm, R.drawable.ic_lock, inEach(R.string.kiosk_closed).joinToString("\n")))
        }
    }

    override fun failed(error: Throwable) {
        page.actions.removeAllViews()
        super.failed(error)
    }

    /** In the largest type its name alone, so that the four of them and the utility's name have room. */
    private fun way(it: Language): BigButton {
        val words = if (context.largestType) it.own else text(R.string.kiosk_way, it.own, inLanguage(it, R.string.kiosk_pay))
        return BigButton(context, BigButton.Kind.Primary, R.drawable.ic_rupee, words, BigButton.COLLECT) { speak(it) }
    }

    /** Everything after this is in that language. */
    private fun speak(language: Language) = frame.speak(language, Place(Screens.OWN_NUMBER))

    private fun inEach(word: Int) = Language.values().map { inLanguage(it, word) }

    private fun inLanguage(language: Language, word: Int) = LanguageChoice.spoken(context, language).getString(word)

    private companion object {
        /** In milliseconds: nobody rests a finger so long on a name. */
        const val HOLD = 3_000L
    }
}
