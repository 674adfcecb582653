// Every screen in every language, by day; with large type; at night: a picture of each, and what is wrong with it.
package app.raseed

import app.raseed.frame.Language
import org.junit.Assert.assertEquals
import org.junit.ClassRule
import org.junit.Test

class PicturesTest : House() {
    private class Look(val name: String, val language: Language, val night: Boolean = false, val fontScale: Float = 1f)

    private val findings = ArrayList<String>()

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
        private var tills = 10
    }

    @Test
    fun `every screen in every language`() = take(Language.values().map { Look(it.tag, it) })

    /** 1.3 is the largest size of Android's own settings up to version 13. */
    @Test
    fun `every screen in large type`() = take(Language.values().map { Look("${it.tag}-large", it, fontScale = 1.3f) })

    /** 2.0 is the largest since version 14. */
    @Test
    fun `every screen in the largest type`() = take(Language.values().map { Look("${it.tag}-largest", it, fontScale = 2f) })

    @Test
    fun `every screen at night`() = take(listOf(Look("en-night", Language.English, night = true)))

    private fun take(looks: List<Look>) {
        for (look in looks) {
            open(look.language, look.night, look.fontScale)
            if (look == looks.first()) begin(office, "SAS${tills++}")
            tour { screen ->
                Camera.take(window, look.name, screen)
                findings += Walk(window).findings().map { "${look.name}/$screen: $it" }
            }
            close()
        }
        Album.write(Camera.folder)
        assertEquals("", findings.joinToString("\n"))
    }
}
