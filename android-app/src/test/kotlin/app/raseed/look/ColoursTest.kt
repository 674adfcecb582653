// Every colour against what is written on it: 7:1 or more, by day and by night.
package app.raseed.look

import app.raseed.House
import app.raseed.R
import app.raseed.Walk
import org.junit.Assert.assertTrue
import org.junit.Test

class ColoursTest : House() {
    private val pairs = listOf(
        R.color.ink to R.color.paper,
        R.color.ink to R.color.mist,
        R.color.ink to R.color.mist_pressed,
        R.color.slate to R.color.paper,
        R.color.slate to R.color.mist,
        R.color.slate to R.color.mist_pressed,
        R.color.green to R.color.paper,
        R.color.blue to R.color.paper,
        R.color.red to R.color.paper,
        R.color.on_slate to R.color.slate,
        R.color.on_green to R.color.green,
        R.color.on_green to R.color.green_pressed,
        R.color.on_blue to R.color.blue,
        R.color.on_blue to R.color.blue_pressed,
        R.color.on_amber to R.color.amber,
        R.color.on_amber to R.color.amber_pressed,
        R.color.on_red to R.color.red,
        R.color.on_red to R.color.red_pressed,
        R.color.qr_dark to R.color.qr_light,
    )

    @Test
    fun `by day`() = all(night = false)

    @Test
    fun `by night`() = all(night = true)

    private fun all(night: Boolean) {
        open(night = night)
        for ((words, behind) in pairs) {
            val ratio = Walk.contrast(activity.colour(words), activity.colour(behind))
            val names = listOf(words, behind).joinToString(" on ", transform = activity.resources::getResourceEntryName)
            assertTrue("$names: $ratio", ratio >= Walk.CONTRAST)
        }
    }
}
