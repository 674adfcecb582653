// Every screen in every language, by day; with large type; at night: a picture of each, and what is wrong with it.
package app.raseed

import app.raseed.frame.Language
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters

@RunWith(ParameterizedRobolectricTestRunner::class)
class PicturesTest(private val name: String, private val language: Language, private val fontScale: Float, private val night: Boolean) : House() {
    @get:Rule
    val office = Office()

    private val findings = ArrayList<String>()

    @Test
    fun `every screen`() {
        open(language, night, fontScale)
        Tour(this, office, "SAS07") { screen ->
            Camera.take(window, name, screen)
            findings += Walk(window).findings().map { "$name/$screen: $it" }
        }.all()
        assertEquals("", findings.joinToString("\n"))
    }

    @After
    fun album() = Album.write(Camera.folder)

    companion object {
        /** LOOKS=en,pa-largest takes only these. 2.0 is the largest type that Android offers. */
        @Parameters(name = "{0}")
        @JvmStatic
        fun looks(): List<Array<Any>> = all().filter { look -> System.getenv("LOOKS")?.split(",")?.contains(look[0]) ?: true }

        private fun all() = Language.values().flatMap {
            listOf(
                arrayOf<Any>(it.tag, it, 1f, false),
                arrayOf<Any>("${it.tag}-largest", it, 2f, false),
            )
        } + listOf(arrayOf<Any>("en-night", Language.English, 1f, true))
    }
}
