// Sizes, and how to ask for a colour or a length. The colours themselves are in res/values/colors.xml.
package app.raseed.look

import android.content.Context
import android.content.res.ColorStateList
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.StateListDrawable

/** Sizes of type, in sp. What is read is never under [BODY]; [SMALL] is for a chip beside it. */
object Type {
    const val SMALL = 16f
    const val BODY = 18f
    const val TITLE = 22f
    const val LARGE = 30f
    const val AMOUNT = 44f
}

/** Lengths, in dp. */
object Size {
    const val GRID = 8
    const val MARGIN = 16
    const val TARGET = 56
    const val ROW = 72
    const val ICON = 28
    const val CORNER = 12
}

fun Context.colour(id: Int): Int = getColor(id)

fun Context.dp(length: Int): Int = Math.round(length * resources.displayMetrics.density)

/** An icon in one colour, in the size of icons. */
fun Context.icon(id: Int, colour: Int): Drawable {
    val drawable = requireNotNull(getDrawable(id)) { "an icon is a drawable" }.mutate()
    drawable.setTintList(ColorStateList.valueOf(colour))
    drawable.setBounds(0, 0, dp(Size.ICON), dp(Size.ICON))
    return drawable
}

/** A rounded surface. */
fun Context.panel(fill: Int, line: Int? = null, lineWidth: Int = 1): Drawable = GradientDrawable().apply {
    setColor(fill)
    cornerRadius = dp(Size.CORNER).toFloat()
    if (line != null) setStroke(dp(lineWidth), line)
}

/** A rounded surface that answers the finger at once, and shows where the keys of a keyboard are. */
fun Context.pressable(fill: Int, pressed: Int, focus: Int, line: Int? = null): Drawable = StateListDrawable().apply {
    addState(intArrayOf(android.R.attr.state_pressed), panel(pressed, line))
    addState(intArrayOf(android.R.attr.state_focused), panel(fill, focus, lineWidth = 3))
    addState(intArrayOf(), panel(fill, line))
}
