// An amount as it must be seen before money moves: figures, and the same in words under them.
package app.raseed.look

import android.content.Context
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import app.raseed.R

class AmountView(context: Context, figures: CharSequence = "", words: CharSequence = "") : LinearLayout(context) {
    private val figures = Text(context, "", Type.AMOUNT, bold = true)
    private val words = Text(context, "", Type.BODY, R.color.slate)

    init {
        orientation = VERTICAL
        for (text in listOf(this.figures, this.words)) {
            text.gravity = Gravity.CENTER_HORIZONTAL
            addView(text, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
        }
        // ₹12,34,567.89 in one line on a narrow screen, smaller rather than broken in two.
        this.figures.maxLines = 1
        if (android.os.Build.VERSION.SDK_INT >= 26) shrinkToFit()
        this.figures.importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
        this.words.importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        layoutParams = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
        show(figures, words)
    }

    /** Both as the core wrote them. */
    fun show(figures: CharSequence, words: CharSequence) {
        this.figures.text = figures
        this.words.text = words
        this.words.visibility = if (words.isEmpty()) View.GONE else View.VISIBLE
        contentDescription = if (words.isEmpty()) figures else words
    }

    @android.annotation.TargetApi(26)
    private fun shrinkToFit() {
        figures.setAutoSizeTextTypeUniformWithConfiguration(
            Type.TITLE.toInt(),
            Type.AMOUNT.toInt(),
            1,
            android.util.TypedValue.COMPLEX_UNIT_SP,
        )
    }
}
