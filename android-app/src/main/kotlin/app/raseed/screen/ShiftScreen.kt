// Opening a shift: who collects, and how much cash is in the bag. One question after the other.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.BigButton
import app.raseed.look.Field
import app.raseed.look.Figures
import app.raseed.look.NumberPad
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.column

class ShiftScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val middle = column(context, Size.GRID)
    private val below = column(context, Size.GRID)

    override fun build(): View = page.apply {
        title(text(R.string.shift_title), frame::back)
        content.addView(middle)
        actions.addView(below)
        draw()
    }

    private fun draw() {
        middle.removeAllViews()
        below.removeAllViews()
        if (facts.getBoolean(KNOWN)) drawFloat() else drawWho()
    }

    private fun drawWho() {
        middle.addView(Text(context, text(R.string.shift_who)))
        val field = Field(context, text(R.string.shift_staff), R.drawable.ic_person) { facts.putString(STAFF, it) }
        field.text = facts.getString(STAFF).orEmpty()
        field.letters = true
        middle.addView(field)
        below.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_next, text(R.string.shift_go_on)) { known(true) })
    }

    private fun drawFloat() {
        middle.addView(Text(context, text(R.string.shift_float)))
        val amount = AmountView(context)
        middle.addView(amount)
        val figures = Figures(LONGEST, facts.getString(FLOAT).orEmpty()) {
            facts.putString(FLOAT, it)
            show(amount)
        }
        below.addView(NumberPad(context, NumberPad.Corner.TwoZeros, figures::add, figures::erase, figures::clear))
        below.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_check, text(R.string.shift_open), BigButton.MONEY, ::open))
        show(amount)
    }

    /** An empty bag is a bag with nothing in it. */
    private fun typed() = facts.getString(FLOAT).orEmpty().ifEmpty { "0" }

    private fun show(amount: AmountView) {
        val typed = typed()
        ask({ core.collect().readAmount(typed) }) {
            unsay()
            amount.show(it.money.text, it.words)
        }
    }

    private fun known(yes: Boolean) {
        unsay()
        facts.putBoolean(KNOWN, yes)
        draw()
    }

    private fun open() {
        val staff = facts.getString(STAFF).orEmpty()
        val typed = typed()
        ask({ core.device().openShift(staff, core.collect().readAmount(typed).money.paise) }) { frame.restart(Place(Screens.HOME)) }
    }

    /** The first question again, if the answer to it was the trouble. */
    override fun back(): Boolean {
        if (!facts.getBoolean(KNOWN)) return false
        known(false)
        return true
    }

    private companion object {
        const val STAFF = "staff"
        const val KNOWN = "known"
        const val FLOAT = "float"
        const val LONGEST = 7
    }
}
