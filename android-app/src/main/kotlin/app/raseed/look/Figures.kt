// What was typed on a number pad, as text. It knows nothing of what the digits mean: the core reads them.
package app.raseed.look

/** At most [longest] digits; more are not taken. [text] is where a screen restores it from. */
class Figures(private val longest: Int, text: String = "", private val onChange: (String) -> Unit) {
    var text: String = text
        private set

    fun add(digits: String) {
        if (text.length + digits.length <= longest) change(text + digits)
    }

    fun erase() = change(text.dropLast(1))

    fun clear() = change("")

    private fun change(to: String) {
        if (to == text) return
        text = to
        onChange(to)
    }
}
