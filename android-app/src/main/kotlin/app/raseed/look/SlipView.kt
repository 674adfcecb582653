// A slip on the screen as it will stand on paper: the same parts in the same order, in type that can be read at arm's length.
package app.raseed.look

import android.content.Context
import android.graphics.Bitmap
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.bridge.HeadingBlock
import app.raseed.bridge.LineBlock
import app.raseed.bridge.NoteBlock
import app.raseed.bridge.QrBlock
import app.raseed.bridge.RowBlock
import app.raseed.bridge.RuleBlock
import app.raseed.bridge.SlipBlock
import app.raseed.bridge.TotalBlock
import app.raseed.bridge.WordsBlock

/** [code]: what TalkBack calls the code on it. */
class SlipView(context: Context, private val code: String) : LinearLayout(context) {
    init {
        orientation = VERTICAL
    }

    /** [modules]: of the one code that stands on it. */
    fun show(blocks: List<SlipBlock>, modules: Bitmap?) {
        removeAllViews()
        for (block in blocks) addView(view(block, modules) ?: continue)
    }

    private fun view(block: SlipBlock, modules: Bitmap?): View? = when (block) {
        is HeadingBlock -> Text(context, block.text, Type.TITLE, bold = true).middle()
        is LineBlock -> Text(context, block.text).middle()
        is RowBlock -> Fact(context, block.label, block.value)
        is TotalBlock -> Fact(context, block.label, block.value, strong = true)
        is RuleBlock -> rule()
        is QrBlock -> modules?.let(::square)
        is NoteBlock -> Text(context, block.text, Type.BODY, R.color.slate).middle()
        is WordsBlock -> Text(context, block.text, Type.BODY)
    }

    private fun Text.middle() = apply { gravity = Gravity.CENTER_HORIZONTAL }

    private fun rule() = View(context).apply {
        setBackgroundColor(context.colour(R.color.hairline))
        layoutParams = LayoutParams(LayoutParams.MATCH_PARENT, context.dp(1)).apply {
            topMargin = context.dp(Size.GRID)
            bottomMargin = context.dp(Size.GRID)
        }
    }

    private fun square(modules: Bitmap) = QrView(context).apply {
        show(modules)
        contentDescription = code
        layoutParams = LayoutParams(context.dp(CODE), context.dp(CODE)).apply { gravity = Gravity.CENTER_HORIZONTAL }
    }

    private companion object {
        /** In dp. */
        const val CODE = 232
    }
}
