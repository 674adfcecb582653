// The way back, in the same corner of every screen: an arrow and the word.
package app.raseed.look

import android.content.Context
import android.view.Gravity
import android.widget.Button
import app.raseed.R

class BackButton(context: Context, back: () -> Unit) : Button(context) {
    init {
        text = context.getString(R.string.back)
        isAllCaps = false
        stateListAnimator = null
        gravity = Gravity.CENTER_VERTICAL
        look(Type.BODY, R.color.slate)
        background = context.pressable(context.colour(R.color.paper), context.colour(R.color.mist_pressed), context.colour(R.color.amber))
        setCompoundDrawablesRelative(context.icon(R.drawable.ic_back, context.colour(R.color.slate)), null, null, null)
        compoundDrawablePadding = context.dp(4)
        setPadding(context.dp(12), 0, context.dp(12), 0)
        minHeight = context.dp(Size.TARGET)
        minimumHeight = context.dp(Size.TARGET)
        minWidth = context.dp(Size.TARGET)
        minimumWidth = context.dp(Size.TARGET)
        setOnClickListener { back() }
    }
}
