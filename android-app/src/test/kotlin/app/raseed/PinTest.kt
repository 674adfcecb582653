// The supervisor's PIN of a device: set, changed, and not by anybody.
package app.raseed

import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.ClassRule
import org.junit.Test

class PinTest : House() {
    @Test
    fun `set from About, then changed by who knows the old one`() {
        open()
        begin(office, "SAS81")
        goTo(Place(Screens.ABOUT))
        touch(R.string.pin_title)
        expect(R.string.pin_new)
        answer("12")
        answer("12")
        expect(R.string.trouble_choose_pin)
        answer(PIN)
        answer("4712")
        expect(R.string.pin_differs)
        assertFalse(pos.core.device().hasPin())
        answer(PIN)
        answer(PIN)
        expect(R.string.pin_set)
        touch(R.string.pin_go_on)
        touch(R.string.pin_title)
        expect(R.string.pin_old)
        change("9999")
        expect(text(R.string.trouble_type_pin, "4"))
        change(PIN)
        expect(R.string.pin_set)
        pos.core.device().checkPin("80808")
    }

    @Test
    fun `what was typed is neither shown nor kept`() {
        open()
        begin(office, "SAS82")
        goTo(Place(Screens.PIN))
        type("47")
        expect(digits(2))
        assertFalse(screen(), sees("47"))
        assertEquals("nothing in the place", 0, here.facts.size())
        turn()
        expect(R.string.pin_new)
        expect(digits(0))
    }

    private fun change(old: String) {
        answer(old)
        answer("80808")
        answer("80808")
    }

    private fun digits(count: Int) = activity.resources.getQuantityString(R.plurals.pin_typed, count, count.toString())

    private fun answer(pin: String) {
        type(pin)
        touch(R.string.pin_go_on)
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
    }
}
