// The newest payments by UPI and card, and how each stands.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.PaymentRowView
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.column

class PaymentsScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val rows = column(context, Size.GRID)

    override fun build(): View = page.apply {
        title(text(R.string.payments_title), frame::back)
        content.addView(rows)
    }

    override fun shown() = ask({ core.payments().list(MOST) }) {
        unsay()
        rows.removeAllViews()
        if (it.isEmpty()) rows.addView(Text(context, text(R.string.payments_none)))
        for (payment in it) rows.addView(card(payment))
    }

    private fun card(it: PaymentRowView) = RowCard(
        context,
        it.account ?: text(R.string.payments_sale),
        it.`when`,
        it.amount.text,
        it.status.chip(context),
        it.mode.icon,
    ) { frame.go(Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, it.payment)) }

    private companion object {
        /** More than a day has. */
        const val MOST = 60u
    }
}
