// An icon beside words that say the same: TalkBack passes over it.
package app.raseed.look

import android.content.Context
import android.view.View
import android.widget.ImageView
import android.widget.LinearLayout

class Icon(context: Context, id: Int, colour: Int, size: Int = Size.ICON) : ImageView(context) {
    init {
        setImageDrawable(context.icon(id, context.colour(colour)))
        importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
        layoutParams = LinearLayout.LayoutParams(context.dp(size), context.dp(size))
    }
}
