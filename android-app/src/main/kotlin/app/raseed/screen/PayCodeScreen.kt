// A code for the payer's phone: as large and as bright as the screen can, while it counts. The payment is asked for once, whatever
// happens here: its request is made once, and every retry and every return asks with the same one.
package app.raseed.screen

import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.bridge.PayMode
import app.raseed.bridge.PaymentDetails
import app.raseed.bridge.PaymentStatus
import app.raseed.bridge.qrModules
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.HoldButton
import app.raseed.look.QrView
import app.raseed.look.Ring
import app.raseed.look.Size
import app.raseed.look.beside
import app.raseed.look.bright
import app.raseed.look.column
import app.raseed.look.largestType
import app.raseed.look.row
import app.raseed.sync.SyncSchedule

/** Facts: those of [HowScreen], for a payment to ask for; or [PaymentFacts.PAYMENT], for one that was asked for. */
class PayCodeScreen(frame: Frame, place: Place) : PaymentScreen(frame, place) {
    private val amount = AmountView(context)
    private val ring = Ring(context, ::look)
    private val code = QrView(context)
    private val state = column(context, 0)
    private val details = column(context, 0)
    private val below = column(context, 0)

    /** The text that the code shows. */
    private var drawn: String? = null
    private var answered = true
    private var noTick: View? = null
    private var told: Int? = null

    override fun build(): View = page.apply {
        title(text(R.string.code_title), frame::back)
        content.addView(head())
        content.addView(code, square())
        for (part in listOf(state, details)) content.addView(part)
        // The code must be whole on the screen: with the largest type there is room for what the thumb does only below it.
        if (context.largestType) content.addView(below) else actions.addView(below)
        code.contentDescription = text(R.string.code_picture)
        code.visibility = View.GONE
        ring.visibility = View.INVISIBLE
        keepScreenOn = true
    }

    /** With its quiet border; the code itself is more than 70 % of the width. */
    private fun square(): LinearLayout.LayoutParams {
        val side = context.resources.displayMetrics.run { minOf(widthPixels, heightPixels) * CODE }.toInt()
        return LinearLayout.LayoutParams(side, side).apply { gravity = Gravity.CENTER_HORIZONTAL }
    }

    /** The ring needs a line of its own when the type is the largest. */
    private fun head(): LinearLayout {
        if (context.largestType) return column(context, Size.GRID).apply {
            addView(amount)
            addView(ring, ring.layoutParams.let { LinearLayout.LayoutParams(it.width, it.height) }.apply { gravity = Gravity.CENTER_HORIZONTAL })
        }
        return row(context, Size.GRID).apply {
            addView(amount, LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.WRAP_CONTENT, 1f))
            addView(ring)
        }
    }

    override fun shown() {
        frame.activity.window.bright(true)
        if (payment == null) begin(PayMode.UPI) else follow()
    }

    override fun hidden() {
        frame.activity.window.bright(false)
        super.hidden()
    }

    override fun begun(it: PaymentDetails) {
        stands(it)
        watch()
    }

    private fun follow() {
        look()
        watch()
    }

    override fun show(it: PaymentDetails) {
        if (it.status != PaymentStatus.WAITING) return frame.replace(Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, it.payment))
        amount.show(it.amount.money.text, "")
        ring.visibility = View.VISIBLE
        ring.count(it.secondsLeft.toLong(), it.seconds.toLong())
        draw(it.code)
        tell(it)
        details.removeAllViews()
        it.payee?.let { payee -> details.addView(Fact(context, text(R.string.code_payee), payee, strong = true)) }
        details.addView(Fact(context, text(R.string.code_reference), it.payment))
        offer(it)
    }

    private fun draw(text: String?) {
        code.visibility = if (text == null) View.GONE else View.VISIBLE
        if (text == null || text == drawn) return
        drawn = text
        ask({ qrModules(text) }, code::show)
    }

    /** True where somebody of ours looks at the payer's phone; a kiosk believes nobody. */
    private val believes get() = Screens.admits(frame, Screens.PAY_SHOWN)

    /** One line about how things stand; without a network it is calm. */
    private fun tell(it: PaymentDetails) {
        val (icon, words) = when {
            it.codeRefused -> R.drawable.ic_stop to R.string.code_refused
            it.secondsLeft == 0u -> R.drawable.ic_clock to if (believes) R.string.code_over else R.string.kiosk_over
            !answered && it.code == null -> R.drawable.ic_cloud_off to R.string.code_not_made
            !answered -> R.drawable.ic_cloud_off to if (believes) R.string.code_offline else R.string.kiosk_offline
            it.code == null -> R.drawable.ic_wait to R.string.code_being_made
            else -> R.drawable.ic_wait to R.string.code_waiting
        }
        // TalkBack reads it when it changes, not at every question to the head office.
        if (words == told) return
        told = words
        state.removeAllViews()
        state.addView(Banner(context, if (it.codeRefused) Banner.Kind.Stop else Banner.Kind.Calm, icon, text(words)))
    }

    override fun asked(answered: Boolean) {
        this.answered = answered
    }

    /** What nobody was shown, nobody can have paid. */
    private fun offer(it: PaymentDetails) {
        noTick?.visibility = if (it.code == null && it.secondsLeft > 0u) View.GONE else View.VISIBLE
        // A button that is held must not go away under the thumb because the head office was asked once more.
        if (below.childCount > 0) return
        val shown = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_keypad, text(R.string.code_no_tick)) {
            frame.go(Place(Screens.PAY_SHOWN).with(PaymentFacts.PAYMENT, it.payment))
        }
        val cancel = HoldButton(context, BigButton.Kind.Plain, R.drawable.ic_cross, text(R.string.code_cancel), BigButton.PLAIN, ::giveUp)
        below.addView(if (believes) beside(context, shown, cancel) else cancel)
        noTick = shown
        offer(it)
    }

    private fun giveUp() {
        val payment = payment ?: return
        ask({ core.payments().giveUp(payment, core.device().staff()) }) {
            SyncSchedule.soon(context)
            if (it.status == PaymentStatus.EXPIRED) frame.back() else stands(it)
        }
    }

    private companion object {
        /** In hundredths of the shorter side. */
        const val CODE = 0.83f
    }
}
