// The app with a printer at the other end of a socket instead of one in the air: everything else of it is as it is.
package app.raseed

import app.raseed.print.Answer
import app.raseed.print.CannotConnect
import app.raseed.print.NoConnection
import app.raseed.print.PaperPrinter
import app.raseed.print.Printer
import app.raseed.print.PrinterChoice
import app.raseed.print.PrinterChoices
import app.raseed.print.PrinterKind
import app.raseed.print.Roll
import app.raseed.print.StreamPrinter
import java.util.concurrent.CountDownLatch

/** Use as `@Config(application = PosWithPaper::class)`. */
class PosWithPaper : Pos() {
    /** What stands on the table now; null: it is switched off. */
    var paper: PaperPrinter? = null

    /** Until it opens, nobody is at the table. */
    @Volatile var door = CountDownLatch(0)

    override fun printer(choice: PrinterChoice): Printer {
        door.await()
        val paper = paper ?: throw CannotConnect(NoConnection.NO_ANSWER)
        return Impatient(StreamPrinter { paper.line() })
    }

    /** Chosen, as on its own screen. */
    fun choosePrinter(answers: Boolean = true) = PrinterChoices(this)
        .save(PrinterChoice(PrinterKind.BLUETOOTH, "00:11:22:33:44:55", "Office printer", Roll.MM58, answers, cuts = false))

    /** A test has no time: what is not said soon is not said. */
    private class Impatient(private val printer: Printer) : Printer by printer {
        override fun ask(question: ByteArray, whenDone: Boolean, patience: Long): Answer? = printer.ask(question, whenDone, SOON)

        override fun listen(patience: Long): Answer? = printer.listen(SOON)
    }

    private companion object {
        const val SOON = 300L
    }
}
