// Which bill is yours? The whole number that stands on it: nothing is shown for less, so that nobody looks into another's bill.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.Trouble
import app.raseed.bridge.nobodyHasIt
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Field
import app.raseed.look.Figures
import app.raseed.look.NumberPad
import app.raseed.look.Text

class OwnNumberScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val field = Field(context, text(R.string.kiosk_number), R.drawable.ic_house, ::typed)

    override fun build(): View = page.apply {
        title(text(R.string.kiosk_pay), frame::back)
        content.addView(field)
        content.addView(Text(context, text(R.string.kiosk_hint)))
        field.text = facts.getString(TYPED).orEmpty()
        keys(facts.getBoolean(LETTERS))
    }

    /** What was wrong with the number is over with the next key. */
    private fun typed(text: String) {
        if (text == facts.getString(TYPED).orEmpty()) return
        facts.putString(TYPED, text)
        unsay()
    }

    /** Also from the keyboard's letters there is a way on. */
    private fun keys(letters: Boolean) {
        facts.putBoolean(LETTERS, letters)
        field.letters = letters
        page.actions.removeAllViews()
        page.actions.addView(if (letters) digits() else pad())
        page.actions.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_next, text(R.string.kiosk_show), BigButton.MONEY, ::look))
    }

    private fun digits() = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_keypad, text(R.string.find_digits)) { keys(false) }

    private fun pad(): NumberPad {
        fun edit(change: Figures.() -> Unit) = Figures(LONGEST, field.text) { field.text = it }.change()
        return NumberPad(
            context,
            NumberPad.Corner.Letters { keys(true) },
            onDigits = { edit { add(it) } },
            onErase = { edit { erase() } },
            onClear = { edit { clear() } },
        )
    }

    private fun look() {
        val number = field.text
        if (number.isBlank()) return
        ask({ core.book().ownBill(number) }) { bill ->
            unsay()
            frame.go(Place(Screens.OWN_BILL).with(HouseholdScreen.ACCOUNT, bill.account))
        }
    }

    override fun failed(error: Throwable) {
        if (error.nobodyHasIt) say(Trouble(text(R.string.kiosk_no_bill, field.text), Banner.Kind.Wait)) else super.failed(error)
    }

    private companion object {
        const val TYPED = "typed"
        const val LETTERS = "letters"

        /** More characters no number has. */
        const val LONGEST = 24
    }
}
