// What each kind of device shows, and to whom: for every screen that there is.
package app.raseed

import app.raseed.bridge.Profile
import app.raseed.screen.Admission
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class AdmissionTest {
    private val all = Screens::class.java.fields.filter { it.type == String::class.java }.map { it.get(null) as String }.toSet()

    private fun closed(profile: Profile, shut: Boolean) = all.filterNot { Admission.admits(profile, shut, it) }.toSortedSet()

    @Test
    fun `a collector and a clerk have everything but a kiosk's own`() {
        val kiosk = sortedSetOf(Screens.OWN_NUMBER, Screens.OWN_BILL, Screens.STAFF_DOOR)
        for (profile in listOf(Profile.COLLECTOR, Profile.COUNTER)) assertEquals(kiosk, closed(profile, shut = false))
    }

    @Test
    fun `a shop has nothing of households`() {
        val households = setOf(Screens.FIND, Screens.SCAN, Screens.HOUSEHOLD, Screens.AMOUNT, Screens.CASH, Screens.BILL)
        val closed = closed(Profile.MERCHANT, shut = false)
        assertTrue("$closed", closed.containsAll(households))
        for (screen in listOf(Screens.PAY_CODE, Screens.PAYMENTS, Screens.SHIFT, Screens.QUEUE)) assertTrue(screen, screen !in closed)
    }

    @Test
    fun `a stranger at a kiosk sees what is named for strangers, and nothing that is added later`() {
        assertEquals(all - closed(Profile.KIOSK, shut = true), Admission.PUBLIC)
        assertTrue(!Admission.admits(Profile.KIOSK, shut = true, screen = "a screen of tomorrow"))
        for (screen in listOf(Screens.ABOUT, Screens.QUEUE, Screens.VERIFY, Screens.PRINTER, Screens.SHIFT, Screens.FIND, Screens.PIN)) {
            assertTrue(screen, screen !in Admission.PUBLIC)
        }
    }
}
