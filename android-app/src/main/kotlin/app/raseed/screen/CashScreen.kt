// Taking cash: the amount, what was given, what goes back; then hold. Whatever happens here, one wish is one receipt: its request
// is made once, and every retry and every return asks with the same one.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.Money
import app.raseed.bridge.PreviewView
import app.raseed.bridge.ReceiptView
import app.raseed.bridge.endsCollecting
import app.raseed.bridge.leavesDoubt
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.HoldButton
import app.raseed.look.Signal
import app.raseed.look.dp

class CashScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val account get() = facts.getString(HouseholdScreen.ACCOUNT).orEmpty()
    private val paise get() = facts.getLong(PAISE)
    private val amount = AmountView(context)
    private val given by lazy { GivenCash(context, facts, ::lookAtGiven, ::offer) }

    /** What was allowed to be taken when the screen was shown; nothing is offered before. */
    private var allowed: PreviewView? = null
    private var taking = false

    /** What is known of the request of this visit. */
    private class Begun(val request: String, val answer: ReceiptView?, val preview: Result<PreviewView>, val sums: List<Money>)

    override fun build(): View = page.apply {
        title(text(R.string.cash_title), frame::back)
        content.addView(amount)
        content.addView(given.view)
    }

    override fun shown() {
        if (taking) return
        val (account, paise, request) = Triple(account, paise, facts.getString(REQUEST))
        ask({ begin(account, paise, request) }, ::begun)
    }

    private fun begin(account: String, paise: Long, before: String?): Begun {
        val collect = core.collect()
        val answer = before?.let(collect::answered)
        val preview = runCatching { collect.preview(account, paise) }
        return Begun(before ?: collect.newRequest(), answer, preview, collect.likelySums(paise))
    }

    private fun begun(it: Begun) {
        facts.putString(REQUEST, it.request)
        // From here on it is certain whether it was recorded.
        facts.remove(DOUBT)
        if (it.answer != null) return paid(it.answer, fresh = false)
        it.preview.fold({ preview -> allowed(preview, it.sums) }, ::failed)
    }

    private fun allowed(preview: PreviewView, sums: List<Money>) {
        unsay()
        allowed = preview
        amount.show(preview.amount.money.text, preview.amount.words)
        given.offer(sums)
        offer()
    }

    private fun lookAtGiven() {
        val (paise, chosen, typed) = Triple(paise, given.chosen, given.typed)
        if (chosen == null && typed.isEmpty()) return given.show(null)
        ask({
            val sum = chosen ?: core.collect().readAmount(typed).money.paise
            core.collect().change(paise, sum)
        }) {
            unsay()
            given.show(it)
            offer()
        }
    }

    /** The lower third. */
    private fun offer() {
        val preview = allowed ?: return
        page.actions.removeAllViews()
        if (taking) return page.actions.addView(busy())
        given.pad?.let(page.actions::addView)
        if (given.short) return
        val doubt = facts.getBoolean(DOUBT)
        val words = if (doubt) text(R.string.cash_again) else text(R.string.cash_hold, preview.amount.money.text)
        page.actions.addView(HoldButton(context, BigButton.Kind.Primary, R.drawable.ic_cash, words) { take() })
    }

    private fun busy() = Banner(context, Banner.Kind.Wait, R.drawable.ic_wait, text(R.string.cash_recording)).apply {
        minHeight = context.dp(BigButton.MONEY)
    }

    private fun take() {
        if (taking || allowed == null) return
        val request = facts.getString(REQUEST) ?: return
        val (account, paise) = account to paise
        taking = true
        unsay()
        offer()
        ask({ runCatching { takeOnce(request, account, paise) } }) { taken ->
            taking = false
            taken.fold({ paid(it, fresh = !it.repeated || it.copies == 0u) }, ::notTaken)
        }
    }

    /** A retry finds its receipt even if the shift was closed meanwhile. */
    private fun takeOnce(request: String, account: String, paise: Long): ReceiptView {
        val collect = core.collect()
        return collect.answered(request) ?: collect.cash(request, account, paise, core.device().staff())
    }

    private fun notTaken(error: Throwable) {
        if (error.leavesDoubt) facts.putBoolean(DOUBT, true)
        failed(error)
        offer()
    }

    /** Without an answer to begin with nothing is offered but to ask again. */
    override fun failed(error: Throwable) {
        super.failed(error)
        if (allowed != null) return
        page.actions.removeAllViews()
        page.actions.addView(BigButton(context, BigButton.Kind.Plain, R.drawable.ic_sync, text(R.string.cash_look), BigButton.MONEY) { shown() })
    }

    private fun paid(it: ReceiptView, fresh: Boolean) {
        if (fresh) Signal.Taken.give(context)
        frame.taken(it, fresh)
    }

    /** While it is being recorded nobody leaves; while it is in doubt nobody leaves without an answer. */
    override fun back(): Boolean {
        if (taking) return true
        if (given.closePad()) return true
        if (!facts.getBoolean(DOUBT)) return false
        val request = facts.getString(REQUEST) ?: return false
        ask({ runCatching { core.collect().answered(request) } }) { answer ->
            if (answer.isSuccess || answer.exceptionOrNull()?.endsCollecting == true) facts.remove(DOUBT)
            answer.fold({ if (it != null) paid(it, fresh = false) else frame.back() }, ::failed)
        }
        return true
    }

    companion object {
        const val PAISE = "paise"
        const val REQUEST = "request"
        private const val DOUBT = "doubt"
    }
}
