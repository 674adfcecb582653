// Today in one look, and the next thing to do.
package app.raseed.screen

import android.view.Gravity
import android.view.View
import app.raseed.R
import app.raseed.bridge.HomeView
import app.raseed.bridge.LastReceiptView
import app.raseed.bridge.NextStep
import app.raseed.bridge.Refused
import app.raseed.bridge.Remedy
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.BigButton
import app.raseed.look.Banner
import app.raseed.look.Chip
import app.raseed.look.Fact
import app.raseed.look.RowCard
import app.raseed.look.Share
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.beside
import app.raseed.look.column
import app.raseed.sync.SyncSchedule

class HomeScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val sheet = column(context, Size.GRID)
    private val next = column(context, Size.GRID)

    override fun build(): View = page.apply {
        title(text(R.string.app_name), null)
        content.addView(sheet)
        actions.addView(next)
    }

    /** Again whenever it is seen: something was sent or taken meanwhile. */
    override fun shown() {
        val first = !frame.pos.lookedAfter
        ask({
            if (first) lookAfter()
            val home = core.home()
            home to if (first && home.pending > 0u) core.payments().pending().firstOrNull() else null
        }) { (home, pending) ->
            frame.pos.lookedAfter = true
            show(home)
            // The process before this one ended while money may have been moving: that comes before anything else.
            if (pending != null) frame.go(Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, pending.payment))
        }
    }

    /** What keeps it from being done, a clock or a missing enrolment, is said by the rest of this screen. */
    private fun lookAfter() {
        try {
            core.payments().lookAfter()
        } catch (_: Refused) {
        }
    }

    private fun show(home: HomeView) {
        if (home.unsent > 0u) SyncSchedule.soon(context)
        unsay()
        sheet.removeAllViews()
        next.removeAllViews()
        next.addView(step(home.next))
        if (home.next == NextStep.ENROL) welcome() else today(home)
    }

    private fun welcome() {
        sheet.addView(Text(context, text(R.string.home_welcome)))
        next.addView(way(R.drawable.ic_language, R.string.language_title, Screens.LANGUAGE))
    }

    private fun today(home: HomeView) {
        page.title(home.utility.ifEmpty { text(R.string.home_title) }, null)
        if (home.pending > 0u) sheet.addView(pending(home.pending.toInt()))
        sheet.addView(Text(context, who(home), Type.SMALL, R.color.slate).apply { gravity = Gravity.CENTER_HORIZONTAL })
        sheet.addView(AmountView(context, home.total.money.text))
        val count = home.receipts.toInt()
        sheet.addView(Text(context, context.resources.getQuantityString(R.plurals.home_receipts, count, count.toString())).apply { gravity = Gravity.CENTER_HORIZONTAL })
        for (mode in home.byMode) {
            sheet.addView(Fact(context, mode.name, mode.money.text, strong = true))
            sheet.addView(Share(context, mode.permille.toInt()))
        }
        sheet.addView(unsent(home))
        home.newest?.let { sheet.addView(newest(it)) }
        val verify = way(R.drawable.ic_check, R.string.home_verify, Screens.VERIFY)
        next.addView(beside(context, verify, way(R.drawable.ic_more, R.string.home_more, Screens.ABOUT)))
    }

    private fun who(home: HomeView) = listOfNotNull(home.day, home.till, home.staff).joinToString(" · ")

    private fun pending(count: Int): RowCard {
        val head = context.resources.getQuantityString(R.plurals.home_pending, count, count.toString())
        val chip = Chip(context, Banner.Kind.Stop, R.drawable.ic_warning, text(R.string.home_pending_why))
        return RowCard(context, head, chip = chip, icon = R.drawable.ic_qr) { frame.go(Place(Screens.PAYMENTS)) }
    }

    private fun unsent(home: HomeView): RowCard {
        val count = home.unsent.toInt()
        val open = { frame.go(Place(Screens.QUEUE)) }
        val under = home.confirmed?.let { text(R.string.home_confirmed, it) }
        if (count == 0) return RowCard(context, text(R.string.home_all_sent), under, icon = R.drawable.ic_cloud_done, onTouch = open)
        val head = context.resources.getQuantityString(R.plurals.home_unsent, count, count.toString())
        val age = home.oldest?.let { text(R.string.home_oldest, context.age(it)) }
        return RowCard(context, head, age ?: under, icon = R.drawable.ic_cloud_off, onTouch = open)
    }

    private fun newest(last: LastReceiptView): RowCard {
        val printed = last.copies > 0u
        val chip = if (printed) null else Chip(context, Banner.Kind.Wait, R.drawable.ic_print, text(R.string.home_not_printed))
        val open = { frame.go(Place(Screens.RECEIPT).with(ReceiptScreen.RECEIPT, last.receipt)) }
        return RowCard(context, text(R.string.home_newest, last.account), last.`when`, last.money.text, chip, R.drawable.ic_receipt, open)
    }

    private fun step(step: NextStep): BigButton = when (step) {
        NextStep.ENROL -> big(Remedy.Enrol)
        NextStep.FETCH_BOOK -> big(Remedy.Sync)
        NextStep.OPEN_SHIFT -> big(Remedy.Shift)
        NextStep.FIX_CLOCK -> big(Remedy.Clock)
        NextStep.COLLECT -> big(R.string.home_collect, R.drawable.ic_rupee, Place(Screens.FIND))
    }

    /** What a refusal would offer, before anything has to be refused. */
    private fun big(remedy: Remedy) = big(remedy.word, remedy.icon, placeOf(remedy))

    private fun big(word: Int, icon: Int, place: Place) =
        BigButton(context, BigButton.Kind.Primary, icon, text(word), BigButton.COLLECT) { frame.go(place) }

    private fun way(icon: Int, word: Int, screen: String) =
        BigButton(context, BigButton.Kind.Plain, icon, text(word)) { frame.go(Place(screen)) }
}
