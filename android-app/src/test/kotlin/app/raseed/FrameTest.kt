// The frame: the first screen, the language that stays, the way back, and what rotation and process death leave untouched.
package app.raseed

import app.raseed.frame.Language
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

class FrameTest : House() {
    @Test
    fun `the first start asks for a language and speaks it from then on`() {
        open(language = null)
        for (language in Language.values()) expect(language.own)
        touch(Language.Punjabi.own)
        expect(R.string.home_welcome)
        turn()
        expect(R.string.home_welcome)
        die()
        expect(R.string.home_welcome)
    }

    @Test
    fun `home shows what the library says`() {
        open()
        expect(R.string.remedy_enrol)
    }

    @Test
    fun `back leads home, and from home out`() {
        open()
        touch(R.string.language_title)
        expect(R.string.language_why)
        back()
        expect(R.string.home_welcome)
        touch(R.string.language_title)
        touch(R.string.back)
        expect(R.string.home_welcome)
        assertFalse(activity.isFinishing)
        back()
        assertTrue(activity.isFinishing)
    }

    @Test
    fun `process death returns to the same place`() {
        open(Language.Bengali)
        touch(R.string.language_title)
        die()
        expect(R.string.language_why)
        back()
        expect(R.string.home_welcome)
    }
}
