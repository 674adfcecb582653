// A sale: how much, what for if one likes, one button. In a shop it is the first screen, with the newest payments under it; at a
// counter it is opened from the first screen. One sale is one payment: its request is made once, and every touch asks with it.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.AmountView as Amount
import app.raseed.bridge.HomeView
import app.raseed.bridge.PaymentStatus
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.Field
import app.raseed.look.Figures
import app.raseed.look.NumberPad
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.beside
import app.raseed.look.column

class SaleScreen(frame: Frame, place: Place) : FrontScreen(frame, place) {
    private val isFirst get() = place.screen == Screens.HOME
    private val note get() = facts.getString(PaymentFacts.NOTE).orEmpty()

    private val amount = AmountView(context)
    private val what = column(context, 0)
    private val standing = column(context, Size.GRID)
    private val newest = PaymentRows(context) { frame.go(it) }
    private val figures = Figures(LONGEST, facts.getString(TYPED).orEmpty(), ::typed)

    /** The amount that the button stands for; null while there is none. */
    private var asked: Amount? = null
    private var ready = false
    private var beginning = false

    override fun build(): View = page.apply {
        title(text(R.string.sale_title), if (isFirst) null else frame::back)
        content.addView(amount)
        content.addView(what)
        if (isFirst) for (part in listOf(newest.view, standing)) content.addView(part)
    }

    override fun show(home: HomeView) {
        if (isFirst) page.title(home.utility.ifEmpty { text(R.string.sale_title) }, null)
        standing.removeAllViews()
        pending(home)?.let(standing::addView)
        secondCopy(home)?.let(standing::addView)
        standing.addView(Fact(context, home.day, home.total.money.text, strong = true))
        standing.addView(unsent(home))
        standing.addView(RowCard(context, text(R.string.home_more), icon = R.drawable.ic_more) { frame.go(Place(Screens.ABOUT)) })
        remedy(home.next)?.let { needed ->
            page.actions.removeAllViews()
            page.actions.addView(big(needed))
            return
        }
        ready = true
        ask({ core.payments().list(NEWEST.toUInt()) }, newest::show)
        standOfRequest()
        look(figures.text)
        draw()
    }

    /** A request whose payment has ended answers no further sale. */
    private fun standOfRequest() {
        val request = facts.getString(CashScreen.REQUEST) ?: return
        ask({ core.payments().asked(request) }) { payment ->
            val ended = payment != null && payment.status != PaymentStatus.WAITING
            if (ended && facts.getString(CashScreen.REQUEST) == request) afresh()
        }
    }

    /** The next sale, with nothing of the last one left. */
    private fun afresh() {
        for (fact in listOf(CashScreen.REQUEST, PaymentFacts.NOTE)) facts.remove(fact)
        figures.clear()
        draw()
    }

    private fun typed(text: String) {
        facts.putString(TYPED, text)
        facts.remove(CashScreen.REQUEST)
        look(text)
    }

    private fun look(typed: String) {
        if (typed.isEmpty()) return offer(null)
        ask({ core.collect().readAmount(typed) }) { if (typed == figures.text) offer(it) }
    }

    override fun failed(error: Throwable) {
        beginning = false
        asked = null
        draw()
        super.failed(error)
    }

    private fun offer(read: Amount?) {
        unsay()
        asked = read?.takeIf { it.money.paise > 0 }
        if (read == null) amount.show(text(R.string.amount_none), text(R.string.amount_hint)) else amount.show(read.money.text, read.words)
        draw()
    }

    // ---- what the thumb does -------------------------------------------------------------------------------------------

    private fun draw() {
        what.removeAllViews()
        page.actions.removeAllViews()
        if (!ready) return
        if (facts.getBoolean(NOTING)) drawNote() else drawPad()
    }

    private fun drawNote() {
        val field = Field(context, text(R.string.sale_note), R.drawable.ic_letters) {
            facts.putString(PaymentFacts.NOTE, it)
            facts.remove(CashScreen.REQUEST)
        }
        field.text = note
        field.letters = true
        what.addView(field)
        page.actions.addView(BigButton(context, BigButton.Kind.Plain, R.drawable.ic_check, text(R.string.sale_note_done), onTouch = { noting(false) }))
    }

    private fun drawPad() {
        if (note.isNotEmpty()) what.addView(Fact(context, text(R.string.sale_note_what), note))
        page.actions.addView(NumberPad(context, NumberPad.Corner.TwoZeros, figures::add, figures::erase, figures::clear))
        val writes = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_letters, text(R.string.sale_note_what)) { noting(true) }
        val other = if (isFirst) writes else beside(context, writes, way(R.drawable.ic_search, R.string.counter_bill, Screens.FIND))
        asked?.let { page.actions.addView(take(it)) }
        page.actions.addView(other)
    }

    private fun take(it: Amount) =
        BigButton(context, BigButton.Kind.Pay, R.drawable.ic_qr, text(R.string.sale_take, it.money.text), BigButton.MONEY, ::begin)

    private fun noting(yes: Boolean) {
        facts.putBoolean(NOTING, yes)
        draw()
    }

    override fun back(): Boolean {
        if (!facts.getBoolean(NOTING)) return false
        noting(false)
        return true
    }

    private fun begin() {
        val paise = asked?.money?.paise ?: return
        if (!isFirst) return frame.go(sale(Screens.HOW, paise))
        if (beginning) return
        facts.getString(CashScreen.REQUEST)?.let { return go(it, paise) }
        beginning = true
        ask({ core.collect().newRequest() }) { request ->
            beginning = false
            facts.putString(CashScreen.REQUEST, request)
            go(request, paise)
        }
    }

    /** A shop shows the code at once; at a counter the payer chooses, and the request is made when that is known. */
    private fun go(request: String, paise: Long) = frame.go(sale(Screens.PAY_CODE, paise).with(CashScreen.REQUEST, request))

    private fun sale(screen: String, paise: Long) =
        Place(screen).with(CashScreen.PAISE, paise).with(PaymentFacts.NOTE, note).with(PaymentFacts.CASHLESS, true)

    private companion object {
        const val TYPED = "typed"
        const val NOTING = "noting"

        /** Rupees without paise. */
        const val LONGEST = 7

        /** As many as one look takes in. */
        const val NEWEST = 5
    }
}
