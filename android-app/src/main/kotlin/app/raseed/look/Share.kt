// A part of a whole as a bar. The core says how large the part is; nothing is divided here.
package app.raseed.look

import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.graphics.RectF
import android.view.View
import android.widget.LinearLayout
import app.raseed.R

/** [permille] of the whole, from 0 to 1000. The words beside it say the same, so TalkBack passes over it. */
class Share(context: Context, permille: Int, colour: Int = R.color.green) : View(context) {
    private val part = permille.coerceIn(0, 1000)
    private val full = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.colour(colour) }
    private val empty = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.colour(R.color.hairline) }

    init {
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO
        layoutParams = LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, context.dp(Size.GRID))
    }

    override fun onDraw(canvas: Canvas) {
        val round = height / 2f
        canvas.drawRoundRect(RectF(0f, 0f, width.toFloat(), height.toFloat()), round, round, empty)
        canvas.drawRoundRect(RectF(0f, 0f, width * part / 1000f, height.toFloat()), round, round, full)
    }
}
