// A code on the screen: one wish is one payment, the code asks for exactly what is owed, and when it is paid that is seen, heard and
// printed once.
package app.raseed

import android.view.WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_FULL
import android.view.WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_NONE
import app.raseed.bridge.FoundView
import app.raseed.bridge.PaymentStatus
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.look.QrView
import app.raseed.screen.CashScreen
import app.raseed.screen.PaymentFacts
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.annotation.Config

@Config(application = PosOnTheStreet::class)
class PayCodeTest : House() {
    private val street get() = pos as PosOnTheStreet
    private val brightness get() = activity.window.attributes.screenBrightness

    @Test
    fun `turned at every step, it is asked for once`() = upsetAtEveryStep("SAS61") { turn() }

    @Test
    fun `the process dying at every step, it is asked for once`() = upsetAtEveryStep("SAS62") { die() }

    private fun upsetAtEveryStep(till: String, upset: () -> Unit) {
        offline(office, till)
        val households = households()
        for (at in 0..steps(households[0]).size) {
            val household = households[at]
            steps(household).forEachIndexed { step, act ->
                if (step == at) upset()
                act()
            }
            if (at == steps(household).size) upset()
            expect(R.string.code_offline)
            assertEquals("upset before step $at", at + 1, pos.core.payments().list(99u).size)
            assertEquals(household.account, payment().account)
            activity.restart(Place(Screens.HOME))
            idle()
        }
    }

    /** From the first key to the code. */
    private fun steps(it: FoundView): List<() -> Unit> = listOf(
        { goTo(Place(Screens.FIND)) },
        { type(it.digits) },
        { touch(text(R.string.household_all, due(it.account).text)) },
        { touch("UPI") },
    )

    @Test
    fun `the code asks for exactly what is owed, under the payment's own number`() {
        offline(office, "SAS63")
        val household = households()[0]
        askByUpi(household)
        val due = due(household.account)
        expect(due.text)
        expect(payment().payment)
        expect(requireNotNull(payment().payee))
        val link = requireNotNull(codeOnScreen()) { "no phone can read it" }
        val asks = link.substringAfter('?').split('&').associate { it.substringBefore('=') to it.substringAfter('=') }
        assertTrue(link, link.startsWith("upi://pay?"))
        assertEquals(due.paise, requireNotNull(asks["am"]).replace(".", "").toLong())
        assertEquals(payment().payment, asks["tr"])
        val code = views().filterIsInstance<QrView>().single()
        // Whole dots, and four of them as its quiet border on each side.
        val border = 8.0 / (17 + 4 * 10 + 8)
        assertTrue("${code.width} of ${window.width}", code.width * (1 - border) >= window.width * 0.7)
    }

    @Test
    fun `the screen is bright while the code shows, and only then`() {
        offline(office, "SAS64")
        assertEquals(BRIGHTNESS_OVERRIDE_NONE, brightness)
        askByUpi(households()[0])
        assertEquals(BRIGHTNESS_OVERRIDE_FULL, brightness)
        turn()
        assertEquals(BRIGHTNESS_OVERRIDE_FULL, brightness)
        touch(R.string.code_no_tick)
        assertEquals(BRIGHTNESS_OVERRIDE_NONE, brightness)
        back()
        assertEquals(BRIGHTNESS_OVERRIDE_FULL, brightness)
        back()
        assertEquals(BRIGHTNESS_OVERRIDE_NONE, brightness)
    }

    @Test
    fun `paid is seen, said once in the language of the screens, and leads to the receipt`() {
        offline(office, "SAS65", Language.Hindi)
        askByUpi(households()[0])
        // A sync in the background finds it.
        pos.core.payments().shown(payment().payment, "432156789012", STAFF)
        later(2_000)
        expect(R.string.pay_paid)
        expect(text(R.string.pay_paid_by, pos.core.receipts().show(requireNotNull(payment().receipt)).mode))
        val words = payment().amount.words
        assertEquals(listOf(Language.Hindi to text(R.string.pay_spoken, words)), street.said)
        turn()
        expect(R.string.receipt_title)
        later(5_000)
        expect(requireNotNull(payment().receipt))
        assertEquals(1, street.said.size)
        back()
        expect(R.string.home_collect)
    }

    @Test
    fun `a sale is paid without cash, and says what it is for`() {
        offline(office, "SAS68")
        goTo(Place(Screens.HOW).with(CashScreen.PAISE, 45_50).with(PaymentFacts.NOTE, "Two forms"))
        expect("₹45.50")
        expect("Two forms")
        assertEquals("no cash", false, sees("Cash"))
        touch("UPI")
        expect("₹45.50")
        assertTrue(requireNotNull(codeOnScreen()).contains("am=45.50&"))
        assertEquals(null, payment().account)
        turn()
        assertEquals(1, pos.core.payments().list(9u).size)
        touch(R.string.code_no_tick)
        type("432156789015")
        hold(text(R.string.shown_hold, "₹45.50"))
        expect(R.string.receipt_subject)
    }

    @Test
    fun `nobody asks any more once the screen was left`() {
        offline(office, "SAS66")
        askByUpi(households()[0])
        back()
        pos.core.payments().shown(payment().payment, "432156789013", STAFF)
        later(60_000)
        expect(R.string.how_title)
        assertEquals(emptyList<Any>(), street.said)
    }

    @Test
    fun `a code that has ended is not shown, and after the grace nobody knows`() {
        offline(office, "SAS67")
        askByUpi(households()[0])
        assertNotNull(codeOnScreen())
        street.ahead += 481_000
        later(2_000)
        expect(R.string.code_over)
        assertEquals(0, views().filterIsInstance<QrView>().size)
        street.ahead += 121_000
        later(5_000)
        expect(R.string.unknown_stop)
        expect(requireNotNull(payment().complaint))
        assertEquals(PaymentStatus.UNKNOWN, payment().status)
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
    }
}
