// A stranger pays at a kiosk: from the four languages to thank you, and the next one finds nothing of it.
package app.raseed

import app.raseed.bridge.PayMode
import app.raseed.bridge.PaymentStatus
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Rule
import org.junit.Test
import org.robolectric.annotation.Config

@Config(application = PosOnTheStreet::class)
class KioskPaidTest : House() {
    @get:Rule
    val office = Office()

    @Test
    fun `from one's own number to thank you, and all is forgotten`() {
        open()
        begin(office, "SAS94", "kiosk")
        pos.core.device().setPin(null, PIN)
        activity.restart(Place(Screens.HOME))
        idle()
        touch(R.string.staff_lock)
        Provider(office).use { provider ->
            val household = households()[0]
            val due = due(household.account)
            touch(Language.Punjabi.own)
            type(household.digits)
            touch(R.string.kiosk_show)
            touch(text(R.string.kiosk_pay_all, due.text))
            assertFalse("cash is nobody's to take", sees(way(PayMode.CASH)))
            touch(way(PayMode.UPI))
            assertFalse("nobody believes what is only shown", sees(R.string.code_no_tick))
            provider.pay(requireNotNull(codeOnScreen()))
            later(2_000)
            later(2_000)
            expect(R.string.kiosk_thanks)
            expect(due.text)
            assertEquals(PaymentStatus.PAID, payment().status)
            nothing(31)
            assertEquals(Screens.HOME, here.screen)
            assertFalse(screen(), sees(household.account))
            assertFalse(screen(), sees(due.text))
        }
    }
}
