// A receipt on its way to paper: by itself once, again when asked, and what the screen says when the printer does not do it.
package app.raseed

import android.content.Intent
import app.raseed.bridge.ReceiptView
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.print.Fault
import app.raseed.print.PaperPrinter
import app.raseed.print.PrinterChoices
import app.raseed.screen.CashScreen
import app.raseed.screen.HouseholdScreen
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import java.util.concurrent.CountDownLatch

@Config(application = PosWithPaper::class)
class PrintedReceiptTest : House() {
    private val table get() = pos as PosWithPaper
    private val receipt: ReceiptView get() = pos.core.receipts().show(pos.core.home().newest!!.receipt)
    private val copies get() = receipt.copies.toInt()

    @Test
    fun `it prints by itself once, and after that only when asked, as a duplicate`() {
        open()
        begin(office, "SAS21")
        table.choosePrinter()
        take(Fault.None)
        expect(R.string.printing_printed)
        assertEquals(1, copies)
        turn()
        die()
        pos.printing.finish()
        idle()
        expect(R.string.receipt_printed)
        assertEquals("never again by itself", 1, copies)
        again(Fault.None, R.string.receipt_print_again)
        assertEquals(2, copies)
        touch(R.string.receipt_next)
        expect(R.string.find_title)
        back()
        expect(R.string.home_collect)
    }

    @Test
    fun `every fault is named, nothing counts as printed, and it can be printed again`() {
        open()
        begin(office, "SAS22")
        table.choosePrinter()
        val faults = listOf(
            Fault.PaperOut(2) to listOf(R.string.printing_paper_out, R.string.printing_sent_part),
            Fault.CoverOpen(0) to listOf(R.string.printing_cover_open, R.string.printing_sent_nothing),
            Fault.Gone(1) to listOf(R.string.printing_gone),
            Fault.Silent(0) to listOf(R.string.printing_silent, R.string.printing_sent_nothing),
        )
        for ((fault, words) in faults) {
            take(fault)
            words.forEach { expect(text(it)) }
            assertEquals("$fault", 0, copies)
            back()
        }
        take(Fault.PaperOut(1))
        again(Fault.None, R.string.receipt_print)
        expect(R.string.printing_printed)
        assertEquals(1, copies)
    }

    @Test
    fun `a printer that is switched off is said, and the receipt stands all the same`() {
        open()
        begin(office, "SAS23")
        table.choosePrinter()
        take(null)
        expect(R.string.printing_no_answer)
        expect("₹20")
        again(Fault.None, R.string.receipt_print)
        assertEquals(1, copies)
    }

    @Test
    fun `a printer that cannot say leaves it to the person`() {
        open()
        begin(office, "SAS24")
        table.choosePrinter(answers = false)
        take(Fault.Mute)
        expect(R.string.printing_unconfirmed)
        again(Fault.Mute, R.string.receipt_whole_no)
        expect(R.string.receipt_whole)
        assertEquals(0, copies)
        touch(R.string.receipt_whole_yes)
        expect(R.string.receipt_printed)
        assertEquals(1, copies)
    }

    @Test
    fun `when the process died while it printed, only the person can know`() {
        open()
        begin(office, "SAS25")
        table.choosePrinter()
        val door = CountDownLatch(1)
        table.door = door
        try {
            pay()
            expect(text(R.string.printing_connecting, "Office printer"))
            die()
            expect(R.string.receipt_whole)
            assertEquals(0, copies)
            touch(R.string.receipt_whole_yes)
            assertEquals(1, copies)
        } finally {
            door.countDown()
        }
    }

    @Test
    fun `turned while it prints, the screen finds its print again`() {
        open()
        begin(office, "SAS26")
        table.choosePrinter()
        val door = CountDownLatch(1)
        table.door = door
        PaperPrinter().use {
            table.paper = it
            try {
                pay()
                turn()
                expect(text(R.string.printing_connecting, "Office printer"))
            } finally {
                door.countDown()
            }
            pos.printing.finish()
            idle()
        }
        expect(R.string.printing_printed)
        assertEquals(1, copies)
    }

    @Test
    fun `without a printer it is shown and sent, in the language of the person who pays`() {
        open(Language.English)
        begin(office, "SAS27")
        PrinterChoices(pos).forget()
        pay()
        expect(R.string.receipt_taken)
        touch(Language.Bengali.own)
        touch(R.string.receipt_send)
        val chooser = shadowOf(activity).nextStartedActivity
        @Suppress("DEPRECATION")
        val sent = chooser.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)!!.getStringExtra(Intent.EXTRA_TEXT)!!
        assertTrue(sent, receipt.link in sent && "₹20" in sent && sent.any { it in 'ঀ'..'৿' })
        touch(R.string.receipt_choose)
        expect(R.string.printer_title)
        back()
        back()
        pay()
        assertEquals("the last choice stays", true, find(Language.Bengali.own).isSelected)
    }

    private fun take(fault: Fault?) = withPaper(fault) { pay() }

    private fun again(fault: Fault, words: Int) = withPaper(fault) { touch(words) }

    private fun withPaper(fault: Fault?, act: () -> Unit) {
        val paper = fault?.let(::PaperPrinter)
        table.paper = paper
        act()
        pos.printing.finish()
        idle()
        paper?.close()
    }

    private fun pay() {
        goTo(Place(Screens.CASH).with(HouseholdScreen.ACCOUNT, "BHG-0003").with(CashScreen.PAISE, 20_00))
        hold(text(R.string.cash_hold, "₹20"))
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
    }
}
