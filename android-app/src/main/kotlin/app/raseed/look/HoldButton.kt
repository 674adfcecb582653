// A button that must be held: what it does moves money or cannot be taken back, and a pocket or a sleeve must not do it.
package app.raseed.look

import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.graphics.Path
import android.graphics.RectF
import android.os.SystemClock
import android.view.KeyEvent
import android.view.MotionEvent
import app.raseed.R

/**
 * Fills while it is held and acts when it is full, once. TalkBack's double-tap acts too: it cannot happen by accident, and whoever
 * uses it cannot see the filling.
 */
class HoldButton(
    context: Context,
    kind: Kind,
    icon: Int,
    private val word: CharSequence,
    height: Int = MONEY,
    private val onHeld: () -> Unit,
) : BigButton(context, kind, icon, word, height, onHeld) {
    private val fill = Paint().apply { color = context.colour(kind.pressed) }
    private val shape = Path()
    private var since = 0L
    private val frame = Runnable(::grow)

    /** Full after this many milliseconds. */
    var enough = 800L

    private val held: Float get() = if (since == 0L) 0f else minOf(1f, (SystemClock.uptimeMillis() - since) / enough.toFloat())

    override fun onTouchEvent(event: MotionEvent): Boolean {
        when (event.actionMasked) {
            MotionEvent.ACTION_DOWN -> if (isEnabled) begin()
            MotionEvent.ACTION_MOVE -> if (!inside(event)) end()
            MotionEvent.ACTION_UP, MotionEvent.ACTION_CANCEL -> end()
        }
        return true
    }

    override fun onKeyDown(code: Int, event: KeyEvent): Boolean {
        if (code != KeyEvent.KEYCODE_ENTER && code != KeyEvent.KEYCODE_DPAD_CENTER) return super.onKeyDown(code, event)
        if (event.repeatCount == 0 && isEnabled) begin()
        return true
    }

    override fun onKeyUp(code: Int, event: KeyEvent): Boolean {
        if (code != KeyEvent.KEYCODE_ENTER && code != KeyEvent.KEYCODE_DPAD_CENTER) return super.onKeyUp(code, event)
        end()
        return true
    }

    override fun onDetachedFromWindow() {
        end()
        super.onDetachedFromWindow()
    }

    private fun begin() {
        since = SystemClock.uptimeMillis()
        text = context.getString(R.string.hold_on)
        parent?.requestDisallowInterceptTouchEvent(true)
        postDelayed(frame, FRAME)
    }

    private fun grow() {
        if (since == 0L) return
        invalidate()
        if (held < 1f) {
            postDelayed(frame, FRAME)
        } else {
            end()
            onHeld()
        }
    }

    private fun end() {
        if (since == 0L) return
        since = 0L
        removeCallbacks(frame)
        text = word
        invalidate()
    }

    private fun inside(event: MotionEvent) = event.x >= 0 && event.y >= 0 && event.x <= width && event.y <= height

    override fun onDraw(canvas: Canvas) {
        if (held > 0f) {
            val corner = context.dp(Size.CORNER).toFloat()
            shape.reset()
            shape.addRoundRect(RectF(0f, 0f, width.toFloat(), height.toFloat()), corner, corner, Path.Direction.CW)
            canvas.save()
            canvas.clipPath(shape)
            canvas.drawRect(0f, 0f, width * held, height.toFloat(), fill)
            canvas.restore()
        }
        super.onDraw(canvas)
    }

    private companion object {
        /** Milliseconds between two pictures of the filling. */
        const val FRAME = 16L
    }
}
