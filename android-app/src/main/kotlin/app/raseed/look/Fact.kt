// One line of what is known: its name at the left, its value at the right, under each other in a list of facts.
package app.raseed.look

import android.content.Context
import android.view.Gravity
import android.widget.LinearLayout
import app.raseed.R

class Fact(context: Context, name: CharSequence, value: CharSequence, strong: Boolean = false) : LinearLayout(context) {
    init {
        gravity = Gravity.CENTER_VERTICAL
        minimumHeight = context.dp(36)
        addView(Text(context, name, Type.BODY, R.color.slate), LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        val right = Text(context, value, if (strong) Type.TITLE else Type.BODY, bold = strong)
        right.gravity = Gravity.END
        right.setPadding(context.dp(12), 0, 0, 0)
        addView(right, LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT))
        layoutParams = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
    }
}
