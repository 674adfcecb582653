// Sending, proving, billing, printers, the device: pictures in every language, in large type and at night, and what is wrong with them.
package app.raseed

import app.raseed.bridge.core
import app.raseed.frame.Language
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.Description
import org.junit.runners.model.Statement
import org.robolectric.shadows.ShadowStatFs

class RestPicturesTest : House() {
    private val findings = ArrayList<String>()

    @Test
    fun `in every language`() = take(Language.values().map { it.tag to it })

    @Test
    fun `in large type`() = take(Language.values().map { "${it.tag}-large" to it }, fontScale = 1.3f)

    @Test
    fun `in the largest type`() = take(Language.values().map { "${it.tag}-largest" to it }, fontScale = 2f)

    @Test
    fun `at night`() = take(listOf("en-night" to Language.English), night = true)

    private fun take(looks: List<Pair<String, Language>>, fontScale: Float = 1f, night: Boolean = false) {
        for ((name, language) in looks) {
            val office = Office()
            val visit = object : Statement() {
                override fun evaluate() = visit(office, name) { open(language, night, fontScale) }
            }
            pos.core.setLanguage(language.core)
            office.apply(visit, Description.EMPTY).evaluate()
        }
        Album.write(Camera.folder)
        assertEquals("", findings.joinToString("\n"))
    }

    /** A new device of a new head office: the bills that one look pays and makes are not there for the next. */
    private fun visit(office: Office, name: String, open: () -> Unit) {
        pos.core.reopen()
        pos.noBackupFilesDir.deleteRecursively()
        ShadowStatFs.registerStats(pos.filesDir, 4_000_000, 2_000_000, 2_000_000)
        enrol(office, "SAS01")
        open()
        restTour(office) { screen ->
            Camera.take(window, name, screen)
            findings += Walk(window).findings().map { "$name/$screen: $it" }
        }
        close()
    }
}
