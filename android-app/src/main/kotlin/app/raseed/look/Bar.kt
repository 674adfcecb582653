// One line of a bar chart: a name, a figure, and a bar whose length says how much of the whole it is. The length comes from the core.
package app.raseed.look

import android.content.Context
import android.view.View
import android.widget.LinearLayout
import app.raseed.R

class Bar(context: Context, name: CharSequence, figure: CharSequence, percent: Int) : LinearLayout(context) {
    init {
        orientation = VERTICAL
        addView(Fact(context, name, figure, strong = true))
        val track = row(context, 0)
        track.background = context.panel(context.colour(R.color.mist))
        val fill = View(context)
        fill.background = context.panel(context.colour(R.color.green))
        val height = context.dp(12)
        track.addView(fill, LayoutParams(0, height, percent.toFloat()))
        track.addView(View(context), LayoutParams(0, height, (100 - percent).toFloat()))
        track.importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS
        addView(track, LayoutParams(LayoutParams.MATCH_PARENT, height))
        layoutParams = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
    }
}
