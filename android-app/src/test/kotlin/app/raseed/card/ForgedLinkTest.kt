// Another app on the terminal answers in the payment app's name: a link has no sender. It knows the form of an answer and how this
// till counts its payments, but not what the payment app was told.
package app.raseed.card

import android.content.ComponentName
import android.content.Intent
import android.content.IntentFilter
import app.raseed.Office
import app.raseed.R
import app.raseed.askByCard
import app.raseed.begin
import app.raseed.bridge.PaymentStatus
import app.raseed.frame.Place
import app.raseed.goTo
import app.raseed.households
import app.raseed.payment
import app.raseed.screen.HouseholdScreen
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

class ForgedLinkTest : CardHouse("paytm-edc") {
    private val receipts get() = pos.core.home().receipts.toInt()

    @Before
    fun inTheLauncher() {
        val packages = shadowOf(RuntimeEnvironment.getApplication().packageManager)
        val app = ComponentName("com.paytm.pos", "com.paytm.pos.Launcher")
        packages.addActivityIfNotPresent(app)
        packages.addIntentFilterForActivity(app, IntentFilter(Intent.ACTION_MAIN).apply { addCategory(Intent.CATEGORY_LAUNCHER) })
        card.onReturn = null
    }

    @Test
    fun `a yes under a guessed reference gives no receipt, and the payment app's own yes does`() {
        open()
        begin(office, "SAS97")
        askByCard(households()[0].account)
        val told = reference()
        assertTrue(told, told.startsWith(payment().payment + "-") && told.length >= payment().payment.length + 14)
        answer(payment().payment, "SUCCESS")
        expect(R.string.unknown_stop)
        assertEquals(PaymentStatus.UNKNOWN, payment().status)
        assertEquals(0, receipts)
        // The payment app is asked after, and its answer is listened to.
        touch(R.string.unknown_check)
        assertEquals(told, reference())
        answer(told, "SUCCESS", "raseed://card-status")
        expect(R.string.pay_paid)
        assertEquals(PaymentStatus.PAID, payment().status)
        assertEquals(1, receipts)
    }

    @Test
    fun `a no under a guessed reference does not let it be charged again`() {
        open()
        begin(office, "SAS98")
        val account = households()[1].account
        askByCard(account)
        answer(payment().payment, "FAIL")
        assertEquals(PaymentStatus.UNKNOWN, payment().status)
        goTo(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, account))
        expect(text(R.string.trouble_money_may_have_moved, account, payment().payment))
    }

    /** What the payment app was told that the sale is called. */
    private fun reference(): String {
        val link = requireNotNull(started().intent.getStringExtra("deeplink"))
        return link.substringAfter("&orderId=").substringBefore('&')
    }

    private fun answer(reference: String, status: String, to: String = "raseed://card-sale") {
        val link = "$to?orderId=$reference&amount=${payment().amount.money.paise}&status=$status&rrn=532611480219"
        assertTrue(card.linked(Intent(CardTerminal.LINK).putExtra("deeplink", link)))
        idle()
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office("\"acquirer\": \"simulator\"" to "\"acquirer\": \"paytm-edc\"")
    }
}
