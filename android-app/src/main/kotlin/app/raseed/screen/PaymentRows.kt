// The newest payments under each other: how much, when, and how each stands as an icon and a word.
package app.raseed.screen

import android.content.Context
import android.view.View
import app.raseed.R
import app.raseed.bridge.PaymentRowView
import app.raseed.bridge.PaymentStatus
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Chip
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.column

/** [go] opens a place: that of one payment, or of all of them. */
class PaymentRows(private val context: Context, private val go: (Place) -> Unit) {
    private val rows = column(context, Size.GRID)

    val view: View get() = rows

    fun show(payments: List<PaymentRowView>) {
        rows.removeAllViews()
        if (payments.isEmpty()) return
        rows.addView(Text(context, context.getString(R.string.sale_payments), Type.TITLE, bold = true))
        for (payment in payments) rows.addView(card(payment))
        rows.addView(
            BigButton(context, BigButton.Kind.Plain, R.drawable.ic_list, context.getString(R.string.sale_all)) { go(Place(Screens.PAYMENTS)) },
        )
    }

    private fun card(it: PaymentRowView) = RowCard(context, it.amount.text, it.`when`, chip = chip(it.status)) {
        go(Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, it.payment))
    }

    private fun chip(status: PaymentStatus): Chip = when (status) {
        PaymentStatus.WAITING -> chip(Banner.Kind.Wait, R.drawable.ic_wait, R.string.status_waiting)
        PaymentStatus.UNKNOWN -> chip(Banner.Kind.Stop, R.drawable.ic_warning, R.string.status_unknown)
        PaymentStatus.PAID -> chip(Banner.Kind.Done, R.drawable.ic_check, R.string.status_paid)
        PaymentStatus.FAILED -> chip(Banner.Kind.Calm, R.drawable.ic_cross, R.string.status_failed)
        PaymentStatus.EXPIRED -> chip(Banner.Kind.Calm, R.drawable.ic_clock, R.string.status_expired)
        PaymentStatus.LET_GO -> chip(Banner.Kind.Calm, R.drawable.ic_person, R.string.status_let_go)
        PaymentStatus.DECLINED -> chip(Banner.Kind.Calm, R.drawable.ic_cross, R.string.status_declined)
    }

    private fun chip(kind: Banner.Kind, icon: Int, word: Int) = Chip(context, kind, icon, context.getString(word))
}
