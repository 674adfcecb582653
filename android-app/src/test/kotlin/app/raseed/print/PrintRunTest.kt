// Prints to a printer that breaks at every point it can, over a real socket. Never printed unless the paper has it all.
package app.raseed.print

import app.raseed.bridge.PrintSent
import app.raseed.bridge.PrintTrouble
import app.raseed.bridge.PrinterState
import app.raseed.frame.Language
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.shadows.ShadowLooper
import java.io.Closeable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.concurrent.thread

@RunWith(RobolectricTestRunner::class)
class PrintRunTest {
    private val bands = Paper(Roll.MM58, Language.Punjabi.locale).bands(Receipts.of(Language.Punjabi), cut = false)

    @Test
    fun eachPartIsShownAndThenThatItIsPrinted() {
        val states = mutableListOf<PrintState>()
        val end = run(Fault.None, tell = states::add)
        assertEquals(PrintState.Printed(paperLow = false), end)
        assertEquals((1..bands.size).map { PrintState.Printing(it, bands.size) } + end, states)
        assertTrue("more than one band, or nothing is tested", bands.size > 5)
    }

    @Test
    fun whateverBreaksAndWhereverItIsNamedAndSaysHowMuchIsOut() {
        for (after in 0..bands.size) {
            val sent = when (after) {
                0 -> PrintSent.NOTHING
                bands.size -> PrintSent.EVERYTHING
                else -> PrintSent.PART
            }
            assertEquals(PrintState.Stopped(PrintTrouble.PAPER_OUT, sent), run(Fault.PaperOut(after)))
            assertEquals(PrintState.Stopped(PrintTrouble.COVER_OPEN, sent), run(Fault.CoverOpen(after)))
            assertEquals(PrintState.Stopped(PrintTrouble.SILENT, sent), run(Fault.Silent(after)))
            assertEquals(PrintState.Stopped(PrintTrouble.GONE, sent), run(Fault.Gone(after)))
        }
    }

    @Test
    fun aHotHeadIsWaitedForAndTheSlipIsWhole() {
        val states = mutableListOf<PrintState>()
        assertEquals(PrintState.Printed(paperLow = false), run(Fault.Hot(after = 2, asks = 3), tell = states::add))
        assertEquals(3, states.count { it == PrintState.Waiting(PrinterState.OVERHEATED) })
    }

    @Test
    fun aPrinterThatOnlyListensIsNeverPrinted() {
        assertEquals(PrintState.Unconfirmed, run(Fault.Mute, answers = false))
        assertEquals("asked although it cannot", PrintState.Stopped(PrintTrouble.SILENT, PrintSent.NOTHING), run(Fault.Mute))
        assertEquals("does not say when it is done", PrintState.Unconfirmed, run(Fault.NotInTurn))
    }

    @Test
    fun flowControlBetweenAnswersIsNotTakenForOne() {
        assertEquals(PrintState.Printed(paperLow = false), run(Fault.Noisy))
    }

    @Test
    fun withoutAConnectionNothingIsPrintedAndItSaysWhy() {
        val nobody = StreamPrinter { throw CannotConnect(NoConnection.NO_ANSWER) }
        assertEquals(PrintState.Unreachable(NoConnection.NO_ANSWER), PrintRun(nobody, answers = true).print(bands) {})
        val context = RuntimeEnvironment.getApplication()
        for (kind in PrinterKind.values()) {
            val end = try {
                PrintRun(choice(kind).printer(context), answers = true).print(bands) {}
            } catch (e: CannotConnect) {
                PrintState.Unreachable(e.why)
            }
            assertTrue("$kind $end", end is PrintState.Unreachable)
        }
    }

    @Test
    fun aConnectionThatIsStillWaitedForCanBeGivenUp() {
        val (waits, closed) = CountDownLatch(1) to CountDownLatch(1)
        val printer = StreamPrinter { waitsOn ->
            waitsOn(Closeable(closed::countDown))
            waits.countDown()
            throw CannotConnect(if (closed.await(20, SECONDS)) NoConnection.NO_ANSWER else NoConnection.NOT_THERE)
        }
        val stop = thread { waits.await().also { printer.close() } }
        assertEquals(PrintState.Unreachable(NoConnection.NO_ANSWER), PrintRun(printer, answers = true).print(bands) {})
        stop.join()
    }

    @Test
    fun theScreenHearsEveryStateOnItsOwnThread() {
        val context = RuntimeEnvironment.getApplication()
        val choices = PrinterChoices(context)
        val states = mutableListOf<PrintState>()
        PaperPrinter().use { printer ->
            val printing = Printing(choices) { Impatient(StreamPrinter { printer.line() }) }
            printing.start(Receipts.of(Language.English), Language.English.locale, states::add)
            assertEquals(listOf<PrintState>(PrintState.NoPrinter), states)
            choices.save(choice(PrinterKind.BLUETOOTH))
            assertEquals(choice(PrinterKind.BLUETOOTH), choices.load())
            printing.start(Receipts.of(Language.English), Language.English.locale, states::add)
            printing.finish()
            ShadowLooper.idleMainLooper()
        }
        assertEquals(PrintState.Connecting("Office printer"), states[1])
        assertEquals(PrintState.Printed(paperLow = false), states.last())
        choices.forget()
        assertEquals(null, choices.load())
    }

    private fun choice(kind: PrinterKind) =
        PrinterChoice(kind, "00:11:22:33:44:55", "Office printer", Roll.MM58, answers = true, cuts = false)

    private fun run(fault: Fault, answers: Boolean = true, tell: (PrintState) -> Unit = {}): PrintState {
        val printer = PaperPrinter(fault)
        val whole = printer.use { paper -> PrintRun(Impatient(StreamPrinter { paper.line() }), answers, pause = {}).print(bands, tell) to paper.rows }
        val (end, rows) = whole
        val all = bands.sumOf { rowsOf(it) }
        if (end is PrintState.Printed) assertEquals("$fault: printed means that all is on paper", all, rows)
        return end
    }

    /** Read from the header of `GS v 0`, which may stand behind `ESC @`. */
    private fun rowsOf(band: ByteArray): Int {
        val at = if (band[0] == 0x1b.toByte()) 2 else 0
        return (band[at + 6].toInt() and 0xff) + 256 * (band[at + 7].toInt() and 0xff)
    }

    /** A test has no time: what is not said soon is not said. */
    private class Impatient(private val printer: Printer) : Printer by printer {
        override fun ask(question: ByteArray, whenDone: Boolean, patience: Long) = printer.ask(question, whenDone, SOON)

        override fun listen(patience: Long) = printer.listen(SOON)

        private companion object {
            const val SOON = 300L
        }
    }
}
