// Choosing a printer and trying it, on one that reads real bytes at the other end of a real socket.
package app.raseed

import android.bluetooth.BluetoothManager
import android.content.Context
import app.raseed.frame.Place
import app.raseed.print.Bluetooth
import app.raseed.print.CannotConnect
import app.raseed.print.Fault
import app.raseed.print.NoConnection
import app.raseed.print.PaperPrinter
import app.raseed.print.Printer
import app.raseed.print.PrinterChoice
import app.raseed.print.PrinterChoices
import app.raseed.print.PrinterKind
import app.raseed.print.Roll
import app.raseed.print.StreamPrinter
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** The app beside a printer; null: out of reach. */
class PosWithPrinter : Pos() {
    var paper: PaperPrinter? = null

    override fun printer(choice: PrinterChoice): Printer =
        StreamPrinter { paper?.line() ?: throw CannotConnect(NoConnection.NO_ANSWER) }
}

@Config(application = PosWithPrinter::class)
class PrinterTest : House() {
    private val adapter get() = (pos.getSystemService(Context.BLUETOOTH_SERVICE) as BluetoothManager).adapter

    @Before
    fun newDevice() {
        HostKeystore.install()
    }

    @Test
    fun `a printer is set, tried, and given up`() {
        PrinterChoices(pos).save(PrinterChoice(PrinterKind.BLUETOOTH, "00:11:22:33:44:55", "MTP-II", Roll.MM58, answers = true, cuts = false))
        visit()
        expect(R.string.printer_none_why)
        touch("MTP-II")
        touch(R.string.printer_mm80)
        assertEquals(Roll.MM80, chosen()?.roll)
        touch(R.string.printer_mm58)
        touch(R.string.printer_silent)
        turn()
        assertEquals(false, chosen()?.answers)
        touch(R.string.printer_answers)
        touch(R.string.printer_test)
        settle()
        expect(R.string.printing_no_answer)

        PaperPrinter().use {
            (pos as PosWithPrinter).paper = it
            touch(R.string.printer_test)
            settle()
            expect(R.string.printing_printed)
            assertTrue("something is on the paper", it.rows > 200)
        }
        PaperPrinter(Fault.PaperOut(after = 1)).use {
            (pos as PosWithPrinter).paper = it
            touch(R.string.printer_test)
            settle()
            expect(R.string.printing_paper_out)
            expect(R.string.printing_sent_part)
        }
        touch(R.string.printer_none)
        assertNull(chosen())
        assertTrue(seesNot(R.string.printer_test))
    }

    @Test
    fun `Bluetooth that is not allowed or switched off says what to do`() {
        visit()
        expect(R.string.printer_not_allowed)
        expect(R.string.printer_allow)
        shadowOf(pos).grantPermissions(Bluetooth.PERMISSION)
        adapter.disable()
        turn()
        expect(R.string.printer_bluetooth_off)
        adapter.enable()
        turn()
        touch(R.string.printer_settings)
        assertEquals("android.settings.BLUETOOTH_SETTINGS", shadowOf(activity).nextStartedActivity.action)
    }

    @Test
    fun `the chosen printer stays chosen while it is away`() {
        PrinterChoices(pos).save(PrinterChoice(PrinterKind.USB, "0416:5011", "POS58", Roll.MM58, answers = true, cuts = false))
        visit()
        expect("POS58")
        expect(R.string.printer_chosen)
    }

    private fun visit() {
        open()
        goTo(Place(Screens.PRINTER))
    }

    private fun chosen() = PrinterChoices(pos).load()

    private fun settle() {
        pos.printing.finish()
        idle()
    }
}
