// Prints a slip in the background, one at a time, and tells the main thread how it goes.
package app.raseed.print

import android.content.Context
import android.os.Handler
import android.os.Looper
import app.raseed.bridge.SlipBlock
import java.util.Locale
import java.util.concurrent.Executors

/** Called on the main thread. [printer] opens the chosen one; a test gives its own. */
class Printing(
    private val choices: PrinterChoices,
    private val printer: (PrinterChoice) -> Printer,
) {
    constructor(context: Context) : this(PrinterChoices(context), { it.printer(context) })

    private val main = Handler(Looper.getMainLooper())
    private val thread = Executors.newSingleThreadExecutor { task -> Thread(task, "printing") }

    @Volatile private var current: Printer? = null

    /** Prints [blocks], whose language is [locale]; [tell] hears each state on the main thread, the last one being over. */
    fun start(blocks: List<SlipBlock>, locale: Locale, tell: (PrintState) -> Unit) {
        val choice = choices.load() ?: return tell(PrintState.NoPrinter)
        tell(PrintState.Connecting(choice.name))
        thread.execute { run(choice, blocks, locale) { main.post { tell(it) } } }
    }

    /** Gives the connection up; what was being printed ends as gone. */
    fun stop() {
        current?.close()
    }

    /** For tests: waits until all that was started is over; what was told then waits on the main thread. */
    fun finish() {
        thread.submit {}.get()
    }

    private fun run(choice: PrinterChoice, blocks: List<SlipBlock>, locale: Locale, tell: (PrintState) -> Unit) {
        val bands = Paper(choice.roll, locale).bands(blocks, choice.cuts)
        val printer = try {
            printer(choice)
        } catch (e: CannotConnect) {
            return tell(PrintState.Unreachable(e.why))
        }
        current = printer
        PrintRun(printer, choice.answers).print(bands, tell)
        current = null
    }
}
