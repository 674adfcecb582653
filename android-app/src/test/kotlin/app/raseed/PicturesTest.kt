// One picture of every screen in every language, by day; then large type and night. The page to look at them is made last.
package app.raseed

import app.raseed.frame.Language
import org.junit.Test

class PicturesTest : House() {
    @Test
    fun pictures() {
        for (language in Language.values()) {
            open(language)
            Camera.take(window, language.tag, "home")
            touch(R.string.language_title)
            Camera.take(window, language.tag, "language")
            close()
        }
    }
}
