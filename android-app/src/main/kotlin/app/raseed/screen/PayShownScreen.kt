// The payer's app shows that it is paid, and nobody else says so: the number that it shows, typed, for a receipt that says that its
// money is still to be seen.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.PaymentDetails
import app.raseed.bridge.leavesDoubt
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.Figures
import app.raseed.look.HoldButton
import app.raseed.look.NumberPad
import app.raseed.look.Signal
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.column
import app.raseed.look.largestType

/** Facts: [PaymentFacts.PAYMENT]. */
class PayShownScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val payment get() = facts.getString(PaymentFacts.PAYMENT).orEmpty()
    private val what = column(context, 0)
    private val typed = AmountView(context)
    private val go = column(context, 0)
    private val figures = Figures(LONGEST, facts.getString(TYPED).orEmpty()) {
        facts.putString(TYPED, it)
        unsay()
        write(it)
    }

    override fun build(): View = page.apply {
        title(text(R.string.shown_title), frame::back)
        // With the pad, so that it cannot scroll away while it is typed; the largest type has room for it only above.
        if (context.largestType) content.addView(typed) else actions.addView(typed)
        content.addView(Text(context, text(R.string.shown_why)))
        content.addView(what)
        actions.addView(NumberPad(context, NumberPad.Corner.Nothing, figures::add, figures::erase, figures::clear))
        actions.addView(go)
        write(figures.text)
    }

    override fun shown() {
        val payment = payment
        ask({ core.payments().show(payment) }, ::show)
    }

    private fun write(number: String) = typed.show(number.ifEmpty { "–" }, "")

    private fun show(it: PaymentDetails) {
        what.removeAllViews()
        go.removeAllViews()
        what.addView(Fact(context, text(R.string.shown_amount), it.amount.money.text, strong = true))
        val words = text(R.string.shown_hold, it.amount.money.text)
        go.addView(HoldButton(context, BigButton.Kind.Primary, R.drawable.ic_receipt, words, onHeld = ::take))
    }

    /** Asked for twice it is answered with the same receipt, so that a lost answer costs nothing. */
    private fun take() {
        val (payment, number) = payment to figures.text
        unsay()
        ask({ core.payments().shown(payment, number, core.device().staff()) }) {
            Signal.Taken.give(context)
            frame.taken(it, fresh = it.copies == 0u)
        }
    }

    /** Nobody leaves in doubt: the payment's own screen tells how it stands. */
    override fun failed(error: Throwable) {
        super.failed(error)
        if (error.leavesDoubt) facts.putBoolean(DOUBT, true)
    }

    override fun back(): Boolean {
        if (!facts.getBoolean(DOUBT)) return false
        frame.replace(Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, payment))
        return true
    }

    private companion object {
        const val TYPED = "typed"
        const val DOUBT = "doubt"

        /** No bank writes longer ones. */
        const val LONGEST = 22
    }
}
