// One line of what is known: its name at the left, its value at the right, under each other in a list of facts.
package app.raseed.look

import android.content.Context
import android.view.Gravity
import android.widget.LinearLayout
import app.raseed.R

/** What does not fit beside its name, in large type or because it is long, stands under it. */
class Fact(context: Context, name: CharSequence, value: CharSequence, strong: Boolean = false) : LinearLayout(context) {
    private val name = Text(context, name, Type.BODY, R.color.slate)
    private val value = Text(context, value, if (strong) Type.TITLE else Type.BODY, bold = strong)

    private var stands: Boolean? = null

    init {
        gravity = Gravity.CENTER_VERTICAL
        minimumHeight = context.dp(36)
        addView(this.name)
        addView(this.value)
        stand(beside = true)
        layoutParams = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val needed = name.paint.measureText(name.text.toString()) + value.paint.measureText(value.text.toString())
        stand(beside = needed + context.dp(BETWEEN + 1) <= MeasureSpec.getSize(widthSpec))
        super.onMeasure(widthSpec, heightSpec)
    }

    private fun stand(beside: Boolean) {
        if (stands == beside) return
        stands = beside
        orientation = if (beside) HORIZONTAL else VERTICAL
        name.layoutParams = if (beside) LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f) else line()
        value.layoutParams = if (beside) LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT) else line()
        value.gravity = if (beside) Gravity.END else Gravity.START
        value.setPadding(if (beside) context.dp(BETWEEN) else 0, 0, 0, 0)
    }

    private fun line() = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)

    private companion object {
        const val BETWEEN = 12
    }
}
