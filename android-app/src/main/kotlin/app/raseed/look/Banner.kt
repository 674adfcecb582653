// One line across the screen about how things stand: colour, icon and words together. Offline is slate: it is normal.
package app.raseed.look

import android.content.Context
import android.view.Gravity
import android.view.View
import app.raseed.R

class Banner(context: Context, kind: Kind, icon: Int, words: CharSequence) : Text(context, words, Type.BODY, kind.ink) {
    enum class Kind(val fill: Int, val ink: Int) {
        /** How things are; nothing to do. */
        Calm(R.color.slate, R.color.on_slate),

        /** Wait, or look. */
        Wait(R.color.amber, R.color.on_amber),

        /** Stop. */
        Stop(R.color.red, R.color.on_red),

        /** Done. */
        Done(R.color.green, R.color.on_green),
    }

    init {
        gravity = Gravity.CENTER_VERTICAL
        setBackgroundColor(context.colour(kind.fill))
        setCompoundDrawablesRelative(context.icon(icon, context.colour(kind.ink)), null, null, null)
        compoundDrawablePadding = context.dp(12)
        setPadding(context.dp(Size.MARGIN), context.dp(Size.GRID), context.dp(Size.MARGIN), context.dp(Size.GRID))
        minHeight = context.dp(48)
        // TalkBack reads it when it changes, after what it is saying.
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    }
}
