// A screen's shape: where one is, what is true (it scrolls), what the thumb does (it stays at the bottom).
package app.raseed.look

import android.content.Context
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import android.widget.ScrollView
import app.raseed.R

class Page(context: Context) : LinearLayout(context) {
    private val top = LinearLayout(context)
    private val scroll = ScrollView(context)

    /** What is true: upper two thirds. */
    val content: LinearLayout = column(context, Size.GRID)

    /** What the thumb does: lower third. */
    val actions: LinearLayout = column(context, Size.GRID)

    init {
        orientation = VERTICAL
        val margin = context.dp(Size.MARGIN)
        top.gravity = Gravity.CENTER_VERTICAL
        top.minimumHeight = context.dp(Size.TARGET)
        top.setPadding(margin, context.dp(4), margin, context.dp(4))
        content.setPadding(margin, context.dp(Size.GRID), margin, margin)
        actions.setPadding(margin, context.dp(Size.GRID), margin, margin)
        scroll.isFillViewport = true
        // What goes on under the edge fades there.
        scroll.isVerticalFadingEdgeEnabled = true
        scroll.setFadingEdgeLength(context.dp(24))
        scroll.addView(content)
        addView(top, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
        addView(scroll, LayoutParams(LayoutParams.MATCH_PARENT, 0, 1f))
        addView(actions, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
    }

    /** The name of the place, and the way back if there is one. */
    fun title(words: CharSequence, back: (() -> Unit)?) {
        top.removeAllViews()
        if (back != null) top.addView(BackButton(context, back))
        // The way back has room around it of its own.
        val left = if (back == null) context.dp(Size.MARGIN) else 0
        top.setPadding(left, top.paddingTop, top.paddingRight, top.paddingBottom)
        val title = Text(context, words, Type.TITLE, bold = true)
        // TalkBack can jump from heading to heading (the name for it is Android 9's).
        if (android.os.Build.VERSION.SDK_INT >= 28) title.isAccessibilityHeading = true
        top.addView(title, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
    }

    /** A line right under the title that stays there. */
    fun banner(banner: Banner) {
        addView(banner, 1)
    }

    /** Puts something that scrolls by itself, a list say, where the content would be. */
    fun fill(view: View) {
        val at = indexOfChild(scroll)
        removeView(scroll)
        addView(view, at, LayoutParams(LayoutParams.MATCH_PARENT, 0, 1f))
    }
}

/** Views under each other, [gap] dp apart. */
fun column(context: Context, gap: Int): LinearLayout = LinearLayout(context).apply {
    orientation = LinearLayout.VERTICAL
    spaced(this, gap, horizontal = false)
}

/** Views beside each other, [gap] dp apart. */
fun row(context: Context, gap: Int): LinearLayout = LinearLayout(context).apply {
    orientation = LinearLayout.HORIZONTAL
    gravity = Gravity.CENTER_VERTICAL
    spaced(this, gap, horizontal = true)
}

private fun spaced(layout: LinearLayout, gap: Int, horizontal: Boolean) {
    layout.showDividers = LinearLayout.SHOW_DIVIDER_MIDDLE
    layout.dividerDrawable = android.graphics.drawable.GradientDrawable().apply {
        val length = layout.context.dp(gap)
        if (horizontal) setSize(length, 0) else setSize(0, length)
    }
}
