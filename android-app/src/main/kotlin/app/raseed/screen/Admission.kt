// Which places a device may show: by what it is used for, and by who stands before it. What is not named here is shown to nobody
// at a kiosk: a new screen is closed to strangers until somebody opens it on purpose.
package app.raseed.screen

import app.raseed.bridge.Profile

object Admission {
    /** Collecting from households: their names, their dues, their cash. */
    private val HOUSEHOLDS = setOf(Screens.FIND, Screens.SCAN, Screens.HOUSEHOLD, Screens.AMOUNT, Screens.CASH, Screens.BILL, Screens.PAPER_BILL)

    /** What only a kiosk has. */
    private val AT_A_KIOSK = setOf(Screens.OWN_NUMBER, Screens.OWN_BILL, Screens.STAFF_DOOR)

    /** All that a stranger sees. Not the reference that somebody types, which anybody can invent, and not the supervisor's word. */
    val PUBLIC = setOf(
        Screens.HOME,
        Screens.OWN_NUMBER,
        Screens.OWN_BILL,
        Screens.HOW,
        Screens.PAY_CODE,
        Screens.PAY_CARD,
        Screens.PAY_UNKNOWN,
        Screens.RECEIPT,
        Screens.STAFF_DOOR,
    )

    /** [shut]: the staff is not inside; it matters at a kiosk only. */
    fun admits(profile: Profile, shut: Boolean, screen: String): Boolean = when (profile) {
        Profile.COLLECTOR, Profile.COUNTER -> screen !in AT_A_KIOSK
        Profile.MERCHANT -> screen !in HOUSEHOLDS && screen !in AT_A_KIOSK
        Profile.KIOSK -> if (shut) screen in PUBLIC else screen !in HOUSEHOLDS
    }
}
