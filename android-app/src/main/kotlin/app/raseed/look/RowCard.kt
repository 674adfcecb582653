// One thing of a list: what it is, a second line about it, an amount at the side, a chip for its state.
package app.raseed.look

import android.content.Context
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import app.raseed.R

/** [onTouch] null: it is only to be read. Every text is as the core wrote it. */
class RowCard(
    context: Context,
    head: CharSequence,
    under: CharSequence? = null,
    side: CharSequence? = null,
    chip: Chip? = null,
    icon: Int? = null,
    onTouch: (() -> Unit)? = null,
) : LinearLayout(context) {
    init {
        orientation = HORIZONTAL
        gravity = Gravity.CENTER_VERTICAL
        minimumHeight = context.dp(Size.ROW)
        setPadding(context.dp(Size.MARGIN), context.dp(Size.GRID), context.dp(Size.MARGIN), context.dp(Size.GRID))
        background = context.pressable(
            context.colour(R.color.mist),
            context.colour(if (onTouch == null) R.color.mist else R.color.mist_pressed),
            context.colour(R.color.amber),
        )
        if (icon != null) addView(icon(icon))
        addView(left(head, under, chip), LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        if (side != null) addView(right(side))
        // TalkBack reads the row as one thing.
        contentDescription = listOfNotNull(head, under, side, chip?.text).joinToString(", ")
        descendants(this).forEach { it.importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO }
        if (onTouch != null) setOnClickListener { onTouch() }
        layoutParams = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
    }

    private fun icon(id: Int) = Icon(context, id, R.color.slate).apply {
        (layoutParams as LayoutParams).marginEnd = context.dp(12)
    }

    private fun left(head: CharSequence, under: CharSequence?, chip: Chip?) = column(context, 2).apply {
        addView(Text(context, head, Type.BODY, bold = true))
        if (under != null) addView(Text(context, under, Type.SMALL, R.color.slate))
        if (chip != null) addView(chip)
    }

    private fun right(side: CharSequence) = Text(context, side, Type.TITLE, bold = true).apply {
        gravity = Gravity.END
        setPadding(context.dp(12), 0, 0, 0)
    }

    private fun descendants(view: LinearLayout): List<View> = (0 until view.childCount).map(view::getChildAt).flatMap {
        if (it is LinearLayout) listOf<View>(it) + descendants(it) else listOf(it)
    }
}
