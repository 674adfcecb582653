// A ring that empties while something still counts, with the time that is left in its middle.
package app.raseed.look

import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.graphics.RectF
import android.os.SystemClock
import android.util.TypedValue
import android.view.View
import android.widget.LinearLayout
import app.raseed.R

/** [over] is told once when nothing is left; who shows it decides what that means. */
class Ring(context: Context, private val over: () -> Unit) : View(context) {
    private val done = arc(R.color.hairline)
    private val left = arc(R.color.blue)
    private val words = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = context.colour(R.color.ink)
        textAlign = Paint.Align.CENTER
        textSize = TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_DIP, Type.BODY, resources.displayMetrics)
        isFakeBoldText = true
    }
    private val next = Runnable(::tick)
    private var whole = 0L
    private var ends = 0L

    init {
        layoutParams = LinearLayout.LayoutParams(context.dp(SIDE), context.dp(SIDE))
    }

    /** Both in seconds. */
    fun count(left: Long, of: Long) {
        whole = of * 1000
        ends = SystemClock.elapsedRealtime() + left * 1000
        removeCallbacks(next)
        draw()
        if (left > 0) postDelayed(next, SECOND)
    }

    private fun remaining() = maxOf(0L, ends - SystemClock.elapsedRealtime())

    private fun tick() {
        draw()
        if (remaining() > 0) postDelayed(next, SECOND) else over()
    }

    private fun draw() {
        contentDescription = context.getString(R.string.code_left, clock())
        invalidate()
    }

    /** `7:45`, in the digits that money is written in. */
    private fun clock(): String {
        val seconds = (remaining() + SECOND - 1) / SECOND
        return (seconds / 60).toString() + ":" + (seconds % 60).toString().padStart(2, '0')
    }

    override fun onDetachedFromWindow() {
        removeCallbacks(next)
        super.onDetachedFromWindow()
    }

    override fun onDraw(canvas: Canvas) {
        val half = done.strokeWidth / 2
        val box = RectF(half, half, width - half, height - half)
        canvas.drawArc(box, 0f, 360f, false, done)
        if (whole > 0) canvas.drawArc(box, -90f, 360f * remaining() / whole, false, left)
        canvas.drawText(clock(), width / 2f, height / 2f - (words.ascent() + words.descent()) / 2, words)
    }

    private fun arc(colour: Int) = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = context.colour(colour)
        style = Paint.Style.STROKE
        strokeWidth = context.dp(6).toFloat()
    }

    private companion object {
        const val SECOND = 1000L
        const val SIDE = 64
    }
}
