// Money that comes: from the code on the screen, through a provider and a real head office, to a receipt; also when the battery died
// in between.
package app.raseed

import app.raseed.bridge.PaymentStatus
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.robolectric.annotation.Config

@Config(application = PosOnTheStreet::class)
class PaidTest : House() {
    @get:Rule
    val office = Office()

    private val street get() = pos as PosOnTheStreet

    @Test
    fun `what a phone reads from the screen and pays turns green, is said, and gives a receipt`() {
        open()
        begin(office, "SAS81")
        Provider(office).use { provider ->
            val household = households()[0]
            val due = due(household.account)
            askByUpi(household)
            expect(R.string.code_waiting)
            provider.pay(requireNotNull(codeOnScreen()))
            later(2_000)
            expect(R.string.pay_paid)
            expect(due.text)
            assertEquals(listOf(Language.English to text(R.string.pay_spoken, payment().amount.words)), street.said)
            later(2_000)
            expect(R.string.receipt_taken)
            expect(requireNotNull(payment().receipt))
            assertEquals("nothing is to be realised: it has come", false, sees(R.string.receipt_subject))
            back()
            expect(R.string.home_collect)
            assertEquals(PaymentStatus.PAID, payment().status)
        }
    }

    @Test
    fun `the battery dies while the payer pays, and the next start finds it out`() {
        open()
        begin(office, "SAS82")
        Provider(office).use { provider ->
            askByUpi(households()[0])
            val code = requireNotNull(codeOnScreen())
            office.stop()
            losePower()
            expect(R.string.unknown_stop)
            expect(R.string.unknown_offline)
            office.serve()
            provider.pay(code)
            losePower()
            expect(R.string.pay_paid)
            later(2_000)
            expect(requireNotNull(payment().receipt))
            assertEquals(1, pos.core.home().receipts.toInt())
            assertEquals(1, street.said.size)
        }
    }

    @Test
    fun `nothing comes, the head office says so, and it can be paid again`() {
        open()
        begin(office, "SAS83")
        askByUpi(households()[0])
        hold(R.string.code_cancel)
        // Nobody has said that nothing came.
        expect(R.string.unknown_stop)
        expect(R.string.unknown_no_word)
        goTo(Place(Screens.PAYMENTS))
        expect(R.string.status_unknown)
    }
}
