// Receipts on their way to paper, for as long as the process lives: a screen that was turned or left finds its print again, and a
// copy that came out is counted whether or not anybody still looks.
package app.raseed.print

import app.raseed.Pos
import app.raseed.bridge.core
import app.raseed.frame.Language

/** Used on the main thread only. */
class ReceiptPrints(private val pos: Pos) {
    /** Who wants to know. One at a time: the receipt that is on the screen. */
    interface Watcher {
        fun printing(receipt: String, state: PrintState)

        fun printingFailed(error: Throwable)
    }

    private val states = HashMap<String, PrintState>()

    var watcher: Watcher? = null

    /** How it goes with this receipt; null: nothing was begun since the process lives. */
    fun state(receipt: String): PrintState? = states[receipt]

    /** Puts it behind what is being printed; does nothing while the same receipt is on its way. */
    fun start(receipt: String, language: Language) {
        if (states[receipt]?.isOver == false) return
        val chosen = PrinterChoices(pos).load() ?: return tell(receipt, PrintState.NoPrinter)
        tell(receipt, PrintState.Connecting(chosen.name))
        pos.work.ask({ pos.core.receipts().slip(receipt, language.core) }) { slip ->
            slip.fold(
                { pos.printing.start(it, language.locale) { state -> on(receipt, state) } },
                { failed(receipt, it) },
            )
        }
    }

    /** The person has looked, or the process is another one: what was known is not any more. */
    fun forget(receipt: String? = null) {
        if (receipt == null) states.clear() else states.remove(receipt)
    }

    private fun on(receipt: String, state: PrintState) {
        if (state !is PrintState.Printed) return tell(receipt, state)
        // First counted, then shown: the next copy must say that it is one.
        pos.work.ask({ pos.core.receipts().printed(receipt) }) { counted ->
            tell(receipt, state)
            counted.onFailure { watcher?.printingFailed(it) }
        }
    }

    private fun failed(receipt: String, error: Throwable) {
        states.remove(receipt)
        watcher?.printingFailed(error)
    }

    private fun tell(receipt: String, state: PrintState) {
        states[receipt] = state
        watcher?.printing(receipt, state)
    }
}
