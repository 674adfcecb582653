// Every screen by its name: the one list that a new screen must be added to.
package app.raseed.screen

import android.content.Context
import app.raseed.frame.Frame
import app.raseed.frame.LanguageChoice
import app.raseed.frame.Place
import app.raseed.frame.Screen

object Screens {
    const val LANGUAGE = "language"
    const val HOME = "home"
    const val ENROL = "enrol"
    const val SHIFT = "shift"
    const val CLOCK = "clock"
    const val FIND = "find"
    const val SCAN = "scan"
    const val HOUSEHOLD = "household"
    const val AMOUNT = "amount"
    const val HOW = "how"
    const val CASH = "cash"
    const val PAY_CODE = "pay-code"
    const val PAY_CARD = "pay-card"
    const val PAY_SHOWN = "pay-shown"
    const val PAY_UNKNOWN = "pay-unknown"
    const val LET_GO = "let-go"
    const val PAYMENTS = "payments"
    const val PIN = "pin"
    const val RECEIPT = "receipt"
    const val BILL = "bill"
    const val QUEUE = "queue"
    const val VERIFY = "verify"
    const val PRINTER = "printer"
    const val ABOUT = "about"

    /** Where a person begins. */
    fun first(context: Context): Place =
        if (LanguageChoice(context).chosen == null) Place(LANGUAGE) else Place(HOME)

    fun make(frame: Frame, place: Place): Screen = when (place.screen) {
        LANGUAGE -> LanguageScreen(frame, place)
        ENROL -> EnrolScreen(frame, place)
        SHIFT -> ShiftScreen(frame, place)
        CLOCK -> ClockScreen(frame, place)
        FIND -> FindScreen(frame, place)
        SCAN -> ScanScreen(frame, place)
        HOUSEHOLD -> HouseholdScreen(frame, place)
        AMOUNT -> AmountScreen(frame, place)
        CASH -> CashScreen(frame, place)
        RECEIPT -> ReceiptScreen(frame, place)
        QUEUE -> QueueScreen(frame, place)
        VERIFY -> VerifyScreen(frame, place)
        BILL -> BillScreen(frame, place)
        ABOUT -> AboutScreen(frame, place)
        PRINTER -> PrinterScreen(frame, place)
        else -> HomeScreen(frame, place)
    }
}
