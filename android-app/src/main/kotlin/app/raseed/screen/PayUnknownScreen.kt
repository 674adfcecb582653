// A payment that was asked for and has no receipt: whether money may have moved, how that is found out and until when, and what may
// be done now. Nobody is charged again from here before the core says so.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.MoneyStatus
import app.raseed.bridge.PayMode
import app.raseed.bridge.PaymentDetails
import app.raseed.bridge.PaymentStatus
import app.raseed.bridge.isPending
import app.raseed.card.CardQuestion
import app.raseed.card.CardStart
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.beside
import app.raseed.look.column

/** Facts: [PaymentFacts.PAYMENT]. */
class PayUnknownScreen(frame: Frame, place: Place) : PaymentScreen(frame, place) {
    private val state = column(context, Size.GRID)
    private val news = column(context, 0)
    private val how = column(context, Size.GRID)
    private val details = column(context, 0)

    /** The head office is being asked, for as long as this is seen. */
    private var began = false
    private var seen: PaymentDetails? = null

    override fun build(): View = page.apply {
        title(text(R.string.unknown_title), frame::back)
        for (part in listOf(state, news, how, details)) content.addView(part)
    }

    /** What is known here first, then what the head office knows. */
    override fun shown() {
        listen()
        look()
    }

    override fun hidden() {
        began = false
        super.hidden()
    }

    override fun asked(answered: Boolean) = if (answered) {
        tell(R.drawable.ic_cloud_done, R.string.unknown_no_word)
    } else {
        tell(R.drawable.ic_cloud_off, R.string.unknown_offline)
    }

    private fun tell(icon: Int, words: Int) {
        news.removeAllViews()
        news.addView(Banner(context, Banner.Kind.Calm, icon, text(words)))
    }

    override fun show(it: PaymentDetails) {
        if (it.status.isPending && !began) check(it, again = false)
        // A button must not go away under the thumb because the head office was asked once more and knows nothing new.
        val now = it.copy(secondsLeft = 0u)
        if (now == seen) return
        seen = now
        draw(it)
    }

    private fun draw(it: PaymentDetails) {
        state.removeAllViews()
        how.removeAllViews()
        details.removeAllViews()
        page.actions.removeAllViews()
        if (it.status.isPending) pending(it) else over(it)
        known(it)
    }

    // ---- nobody knows ----------------------------------------------------------------------------------------------

    private fun pending(it: PaymentDetails) {
        state.addView(Banner(context, Banner.Kind.Stop, R.drawable.ic_stop, text(R.string.unknown_stop)))
        state.addView(AmountView(context, it.amount.money.text, it.amount.words))
        how.addView(Text(context, text(R.string.unknown_how), Type.TITLE, bold = true))
        how.addView(Text(context, text(R.string.unknown_how_now)))
        it.promised?.let { day -> how.addView(Text(context, text(R.string.unknown_how_then, day))) }
        offer(it)
    }

    private fun check(it: PaymentDetails, again: Boolean) {
        began = true
        tell(R.drawable.ic_sync, R.string.unknown_asking)
        watch()
        if (it.mode == PayMode.CARD) askApp(it, again)
    }

    /** The payment app knows first what became of its sale. By itself it is asked once: it covers the screen for a moment. */
    private fun askApp(it: PaymentDetails, again: Boolean) {
        if (facts.getBoolean(ASKED_APP) && !again) return
        facts.putBoolean(ASKED_APP, true)
        val ours = context.packageName
        ask({ core.payments().cardQuery(it.payment, ours) }) { query ->
            if (query == null) return@ask
            val start = frame.pos.card.ask(frame.activity, it.payment, CardQuestion.QUERY, query)
            if (start == CardStart.NO_PAYMENT_APP) tell(R.drawable.ic_card, R.string.unknown_no_app)
        }
    }

