// What a test does to the till in its hand, beside what a person could do on the screens.
package app.raseed

import android.widget.EditText
import app.raseed.bridge.HouseholdView
import app.raseed.bridge.ReceiptView
import app.raseed.frame.Place

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
