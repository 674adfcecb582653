// A PIN as it is typed: how many digits, and none of them. It stands in no place's facts, so that nothing keeps it.
package app.raseed.look

import android.content.Context
import android.view.Gravity
import app.raseed.R

/** [dots] for the page, [pad] for the thumb. */
class PinEntry(private val context: Context) {
    private val figures = Figures(LONGEST) { show(it.length) }

    val dots = Text(context, "", Type.AMOUNT, bold = true).apply { gravity = Gravity.CENTER_HORIZONTAL }
    val pad = NumberPad(context, NumberPad.Corner.Nothing, figures::add, figures::erase, figures::clear)

    /** What was typed. */
    val typed: String get() = figures.text

    init {
        show(0)
    }

    fun clear() = figures.clear()

    private fun show(count: Int) {
        dots.text = "•".repeat(count).ifEmpty { "–" }
        dots.contentDescription = context.resources.getQuantityString(R.plurals.pin_typed, count, count.toString())
    }

    private companion object {
        /** The longest PIN that the core takes. */
        const val LONGEST = 8
    }
}
