// Nobody knows whether it was paid: nothing is charged again until it is known, or a supervisor lets it go; and an empty battery
// loses nothing of it.
package app.raseed

import app.raseed.bridge.PaymentStatus
import app.raseed.bridge.core
import app.raseed.frame.Place
import app.raseed.screen.CashScreen
import app.raseed.screen.HouseholdScreen
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.annotation.Config

@Config(application = PosOnTheStreet::class)
class PayUnknownTest : House() {
    private val street get() = pos as PosOnTheStreet
    private val receipts get() = pos.core.home().receipts.toInt()

    @Test
    fun `given up without a word, it blocks the household until a supervisor lets it go`() {
        val account = unknown("SAS71")
        expect(R.string.unknown_stop)
        expect(R.string.unknown_offline)
        expect(requireNotNull(payment().complaint))
        expect(requireNotNull(payment().promised))
        // On the household, and where money is taken, by whatever way one comes there.
        goTo(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, account))
        expect(text(R.string.trouble_money_may_have_moved, account, payment().payment))
        assertTrue(seesNot(R.string.household_other))
        goTo(Place(Screens.CASH).with(HouseholdScreen.ACCOUNT, account).with(CashScreen.PAISE, due(account).paise))
        hold(text(R.string.cash_hold, due(account).text))
        expect(text(R.string.trouble_money_may_have_moved, account, payment().payment))
        assertEquals(0, receipts)
        touch(R.string.remedy_payment)
        expect(R.string.unknown_stop)
        letGo()
        touch(R.string.over_household)
        touch(text(R.string.household_all, due(account).text))
        touch("Cash")
        hold(text(R.string.cash_hold, due(account).text))
        expect(R.string.receipt_taken)
        assertEquals(1, receipts)
    }

    private fun letGo() {
        touch(R.string.unknown_supervisor)
        expect(R.string.trouble_set_pin)
        expect(R.string.remedy_pin)
        pos.core.device().setPin(null, "2468")
        write("S-01")
        touch(R.string.shift_go_on)
        write("The payer's app shows that it failed")
        turn()
        expect("The payer's app shows that it failed")
        touch(R.string.shift_go_on)
        type("1111")
        hold(R.string.let_go_hold)
        expect(text(R.string.trouble_type_pin, "4"))
        assertEquals(PaymentStatus.UNKNOWN, payment().status)
        type("2468")
        assertTrue("the PIN is not on the screen", !sees("2468"))
        hold(R.string.let_go_hold)
        expect(R.string.over_let_go)
        assertEquals(PaymentStatus.LET_GO, payment().status)
    }

    @Test
    fun `the collector is not the supervisor`() {
        unknown("SAS72")
        pos.core.device().setPin(null, "2468")
        touch(R.string.unknown_supervisor)
        write(STAFF)
        touch(R.string.shift_go_on)
        write("I say so")
        touch(R.string.shift_go_on)
        type("2468")
        hold(R.string.let_go_hold)
        expect(R.string.trouble_ask_supervisor)
        assertEquals(PaymentStatus.UNKNOWN, payment().status)
        back()
        expect("I say so")
    }

    @Test
    fun `the number in the payer's app gives a receipt subject to realisation, and counts once`() {
        offline(office, "SAS73")
        val (first, second) = households().map { it.account }
        askByUpi(first)
        touch(R.string.code_no_tick)
        type("12")
        hold(text(R.string.shown_hold, due(first).text))
        expect(R.string.trouble_type_reference)
        type("3456789012")
        turn()
        expect("123456789012")
        hold(text(R.string.shown_hold, due(first).text))
        expect(R.string.receipt_subject)
        assertEquals(1, receipts)
        val used = payment().payment
        askByUpi(second)
        touch(R.string.code_no_tick)
        type("123456789012")
        hold(text(R.string.shown_hold, due(second).text))
        expect(text(R.string.trouble_reference_used, used))
        assertEquals(1, receipts)
        assertEquals(PaymentStatus.WAITING, payment().status)
    }

    @Test
    fun `a battery that dies on the code leads back to the payment first`() {
        offline(office, "SAS74")
        askByUpi(households()[0].account)
        losePower()
        expect(R.string.unknown_stop)
        expect(R.string.unknown_how)
        touch(R.string.unknown_code)
        assertTrue(requireNotNull(codeOnScreen()).contains(payment().payment))
        // Nobody charges before the code; so long that nobody knows any more.
        street.ahead += 700_000
        losePower()
        expect(R.string.unknown_stop)
        assertEquals(PaymentStatus.UNKNOWN, payment().status)
        expect(requireNotNull(payment().complaint))
        back()
        expect(R.string.home_pending_why)
        assertEquals(1, pos.core.payments().list(9u).size)
        // Once is enough: who came home stays there.
        turn()
        expect(R.string.home_pending_why)
    }

    @Test
    fun `found paid where it is looked at, it is said and leads to the receipt`() {
        unknown("SAS75")
        pos.core.payments().shown(payment().payment, "432156789014", STAFF)
        touch(R.string.unknown_check)
        expect(R.string.pay_paid)
        later(5_000)
        expect(requireNotNull(payment().receipt))
        assertEquals(1, street.said.size)
        // Looked at once more, nothing is said.
        goTo(Place(Screens.PAYMENTS))
        touch(R.string.status_paid)
        expect(requireNotNull(payment().receipt))
        later(5_000)
        assertEquals(1, street.said.size)
    }

    @Test
    fun `the list shows each, and home says how many have no answer`() {
        unknown("SAS76")
        askByUpi(households()[1].account)
        activity.restart(Place(Screens.HOME))
        idle()
        expect("2 payments without an answer")
        touch(R.string.home_pending_why)
        expect(R.string.status_unknown)
        touch(R.string.status_waiting)
        expect(R.string.unknown_code)
    }

    /** A payment that was given up where there is no network; on its screen. */
    private fun unknown(till: String): String {
        offline(office, till)
        val account = households()[0].account
        askByUpi(account)
        hold(R.string.code_cancel)
        return account
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
    }
}
