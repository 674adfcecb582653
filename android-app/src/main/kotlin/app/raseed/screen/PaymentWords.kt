// Payments by UPI and card in icons and words: how they are paid, how they stand.
package app.raseed.screen

import android.content.Context
import app.raseed.R
import app.raseed.bridge.PayMode
import app.raseed.bridge.PaymentStatus
import app.raseed.look.Banner
import app.raseed.look.Chip

val PayMode.icon: Int
    get() = when (this) {
        PayMode.CASH -> R.drawable.ic_cash
        PayMode.UPI -> R.drawable.ic_qr
        PayMode.CARD -> R.drawable.ic_card
    }

/** Its state, small; never by colour alone. */
fun PaymentStatus.chip(context: Context): Chip {
    val (kind, icon, words) = when (this) {
        PaymentStatus.WAITING -> Triple(Banner.Kind.Wait, R.drawable.ic_wait, R.string.status_waiting)
        PaymentStatus.UNKNOWN -> Triple(Banner.Kind.Stop, R.drawable.ic_warning, R.string.status_unknown)
        PaymentStatus.PAID -> Triple(Banner.Kind.Done, R.drawable.ic_check, R.string.status_paid)
        PaymentStatus.FAILED -> Triple(Banner.Kind.Wait, R.drawable.ic_cross, R.string.status_failed)
        PaymentStatus.EXPIRED -> Triple(Banner.Kind.Calm, R.drawable.ic_clock, R.string.status_expired)
        PaymentStatus.LET_GO -> Triple(Banner.Kind.Calm, R.drawable.ic_person, R.string.status_let_go)
        PaymentStatus.DECLINED -> Triple(Banner.Kind.Calm, R.drawable.ic_cross, R.string.status_declined)
    }
    return Chip(context, kind, icon, context.getString(words))
}
