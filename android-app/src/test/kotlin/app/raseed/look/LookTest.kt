// The pieces of the look: each is large enough, has words, can be read, and does what it says.
package app.raseed.look

import android.graphics.Bitmap
import android.graphics.Color
import android.view.View
import app.raseed.Camera
import app.raseed.House
import app.raseed.R
import app.raseed.Walk
import app.raseed.frame.Language
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class LookTest : House() {
    private val done = ArrayList<String>()

    @Test
    fun `everything on one page is sound, by day and by night, small and large`() {
        for ((name, night, scale) in listOf(Triple("day", false, 1f), Triple("night", true, 1f), Triple("large", false, 1.3f))) {
            open(Language.Hindi, night, scale)
            for ((part, page) in listOf("pieces" to pieces(), "pad" to pad())) {
                activity.setContentView(page.apply { setBackgroundColor(activity.colour(R.color.paper)) })
                idle()
                Camera.take(window, "look", "$part-$name")
                assertEquals("$part-$name", "", Walk(window).findings().joinToString("\n"))
            }
            close()
        }
    }

    @Test
    fun `what is held to the end happens once, what is let go never`() {
        open()
        activity.setContentView(HoldButton(activity, BigButton.Kind.Primary, R.drawable.ic_check, "Take the money") { done += "taken" })
        idle()
        hold("Take the money", milliseconds = 400)
        assertEquals(emptyList<String>(), done)
        hold("Take the money")
        assertEquals(listOf("taken"), done)
        // As TalkBack does it.
        find("Take the money").performClick()
        assertEquals(listOf("taken", "taken"), done)
    }

    @Test
    fun `the pad writes figures`() {
        open()
        val figures = Figures(5) { done += it }
        activity.setContentView(NumberPad(activity, NumberPad.Corner.TwoZeros, figures::add, figures::erase, figures::clear))
        idle()
        type("26")
        touch("00")
        touch("00")
        touch(R.string.erase)
        find(text(R.string.erase)).performLongClick()
        assertEquals(listOf("2", "26", "2600", "260", ""), done)
    }

    @Test
    fun `a field takes digits from the pad and letters from the keyboard`() {
        open()
        val field = Field(activity, "Consumer number", R.drawable.ic_search) { done += it }
        activity.setContentView(field)
        field.text = "12"
        assertTrue(!field.box.showSoftInputOnFocus)
        field.letters = true
        assertTrue(field.box.showSoftInputOnFocus)
        field.text = "gurp"
        assertEquals(listOf("12", "gurp"), done)
    }

    @Test
    fun `of a long list only what is seen exists`() {
        open()
        var drawn = 0
        val rows = Rows<Int>(activity) {
            drawn++
            RowCard(activity, "House $it") { done += "House $it" }
        }
        rows.show((1..20_000).toList())
        activity.setContentView(rows)
        idle()
        touch("House 3")
        assertEquals(listOf("House 3"), done)
        assertTrue("$drawn rows were drawn", drawn < 100)
    }

    private fun pieces(): View = Page(activity).apply {
        title("घर का बकाया") { done += "back" }
        banner(Banner(context, Banner.Kind.Calm, R.drawable.ic_cloud_off, "नेटवर्क नहीं है। रसीदें इस मशीन में सुरक्षित हैं।"))
        content.addView(AmountView(context, "₹12,34,567.50", "बारह लाख चौंतीस हज़ार पाँच सौ सड़सठ रुपये पचास पैसे"))
        content.addView(RowCard(context, "गुरप्रीत कौर · ਗੁਰਪ੍ਰੀਤ ਕੌਰ", "घर 14, भगवानपुर", "₹260", Chip(context, Banner.Kind.Wait, R.drawable.ic_clock, "बकाया")) {})
        content.addView(RowCard(context, "हरजीत सिंह", "घर 15", "₹0", Chip(context, Banner.Kind.Done, R.drawable.ic_check, "जमा"), R.drawable.ic_house) {})
        content.addView(Fact(context, "अप्रैल–जून 2026", "₹180"))
        content.addView(Fact(context, "कुल", "₹260", strong = true))
        content.addView(Share(context, 640))
        for (kind in Banner.Kind.values()) content.addView(Chip(context, kind, R.drawable.ic_info, kind.name))
        content.addView(QrView(context).apply { show(3, IntArray(9) { if (it % 2 == 0) Color.BLACK else Color.WHITE }) })
        actions.addView(HoldButton(context, BigButton.Kind.Primary, R.drawable.ic_rupee, "दबाए रखें: ₹260 नकद लिए") {})
        actions.addView(BigButton(context, BigButton.Kind.Danger, R.drawable.ic_cross, "रद्द करें") {})
    }

    private fun pad(): View = Page(activity).apply {
        title("राशि") { done += "back" }
        content.addView(AmountView(context, "₹260", "दो सौ साठ रुपये"))
        content.addView(Field(context, "उपभोक्ता संख्या", R.drawable.ic_search) {}.apply { text = "1024" })
        actions.addView(NumberPad(context, NumberPad.Corner.TwoZeros, {}, {}))
        actions.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_next, "आगे", BigButton.MONEY) {})
    }
}
