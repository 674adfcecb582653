// A counter and a shop: other front doors of the same app. One sale is one payment.
package app.raseed

import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.ClassRule
import org.junit.Test

class ProfilesTest : House() {
    private val payments get() = pos.core.payments().list(20u)

    @Test
    fun `a sale is one payment, however often the button is touched, the device turned and the app killed`() {
        front("SAS71", "merchant")
        type("120")
        val button = find(text(R.string.sale_take, "₹120"))
        touch(button)
        assertEquals(Screens.PAY_CODE, here.screen)
        button.performClick()
        idle()
        assertEquals(1, payments.size)
        turn()
        die()
        assertEquals(1, payments.size)
        assertEquals("₹120", payments.single().amount.text)
        activity.restart(Place(Screens.HOME))
        idle()
        // What is open comes first after a restart, in a shop as from door to door.
        expect(R.string.unknown_stop)
        back()
        expect(R.string.status_waiting)
        type("50")
        touch(text(R.string.sale_take, "₹50"))
        assertEquals(2, payments.size)
    }

    @Test
    fun `what a sale is for stays with it`() {
        front("SAS72", "merchant")
        type("75")
        touch(R.string.sale_note_what)
        write("Two saplings")
        turn()
        touch(R.string.sale_note_done)
        expect("Two saplings")
        expect("₹75")
        touch(text(R.string.sale_take, "₹75"))
        assertEquals("Two saplings", pos.core.payments().show(payments.single().payment).note)
    }

    @Test
    fun `nothing of households is in a shop`() {
        front("SAS73", "merchant")
        for (screen in listOf(Screens.FIND, Screens.HOUSEHOLD, Screens.CASH, Screens.BILL)) {
            goTo(Place(screen).with("account", "BHG-0008"))
            assertEquals(screen, Screens.HOME, here.screen)
        }
        type("0")
        assertFalse("nothing is sold for nothing", sees("Take"))
    }

    @Test
    fun `a clerk takes a sale without cash, or picks a bill`() {
        front("SAS74", "counter")
        touch(R.string.counter_new)
        type("1500")
        touch(text(R.string.sale_take, "₹1,500"))
        assertEquals(Screens.HOW, here.screen)
        assertEquals(true, here.facts.getBoolean("cashless"))
        back()
        expect("₹1,500")
        back()
        touch(R.string.counter_bill)
        val household = households().first()
        type(household.digits)
        expect(household.account)
        assertEquals(Screens.HOUSEHOLD, here.screen)
    }

    @Test
    fun `the office says what a device is used for, and that stands on it`() {
        front("SAS75", "counter")
        goTo(Place(Screens.ABOUT))
        expect(R.string.profile_counter)
        assertNotEquals(text(R.string.profile_counter), text(R.string.profile_merchant))
    }

    private fun front(till: String, profile: String) {
        open()
        begin(office, till, profile)
        activity.restart(Place(Screens.HOME))
        idle()
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
    }
}
