// What happened before the journey of a test begins, done with the core itself: enrolled, bills fetched, a shift open, money taken.
package app.raseed

import android.widget.EditText
import app.raseed.bridge.HouseholdView
import app.raseed.bridge.ReceiptView
import app.raseed.frame.Place

fun House.enrol(office: Office, till: String) {
    pos.core.device().enrol(office.enrol(till))
}

/** Ready for the day. */
fun House.begin(office: Office, till: String) {
    enrol(office, till)
    pos.core.sync().run()
    pos.core.device().openShift(STAFF, 0)
}

const val STAFF = "C-07"

/** All that is due there. */
fun House.take(account: String): ReceiptView {
    val household: HouseholdView = pos.core.book().household(account)
    val due = requireNotNull(household.payable) { "nothing is due at $account" }
    return pos.core.collect().cash(pos.core.collect().newRequest(), account, due.paise, STAFF)
}

fun House.goTo(place: Place) {
    activity.go(place)
    idle()
}

/** Writes into the only box on the screen. */
fun House.write(words: String) {
    views().filterIsInstance<EditText>().single().setText(words)
    idle()
}

fun House.seesNot(words: Int, vararg arguments: Any): Boolean = !sees(words, *arguments)
