// A device on a working day: enrolled, with its book and an open shift, through the same core that the screens ask.
package app.raseed

import app.raseed.bridge.FoundView
import app.raseed.frame.Place

const val STAFF = "C-07"

/** Enrols this device as a till of that name; it has no book yet. */
fun House.join(office: Office, till: String) {
    pos.core.device().enrol(office.enrol(till))
}

/** The same, with the book. */
fun House.enrol(office: Office, till: String) {
    join(office, till)
    pos.core.sync().run()
}

fun House.openShift() = pos.core.device().openShift(STAFF, 0)

fun House.ready(office: Office, till: String) {
    enrol(office, till)
    openShift()
}

/** Opens a place as another screen would. */
fun House.visit(place: Place) {
    activity.go(place)
    idle()
}

/** Households that owe something and can be told by the digits of their number alone: only one village has so many. */
fun House.households(): List<FoundView> = (601..700).mapNotNull { number ->
    pos.core.book().find("0$number", 3u).singleOrNull()?.takeIf { it.open != null && !it.closed && it.wholeNumber }
}

/** Its digits, as they are typed on the pad. */
val FoundView.digits: String get() = account.substringAfterLast('-')