    private fun offer(it: PaymentDetails) {
        val check = BigButton(context, BigButton.Kind.Primary, R.drawable.ic_sync, text(R.string.unknown_check)) { check(it, again = true) }
        // A stranger at a kiosk has no supervisor beside him, and his word is not proof.
        if (!Screens.admits(frame, Screens.LET_GO)) {
            page.actions.addView(check)
            return page.actions.addView(toTheFront())
        }
        val supervisor = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_person, text(R.string.unknown_supervisor)) { go(Screens.LET_GO) }
        val other = when {
            it.mode != PayMode.UPI -> null
            it.code != null -> BigButton(context, BigButton.Kind.Plain, R.drawable.ic_qr, text(R.string.unknown_code)) { go(Screens.PAY_CODE) }
            else -> BigButton(context, BigButton.Kind.Plain, R.drawable.ic_keypad, text(R.string.code_no_tick)) { go(Screens.PAY_SHOWN) }
        }
        page.actions.addView(if (other == null) check else beside(context, check, other))
        page.actions.addView(supervisor)
    }

    private fun toTheFront() =
        BigButton(context, BigButton.Kind.Plain, R.drawable.ic_home, text(R.string.kiosk_other)) { frame.restart(Place(Screens.HOME)) }

    private fun go(screen: String) = frame.go(Place(screen).with(PaymentFacts.PAYMENT, payment.orEmpty()))

    // ---- it is over ------------------------------------------------------------------------------------------------

    private fun over(it: PaymentDetails) {
        news.removeAllViews()
        unsay()
        val (kind, icon, words) = when {
            it.status == PaymentStatus.FAILED -> Triple(Banner.Kind.Wait, R.drawable.ic_cross, R.string.over_failed)
            it.status == PaymentStatus.LET_GO -> Triple(Banner.Kind.Wait, R.drawable.ic_person, R.string.over_let_go)
            it.status == PaymentStatus.DECLINED -> Triple(Banner.Kind.Calm, R.drawable.ic_cross, R.string.over_declined)
            it.money == MoneyStatus.CREDITED -> Triple(Banner.Kind.Wait, R.drawable.ic_info, R.string.over_credited)
            it.money == MoneyStatus.REFUND_DUE -> Triple(Banner.Kind.Wait, R.drawable.ic_info, R.string.over_refund)
            else -> Triple(Banner.Kind.Calm, R.drawable.ic_clock, R.string.over_nothing)
        }
        state.addView(Banner(context, kind, icon, text(words)))
        state.addView(AmountView(context, it.amount.money.text, it.amount.words))
        val household = it.account?.takeIf { Screens.admits(frame, Screens.HOUSEHOLD) }
        val (way, next) = household?.let { R.string.over_household to Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, it) } ?: (R.string.queue_home to null)
        page.actions.addView(
            BigButton(context, BigButton.Kind.Primary, R.drawable.ic_next, text(way), BigButton.MONEY) {
                frame.restart(Place(Screens.HOME))
                next?.let(frame::go)
            },
        )
    }

    private fun known(it: PaymentDetails) {
        fact(R.string.receipt_account, it.account)
        fact(R.string.how_note, it.note.ifEmpty { null })
        fact(R.string.receipt_when, it.`when`)
        fact(R.string.code_reference, it.payment)
        fact(R.string.unknown_complaint, it.complaint)
        fact(R.string.unknown_promised, it.promised)
        fact(R.string.unknown_bank_due, it.bankDue)
        if (it.status != PaymentStatus.LET_GO && Screens.admits(frame, Screens.COMPLAINT)) {
            details.addView(RowCard(context, text(R.string.complaint_title), icon = R.drawable.ic_message) { go(Screens.COMPLAINT) })
        }
    }

    private fun fact(name: Int, value: String?) {
        if (value != null) details.addView(Fact(context, text(name), value))
    }

    private companion object {
        /** The payment app was asked what became of it, from this screen. */
        const val ASKED_APP = "asked-app"
    }
}
