// Words on the screen, with room for the marks above and below the line that Indian scripts have.
package app.raseed.look

import android.content.Context
import android.graphics.Typeface
import android.util.TypedValue
import android.widget.TextView
import app.raseed.R

/** [size] is one of [Type], [colour] a colour resource. */
open class Text(
    context: Context,
    words: CharSequence,
    size: Float = Type.BODY,
    colour: Int = R.color.ink,
    bold: Boolean = false,
) : TextView(context) {
    init {
        text = words
        look(size, colour, bold)
    }
}

/** Gives any view of words the type of this app. */
fun TextView.look(size: Float, colour: Int, bold: Boolean = false) {
    setTextSize(TypedValue.COMPLEX_UNIT_SP, size)
    setTextColor(context.colour(colour))
    typeface = if (bold) Typeface.DEFAULT_BOLD else Typeface.DEFAULT
    // Figures of one width, so that amounts stand under each other.
    fontFeatureSettings = "tnum"
    roomyLines()
}

/** Lines of 1.4 times the size. */
private fun TextView.roomyLines() {
    val natural = paint.fontMetricsInt.let { it.descent - it.ascent }
    val wanted = textSize * 1.4f
    setLineSpacing(maxOf(0f, wanted - natural), 1f)
}
