// A card sale from the household to the receipt: charged once, whatever becomes of this app while the payment app is in front.
package app.raseed.card

import app.raseed.Office
import app.raseed.R
import app.raseed.askByCard
import app.raseed.begin
import app.raseed.bridge.PaymentStatus
import app.raseed.due
import app.raseed.frame.Place
import app.raseed.households
import app.raseed.payment
import app.raseed.screen.HouseholdScreen
import app.raseed.screen.Screens
import app.raseed.goTo
import org.json.JSONObject
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowActivity.IntentForResult

class PayCardTest : CardHouse("simulator") {
    private val receipts get() = pos.core.home().receipts.toInt()

    @Test
    fun `approved, it gives the receipt`() {
        ready("SAS91")
        pay(started())
        expect(R.string.pay_paid)
        pass(2_000)
        idle()
        expect(requireNotNull(payment().receipt))
        assertEquals(1, receipts)
        assertTrue(card.waiting.isEmpty())
    }

    @Test
    fun `declined, the household can be charged again`() {
        ready("SAS92")
        SimulatedCardActivity.says = "declined"
        pay(started())
        expect(R.string.over_declined)
        touch(R.string.over_household)
        expect(text(R.string.household_all, due(requireNotNull(payment().account)).text))
        assertEquals(0, receipts)
    }

    @Test
    fun `turned, and killed, while the payment app is in front, it is charged once`() {
        ready("SAS93")
        val started = started()
        turn()
        assertTrue(nothingStarted())
        die()
        assertTrue(nothingStarted())
        expect(R.string.card_go_on)
        pay(started)
        expect(R.string.pay_paid)
        assertEquals(mapOf(reference(started) to 1), SimulatedCardActivity.charges)
        assertEquals(1, receipts)
    }

    @Test
    fun `the battery dies with the answer, and the next start asks the payment app`() {
        val account = ready("SAS94")
        val reference = reference(started())
        SimulatedCardActivity.charges[reference] = 1
        losePower()
        expect(R.string.unknown_stop)
        pay(started())
        expect(R.string.pay_paid)
        assertEquals(mapOf(reference to 1), SimulatedCardActivity.charges)
        assertEquals(1, receipts)
        goTo(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, account))
        expect(R.string.household_nothing)
    }

    @Test
    fun `left without a word, it is not charged again until the payment app says what became of it`() {
        val account = ready("SAS95")
        val started = started()
        SimulatedCardActivity.charges[reference(started)] = 1
        returned(started.requestCode)
        expect(R.string.unknown_stop)
        assertEquals(PaymentStatus.UNKNOWN, payment().status)
        goTo(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, account))
        expect(text(R.string.trouble_money_may_have_moved, account, payment().payment))
        touch(R.string.remedy_payment)
        touch(R.string.unknown_check)
        SimulatedCardActivity.says = "declined"
        pay(started())
        expect(R.string.over_declined)
        assertEquals(0, receipts)
    }

    @Test
    fun `without a payment app nothing is charged, and it can be paid another way`() {
        shadowOf(RuntimeEnvironment.getApplication()).checkActivities(true)
        ready("SAS96")
        expect(R.string.over_declined)
        assertEquals(PaymentStatus.DECLINED, payment().status)
        assertTrue(card.waiting.isEmpty())
    }

    /** What the payment app was told that the sale is called. */
    private fun reference(started: IntentForResult): String =
        JSONObject(requireNotNull(started.intent.getStringExtra("request"))).getString("reference")

    private fun ready(till: String): String {
        // What the payment app says is for the core.
        card.onReturn = null
        open()
        begin(office, till)
        return households()[0].account.also(::askByCard)
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
    }
}
