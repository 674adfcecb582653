// What the real core refuses, as a person meets it: the words on the screen, the step that helps, and no receipt.
package app.raseed

import android.content.pm.ApplicationInfo
import android.os.SystemClock
import app.raseed.bridge.KeystoreVault
import app.raseed.bridge.Raseed
import app.raseed.bridge.Refused
import app.raseed.bridge.Troubles
import app.raseed.bridge.core
import app.raseed.bridge.openCore
import app.raseed.core.DeviceClock
import app.raseed.core.DevicePorts
import app.raseed.core.Moment
import app.raseed.core.RaseedException
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.screen.CashScreen
import app.raseed.screen.HouseholdScreen
import app.raseed.screen.ReceiptScreen
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.ClassRule
import org.junit.Test
import java.io.File

class RefusedTest : House() {
    private val till get() = File(pos.noBackupFilesDir, "till")

    @Test
    fun `a device that is not enrolled, has no book, has no shift`() {
        open()
        goTo(Place(Screens.FIND))
        type("1")
        expect(R.string.trouble_enrol)
        expect(R.string.remedy_enrol)
        back()
        pos.core.device().enrol(office.enrol("SAS31"))
        goTo(Place(Screens.FIND))
        type("1")
        expect(R.string.trouble_fetch_book)
        expect(R.string.remedy_sync)
        back()
        pos.core.sync().run()
        cash("BHG-0003", 20_00)
        hold(text(R.string.cash_hold, "₹20"))
        expect(R.string.trouble_open_shift)
        expect(R.string.remedy_shift)
        assertEquals(0u, pos.core.home().receipts)
        pos.core.device().openShift(STAFF, 0)
        hold(text(R.string.cash_hold, "₹20"))
        expect(R.string.receipt_taken)
        assertEquals(1u, pos.core.home().receipts)
    }

