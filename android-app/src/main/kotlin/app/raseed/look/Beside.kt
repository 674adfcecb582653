// Two or three things of one width beside each other; under each other when the type is large.
package app.raseed.look

import android.content.Context
import android.view.View
import android.widget.LinearLayout

fun beside(context: Context, vararg views: View): LinearLayout {
    if (context.largestType) return column(context, Size.GRID).apply { views.forEach(::addView) }
    return row(context, Size.GRID).apply {
        for (view in views) addView(view, LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.MATCH_PARENT, 1f))
        layoutParams = LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT)
    }
}

/** Larger than Android's own settings went for long: what stands beside each other elsewhere has no room here. */
val Context.largestType: Boolean get() = resources.configuration.fontScale > 1.5f
