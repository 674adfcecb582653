// A clerk's counter: a new payment under the thumb, today above it.
package app.raseed.screen

import android.view.Gravity
import android.view.View
import app.raseed.R
import app.raseed.bridge.HomeView
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Fact
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.beside
import app.raseed.look.column

class CounterScreen(frame: Frame, place: Place) : FrontScreen(frame, place) {
    private val sheet = column(context, Size.GRID)
    private val next = column(context, Size.GRID)
    private val newest = PaymentRows(context) { frame.go(it) }

    override fun build(): View = page.apply {
        title(text(R.string.home_title), null)
        content.addView(sheet)
        content.addView(newest.view)
        actions.addView(next)
    }

    override fun show(home: HomeView) {
        page.title(home.utility.ifEmpty { text(R.string.home_title) }, null)
        today(home)
        offer(home)
        ask({ core.payments().list(NEWEST.toUInt()) }, newest::show)
    }

    private fun today(home: HomeView) {
        sheet.removeAllViews()
        pending(home)?.let(sheet::addView)
        secondCopy(home)?.let(sheet::addView)
        sheet.addView(Text(context, who(home), Type.SMALL, R.color.slate).apply { gravity = Gravity.CENTER_HORIZONTAL })
        sheet.addView(AmountView(context, home.total.money.text))
        for (mode in home.byMode) sheet.addView(Fact(context, mode.name, mode.money.text, strong = true))
        sheet.addView(unsent(home))
    }

    private fun offer(home: HomeView) {
        next.removeAllViews()
        val needed = remedy(home.next)
        if (needed == null) {
            next.addView(big(R.string.counter_new, R.drawable.ic_rupee, Place(Screens.SALE)))
            next.addView(beside(context, way(R.drawable.ic_search, R.string.counter_bill, Screens.FIND), way(R.drawable.ic_more, R.string.home_more, Screens.ABOUT)))
        } else {
            next.addView(big(needed))
            next.addView(way(R.drawable.ic_more, R.string.home_more, Screens.ABOUT))
        }
    }

    private companion object {
        /** As many as one look takes in. */
        const val NEWEST = 5
    }
}
