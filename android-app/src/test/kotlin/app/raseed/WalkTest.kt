// The walk finds what it looks for: a page with one fault of each kind.
package app.raseed

import android.text.TextUtils
import android.view.View
import android.view.ViewGroup
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import app.raseed.look.BigButton
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.colour
import app.raseed.look.column
import app.raseed.look.dp
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class WalkTest : House() {
    private val long = "A long line of words that has no room at all where it stands, as long as that may be"

    @Test
    fun `a small target`() = finds("a target of 40 dp", button().sized(200, 40))

    @Test
    fun `a target without words`() = finds("no words for TalkBack", button("").sized(200, 64))

    @Test
    fun `a picture without words`() = finds("no words for TalkBack", picture().sized(64, 64))

    @Test
    fun `faint words`() = finds("contrast", Text(activity, "faint", colour = R.color.hairline))

    @Test
    fun `words cut at the end`() = finds("cut with …", Text(activity, long).apply(::oneLine))

    @Test
    fun `words with lines that are not shown`() = finds("lines, 1 shown", Text(activity, long).apply { maxLines = 1 })

    @Test
    fun `words in too low a place`() = finds("px in", Text(activity, long).sized(200, 30))

    @Test
    fun `a word that is wider than its place`() = finds("wider than its place", Text(activity, "Long").apply { setHorizontallyScrolling(true) }.sized(20, 40))

    @Test
    fun `a view beyond the edge`() = finds("beyond the side", Text(activity, "here").sized(500, 40))

    @Test
    fun `nothing wrong`() = assertEquals(emptyList<String>(), walk { button().sized(200, Size.TARGET) })

    private fun finds(what: String, view: View) {
        val found = walk { view }
        assertTrue("$found", found.any { what in it })
    }

    private fun walk(view: () -> View): List<String> {
        val page = column(activity, Size.GRID).apply { setBackgroundColor(activity.colour(R.color.paper)) }
        page.addView(view())
        activity.setContentView(page)
        idle()
        return Walk(window).findings()
    }

    @org.junit.Before
    fun enter() = open()

    private fun button(words: String = "Go") = BigButton(activity, BigButton.Kind.Plain, R.drawable.ic_next, words) {}

    private fun picture() = ImageView(activity).apply { importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_YES }

    private fun oneLine(text: TextView) {
        text.setSingleLine()
        text.ellipsize = TextUtils.TruncateAt.END
    }

    private fun View.sized(width: Int, height: Int): View = apply {
        val size: ViewGroup.LayoutParams = LinearLayout.LayoutParams(activity.dp(width), activity.dp(height))
        layoutParams = size
    }
}
