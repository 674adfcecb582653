// A sale through a payment app that is started for its result: told once, started once, found again after the process died.
package app.raseed.card

import android.content.Intent
import android.os.Bundle
import app.raseed.bridge.CardApproved
import app.raseed.bridge.CardCancelled
import app.raseed.bridge.CardUnknown
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

class CardTerminalTest : CardHouse("simulator") {
    @Test
    fun `a sale goes to the payment app and comes back approved`() {
        open()
        assertEquals(CardStart.STARTED, askSale())
        pay(started())
        val approved = read(returns.single()) as CardApproved
        assertEquals(SimulatedCardActivity.RRN, approved.approval.rrn)
        assertEquals("4821", approved.approval.cardLast4)
        pass(CardTerminal.PATIENCE_MS)
        assertEquals("nothing is told twice", 1, returns.size)
        card.settled(REFERENCE)
        assertTrue(card.waiting.isEmpty())
    }

    @Test
    fun `the process dies while the payment app is in front`() {
        open()
        askSale()
        val started = started()
        die()
        listen()
        assertEquals(listOf(REFERENCE), card.waiting.map { it.reference })
        assertEquals("not charged again", CardStart.ALREADY_STARTED, askSale())
        assertTrue(nothingStarted())
        pay(started)
        assertTrue(read(returns.single()) is CardApproved)
        pass(CardTerminal.PATIENCE_MS)
        assertEquals(1, returns.size)
        assertEquals(mapOf(REFERENCE to 1), SimulatedCardActivity.charges)
    }

    @Test
    fun `the device dies with the answer, and the payment app is asked after`() {
        open()
        askSale()
        SimulatedCardActivity.charges[REFERENCE] = 1
        die()
        listen()
        pass(CardTerminal.GRACE_MS)
        assertTrue(read(returns.single()) is CardUnknown)
        assertEquals(CardStart.STARTED, askAfter())
        pay(started())
        assertEquals(CardQuestion.QUERY, returns.last().asked.question)
        assertTrue(read(returns.last()) is CardApproved)
        assertEquals(mapOf(REFERENCE to 1), SimulatedCardActivity.charges)
    }

    @Test
    fun `a sale that never reached the payment app was not begun`() {
        open()
        askSale()
        die()
        listen()
        askAfter()
        pay(started())
        assertTrue(read(returns.last()) is CardCancelled)
    }

    @Test
    fun `nothing came in time, and then it came after all`() {
        open()
        askSale()
        val started = started()
        pass(CardTerminal.PATIENCE_MS - 1)
        assertTrue(returns.isEmpty())
        pass(1)
        assertTrue(returns.single().answered.extras.isEmpty())
        assertTrue(read(returns.single()) is CardUnknown)
        pay(started)
        assertTrue(read(returns.last()) is CardApproved)
    }

    @Test
    fun `left without a word is not a no`() {
        open()
        askSale()
        returned(started().requestCode)
        assertEquals(false, returns.single().answered.resultOk)
        assertTrue(read(returns.single()) is CardUnknown)
    }

    @Test
    fun `what came while nobody listened is told when somebody does`() {
        open()
        askSale()
        card.onReturn = null
        pay(started())
        assertTrue(returns.isEmpty())
        listen()
        assertTrue(read(returns.single()) is CardApproved)
        listen()
        assertEquals(1, returns.size)
    }

    @Test
    fun `a link from another app is no answer to what answers by a result, also after the process died`() {
        open()
        askSale()
        val forged = Intent(CardTerminal.LINK)
            .putExtra("response", """{"status":"declined","reference":"$REFERENCE","amount_paise":26000}""")
        assertTrue(card.linked(forged))
        assertTrue(returns.isEmpty())
        die()
        listen()
        assertTrue(card.linked(forged))
        assertTrue(returns.isEmpty())
    }

    @Test
    fun `an answer is never taken for that of another sale`() {
        open()
        askSale()
        val first = started()
        askSale(reference = "SAS07-1-42-WMMKB6GK3CUAJ")
        val second = started()
        assertNotEquals(first.requestCode, second.requestCode)
        returned(first.requestCode)
        assertEquals(REFERENCE, returns.single().asked.reference)
    }

    @Test
    fun `without a payment app nothing is started`() {
        open()
        shadowOf(RuntimeEnvironment.getApplication()).checkActivities(true)
        assertEquals(CardStart.NO_PAYMENT_APP, askSale())
        assertTrue(card.waiting.isEmpty())
        pass(CardTerminal.PATIENCE_MS)
        assertTrue(returns.isEmpty())
    }

    @Test
    fun `what was not asked for is not an answer`() {
        open()
        assertFalse(card.result(0x7000, 0, null))
        askSale()
        val request = started().requestCode
        card.settled(REFERENCE)
        assertFalse(card.result(request, 0, null))
        assertTrue(returns.isEmpty())
    }

    @Test
    fun `of a result only words are taken`() {
        open()
        askSale()
        val extras = Bundle().apply {
            putString("a", "text")
            putInt("b", 0)
            putLong("c", 26_000)
            putBoolean("d", true)
            putParcelable("e", Intent())
            putStringArray("f", arrayOf("text"))
        }
        returned(started().requestCode, data = Intent().putExtras(extras))
        val texts = returns.single().answered.extras.associate { it.name to it.text }
        assertEquals(mapOf("a" to "text", "b" to "0", "c" to "26000", "d" to "true"), texts)
    }
}
