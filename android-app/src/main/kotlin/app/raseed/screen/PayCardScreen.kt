// A card sale: asked for once, started once in the acquirer's payment app, which is in front of this screen while the card is read.
// What it said, the core has before this screen hears of it.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.PayMode
import app.raseed.bridge.PaymentDetails
import app.raseed.bridge.PaymentStatus
import app.raseed.card.CardQuestion
import app.raseed.card.CardStart
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.column

/** Facts: those of [HowScreen]. */
class PayCardScreen(frame: Frame, place: Place) : PaymentScreen(frame, place) {
    private val what = column(context, Size.GRID)
    private var starting = false

    override fun build(): View = page.apply {
        title(text(R.string.card_title), frame::back)
        content.addView(what)
    }

    override fun shown() {
        listen()
        if (payment == null) begin(PayMode.CARD) else look()
    }

    /** Durable first; and started once, whatever becomes of this screen: the terminal keeps a note of it on disk too. */
    private fun start(payment: String) {
        if (starting || facts.getBoolean(STARTED)) return
        starting = true
        val ours = context.packageName
        ask({ core.payments().cardAsk(payment, ours) }) {
            facts.putBoolean(STARTED, true)
            if (frame.pos.card.ask(frame.activity, payment, CardQuestion.SALE, it) == CardStart.NO_PAYMENT_APP) notStarted(payment)
        }
    }

    private fun notStarted(payment: String) {
        ask({ core.payments().cardNotStarted(payment, core.device().staff()) }, ::stands)
    }

    override fun show(it: PaymentDetails) {
        if (it.status != PaymentStatus.WAITING) return frame.replace(Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, it.payment))
        what.removeAllViews()
        page.actions.removeAllViews()
        what.addView(AmountView(context, it.amount.money.text, it.amount.words))
        what.addView(Banner(context, Banner.Kind.Wait, R.drawable.ic_card, text(R.string.card_go_on)))
        what.addView(Text(context, text(R.string.card_stay)))
        what.addView(Fact(context, text(R.string.code_reference), it.payment))
        page.actions.addView(
            BigButton(context, BigButton.Kind.Plain, R.drawable.ic_info, text(R.string.card_no_answer), BigButton.MONEY) {
                frame.replace(Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, it.payment))
            },
        )
        start(it.payment)
    }

    override fun failed(error: Throwable) {
        starting = false
        super.failed(error)
    }

    /** The head office is asked from the payment's own screen, once the payment app has nothing more to say. */
    override fun asked(answered: Boolean) = Unit

    private companion object {
        /** The payment app was started. */
        const val STARTED = "started"
    }
}
