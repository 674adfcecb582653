// A bill at the door: what the meter shows, a second look at the dial where something is odd, the bill.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.BillRequest
import app.raseed.bridge.BillView
import app.raseed.bridge.HouseholdView
import app.raseed.bridge.JudgedView
import app.raseed.bridge.MeterView
import app.raseed.bridge.ReadingQuestion
import app.raseed.bridge.Refused
import app.raseed.bridge.Troubles
import app.raseed.bridge.leavesDoubt
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.Figures
import app.raseed.look.NumberPad
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.sync.SyncSchedule

/** Facts: `account` from whoever opens it; the rest is its own. */
class BillScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private class Begun(val household: HouseholdView, val staff: String?, val request: String)

    private val account = facts.getString(HouseholdScreen.ACCOUNT).orEmpty()
    private var begun: Begun? = null

    private var typed: String
        get() = facts.getString("typed").orEmpty()
        set(typed) = facts.putString("typed", typed)

    /** The questions that were answered with yes. */
    private var confirmed: List<ReadingQuestion>
        get() = facts.getStringArrayList("confirmed").orEmpty().map(ReadingQuestion::valueOf)
        set(questions) = facts.putStringArrayList("confirmed", questions.mapTo(ArrayList()) { it.name })

    /** The core was asked to make it, and has not refused: whether it is made, only asking the same again can tell. */
    private var making: Boolean
        get() = facts.getBoolean("making")
        set(yes) = facts.putBoolean("making", yes)

    override fun build(): View = page.apply { title(text(R.string.bill_title), frame::back) }

    override fun shown() {
        if (begun != null) return
        ask({
            val staff = facts.getString("staff") ?: core.home().staff
            Begun(core.book().household(account), staff, facts.getString("request") ?: core.collect().newRequest())
        }) {
            begun = it
            facts.putString("request", it.request)
            facts.putString("staff", it.staff)
            if (making) make(it) else begin(it)
        }
    }

    override fun failed(error: Throwable) {
        // Nothing was recorded; but where nobody knows, the same is asked again.
        if (error is Refused && !error.leavesDoubt) making = false
        super.failed(error)
    }

    // ---- the reading -----------------------------------------------------------------------------------------------

    private fun begin(begun: Begun) {
        clear()
        if (begun.staff == null) say(Troubles.openShift(context))
        page.content.addView(Text(context, begun.household.name, Type.TITLE, bold = true))
        val meter = begun.household.meter
        if (meter == null) flat(begun) else read(begun, meter)
        val who = begun.household
        page.content.addView(Text(context, listOf(who.account, who.house, who.place).filter(String::isNotEmpty).joinToString(" · "), colour = R.color.slate))
    }

    private fun flat(begun: Begun) {
        page.content.addView(Text(context, text(R.string.bill_no_meter)))
        action(BigButton.Kind.Primary, R.drawable.ic_receipt, text(R.string.bill_make), BigButton.MONEY) { make(begun) }
    }

    private fun read(begun: Begun, meter: MeterView) {
        val means = Text(context, "", bold = true)
        val last = listOf(text(R.string.bill_last_reading), meter.readOn).joinToString(" · ")
        page.content.addView(Fact(context, last, meter.reading.toString(), strong = true))
        page.content.addView(means)
        // With the pad, so that it cannot scroll away while it is typed.
        val shows = AmountView(context)
        page.actions.addView(shows)
        val figures = Figures(meter.digits.toInt(), typed) {
            typed = it
            confirmed = emptyList()
            unsay()
            understand(shows, means)
        }
        page.actions.addView(NumberPad(context, NumberPad.Corner.Nothing, figures::add, figures::erase, figures::clear))
        action(BigButton.Kind.Primary, R.drawable.ic_receipt, text(R.string.bill_make), BigButton.MONEY) { check(begun) }
        understand(shows, means)
    }

    /** What the reading would mean, while it is typed. What is no whole reading yet is no mistake yet. */
    private fun understand(shows: AmountView, means: Text) {
        val now = typed
        shows.show(now.ifEmpty { "–" }, "")
        means.text = text(R.string.bill_type)
        if (now.isEmpty()) return
        ask({ runCatching { core.bills().judge(account, now) }.getOrNull() }) { judged ->
            if (now == typed && judged != null) means.text = used(judged)
        }
    }

    private fun used(means: JudgedView): String = when (means.months) {
        1u -> text(R.string.bill_used, means.units.toString())
        else -> text(R.string.bill_used_months, means.units.toString(), means.months.toString())
    }

    private fun check(begun: Begun) {
        unsay()
        ask({ core.bills().judge(account, typed) }) { next(begun, it) }
    }

    // ---- a second look ---------------------------------------------------------------------------------------------

    private fun next(begun: Begun, judged: JudgedView) {
        val open = judged.questions.firstOrNull { it !in confirmed } ?: return make(begun)
        clear()
        val last = begun.household.meter?.reading?.toString().orEmpty()
        val words = when (open) {
            ReadingQuestion.ROLLED_OVER -> text(R.string.bill_rolled_over, last)
            ReadingQuestion.UNUSUALLY_HIGH -> text(R.string.bill_high, judged.units.toString())
            ReadingQuestion.NO_USE -> text(R.string.bill_no_use)
        }
        val reading = judged.reading.toString()
        page.content.addView(Banner(context, Banner.Kind.Wait, R.drawable.ic_meter, text(R.string.bill_look)))
        page.content.addView(AmountView(context, reading, used(judged)))
        page.content.addView(Text(context, words, Type.TITLE))
        action(BigButton.Kind.Primary, R.drawable.ic_check, text(R.string.bill_yes, reading), BigButton.MONEY) {
            confirmed = confirmed + open
            next(begun, judged)
        }
        action(BigButton.Kind.Plain, R.drawable.ic_meter, text(R.string.bill_no), BigButton.MONEY) {
            typed = ""
            confirmed = emptyList()
            begin(begun)
        }
    }

    // ---- the bill --------------------------------------------------------------------------------------------------

    private fun make(begun: Begun) {
        val staff = begun.staff ?: return say(Troubles.openShift(context))
        making = true
        val reading = typed.toUIntOrNull().takeIf { begun.household.meter != null }
        val wish = BillRequest(begun.request, account, reading, confirmed, staff)
        ask({ core.bills().make(wish) }, ::made)
    }

    private fun made(bill: BillView) {
        SyncSchedule.soon(context)
        clear()
        val content = page.content
        content.addView(Banner(context, Banner.Kind.Done, R.drawable.ic_check, text(R.string.bill_made)))
        content.addView(AmountView(context, bill.total.money.text, bill.total.words))
        content.addView(Fact(context, text(R.string.bill_due), bill.dueOn, strong = true))
        content.addView(Fact(context, text(R.string.bill_period), bill.period))
        bill.units?.let { content.addView(Fact(context, text(R.string.bill_units), it.toString())) }
        bill.lines.forEach { content.addView(Fact(context, it.head, it.money.text)) }
        content.addView(Fact(context, text(R.string.bill_number), bill.bill))
        action(BigButton.Kind.Primary, R.drawable.ic_rupee, text(R.string.bill_collect, bill.total.money.text), BigButton.MONEY, ::collect)
        action(BigButton.Kind.Plain, R.drawable.ic_print, text(R.string.household_paper), BigButton.PLAIN) {
            frame.go(Place(Screens.PAPER_BILL).with(HouseholdScreen.ACCOUNT, account))
        }
    }

    /** The household says what is due now; the bill is a part of that. The way back must not lead to this reading again. */
    private fun collect() {
        frame.restart(Place(Screens.HOME))
        frame.go(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, account))
    }

    private fun clear() {
        unsay()
        page.content.removeAllViews()
        page.actions.removeAllViews()
    }

    private fun action(kind: BigButton.Kind, icon: Int, word: String, height: Int, onTouch: () -> Unit) =
        page.actions.addView(BigButton(context, kind, icon, word, height, onTouch))
}
