// The window's content: the screen, clear of the system's bars, and a line that says when the core is still working.
package app.raseed.frame

import android.content.Context
import android.view.Gravity
import android.view.View
import android.view.WindowInsets
import android.widget.FrameLayout
import app.raseed.R
import app.raseed.look.Banner
import app.raseed.look.colour

class FrameView(context: Context) : FrameLayout(context) {
    private val busy = Banner(context, Banner.Kind.Wait, R.drawable.ic_wait, context.getString(R.string.working))

    init {
        setBackgroundColor(context.colour(R.color.paper))
        busy.visibility = View.GONE
        addView(busy, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT, Gravity.TOP))
    }

    fun show(screen: View) {
        if (childCount > 1) removeViewAt(0)
        addView(screen, 0, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.MATCH_PARENT))
    }

    fun busy(yes: Boolean) {
        busy.visibility = if (yes) View.VISIBLE else View.GONE
    }

    /** Android 15 draws apps behind its bars; we stay clear of them, and of the keyboard. */
    @Suppress("DEPRECATION") // The names that replace these are Android 11's.
    override fun onApplyWindowInsets(insets: WindowInsets): WindowInsets {
        setPadding(
            insets.systemWindowInsetLeft,
            insets.systemWindowInsetTop,
            insets.systemWindowInsetRight,
            insets.systemWindowInsetBottom,
        )
        return insets
    }
}
