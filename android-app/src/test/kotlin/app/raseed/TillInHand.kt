// What happened before the journey of a test begins, done with the core itself: enrolled, bills fetched, a shift open, money taken.
package app.raseed

import android.widget.EditText
import app.raseed.bridge.HouseholdView
import app.raseed.bridge.ReceiptView
import app.raseed.bridge.copyFolder
import app.raseed.frame.Place

fun House.enrol(office: Office, till: String, profile: String? = null) {
    pos.core.device().enrol(office.enrol(till, profile))
}

/** Ready for the day. */
fun House.begin(office: Office, till: String, profile: String? = null) {
    enrol(office, till, profile)
    pos.core.sync().run()
    pos.core.device().openShift(STAFF, 0)
}

const val STAFF = "C-07"

/** The supervisor's. */
const val PIN = "4711"

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

/** A card that is full, broken or taken out: nothing can be written where the second copy was. */
fun House.breakCopy() {
    pos.core.reopen()
    copyFolder(pos).deleteRecursively()
    copyFolder(pos).writeText("")
}

fun House.seesNot(words: Int, vararg arguments: Any): Boolean = !sees(words, *arguments)
