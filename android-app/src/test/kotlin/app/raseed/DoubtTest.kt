// The library breaks off in the middle of taking money: nobody knows whether it was recorded, so nothing is handed out, and the
// same wish asked once more tells. The library is the real one; what breaks is the clock that it is given.
package app.raseed

import app.raseed.bridge.AndroidClock
import app.raseed.bridge.CoreLanguage
import app.raseed.bridge.KeystoreVault
import app.raseed.bridge.Raseed
import app.raseed.bridge.isRehearsal
import app.raseed.core.DeviceClock
import app.raseed.core.DevicePorts
import app.raseed.core.Moment
import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.annotation.Config
import java.io.File

/** Use as `@Config(application = PosWithBadClock::class)`. */
class PosWithBadClock : Pos() {
    @Volatile var breaks = false

    override val core: Raseed by lazy {
        val clock = AndroidClock(contentResolver)
        val bad = object : DeviceClock {
            override fun now(): Moment {
                check(!breaks) { "the clock breaks" }
                return clock.now()
            }
        }
        Raseed(File(noBackupFilesDir, "till").path, DevicePorts(bad, KeystoreVault(File(noBackupFilesDir, "vault"))), CoreLanguage.ENGLISH, isRehearsal)
    }
}

@Config(application = PosWithBadClock::class)
class DoubtTest : House() {
    private val device get() = pos as PosWithBadClock
    private val receipts get() = pos.core.home().receipts.toInt()

    @Test
    fun `what broke off is asked once more, and is taken once`() {
        val due = breakOff("SAS51")
        hold(R.string.cash_again)
        expect(R.string.receipt_taken)
        expect(due)
        assertEquals(1, receipts)
    }

    @Test
    fun `who leaves is told first whether it was taken`() {
        val due = breakOff("SAS52")
        back()
        expect(R.string.how_title)
        expect(due)
        assertEquals(0, receipts)
    }

    @Test
    fun `what broke off while it was asked for is asked for once, and no code is shown before`() {
        open()
        begin(office, "SAS53")
        val account = households().first().account
        goTo(Place(Screens.HOUSEHOLD).with("account", account))
        touch(text(R.string.household_all, due(account).text))
        device.breaks = true
        touch("UPI")
        expect(R.string.trouble_ask_again)
        assertEquals(null, codeOnScreen())
        device.breaks = false
        touch(R.string.cash_look)
        expect(payment().payment)
        expect(R.string.code_cancel)
        assertEquals(false, sees(R.string.cash_look))
        assertEquals(1, pos.core.payments().list(9u).size)
    }

    /** Up to the moment in which nobody knows; the clock is right again after it. */
    private fun breakOff(till: String): String {
        open()
        begin(office, till)
        val household = households().first()
        goTo(Place(Screens.HOUSEHOLD).with("account", household.account))
        val due = pos.core.book().household(household.account).payable!!.text
        touch(text(R.string.household_all, due))
        touch("Cash")
        device.breaks = true
        hold(text(R.string.cash_hold, due))
        expect(R.string.trouble_ask_again)
        expect(R.string.cash_again)
        device.breaks = false
        return due
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
    }
}
