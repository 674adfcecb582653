// One box to write into, with its label. Digits come from the pad on the screen, letters from the system's keyboard.
package app.raseed.look

import android.content.Context
import android.text.Editable
import android.text.InputType
import android.text.TextWatcher
import android.view.Gravity
import android.view.View
import android.view.inputmethod.InputMethodManager
import android.widget.EditText
import android.widget.LinearLayout
import app.raseed.R

class Field(context: Context, label: CharSequence, icon: Int, private val onChange: (String) -> Unit) : LinearLayout(context) {
    val box = EditText(context)

    /** True while the system's keyboard writes letters. */
    var letters = false
        set(yes) {
            field = yes
            box.inputType = if (yes) InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_NO_SUGGESTIONS else InputType.TYPE_CLASS_NUMBER
            box.showSoftInputOnFocus = yes
            keyboard(yes)
        }

    /** For what is longer than a line: smaller, and all of it in sight. */
    fun long() {
        box.isSingleLine = false
        box.look(Type.BODY, R.color.ink)
    }

    /** What is written; setting it puts the cursor at the end. */
    var text: String
        get() = box.text.toString()
        set(text) {
            box.setText(text)
            box.setSelection(box.text.length)
        }

    init {
        orientation = VERTICAL
        val name = Text(context, label, Type.SMALL, R.color.slate)
        box.id = View.generateViewId()
        name.labelFor = box.id
        box.look(Type.LARGE, R.color.ink, bold = true)
        box.gravity = Gravity.CENTER_VERTICAL
        box.background = context.panel(context.colour(R.color.paper), context.colour(R.color.slate), lineWidth = 2)
        box.setCompoundDrawablesRelative(context.icon(icon, context.colour(R.color.slate)), null, null, null)
        box.compoundDrawablePadding = context.dp(12)
        box.setPadding(context.dp(12), context.dp(4), context.dp(12), context.dp(4))
        box.minimumHeight = context.dp(Size.TARGET)
        box.isSingleLine = true
        addView(name)
        addView(box, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
        layoutParams = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
        letters = false
        box.addTextChangedListener(Watcher())
    }

    private fun keyboard(show: Boolean) {
        val keyboards = context.getSystemService(Context.INPUT_METHOD_SERVICE) as InputMethodManager
        if (show && box.requestFocus()) keyboards.showSoftInput(box, 0) else keyboards.hideSoftInputFromWindow(box.windowToken, 0)
    }

    private inner class Watcher : TextWatcher {
        override fun afterTextChanged(text: Editable) = onChange(text.toString())

        override fun beforeTextChanged(text: CharSequence, start: Int, count: Int, after: Int) = Unit

        override fun onTextChanged(text: CharSequence, start: Int, before: Int, count: Int) = Unit
    }
}
