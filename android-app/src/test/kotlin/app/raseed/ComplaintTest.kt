// A payer says that it is paid: one complaint, with its number and both days, on paper and as a message.
package app.raseed

import android.content.Intent
import app.raseed.bridge.PayMode
import app.raseed.frame.Place
import app.raseed.print.PaperPrinter
import app.raseed.screen.PaymentFacts
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

@Config(application = PosWithPaper::class)
class ComplaintTest : House() {
    @Test
    fun `opened once, printed and sent`() {
        open()
        begin(office, "SAS83")
        (pos as PosWithPaper).choosePrinter()
        val household = households().first()
        val due = pos.core.book().household(household.account).payable!!
        val payment = pos.core.payments().begin(pos.core.collect().newRequest(), household.account, due.paise, PayMode.UPI, "", STAFF).payment
        pos.core.payments().giveUp(payment, STAFF)
        goTo(Place(Screens.COMPLAINT).with(PaymentFacts.PAYMENT, payment))
        if (sees(R.string.complaint_open)) {
            write("412345678901")
            turn()
            touch(R.string.complaint_open)
        }
        val complaint = pos.core.payments().complaint(payment)
        for (said in listOf(complaint.complaint, complaint.cause, due.text, complaint.promised, complaint.bankDue, payment)) expect(said)
        die()
        expect(complaint.complaint)
        assertEquals("one payment, one complaint", complaint.complaint, pos.core.payments().complain(payment, null, STAFF).complaint)
        PaperPrinter().use { paper ->
            (pos as PosWithPaper).paper = paper
            touch(R.string.receipt_print)
            pos.printing.finish()
            idle()
            assertTrue("something is on the paper", paper.picture().height > 200)
        }
        touch(R.string.receipt_send)
        val sent = shadowOf(activity).nextStartedActivity.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java)!!
        assertTrue(complaint.complaint in sent.getStringExtra(Intent.EXTRA_TEXT).orEmpty())
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
    }
}
