// Digits for a thumb: large keys in the order of a telephone, no keyboard to slide in. It says which key; what it means is the screen's.
package app.raseed.look

import android.content.Context
import android.view.Gravity
import android.widget.Button
import android.widget.LinearLayout
import app.raseed.R

/** [onDigits] gets "0" to "9" or "00"; [onErase] takes the last one away, [onClear] (a long press) all of them. */
class NumberPad(
    context: Context,
    corner: Corner,
    private val onDigits: (String) -> Unit,
    private val onErase: () -> Unit,
    private val onClear: () -> Unit = {},
) : LinearLayout(context) {
    /** The key left of 0. */
    sealed class Corner {
        /** For amounts. */
        object TwoZeros : Corner()

        /** A way to the letters. */
        class Letters(val onTouch: () -> Unit) : Corner()

        object Nothing : Corner()
    }

    init {
        orientation = VERTICAL
        for (line in listOf("123", "456", "789")) addView(line(line.map { digit(it.toString()) }))
        addView(line(listOf(corner(corner), digit("0"), eraser())))
        layoutParams = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
    }

    private fun corner(corner: Corner): Button? = when (corner) {
        Corner.TwoZeros -> digit("00")
        is Corner.Letters -> key(context.getString(R.string.letters), Type.BODY) { corner.onTouch() }
        Corner.Nothing -> null
    }

    private fun digit(digit: String) = key(digit, Type.LARGE) { onDigits(digit) }

    private fun eraser() = key("", Type.LARGE) { onErase() }.apply {
        contentDescription = context.getString(R.string.erase)
        foreground = context.icon(R.drawable.ic_erase, context.colour(R.color.ink))
        foregroundGravity = Gravity.CENTER
        setOnLongClickListener {
            onClear()
            true
        }
    }

    private fun key(word: String, size: Float, onTouch: () -> Unit) = Button(context).apply {
        text = word
        isAllCaps = false
        stateListAnimator = null
        look(size, R.color.ink, bold = true)
        setLineSpacing(0f, 1f)
        includeFontPadding = false
        setPadding(0, 0, 0, 0)
        background = context.pressable(context.colour(R.color.mist), context.colour(R.color.mist_pressed), context.colour(R.color.amber))
        minHeight = context.dp(Size.TARGET)
        minimumHeight = context.dp(Size.TARGET)
        minWidth = context.dp(Size.TARGET)
        minimumWidth = context.dp(Size.TARGET)
        setOnClickListener { onTouch() }
    }

    private fun line(keys: List<Button?>) = row(context, GAP).apply {
        for (key in keys) addView(key ?: android.widget.Space(context), LayoutParams(0, LayoutParams.MATCH_PARENT, 1f))
        layoutParams = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { topMargin = context.dp(GAP) }
    }

    private companion object {
        const val GAP = 6
    }
}
