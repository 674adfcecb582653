// Words in four languages: none missing, none left in English, each with the same places for figures, and none without a use.
package app.raseed

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element
import java.io.File
import javax.xml.parsers.DocumentBuilderFactory

class StringsTest {
    private val english = strings("values")

    @Test
    fun `every word is there in every language, file by file`() {
        assertTrue("no strings were found", english.isNotEmpty())
        for (folder in TRANSLATIONS) {
            val translated = strings(folder)
            none("missing in $folder", english.keys - translated.keys)
            none("in $folder, but not in English", translated.keys - english.keys)
            none("in $folder in another file than in English", english.keys.filter { english[it]!!.file != translated[it]!!.file })
        }
    }

    @Test
    fun `nothing is left in English`() {
        for (folder in TRANSLATIONS) {
            val same = strings(folder).filter { (name, it) -> it.text == english[name]?.text && it.text !in SAME_EVERYWHERE }
            none("in English in $folder", same.keys)
            val script = SCRIPTS.getValue(folder)
            val foreign = strings(folder).filter { (_, it) -> it.text !in SAME_EVERYWHERE && it.text.none { c -> c in script } }
            none("in another script in $folder", foreign.keys)
        }
    }

    @Test
    fun `a place for a figure is in every language`() {
        for (folder in TRANSLATIONS) {
            val wrong = strings(folder).filter { (name, it) -> places(it.text) != places(english[name]?.text.orEmpty()) }
            none("other placeholders in $folder", wrong.keys)
        }
    }

    @Test
    fun `figures are put in as text, by number, so that no locale changes a digit`() {
        val wrong = english.filter { (_, it) -> Regex("%(?!\\d\\\$s|%)").containsMatchIn(it.text) }
        none("only %1\$s, %2\$s … and %%", wrong.keys)
    }

    @Test
    fun `every word is used`() {
        val sources = files("src/main/kotlin", "kt").map(File::readText) + File("src/main/AndroidManifest.xml").readText()
        none("used nowhere", english.keys.filter { name -> sources.none { Regex("(R\\.string\\.|@string/)$name\\b").containsMatchIn(it) } })
    }

    private fun none(what: String, names: Collection<String>) = assertEquals(what, "", names.sorted().joinToString(", "))

    private fun places(text: String) = Regex("%\\d\\\$s|%%").findAll(text).map { it.value }.toList().sorted()

    private class Words(val file: String, val text: String)

    private fun strings(folder: String): Map<String, Words> = files("src/main/res/$folder", "xml").flatMap { file ->
        val resources = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getElementsByTagName("string")
        (0 until resources.length).map { resources.item(it) as Element }.map { it.getAttribute("name") to Words(file.name, it.textContent) }
    }.toMap()

    private fun files(folder: String, extension: String): List<File> =
        File(folder).walk().filter { it.extension == extension }.toList()

    private companion object {
        val TRANSLATIONS = listOf("values-hi", "values-pa", "values-bn")
        val SCRIPTS = mapOf("values-hi" to 'ऀ'..'ॿ', "values-pa" to '਀'..'੿', "values-bn" to 'ঀ'..'৿')

        /** What every language writes alike. */
        val SAME_EVERYWHERE = setOf("₹", "UPI", "QR", "₹%1\$s", "%1\$s", "%1\$s · %2\$s")
    }
}
