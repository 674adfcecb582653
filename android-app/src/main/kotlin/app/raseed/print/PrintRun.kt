// Does what the core's print job says, step by step, with one printer. Whether a slip counts as printed is the job's to say, never ours.
package app.raseed.print

import app.raseed.bridge.AskStep
import app.raseed.bridge.DoneStep
import app.raseed.bridge.PrintJob
import app.raseed.bridge.PrintOutcome
import app.raseed.bridge.PrintSent
import app.raseed.bridge.PrintTrouble
import app.raseed.bridge.PrintedOutcome
import app.raseed.bridge.PrinterState
import app.raseed.bridge.SendStep
import app.raseed.bridge.StoppedOutcome
import app.raseed.bridge.UnconfirmedOutcome
import app.raseed.bridge.WaitStep
import app.raseed.bridge.printJob
import java.io.IOException

/** What the screen shows of a print. */
sealed class PrintState {
    /** No printer was chosen yet. */
    object NoPrinter : PrintState()

    data class Connecting(val name: String) : PrintState()

    /** Nothing was printed, because there is no connection. */
    data class Unreachable(val why: NoConnection) : PrintState()

    /** Part [part] of [of], from 1. */
    data class Printing(val part: Int, val of: Int) : PrintState()

    /** It goes on by itself: a hot head, paper being fed. */
    data class Waiting(val why: PrinterState) : PrintState()

    /** The printer says that it is on paper. */
    data class Printed(val paperLow: Boolean) : PrintState()

    /** All was sent to a printer that cannot say: ask the person whether it came out whole. */
    object Unconfirmed : PrintState()

    /** It did not come out, or not whole. */
    data class Stopped(val trouble: PrintTrouble, val sent: PrintSent) : PrintState()

    /** Nothing more happens by itself. */
    val isOver: Boolean get() = this !is Connecting && this !is Printing && this !is Waiting
}

/** One slip on one printer. [pause] lets milliseconds pass. */
class PrintRun(private val printer: Printer, private val answers: Boolean, private val pause: (Long) -> Unit = Thread::sleep) {
    /** Blocks until it is over; [tell] hears every state on the way, the last one too. The printer is closed afterwards. */
    fun print(bands: Array<ByteArray>, tell: (PrintState) -> Unit): PrintState {
        val end = try {
            printer.connect()
            printJob(bands.size, answers).use { work(it, bands, tell) }
        } catch (e: CannotConnect) {
            PrintState.Unreachable(e.why)
        } finally {
            runCatching { printer.close() }
        }
        tell(end)
        return end
    }

    private fun work(job: PrintJob, bands: Array<ByteArray>, tell: (PrintState) -> Unit): PrintState {
        while (true) {
            try {
                when (val step = job.step()) {
                    is SendStep -> {
                        val band = step.band.toInt()
                        tell(PrintState.Printing(band + 1, bands.size))
                        printer.send(bands[band])
                        job.sent()
                    }
                    is AskStep -> ask(job, step)
                    is WaitStep -> {
                        tell(PrintState.Waiting(step.state))
                        pause(step.pauseMs.toLong())
                        job.waited()
                    }
                    is DoneStep -> return end(step.outcome)
                }
            } catch (_: IOException) {
                job.gone()
            }
        }
    }

    private fun ask(job: PrintJob, step: AskStep) {
        val patience = step.patienceMs.toLong()
        var answer = printer.ask(step.bytes, step.whenDone, patience)
        while (answer is Answer.Bytes && !job.heard(answer.bytes)) answer = printer.listen(patience)
        when (answer) {
            is Answer.State -> job.reported(answer.state)
            is Answer.Bytes -> Unit
            null -> job.silent()
        }
    }

    private fun end(outcome: PrintOutcome): PrintState = when (outcome) {
        is PrintedOutcome -> PrintState.Printed(outcome.paperLow)
        is UnconfirmedOutcome -> PrintState.Unconfirmed
        is StoppedOutcome -> PrintState.Stopped(outcome.trouble, outcome.sent)
    }
}
