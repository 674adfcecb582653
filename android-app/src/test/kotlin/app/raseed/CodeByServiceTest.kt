// Codes that the payment service makes: while there is none, with no network, when it comes, and when it asks for another amount.
package app.raseed

import app.raseed.bridge.PaymentStatus
import app.raseed.frame.Language
import app.raseed.look.QrView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.robolectric.annotation.Config

@Config(application = PosOnTheStreet::class)
class CodeByServiceTest : House() {
    @get:Rule
    val office = Office("\"mcc\": \"4900\"" to "\"mcc\": \"4900\",\n      \"codes\": \"service\"")

    @Test
    fun `it comes when there is a network and a payment service, and is paid as any other`() {
        offline(office, "SAS10")
        askByUpi(households()[0])
        inEveryLanguage("code-not-made", R.string.code_not_made)
        office.serve()
        later(15_000)
        inEveryLanguage("code-being-made", R.string.code_being_made)
        turn()
        expect(R.string.code_being_made)
        die()
        expect(R.string.code_being_made)
        Provider(office).use { provider ->
            val code = untilCode()
            expect(R.string.code_waiting)
            expect(R.string.code_no_tick)
            assertTrue(code, code.contains("am=" + payment().amount.money.text.filter { it.isDigit() || it == '.' }))
            provider.pay(code)
            // It was asked for so often that it is asked for less often now.
            later(15_000)
            assertEquals(PaymentStatus.PAID, payment().status)
            later(2_000)
            expect(requireNotNull(payment().receipt))
        }
    }

    @Test
    fun `one for another amount is never shown, and the household can still pay otherwise`() {
        open()
        begin(office, "SAS20")
        Provider(office, wrongAmount = true).use {
            val household = households()[7]
            askByUpi(household)
            repeat(TRIES) { if (!sees(R.string.code_refused)) later(15_000) }
            inEveryLanguage("code-refused", R.string.code_refused)
            assertNull(payment().code)
            assertEquals(PaymentStatus.WAITING, payment().status)
            hold(R.string.code_cancel)
            expect(R.string.unknown_stop)
        }
    }

    private fun inEveryLanguage(name: String, words: Int) {
        for (language in Language.values().reversed()) {
            activity.speak(language, here)
            idle()
            look(language, name, words)
        }
    }

    /** No code, and no way to say that it was paid: nobody can have paid what nobody was shown. */
    private fun look(language: Language, name: String, words: Int) {
        expect(words)
        assertEquals(0, views().filterIsInstance<QrView>().size)
        assertFalse(sees(R.string.code_no_tick))
        expect(R.string.code_cancel)
        Camera.take(window, language.tag, name)
        assertEquals("", Walk(window).findings().joinToString("\n"))
    }

    private fun untilCode(): String {
        repeat(TRIES) { codeOnScreen()?.let { return it } ?: later(15_000) }
        throw AssertionError("no code came:\n" + screen())
    }

    private companion object {
        const val TRIES = 40
    }
}
