// A supervisor lets an account be charged again although nobody knows how its payment ended: who, why, and their PIN. The PIN is
// kept nowhere: a device that is turned asks for it again.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.Troubles
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Field
import app.raseed.look.Figures
import app.raseed.look.HoldButton
import app.raseed.look.NumberPad
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.column
import app.raseed.sync.SyncSchedule

/** Facts: [PaymentFacts.PAYMENT]. */
class LetGoScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val payment get() = facts.getString(PaymentFacts.PAYMENT).orEmpty()
    private val middle = column(context, Size.GRID)
    private val below = column(context, Size.GRID)
    private val dots = AmountView(context)
    private val pin = Figures(LONGEST) {
        unsay()
        showPin(it)
    }

    private var done = false

    override fun build(): View = page.apply {
        title(text(R.string.let_go_title), frame::back)
        content.addView(middle)
        actions.addView(below)
        draw()
    }

    /** Better said before anybody has answered three questions. */
    override fun shown() = ask({ core.device().hasPin() }) { if (!it) say(Troubles.setPin(context)) }

    private fun draw() {
        middle.removeAllViews()
        below.removeAllViews()
        when (facts.getInt(STEP)) {
            0 -> question(R.string.let_go_who, R.drawable.ic_person, WHO)
            1 -> question(R.string.let_go_why, R.drawable.ic_message, WHY)
            else -> drawPin()
        }
    }

    private fun question(label: Int, icon: Int, fact: String) {
        middle.addView(Banner(context, Banner.Kind.Stop, R.drawable.ic_warning, text(R.string.let_go_risk)))
        val field = Field(context, text(label), icon) { facts.putString(fact, it) }
        field.text = facts.getString(fact).orEmpty()
        field.letters = true
        field.long()
        middle.addView(field)
        below.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_next, text(R.string.shift_go_on)) { step(1) })
    }

    private fun drawPin() {
        middle.addView(Text(context, text(R.string.let_go_pin, facts.getString(WHO).orEmpty())))
        middle.addView(dots)
        showPin(pin.text)
        below.addView(NumberPad(context, NumberPad.Corner.Nothing, pin::add, pin::erase, pin::clear))
        below.addView(HoldButton(context, BigButton.Kind.Danger, R.drawable.ic_lock, text(R.string.let_go_hold), onHeld = ::letGo))
    }

    private fun showPin(typed: String) = dots.show(if (typed.isEmpty()) "–" else "•".repeat(typed.length), "")

    private fun step(by: Int) {
        unsay()
        pin.clear()
        facts.putInt(STEP, facts.getInt(STEP) + by)
        draw()
    }

    private fun letGo() {
        val (payment, who, why) = Triple(payment, facts.getString(WHO).orEmpty(), facts.getString(WHY).orEmpty())
        val typed = pin.text
        pin.clear()
        ask({ core.payments().letGo(payment, who, typed, why, core.device().staff()) }) {
            SyncSchedule.soon(context)
            done = true
            // The payment's own screen, behind this one, says how it stands now.
            frame.back()
        }
    }

    /** The question before, if the answer to it was the trouble. */
    override fun back(): Boolean {
        if (facts.getInt(STEP) == 0 || done) return false
        step(-1)
        return true
    }

    private companion object {
        const val STEP = "step"
        const val WHO = "who"
        const val WHY = "why"
        const val LONGEST = 8
    }
}
