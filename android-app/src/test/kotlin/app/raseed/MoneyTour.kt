// The screens between "collect" and "next household", on a device that is ready.
package app.raseed

import app.raseed.bridge.BillRequest
import app.raseed.frame.Place
import app.raseed.screen.CashScreen
import app.raseed.screen.HouseholdScreen
import app.raseed.screen.ReceiptScreen
import app.raseed.screen.Screens

/** Takes a little from one household each time; the device must be ready. */
fun House.moneyTour(stop: (String) -> Unit) {
    find(stop)
    households(stop)
    amount(stop)
    cash(stop)
}

private fun House.find(stop: (String) -> Unit) {
    goTo(Place(Screens.FIND))
    stop("find")
    type("12")
    stop("find-results")
    type("99999")
    stop("find-nothing")
    touch(R.string.letters)
    stop("find-letters")
    touch(R.string.find_digits)
    touch(R.string.find_scan)
    stop("scan")
    back()
    back()
}

private fun House.households(stop: (String) -> Unit) {
    // This month's bill is not overdue: arrears are a part of what is due then. Once made it is there.
    runCatching { pos.core.bills().make(BillRequest(pos.core.collect().newRequest(), LATE, null, emptyList(), STAFF)) }
    for ((name, account) in listOf("household" to OWES, "household-arrears" to LATE, "household-metered" to METERED, "household-paid" to PAID, "household-closed" to CLOSED)) {
        goTo(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, account))
        stop(name)
        back()
    }
}

private fun House.amount(stop: (String) -> Unit) {
    goTo(Place(Screens.AMOUNT).with(HouseholdScreen.ACCOUNT, OWES))
    stop("amount-empty")
    type("100")
    stop("amount")
    type("0000")
    stop("amount-refused")
    back()
}

private fun House.cash(stop: (String) -> Unit) {
    goTo(Place(Screens.CASH).with(HouseholdScreen.ACCOUNT, PAYS).with(CashScreen.PAISE, 20_00))
    stop("cash")
    touch("₹50")
    stop("cash-change")
    touch(R.string.cash_other)
    type("10")
    stop("cash-missing")
    touch(R.string.erase)
    touch(R.string.erase)
    back()
    hold(text(R.string.cash_hold, "₹20"))
    stop("receipt")
    val receipt = pos.core.home().newest!!.receipt
    pos.core.receipts().printed(receipt)
    goTo(Place(Screens.RECEIPT).with(ReceiptScreen.RECEIPT, receipt))
    stop("receipt-printed")
    back()
    touch(R.string.back)
}

private const val OWES = "BHG-0002"
private const val LATE = "BHG-0008"
private const val PAYS = "BHG-0003"
private const val PAID = "BHG-0001"
private const val CLOSED = "BHG-0024"
private const val METERED = "BHG-0006"
