// What payment apps said goes to the core first, whichever screen is there or none; then whoever looks at that payment is told.
package app.raseed.card

import app.raseed.Pos
import app.raseed.bridge.PaymentDetails
import app.raseed.bridge.isPending

/** Used on the main thread only. */
class CardResults(private val pos: Pos) {
    /**
     * Told how a payment stands after its payment app was heard, or why that could not be recorded. Where nobody is told, the payment
     * stays open, and its own screen asks the payment app once more.
     */
    var watcher: ((reference: String, Result<PaymentDetails>) -> Unit)? = null

    /** From now on; what came before is told at once. */
    fun listen() {
        pos.card.onReturn = ::came
    }

    private fun came(back: CardReturn) {
        val (asked, answered) = back.asked to back.answered
        val ofQuery = asked.question == CardQuestion.QUERY
        pos.work.ask({ pos.core.payments().cardCame(asked.reference, answered, ofQuery, pos.packageName, pos.core.home().staff ?: DEVICE) }) {
            // Unknown is no end: what comes late, or is asked once more, is told too.
            if (it.getOrNull()?.status?.isPending == false) pos.card.settled(asked.reference)
            watcher?.invoke(asked.reference, it)
        }
    }

    private companion object {
        /** Where a shift was closed while the payment app was in front. */
        const val DEVICE = "device"
    }
}
