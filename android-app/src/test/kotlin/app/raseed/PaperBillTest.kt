// A household's bill on paper and as a message: the same as the core says, its code as it was made, and none where nothing is due.
package app.raseed

import android.content.Intent
import app.raseed.bridge.QrBlock
import app.raseed.bridge.core
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.look.QrView
import app.raseed.print.Fault
import app.raseed.print.PaperPrinter
import app.raseed.print.codeOnPaper
import app.raseed.print.savePaper
import app.raseed.screen.HouseholdScreen
import app.raseed.screen.ReceiptLanguage
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

@Config(application = PosWithPaper::class)
class PaperBillTest : House() {
    private val table get() = pos as PosWithPaper

    @Test
    fun `it prints what the core says, with the code that pays it, in the language of the household`() {
        open()
        begin(office, "SAS71")
        table.choosePrinter()
        bill(OWES)
        expect(due(OWES).text)
        for (language in Language.values()) {
            touch(language.own)
            val code = code(OWES, language)
            assertEquals("on the screen", code, shownCode())
            PaperPrinter().use { paper ->
                table.paper = paper
                touch(if (sees(R.string.receipt_print_again)) R.string.receipt_print_again else R.string.receipt_print)
                pos.printing.finish()
                idle()
                assertEquals("on paper", code, codeOnPaper(savePaper(paper.picture(), "bill-${language.tag}")))
            }
            expect(R.string.printing_printed)
        }
        assertEquals("a bill is no receipt: the next one says nothing of a copy", 0u, pos.core.home().receipts)
    }

    @Test
    fun `what the printer says is said, and it can be printed again`() {
        open()
        begin(office, "SAS72")
        table.choosePrinter()
        bill(OWES)
        PaperPrinter(Fault.PaperOut(1)).use { paper ->
            table.paper = paper
            touch(R.string.receipt_print)
            pos.printing.finish()
            idle()
        }
        expect(R.string.printing_paper_out)
        turn()
        expect(R.string.receipt_print)
        expect(due(OWES).text)
    }

    @Test
    fun `it is sent as a text message, and by another app where there is none for these`() {
        open()
        begin(office, "SAS73")
        bill(OWES)
        touch(Language.Punjabi.own)
        val text = pos.core.bills().text(OWES, Language.Punjabi.core)
        assertTrue(text, Regex("https://[^/]+/P/[^/]+/[0-9]+/pa$").containsMatchIn(text))
        touch(R.string.receipt_send)
        val message = shadowOf(activity).nextStartedActivity
        assertEquals(Intent.ACTION_SENDTO, message.action)
        assertEquals("smsto:", message.dataString)
        assertEquals(text, message.getStringExtra("sms_body"))
        assertNull("to whom, the person says", message.getStringExtra("address"))
        shadowOf(RuntimeEnvironment.getApplication()).checkActivities(true)
        assertEquals(text, sent { sendText() })
        assertEquals("for the next household too", Language.Punjabi, ReceiptLanguage(activity).last)
    }

    @Test
    fun `a household that owes nothing is told so, and gets no code`() {
        open()
        begin(office, "SAS74")
        table.choosePrinter()
        take(OWES)
        bill(OWES)
        val nothing = pos.core.bills().slip(OWES, Language.English.core)
        assertTrue(nothing.none { it is QrBlock })
        expect("Nothing is due.")
        assertNull(shownCode())
        PaperPrinter().use { paper ->
            table.paper = paper
            touch(R.string.receipt_print)
            pos.printing.finish()
            idle()
            assertEquals("", codeOnPaper(savePaper(paper.picture(), "bill-nothing")))
        }
    }

    @Test
    fun `from a bill made at the door to its paper, and back without making another`() {
        open()
        begin(office, "SAS75")
        goTo(Place(Screens.BILL).with(HouseholdScreen.ACCOUNT, "BHG-0004"))
        touch(R.string.bill_make)
        expect(R.string.bill_made)
        val unsent = pos.core.sync().queue(50u).items.size
        touch(R.string.household_paper)
        expect(R.string.paper_bill_title)
        assertEquals(code("BHG-0004", Language.English), shownCode())
        back()
        expect(R.string.bill_made)
        assertEquals(unsent, pos.core.sync().queue(50u).items.size)
    }

    private fun bill(account: String) {
        goTo(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, account))
        touch(R.string.household_paper)
    }

    private fun shownCode(): String? = views().filterIsInstance<QrView>().singleOrNull()?.let(::codeOn)

    private fun code(account: String, language: Language): String? =
        pos.core.bills().slip(account, language.core).filterIsInstance<QrBlock>().singleOrNull()?.text

    /** Nobody can open a chooser here either, so the intent itself is looked at. */
    private fun sent(act: () -> Unit): String? {
        act()
        val chooser = shadowOf(activity).nextStartedActivity
        @Suppress("DEPRECATION")
        return chooser.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)?.getStringExtra(Intent.EXTRA_TEXT)
    }

    private fun sendText() {
        val packages = shadowOf(RuntimeEnvironment.getApplication().packageManager)
        val chooser = android.content.ComponentName("android", "android.Chooser")
        packages.addActivityIfNotPresent(chooser)
        packages.addIntentFilterForActivity(chooser, android.content.IntentFilter(Intent.ACTION_CHOOSER).apply { addCategory(Intent.CATEGORY_DEFAULT) })
        touch(R.string.receipt_send)
    }

    companion object {
        private const val OWES = "BHG-0003"

        @ClassRule
        @JvmField
        val office = Office()
    }
}
