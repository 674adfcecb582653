// Behind the door of a kiosk: what the staff does with it, for five minutes.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.HomeView
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.column

class StaffScreen(frame: Frame, place: Place) : FrontScreen(frame, place) {
    private val sheet = column(context, Size.GRID)
    private val next = column(context, Size.GRID)

    override fun build(): View = page.apply {
        title(text(R.string.staff_title), null)
        content.addView(sheet)
        actions.addView(next)
        actions.addView(BigButton(context, BigButton.Kind.Plain, R.drawable.ic_lock, text(R.string.staff_lock), BigButton.MONEY, ::lock))
    }

    override fun show(home: HomeView) {
        next.removeAllViews()
        remedy(home.next)?.let { next.addView(big(it)) }
        sheet.removeAllViews()
        pending(home)?.let(sheet::addView)
        secondCopy(home)?.let(sheet::addView)
        sheet.addView(Text(context, text(R.string.staff_left), Type.BODY, R.color.slate))
        sheet.addView(Fact(context, who(home), home.total.money.text, strong = true))
        sheet.addView(unsent(home))
        for ((icon, word, screen) in WAYS) sheet.addView(RowCard(context, text(word), icon = icon) { frame.go(Place(screen)) })
        // A kiosk without a PIN would let everybody in: that is the first thing that it needs.
        ask({ core.device().hasPin() }) { if (!it) frame.go(Place(Screens.PIN)) }
    }

    private fun lock() {
        frame.pos.frontDoor.shut()
        frame.restart(Place(Screens.HOME))
    }

    private companion object {
        val WAYS = listOf(
            Triple(R.drawable.ic_card, R.string.payments_title, Screens.PAYMENTS),
            Triple(R.drawable.ic_print, R.string.printer_title, Screens.PRINTER),
            Triple(R.drawable.ic_info, R.string.about_title, Screens.ABOUT),
        )
    }
}
