// A hidden door: acts when it was held long enough, and shows nothing meanwhile. Whoever does not know of it does not find it.
package app.raseed.look

import android.annotation.SuppressLint
import android.view.MotionEvent
import android.view.View

@SuppressLint("ClickableViewAccessibility") // A click does nothing here, on purpose.
fun View.onHeld(milliseconds: Long, act: () -> Unit) {
    val enough = Runnable { act() }
    isClickable = true
    setOnTouchListener { _, event ->
        when (event.actionMasked) {
            MotionEvent.ACTION_DOWN -> postDelayed(enough, milliseconds)
            MotionEvent.ACTION_MOVE -> if (event.x < 0 || event.y < 0 || event.x > width || event.y > height) removeCallbacks(enough)
            MotionEvent.ACTION_UP, MotionEvent.ACTION_CANCEL -> removeCallbacks(enough)
        }
        true
    }
}
