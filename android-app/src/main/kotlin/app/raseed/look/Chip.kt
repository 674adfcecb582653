// A state in a small space: colour, icon and word together, in the tones of a banner.
package app.raseed.look

import android.content.Context
import android.view.Gravity
import android.widget.LinearLayout
import app.raseed.R

class Chip(context: Context, kind: Banner.Kind, icon: Int, word: CharSequence) : Text(context, word, Type.SMALL, kind.ink, bold = true) {
    init {
        gravity = Gravity.CENTER_VERTICAL
        background = context.panel(context.colour(kind.fill))
        val drawable = context.icon(icon, context.colour(kind.ink))
        drawable.setBounds(0, 0, context.dp(20), context.dp(20))
        setCompoundDrawablesRelative(drawable, null, null, null)
        compoundDrawablePadding = context.dp(6)
        setPadding(context.dp(10), context.dp(2), context.dp(12), context.dp(2))
        layoutParams = LinearLayout.LayoutParams(LinearLayout.LayoutParams.WRAP_CONTENT, LinearLayout.LayoutParams.WRAP_CONTENT)
    }
}
