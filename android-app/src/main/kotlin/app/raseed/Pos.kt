// The process: what lives longer than the activity. The threads that calls run on, and (through the bridge) the till.
package app.raseed

import android.app.Application
import app.raseed.bridge.Raseed
import app.raseed.bridge.openCore
import app.raseed.card.CardResults
import app.raseed.card.CardTerminal
import app.raseed.frame.FrontDoor
import app.raseed.frame.Work
import app.raseed.look.DeviceVoice
import app.raseed.look.Voice
import app.raseed.print.Printer
import app.raseed.print.PrinterChoice
import app.raseed.print.PrinterChoices
import app.raseed.print.Printing
import app.raseed.print.ReceiptPrints

open class Pos : Application() {
    /** The core. Never touched on the main thread: the first touch loads the library. */
    open val core: Raseed by lazy { openCore(this) }

    /** What this device is used for, and whether its staff is inside. */
    val frontDoor: FrontDoor by lazy { FrontDoor(this) }

    /** For the core: quick, one call after another. */
    val work: Work by lazy { Work("core") }

    /** For what waits for others: the network, a printer. */
    val slowWork: Work by lazy { Work("slow") }

    /** One printer, one slip after another, whatever becomes of the screen that began it. */
    val printing: Printing by lazy { Printing(PrinterChoices(this), ::printer) }

    /** What is known of receipts on their way to paper. */
    val receiptPrints: ReceiptPrints by lazy { ReceiptPrints(this) }

    /** The way to the acquirer's payment app and back. */
    val card: CardTerminal by lazy { CardTerminal(this) }

    /** Who hears what the payment app said. */
    val cardResults: CardResults by lazy { CardResults(this) }

    /** What is said aloud. */
    open val voice: Voice by lazy { DeviceVoice(this) }

    /** Whether payments that the process before this one left open were looked after; see [app.raseed.screen.HomeScreen]. */
    var lookedAfter = false

    /** The printer that was chosen. */
    protected open fun printer(choice: PrinterChoice): Printer = choice.printer(this)
}
