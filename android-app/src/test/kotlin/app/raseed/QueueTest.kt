// Fetching the bills, sending what was written, and a network that goes: always in calm words, never with something lost.
package app.raseed

import android.content.Context
import android.net.ConnectivityManager
import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.Shadows.shadowOf

class QueueTest : House() {
    @Test
    fun `the bills are fetched once somebody answers, and what is written is sent`() {
        enrol(office, "SAS01")
        open()
        goTo(Place(Screens.QUEUE))
        expect(R.string.queue_fetch_why)
        office.stop()
        touch(R.string.remedy_sync)
        expect(R.string.trouble_wait_for_network)
        turn()
        expect(R.string.attempt_unreachable)
        office.serve()
        touch(R.string.remedy_sync)
        expect("Households changed: ${pos.core.about().households}")
        assertTrue(seesNot(R.string.trouble_wait_for_network))
        touch(R.string.queue_home)
        expect(R.string.remedy_shift)

        pos.core.device().openShift(STAFF, 0)
        val receipt = take("BHG-0002")
        goTo(Place(Screens.QUEUE))
        val unsent = pos.core.sync().queue(0u).unsent
        expect(R.string.queue_unsent, unsent.toString(), text(R.string.age_now))
        expect(text(R.string.queue_account, "BHG-0002"))
        turn()
        expect(receipt.amount.money.text)
        die()
        expect(receipt.amount.money.text)

        find(R.string.queue_now).performClick()
        expect(R.string.queue_running)
        expect(R.string.queue_stop)
        idle()
        assertEquals(0u, pos.core.sync().queue(0u).unsent)
        expect("confirmed")
        assertTrue(seesNot(R.string.queue_stop))
    }

    @Test
    fun `a device that is not enrolled is told so, with the way there`() {
        open()
        goTo(Place(Screens.QUEUE))
        expect(R.string.trouble_enrol)
        expect(R.string.remedy_enrol)
    }

    @Test
    fun `no network is said while it is so`() {
        enrol(office, "SAS02")
        open()
        goTo(Place(Screens.QUEUE))
        val manager = pos.getSystemService(Context.CONNECTIVITY_SERVICE) as ConnectivityManager
        val listener = shadowOf(manager).networkCallbacks.single()
        val network = requireNotNull(manager.activeNetwork)
        listener.onLost(network)
        idle()
        expect(R.string.queue_no_network)
        listener.onAvailable(network)
        idle()
        assertTrue(seesNot(R.string.queue_no_network))
        back()
        assertTrue(shadowOf(manager).networkCallbacks.isEmpty())
    }

    private companion object {
        @JvmField
        @ClassRule
        val office = Office()
    }
}
