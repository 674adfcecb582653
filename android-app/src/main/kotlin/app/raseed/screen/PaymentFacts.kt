// The facts that screens of one payment are opened with.
package app.raseed.screen

object PaymentFacts {
    /** The number of a payment that was asked for. */
    const val PAYMENT = "payment"

    /** What a sale is for, in the merchant's words. */
    const val NOTE = "note"

    /** Cash is not taken here. */
    const val CASHLESS = "cashless"
}
