// A bill at the door: the dial is read, odd readings are looked at again, and no bill is made twice.
package app.raseed

import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test

class BillTest : House() {
    @Test
    fun `a reading becomes a bill, once`() {
        begin(office, "SAS01")
        open()
        bill(METERED)
        expect("35995")
        type("36010")
        expect(R.string.bill_used, "15")
        turn()
        expect("36010")
        die()
        expect("36010")
        touch(R.string.bill_make)
        expect(R.string.bill_made)
        val bills = bills()
        val shown = screen()
        turn()
        assertEquals(shown, screen())
        die()
        assertEquals(shown, screen())
        assertEquals("the same bill, not another", bills, bills())
        touch("Collect")
        assertTrue(seesNot(R.string.bill_made))
        back()
        expect(R.string.home_collect)
    }

    @Test
    fun `what is odd is looked at again`() {
        begin(office, "SAS02")
        open()
        bill(METERED)
        type("35990")
        touch(R.string.bill_make)
        expect(R.string.trouble_reading_lower, "35995")
        erase(5)
        type("36995")
        touch(R.string.bill_make)
        expect(R.string.bill_high, "1000")
        touch(R.string.bill_no)
        expect(R.string.bill_type)
        type("35995")
        touch(R.string.bill_make)
        expect(R.string.bill_no_use)
        die()
        expect("35995")
        touch(R.string.bill_make)
        touch(R.string.bill_yes, "35995")
        expect(R.string.bill_made)
        assertEquals(1, bills())
    }

    @Test
    fun `without a meter it is the fixed charge, and a month is billed once`() {
        begin(office, "SAS03")
        open()
        bill(FLAT)
        expect(R.string.bill_no_meter)
        touch(R.string.bill_make)
        expect(R.string.bill_made)
        back()
        bill(FLAT)
        touch(R.string.bill_make)
        assertTrue(sees("billed already"))
        assertEquals(1, bills())
    }

    @Test
    fun `without a shift it says so before anything is read`() {
        enrol(office, "SAS04")
        pos.core.sync().run()
        open()
        bill(METERED)
        expect(R.string.trouble_open_shift)
        expect(R.string.remedy_shift)
    }

    private fun bill(account: String) = goTo(Place(Screens.BILL).with("account", account))

    private fun erase(digits: Int) = repeat(digits) { touch(R.string.erase) }

    private fun bills() = pos.core.sync().queue(50u).items.count { it.what.contains("bill", ignoreCase = true) }

    private companion object {
        @JvmField
        @ClassRule
        val office = Office()

        const val METERED = "BHG-0006"
        const val FLAT = "BHG-0004"
    }
}
