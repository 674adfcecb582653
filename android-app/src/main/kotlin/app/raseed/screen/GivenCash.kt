// What the payer handed over: the sums that are likely, or another one by pad; and what goes back. It counts nothing itself.
package app.raseed.screen

import android.content.Context
import android.os.Bundle
import android.view.View
import app.raseed.R
import app.raseed.bridge.ChangeView
import app.raseed.bridge.Money
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Figures
import app.raseed.look.NumberPad
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.beside
import app.raseed.look.column
import app.raseed.look.look

/** Everything entered stands in [facts]. [changed]: what was given is another sum; [redraw]: the pad came or went. */
class GivenCash(
    private val context: Context,
    private val facts: Bundle,
    private val changed: () -> Unit,
    private val redraw: () -> Unit,
) {
    private val sums = column(context, Size.GRID)
    private val back = column(context, 0)

    /** What was typed, as the core writes it. */
    private val echo = Text(context, "", Type.TITLE, bold = true)
    private val figures = Figures(LONGEST, facts.getString(TYPED).orEmpty()) {
        facts.putString(TYPED, it)
        facts.remove(CHOSEN)
        tell()
    }
    private var offered: List<Money> = emptyList()

    val view: View = column(context, Size.GRID).apply {
        addView(back)
        addView(sums)
    }

    /** The sum that was touched. */
    val chosen: Long? get() = if (facts.containsKey(CHOSEN)) facts.getLong(CHOSEN) else null

    /** The sum that was typed. */
    val typed: String get() = figures.text

    /** Less was given than is to be taken. */
    var short = false
        private set

    /** The keys, while another sum is typed. */
    val pad: View?
        get() = if (!facts.getBoolean(PAD)) null else NumberPad(context, NumberPad.Corner.TwoZeros, figures::add, figures::erase, figures::clear)

    fun offer(likely: List<Money>) {
        offered = likely
        tell()
    }

    fun show(change: ChangeView?) {
        short = change?.enough == false
        back.removeAllViews()
        if (change == null) return
        echo.text = context.getString(R.string.cash_typed, change.given.text)
        val (kind, words) = when {
            !change.enough -> Banner.Kind.Stop to R.string.cash_missing
            change.money.paise == 0L -> Banner.Kind.Done to R.string.cash_exact
            else -> Banner.Kind.Wait to R.string.cash_change
        }
        val icon = if (change.enough) R.drawable.ic_cash else R.drawable.ic_warning
        back.addView(Banner(context, kind, icon, context.getString(words, change.money.text)).apply { look(Type.LARGE, kind.ink, bold = true) })
    }

    /** True if the pad was there. */
    fun closePad(): Boolean {
        if (!facts.getBoolean(PAD)) return false
        facts.remove(PAD)
        draw()
        redraw()
        return true
    }

    private fun tell() {
        draw()
        changed()
    }

    private fun draw() {
        sums.removeAllViews()
        if (facts.getBoolean(PAD)) {
            sums.addView(echo)
            if (typed.isEmpty()) echo.setText(R.string.cash_type)
            return
        }
        sums.addView(Text(context, context.getString(R.string.cash_given), Type.BODY, R.color.slate))
        val buttons = offered.map(::note) + other()
        buttons.chunked(2).forEach { sums.addView(beside(context, *it.toTypedArray())) }
    }

    private fun note(sum: Money): View {
        val on = sum.paise == chosen
        val (kind, icon) = if (on) BigButton.Kind.Pay to R.drawable.ic_check else BigButton.Kind.Plain to R.drawable.ic_notes
        return BigButton(context, kind, icon, sum.text) {
            figures.clear()
            facts.putLong(CHOSEN, sum.paise)
            tell()
        }.apply { isSelected = on }
    }

    private fun other() = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_keypad, context.getString(R.string.cash_other)) {
        facts.putBoolean(PAD, true)
        facts.remove(CHOSEN)
        tell()
        redraw()
    }

    private companion object {
        const val CHOSEN = "given"
        const val TYPED = "given-typed"
        const val PAD = "given-pad"
        const val LONGEST = 8
    }
}
