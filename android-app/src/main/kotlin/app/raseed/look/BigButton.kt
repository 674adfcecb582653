// A button for a thumb in a glove: an icon and a word, never one without the other.
package app.raseed.look

import android.content.Context
import android.graphics.Canvas
import android.view.Gravity
import android.widget.Button
import android.widget.LinearLayout
import app.raseed.R

/** [height] in dp is the least; long words make it taller, never smaller. */
open class BigButton(
    context: Context,
    kind: Kind,
    icon: Int,
    word: CharSequence,
    height: Int = PLAIN,
    onTouch: () -> Unit,
) : Button(context) {
    /** What a button is for; its colours follow. */
    enum class Kind(val fill: Int, val pressed: Int, val ink: Int, val line: Int?) {
        Primary(R.color.green, R.color.green_pressed, R.color.on_green, null),
        Pay(R.color.blue, R.color.blue_pressed, R.color.on_blue, null),
        Plain(R.color.mist, R.color.mist_pressed, R.color.ink, R.color.hairline),
        Danger(R.color.red, R.color.red_pressed, R.color.on_red, null),
    }

    /** How far words and icon are moved to stand in the middle together. */
    private var shift = 0f

    init {
        text = word
        isAllCaps = false
        stateListAnimator = null
        gravity = Gravity.START or Gravity.CENTER_VERTICAL
        look(if (height > PLAIN) Type.TITLE else Type.BODY, kind.ink, bold = true)
        background = context.pressable(
            context.colour(kind.fill),
            context.colour(kind.pressed),
            context.colour(R.color.amber),
            kind.line?.let(context::colour),
        )
        setCompoundDrawablesRelative(context.icon(icon, context.colour(kind.ink)), null, null, null)
        compoundDrawablePadding = context.dp(12)
        setPadding(context.dp(Size.MARGIN), context.dp(Size.GRID), context.dp(Size.MARGIN), context.dp(Size.GRID))
        minHeight = context.dp(height)
        minimumHeight = context.dp(height)
        minWidth = context.dp(Size.TARGET)
        minimumWidth = context.dp(Size.TARGET)
        setOnClickListener { onTouch() }
        layoutParams = LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT)
    }

    override fun onLayout(changed: Boolean, left: Int, top: Int, right: Int, bottom: Int) {
        super.onLayout(changed, left, top, right, bottom)
        val lines = layout ?: return
        val widest = (0 until lines.lineCount).maxOfOrNull(lines::getLineMax) ?: 0f
        shift = maxOf(0f, (width - compoundPaddingLeft - compoundPaddingRight - widest) / 2)
    }

    override fun onDraw(canvas: Canvas) {
        canvas.save()
        canvas.translate(shift, 0f)
        super.onDraw(canvas)
        canvas.restore()
    }

    companion object {
        const val PLAIN = 64
        const val MONEY = 72
        const val COLLECT = 96
    }
}
