// The whole screen says that it is paid: to be seen from where the payer stands.
package app.raseed.look

import android.content.Context
import android.view.Gravity
import android.widget.LinearLayout
import app.raseed.R

/** Every text is as the core wrote it, but [how]. */
class PaidView(context: Context, figures: CharSequence, words: CharSequence, how: CharSequence) : LinearLayout(context) {
    init {
        orientation = VERTICAL
        gravity = Gravity.CENTER
        setBackgroundColor(context.colour(R.color.green))
        val margin = context.dp(Size.MARGIN)
        setPadding(margin, margin, margin, margin)
        addView(Icon(context, R.drawable.ic_check, R.color.on_green, TICK))
        line(how, Type.LARGE)
        line(figures, Type.AMOUNT)
        line(words, Type.BODY)
    }

    private fun line(words: CharSequence, size: Float) {
        val text = Text(context, words, size, R.color.on_green, bold = true).apply { gravity = Gravity.CENTER_HORIZONTAL }
        addView(text, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
    }

    private companion object {
        const val TICK = 120
    }
}
