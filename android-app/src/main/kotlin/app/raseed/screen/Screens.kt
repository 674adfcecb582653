// Every screen by its name: the one list that a new screen must be added to.
package app.raseed.screen

import android.content.Context
import app.raseed.bridge.Profile
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
    const val PAPER_BILL = "paper-bill"
    const val QUEUE = "queue"
    const val VERIFY = "verify"
    const val PRINTER = "printer"
    const val ABOUT = "about"
    const val COMPLAINT = "complaint"
    const val SALE = "sale"
    const val OWN_NUMBER = "own-number"
    const val OWN_BILL = "own-bill"
    const val STAFF_DOOR = "staff-door"

    /** Where a person begins. */
    fun first(context: Context): Place =
        if (LanguageChoice(context).chosen == null) Place(LANGUAGE) else Place(HOME)

    /** True if this device shows such a place to whoever stands before it now. */
    fun admits(frame: Frame, screen: String): Boolean = frame.pos.frontDoor.run { Admission.admits(profile, isShut, screen) }

    /** The screen of a place; of the first one instead, if this device does not show it. */
    fun make(frame: Frame, place: Place): Screen =
        if (admits(frame, place.screen)) screen(frame, place) else first(frame, Place(HOME))

    private fun first(frame: Frame, place: Place): Screen = when (frame.pos.frontDoor.profile) {
        Profile.COLLECTOR -> HomeScreen(frame, place)
        Profile.COUNTER -> CounterScreen(frame, place)
        Profile.MERCHANT -> SaleScreen(frame, place)
        Profile.KIOSK -> if (frame.pos.frontDoor.isShut) KioskScreen(frame, place) else StaffScreen(frame, place)
    }

    private fun screen(frame: Frame, place: Place): Screen = when (place.screen) {
        LANGUAGE -> LanguageScreen(frame, place)
        ENROL -> EnrolScreen(frame, place)
        SHIFT -> ShiftScreen(frame, place)
        CLOCK -> ClockScreen(frame, place)
        FIND -> FindScreen(frame, place)
        SCAN -> ScanScreen(frame, place)
        HOUSEHOLD -> HouseholdScreen(frame, place)
        AMOUNT -> AmountScreen(frame, place)
        HOW -> HowScreen(frame, place)
        CASH -> CashScreen(frame, place)
        PAY_CODE -> PayCodeScreen(frame, place)
        PAY_CARD -> PayCardScreen(frame, place)
        PAY_SHOWN -> PayShownScreen(frame, place)
        PAY_UNKNOWN -> PayUnknownScreen(frame, place)
        LET_GO -> LetGoScreen(frame, place)
        PAYMENTS -> PaymentsScreen(frame, place)
        RECEIPT -> if (frame.pos.frontDoor.isShut) OwnReceiptScreen(frame, place) else ReceiptScreen(frame, place)
        QUEUE -> QueueScreen(frame, place)
        VERIFY -> VerifyScreen(frame, place)
        BILL -> BillScreen(frame, place)
        PAPER_BILL -> PaperBillScreen(frame, place)
        ABOUT -> AboutScreen(frame, place)
        PRINTER -> PrinterScreen(frame, place)
        PIN -> PinScreen(frame, place)
        COMPLAINT -> ComplaintScreen(frame, place)
        SALE -> SaleScreen(frame, place)
        OWN_NUMBER -> OwnNumberScreen(frame, place)
        OWN_BILL -> OwnBillScreen(frame, place)
        STAFF_DOOR -> StaffDoorScreen(frame, place)
        else -> first(frame, place)
    }
}
