// A collector's morning, through real views, the real library, a real head office and a printer that speaks real bytes.
package app.raseed

import android.app.job.JobScheduler
import android.content.Context
import app.raseed.bridge.Natives
import app.raseed.frame.Place
import app.raseed.print.PaperPrinter
import app.raseed.screen.Screens
import app.raseed.sync.SyncSchedule
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.robolectric.annotation.Config
import java.nio.ByteBuffer

@Config(application = PosWithPaper::class)
class JourneyTest : House() {
    @get:Rule
    val office = Office()

    private val table get() = pos as PosWithPaper

    @Test
    fun `from a new device to the office's ledger`() {
        open()
        enrolByHand("SAS01")
        fetchBook()
        openShift()
        table.choosePrinter()
        val household = households().first()
        val due = pos.core.book().household(household.account).payable!!
        PaperPrinter().use { paper ->
            table.paper = paper
            touch(R.string.home_collect)
            type(household.digits)
            touch(text(R.string.household_all, due.text))
            expect(due.text)
            touch("Cash")
            hold(text(R.string.cash_hold, due.text))
            printed()
            expect(R.string.printing_printed)
            assertEquals(pos.core.receipts().show(newest().receipt).link, codeOn(paper))
        }
        val receipt = newest()
        expect(receipt.receipt)
        assertEquals(due.text, receipt.money.text)
        assertEquals(1u, receipt.copies)
        assertNotNull("what was taken is to be sent as soon as there is a network", waitingSync())
        touch(R.string.receipt_next)
        type(household.digits)
        expect(R.string.household_nothing)
        send()
        assertEquals(due.paise, office.cash("SAS01"))
        val books = office.tell("ledger", "--verify")
        assertTrue(books, "\"findings\":[]" in books)
        val statement = office.tell("ledger", "--account", household.account)
        assertTrue(statement, receipt.receipt in statement)
    }

    private fun waitingSync() = (pos.getSystemService(Context.JOB_SCHEDULER_SERVICE) as JobScheduler).getPendingJob(SyncSchedule.JOB)

    private fun enrolByHand(till: String) {
        touch(R.string.remedy_enrol)
        touch(R.string.enrol_type)
        write(office.enrol(till))
        touch(R.string.enrol_go_on)
        touch(R.string.enrol_yes)
    }

    private fun fetchBook() {
        touch(R.string.remedy_sync)
        touch(R.string.remedy_sync)
        activity.restart(Place(Screens.HOME))
        idle()
    }

    private fun openShift() {
        touch(R.string.remedy_shift)
        write(STAFF)
        touch(R.string.shift_go_on)
        type("500")
        touch(R.string.shift_open)
    }

    private fun send() {
        goTo(Place(Screens.QUEUE))
        touch(R.string.queue_now)
        assertEquals(0u, pos.core.home().unsent)
    }

    private fun newest() = requireNotNull(pos.core.home().newest)

    @Test
    fun `without a network all but sending works, and that is said calmly`() {
        open()
        begin(office, "SAS02")
        office.stop()
        val household = households()[1]
        goTo(Place(Screens.FIND))
        type(household.digits)
        touch(R.string.household_other)
        type("100")
        touch(text(R.string.amount_take, "₹100"))
        touch("Cash")
        hold(text(R.string.cash_hold, "₹100"))
        expect(R.string.receipt_taken)
        expect("₹100")
        goTo(Place(Screens.QUEUE))
        touch(R.string.queue_now)
        expect(R.string.trouble_wait_for_network)
        assertEquals("shift and receipt wait", 2u, pos.core.home().unsent)
        office.serve()
        touch(R.string.queue_now)
        assertEquals(0u, pos.core.home().unsent)
        assertEquals(100_00L, office.cash("SAS02"))
    }

    private fun printed() {
        pos.printing.finish()
        idle()
    }

    /** What a phone reads from the paper. */
    private fun codeOn(paper: PaperPrinter): String? {
        val picture = paper.picture()
        val luma = ByteBuffer.allocateDirect(picture.width * picture.height)
        for (y in 0 until picture.height) for (x in 0 until picture.width) luma.put(picture.getPixel(x, y).toByte())
        return Natives.frameText(luma, picture.width, picture.height, picture.width)
    }
}
