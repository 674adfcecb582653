// Slips on paper: looked at as pictures of the dots that a printer burned, and read by a decoder that is not ours.
package app.raseed.print

import android.graphics.Bitmap
import app.raseed.bridge.LineBlock
import app.raseed.bridge.QrBlock
import app.raseed.bridge.RowBlock
import app.raseed.bridge.SlipBlock
import app.raseed.frame.Language
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.io.File

@RunWith(RobolectricTestRunner::class)
class PaperTest {
    @Test
    fun aReceiptInEachLanguageOnBothRollsCarriesACodeThatOthersRead() {
        for (language in Language.values()) {
            for (roll in Roll.values()) {
                val picture = printed(roll, language, Receipts.of(language))
                assertEquals(roll.dots, picture.width)
                assertEquals("$language $roll", Receipts.LINK, codeOnPaper(savePaper(picture, "${language.tag}-${roll.dots}")))
            }
        }
        savePaper(printed(Roll.MM58, Language.Hindi, Receipts.of(Language.Hindi, duplicate = true)), "hi-384-duplicate")
    }

    @Test
    fun whatDoesNotFitBesideEachOtherStandsUnderEachOther() {
        val paper = Paper(Roll.MM58, Language.English.locale)
        val beside = paper.draw(listOf(RowBlock("Date", "22 Nov 2026"))).height
        val under = paper.draw(listOf(RowBlock("Late payment surcharge for the year", "₹1,00,000.00"))).height
        assertTrue("$beside $under", under > beside * 3 / 2)
        val endless = paper.draw(listOf(LineBlock("ਜਲ ਸਪਲਾਈ ".repeat(30)))).height
        assertTrue("words wrap", endless > 8 * 30)
    }

    @Test
    fun aShortCodeKeepsItsDotsAndALongOneThatCannotFitIsRefused() {
        val paper = Paper(Roll.MM58, Language.English.locale)
        val short = paper.draw(listOf(QrBlock("upi://pay?pa=water@bank&am=260.00&cu=INR")))
        assertTrue("four dots a module", short.height < 300)
        val refused = assertThrows(IllegalArgumentException::class.java) { paper.draw(listOf(QrBlock("x".repeat(3000)))) }
        assertEquals("the text is too long for a QR code", refused.message)
    }

    @Test
    fun aSlipLongerThanAnyIsRefusedInPlainWords() {
        val paper = Paper(Roll.MM58, Language.English.locale)
        val endless: List<SlipBlock> = List(200) { LineBlock("line $it") }
        val refused = assertThrows(IllegalArgumentException::class.java) { paper.bands(endless, cut = false) }
        assertTrue(refused.message, refused.message!!.contains("draw 1 to 4096"))
    }

    /** What a printer has on its paper afterwards. */
    private fun printed(roll: Roll, language: Language, blocks: List<SlipBlock>): Bitmap = PaperPrinter().use { printer ->
        val bands = Paper(roll, language.locale).bands(blocks, cut = roll == Roll.MM80)
        val end = PrintRun(StreamPrinter { printer.line() }, answers = true).print(bands) {}
        assertEquals(PrintState.Printed(paperLow = false), end)
        assertEquals(if (roll == Roll.MM80) 1 else 0, printer.cuts)
        printer.picture()
    }
}
