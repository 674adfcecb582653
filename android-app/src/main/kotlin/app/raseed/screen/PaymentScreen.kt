// A screen of one payment by UPI or card: while it is seen it asks the head office again and again what became of the payment,
// and says it aloud when it is paid. It decides nothing: how a payment stands, the core says.
package app.raseed.screen

import android.os.Handler
import android.os.Looper
import android.view.View
import app.raseed.R
import app.raseed.bridge.PayMode
import app.raseed.bridge.PaymentDetails
import app.raseed.bridge.ReceiptView
import app.raseed.bridge.Refused
import app.raseed.bridge.Troubles
import app.raseed.bridge.isPending
import app.raseed.bridge.passes
import app.raseed.frame.Frame
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice
import app.raseed.frame.Place
import app.raseed.look.BigButton
import app.raseed.look.PaidView
import app.raseed.look.Signal
import app.raseed.sync.SyncSchedule

abstract class PaymentScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val later = Handler(Looper.getMainLooper())
    private val again = Runnable(::hear)
    private var pauses = 0
    private var watching = false

    /** The green is on the screen. */
    private var telling = false
    private var retry: View? = null

    /** The payment, once it was asked for. */
    protected val payment: String? get() = facts.getString(PaymentFacts.PAYMENT)

    /** How it stands; never with a receipt: who has one is led to it. */
    protected abstract fun show(it: PaymentDetails)

    /** The head office was asked: whether it answered. */
    protected abstract fun asked(answered: Boolean)

    /** It was asked for, and that is durable: from here on it may be shown or started. */
    protected open fun begun(it: PaymentDetails) = stands(it)

    /** Asks for it, from the facts that the screen was opened with. Its request is made once; every retry asks with the same one. */
    protected fun begin(mode: PayMode) {
        val request = facts.getString(CashScreen.REQUEST)
        if (request != null) return begin(mode, request)
        ask({ core.collect().newRequest() }) {
            facts.putString(CashScreen.REQUEST, it)
            begin(mode, it)
        }
    }

    private fun begin(mode: PayMode, request: String) {
        val (account, paise, note) = Triple(facts.getString(HouseholdScreen.ACCOUNT), facts.getLong(CashScreen.PAISE), facts.getString(PaymentFacts.NOTE))
        ask({
            val payments = core.payments()
            // What was asked for is found even if the shift was closed meanwhile.
            payments.asked(request) ?: payments.begin(request, account, paise, mode, note.orEmpty(), core.device().staff())
        }) {
            facts.putString(PaymentFacts.PAYMENT, it.payment)
            unsay()
            retry?.let(page.actions::removeView)
            SyncSchedule.soon(context)
            begun(it)
        }
    }

    /** As this device knows it; needs no network. */
    protected fun look() {
        val payment = payment ?: return
        ask({ core.payments().show(payment) }, ::stands)
    }

    /** Hears at once what the payment app of this device said about it, if it was asked. */
    protected fun listen() {
        frame.pos.cardResults.watcher = { about, said -> if (about == payment) said.fold(::stands, ::failed) }
    }

    /** Asks at once, then with growing pauses, until its end is known or the screen is not seen any more. */
    protected fun watch() {
        watching = true
        pauses = 0
        hear()
    }

    override fun hidden() {
        watching = false
        telling = false
        frame.pos.cardResults.watcher = null
        later.removeCallbacksAndMessages(null)
    }

    private class Heard(val payment: PaymentDetails, val unheard: Refused?)

    private fun hear() {
        val payment = payment ?: return
        later.removeCallbacks(again)
        askSlowly({ hear(payment) }) { heard ->
            unsay()
            asked(heard.unheard == null)
            heard.unheard?.let { if (!it.passes) say(Troubles.of(context, it)) }
            stands(heard.payment)
            next()
        }
    }

    /** Where nobody answers, time alone may still say something. */
    private fun hear(payment: String): Heard = try {
        Heard(core.payments().ask(payment), null)
    } catch (unheard: Refused) {
        core.payments().lookAfter()
        Heard(core.payments().show(payment), unheard)
    }

    private fun next() {
        if (watching) later.postDelayed(again, PAUSES[minOf(pauses++, PAUSES.lastIndex)])
    }

    /** Without an answer to begin with nothing is offered but to ask for the same again. */
    override fun failed(error: Throwable) {
        super.failed(error)
        later.removeCallbacks(again)
        next()
        if (payment != null || retry != null) return
        retry = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_sync, text(R.string.cash_look), BigButton.MONEY) { shown() }.also(page.actions::addView)
    }

    protected fun stands(it: PaymentDetails) {
        val receipt = it.receipt
        if (it.status.isPending) facts.putBoolean(PENDING, true) else watching = false
        if (receipt == null) return show(it)
        ask({ core.receipts().show(receipt) }, ::paid)
    }

    /** Said once, to those who waited for it; who looks at it later is only shown the receipt. */
    private fun paid(it: ReceiptView) {
        if (telling) return
        hidden()
        when {
            !facts.getBoolean(PENDING) -> frame.replace(Place(Screens.RECEIPT).with(ReceiptScreen.RECEIPT, it.receipt))
            facts.getBoolean(TOLD) -> frame.taken(it, fresh = it.copies == 0u)
            else -> tell(it)
        }
    }

    private fun tell(it: ReceiptView) {
        facts.putBoolean(TOLD, true)
        telling = true
        Signal.Taken.give(context)
        frame.pos.voice.say(text(R.string.pay_spoken, it.amount.words), LanguageChoice(context).chosen ?: Language.English)
        page.title(text(R.string.pay_paid), null)
        page.actions.removeAllViews()
        page.fill(PaidView(context, it.amount.money.text, it.amount.words, text(R.string.pay_paid_by, it.mode)))
        later.postDelayed({ frame.taken(it, fresh = it.copies == 0u) }, MOMENT)
    }

    /** Who was told is led to the receipt, and nowhere else. */
    override fun back(): Boolean {
        if (!facts.getBoolean(TOLD)) return false
        telling = false
        look()
        return true
    }

    private companion object {
        /** Its end was not known when this screen saw it. */
        const val PENDING = "pending"
        const val TOLD = "told"

        /** Milliseconds between one question to the head office and the next. */
        val PAUSES = longArrayOf(2_000, 3_000, 5_000, 8_000, 15_000)

        /** Milliseconds in which the payer sees the green, before the receipt comes. */
        const val MOMENT = 1_200L
    }
}
