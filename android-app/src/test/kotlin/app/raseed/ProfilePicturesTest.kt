// The screens that only some devices have, in every look, as PicturesTest does it for all the others.
package app.raseed

import app.raseed.frame.Language
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.ClassRule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters

@RunWith(ParameterizedRobolectricTestRunner::class)
class ProfilePicturesTest(private val name: String, private val language: Language, private val fontScale: Float, private val night: Boolean) : House() {
    @Test
    fun `a counter`() = look(ProfileTour::counter)

    @Test
    fun `a shop`() = look(ProfileTour::merchant)

    @Test
    fun `a kiosk`() = look(ProfileTour::kiosk)

    private fun look(tour: ProfileTour.() -> Unit) {
        open(language, night, fontScale)
        val findings = ArrayList<String>()
        ProfileTour(this, office) { screen ->
            Camera.take(window, name, screen)
            findings += Walk(window).findings().map { "$name/$screen: $it" }
        }.tour()
        assertEquals("", findings.joinToString("\n"))
    }

    @After
    fun album() = Album.write(Camera.folder)

    companion object {
        /** One for the tours of a look: they are of different tills. */
        @ClassRule
        @JvmField
        val office = Office()

        @Parameters(name = "{0}")
        @JvmStatic
        fun looks(): List<Array<Any>> = PicturesTest.looks()
    }
}
