// How a print goes, in words: what is true, then what to do. The one place for it, whoever prints.
package app.raseed.print

import android.content.Context
import app.raseed.R
import app.raseed.bridge.PrintSent
import app.raseed.bridge.PrintTrouble
import app.raseed.bridge.PrinterState
import app.raseed.look.Banner

/** [words] with the colour and the icon that go with them. [choose]: the screen where the printer is chosen helps. */
class PrinterSaid(val words: String, val kind: Banner.Kind, val icon: Int, val choose: Boolean = false) {
    fun banner(context: Context) = Banner(context, kind, icon, words)
}

object PrinterWords {
    fun of(context: Context, state: PrintState): PrinterSaid {
        fun said(kind: Banner.Kind, icon: Int, id: Int, vararg values: Any) = PrinterSaid(context.getString(id, *values), kind, icon)
        return when (state) {
            PrintState.NoPrinter -> PrinterSaid(context.getString(R.string.printing_no_printer), Banner.Kind.Wait, R.drawable.ic_print, choose = true)
            is PrintState.Connecting -> said(Banner.Kind.Calm, R.drawable.ic_print, R.string.printing_connecting, state.name)
            is PrintState.Unreachable -> unreachable(context, state.why)
            is PrintState.Printing ->
                said(Banner.Kind.Calm, R.drawable.ic_print, R.string.printing_part, state.part.toString(), state.of.toString())
            is PrintState.Waiting -> said(Banner.Kind.Wait, R.drawable.ic_wait, waiting(state.why))
            is PrintState.Printed ->
                said(Banner.Kind.Done, R.drawable.ic_check, if (state.paperLow) R.string.printing_paper_low else R.string.printing_printed)
            PrintState.Unconfirmed -> said(Banner.Kind.Wait, R.drawable.ic_receipt, R.string.printing_unconfirmed)
            is PrintState.Stopped -> stopped(context, state)
        }
    }

    /** Only what passes by itself is waited for. */
    private fun waiting(why: PrinterState): Int = when (why) {
        PrinterState.OVERHEATED -> R.string.printing_wait_hot
        else -> R.string.printing_wait
    }

    private fun unreachable(context: Context, why: NoConnection): PrinterSaid {
        val words = when (why) {
            NoConnection.NOT_ON_THIS_DEVICE -> R.string.printing_not_here
            NoConnection.SWITCHED_OFF -> R.string.printing_switched_off
            NoConnection.NOT_ALLOWED -> R.string.printing_not_allowed
            NoConnection.NOT_THERE -> R.string.printing_not_there
            NoConnection.NO_ANSWER -> R.string.printing_no_answer
        }
        val choose = why == NoConnection.NOT_ON_THIS_DEVICE || why == NoConnection.NOT_ALLOWED || why == NoConnection.NOT_THERE
        return PrinterSaid(context.getString(words), Banner.Kind.Wait, R.drawable.ic_warning, choose)
    }

    /** What is wrong with the printer, and then what became of the slip. */
    private fun stopped(context: Context, state: PrintState.Stopped): PrinterSaid {
        val words = listOf(trouble(state.trouble), sent(state.sent)).joinToString(" ", transform = context::getString)
        val needsRepair = state.trouble == PrintTrouble.BROKEN
        return PrinterSaid(
            words,
            if (needsRepair) Banner.Kind.Stop else Banner.Kind.Wait,
            if (needsRepair) R.drawable.ic_stop else R.drawable.ic_warning,
            choose = state.trouble == PrintTrouble.NOT_UNDERSTOOD || state.trouble == PrintTrouble.SILENT,
        )
    }

    private fun trouble(trouble: PrintTrouble): Int = when (trouble) {
        PrintTrouble.PAPER_OUT -> R.string.printing_paper_out
        PrintTrouble.COVER_OPEN -> R.string.printing_cover_open
        PrintTrouble.OVERHEATED -> R.string.printing_hot
        PrintTrouble.BROKEN -> R.string.printing_broken
        PrintTrouble.OFFLINE -> R.string.printing_offline
        PrintTrouble.GONE -> R.string.printing_gone
        PrintTrouble.SILENT -> R.string.printing_silent
        PrintTrouble.NOT_UNDERSTOOD -> R.string.printing_not_understood
    }

    private fun sent(sent: PrintSent): Int = when (sent) {
        PrintSent.NOTHING -> R.string.printing_sent_nothing
        PrintSent.PART -> R.string.printing_sent_part
        PrintSent.EVERYTHING -> R.string.printing_sent_everything
    }
}
