// A slip of which any number of copies may be printed: how its print goes, and the button that begins it.
package app.raseed.screen

import android.widget.LinearLayout
import app.raseed.R
import app.raseed.bridge.SlipBlock
import app.raseed.frame.Frame
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.look.BigButton
import app.raseed.look.column
import app.raseed.print.PrintState
import app.raseed.print.PrinterChoices
import app.raseed.print.PrinterWords

/** For a screen that is seen: [says] is above all else on its page, [changed] is told when another button is to be offered. */
class SlipPrint(private val frame: Frame, private val changed: () -> Unit) {
    private val context get() = frame.activity
    private var state: PrintState? = null
    private var seen = false

    val says: LinearLayout = column(context, 0)

    fun shown() {
        seen = true
    }

    /** It prints on; nobody here is told any more. */
    fun hidden() {
        seen = false
    }

    fun start(slip: List<SlipBlock>, language: Language) = frame.pos.printing.start(slip, language.locale) { if (seen) on(it) }

    /** What the thumb does about paper now. */
    fun button(print: () -> Unit): BigButton {
        val state = state
        return when {
            state?.isOver == false -> plain(R.drawable.ic_stop, R.string.receipt_stop) { frame.pos.printing.stop() }
            PrinterChoices(context).load() == null || state != null && PrinterWords.of(context, state).choose ->
                plain(R.drawable.ic_settings, R.string.receipt_choose) { frame.go(Place(Screens.PRINTER)) }
            else -> plain(R.drawable.ic_print, if (state is PrintState.Printed) R.string.receipt_print_again else R.string.receipt_print, print)
        }
    }

    private fun plain(icon: Int, words: Int, touched: () -> Unit) =
        BigButton(context, BigButton.Kind.Plain, icon, context.getString(words), onTouch = touched)

    private fun on(state: PrintState) {
        this.state = state
        says.removeAllViews()
        says.addView(PrinterWords.of(context, state).banner(context))
        changed()
    }
}
