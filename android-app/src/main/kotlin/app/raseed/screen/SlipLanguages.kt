// In which language a slip is printed and sent: the four of them, the last choice first chosen.
package app.raseed.screen

import android.content.Context
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.frame.Language
import app.raseed.look.BigButton
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.beside
import app.raseed.look.dp

/** [title] above it; [chosen] what is chosen now, [choose] told of a touch. */
class SlipLanguages(context: Context, private val title: Int, private val chosen: () -> Language, private val choose: (Language) -> Unit) :
    LinearLayout(context) {
    init {
        orientation = VERTICAL
        draw()
    }

    private fun draw() {
        removeAllViews()
        addView(Text(context, context.getString(title), Type.BODY, R.color.slate))
        Language.values().map(::button).chunked(2).forEach {
            addView(beside(context, *it.toTypedArray()), LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { topMargin = context.dp(Size.GRID) })
        }
    }

    private fun button(it: Language): View {
        val on = it == chosen()
        val (kind, icon) = if (on) BigButton.Kind.Pay to R.drawable.ic_check else BigButton.Kind.Plain to R.drawable.ic_language
        return BigButton(context, kind, icon, it.own) { speak(it) }.apply { isSelected = on }
    }

    private fun speak(language: Language) {
        ReceiptLanguage(context).last = language
        choose(language)
        draw()
    }
}
