// The newest payments under each other: how much, when, and how each stands as an icon and a word.
package app.raseed.screen

import android.content.Context
import android.view.View
import app.raseed.R
import app.raseed.bridge.PaymentRowView
import app.raseed.frame.Place
import app.raseed.look.BigButton
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

    private fun card(it: PaymentRowView) = RowCard(context, it.amount.text, it.`when`, chip = it.status.chip(context), icon = it.mode.icon) {
        go(Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, it.payment))
    }
}