    @Test
    fun `amounts that the rules forbid, numbers that nobody has, an account that is closed`() {
        open()
        begin(office, "SAS32")
        goTo(Place(Screens.AMOUNT).with(HouseholdScreen.ACCOUNT, "BHG-0003"))
        type("0")
        expect(R.string.trouble_amount_empty)
        type("20000")
        expect("Take at most")
        assertFalse("nothing to press", sees("in cash"))
        back()
        goTo(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, "BHG-9999"))
        expect(text(R.string.trouble_check_number, "BHG-9999"))
        back()
        goTo(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, "BHG-0024"))
        expect(R.string.trouble_account_closed)
        assertFalse(sees(R.string.household_other))
        back()
        cash("BHG-0024", 20_00)
        expect(R.string.trouble_account_closed)
        assertFalse(sees("Hold"))
        back()
        goTo(Place(Screens.RECEIPT).with(ReceiptScreen.RECEIPT, "SAS32-1-999"))
        expect(text(R.string.trouble_no_such_receipt, "SAS32-1-999"))
        assertEquals(0u, pos.core.home().receipts)
    }

    @Test
    fun `where everything or enough must be paid`() {
        open()
        begin(whole, "SAS33")
        goTo(Place(Screens.AMOUNT).with(HouseholdScreen.ACCOUNT, "BHG-0003"))
        type("20")
        val due = pos.core.book().household("BHG-0003").payable!!.text
        expect(text(R.string.trouble_take_all, due))
        back()
        goTo(Place(Screens.AMOUNT).with(HouseholdScreen.ACCOUNT, "BHG-0001"))
        type("9")
        expect(R.string.trouble_take_nothing)
    }

    @Test
    fun `more than may be taken in cash, or a way that is not set up, is still to be paid another way`() {
        open()
        begin(limited, "SAS38")
        val due = due("BHG-0003")
        goTo(Place(Screens.HOW).with(HouseholdScreen.ACCOUNT, "BHG-0003").with(CashScreen.PAISE, due.paise))
        expect(text(R.string.trouble_take_less_cash, "₹1"))
        expect(R.string.how_off)
        touch("UPI")
        expect(due.text)
        expect(R.string.code_payee)
        assertEquals(0u, pos.core.home().receipts)
    }

    @Test
    fun `a device that takes money does not ask the payment app that takes none`() {
        pos.applicationInfo.flags = pos.applicationInfo.flags and ApplicationInfo.FLAG_DEBUGGABLE.inv()
        open()
        begin(office, "SAS39")
        askByCard("BHG-0003")
        expect(R.string.trouble_not_with_this_app)
        assertEquals("nothing was asked for", 0, pos.core.payments().list(9u).size)
        back()
        touch("UPI")
        expect(R.string.code_payee)
    }

    @Test
    fun `a clock that is behind the newest record`() {
        open()
        enrol(office, "SAS34")
        pos.core.sync().run()
        tomorrow { it.device().openShift(STAFF, 0) }
        cash("BHG-0003", 20_00)
        hold(text(R.string.cash_hold, "₹20"))
        expect("Set the right date and time")
        expect(R.string.remedy_clock)
        assertEquals(0u, pos.core.home().receipts)
    }

    @Test
    fun `a file that was damaged, one of a newer app, one that another program holds, a key that is gone`() {
        open()
        begin(office, "SAS35")
        pos.core.reopen()
        val second = openCore(pos)
        second.home()
        refusedAtFind(R.string.trouble_close_other)
        second.reopen()
        keystore.lose()
        refusedAtFind(R.string.trouble_unlock_device)
    }

    @Test
    fun `a damaged file`() {
        open()
        begin(office, "SAS36")
        pos.core.reopen()
        val file = requireNotNull(till.walk().firstOrNull { it.name == "till.db" }) { till.walk().joinToString() }
        val bytes = file.readBytes()
        for (at in 100 until bytes.size step 97) bytes[at] = (bytes[at].toInt() xor 0x55).toByte()
        file.writeBytes(bytes)
        goTo(Place(Screens.FIND))
        type("1")
        expect("take it to your supervisor")
        assertFalse(sees("BHG"))
    }

    @Test
    fun `a wish that was answered, for another household`() {
        open()
        begin(office, "SAS37")
        val request = pos.core.collect().newRequest()
        val receipt = pos.core.collect().cash(request, "BHG-0003", 20_00, STAFF)
        val refused = assertThrows(RaseedException.BeginAgain::class.java) { pos.core.collect().cash(request, "BHG-0004", 20_00, STAFF) }
        assertEquals(text(R.string.trouble_begin_again, receipt.receipt), Troubles.of(activity, refused as Refused).words)
        // As the screen does it: who comes with an answered wish is shown the answer.
        goTo(Place(Screens.CASH).with(HouseholdScreen.ACCOUNT, "BHG-0004").with(CashScreen.PAISE, 20_00).with(CashScreen.REQUEST, request))
        expect(R.string.receipt_again)
        expect("BHG-0003")
        assertEquals(1u, pos.core.home().receipts)
    }

    private fun refusedAtFind(words: Int) {
        goTo(Place(Screens.FIND))
        type("1")
        expect(words)
        back()
    }

    private fun cash(account: String, paise: Long) =
        goTo(Place(Screens.CASH).with(HouseholdScreen.ACCOUNT, account).with(CashScreen.PAISE, paise))

    /** What this device does while its clock is a day ahead. */
    private fun tomorrow(act: (Raseed) -> Unit) {
        pos.core.reopen()
        val clock = object : DeviceClock {
            override fun now() = Moment(System.currentTimeMillis() + 86_400_000, SystemClock.elapsedRealtime(), 0)
        }
        val ports = DevicePorts(clock, KeystoreVault(File(pos.noBackupFilesDir, "vault")))
        Raseed(till.path, ports, Language.English.core, false).also(act).reopen()
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office()

        /** A utility that takes no more than a rupee in cash, and no cards. */
        @ClassRule
        @JvmField
        val limited = Office("\"max_cash_receipt\": 5000000" to "\"max_cash_receipt\": 100", ",\n    \"card\": {\n      \"acquirer\": \"simulator\"\n    }" to "")

        /** A utility that takes all or nothing, and holds nothing in advance. */
        @ClassRule
        @JvmField
        val whole = Office("\"part_payment\": \"allowed\"" to "\"part_payment\": \"not-allowed\"", "\"max_advance\": 1000000" to "\"max_advance\": 0")
    }
}
