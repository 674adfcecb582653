// Work in the background: answers on the main thread, in order; a sign after 100 ms; no answer for a screen that was left.
package app.raseed

import android.os.Looper
import app.raseed.frame.Place
import app.raseed.frame.Trail
import app.raseed.frame.Work
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.shadows.ShadowLooper
import java.time.Duration
import java.util.concurrent.CountDownLatch

class WorkTest : House() {
    private val heard = ArrayList<String>()

    @Test
    fun `answers come in order, on the main thread, and a failure is an answer`() {
        open()
        pos.work.ask({ Looper.myLooper() == null }) { heard += "background ${it.getOrThrow()}" }
        pos.work.ask<Unit>({ error("refused") }) { heard += "${it.exceptionOrNull()?.message} ${Looper.myLooper() == Looper.getMainLooper()}" }
        idle()
        assertEquals(listOf("background true", "refused true"), heard)
    }

    @Test
    fun `what takes longer than 100 ms shows that it works`() {
        open()
        val answer = CountDownLatch(1)
        pos.work.ask({ answer.await() }) { heard += "done" }
        try {
            // Drawing a frame takes some of the shadow clock's milliseconds too.
            ShadowLooper.shadowMainLooper().idleFor(Duration.ofMillis(Work.PATIENCE / 2))
            assertFalse(screen(), sees(R.string.working))
            ShadowLooper.shadowMainLooper().idleFor(Duration.ofMillis(Work.PATIENCE))
            expect(R.string.working)
        } finally {
            answer.countDown()
        }
        idle()
        assertFalse(sees(R.string.working))
        assertEquals(listOf("done"), heard)
    }

    @Test
    fun `what was called off is done, but not told`() {
        open()
        pos.work.ask({ heard += "did it" }) { heard += "told" }.callOff()
        idle()
        assertEquals(listOf("did it"), heard)
    }

    @Test
    fun `the way here comes back with its facts`() {
        val trail = Trail(Place("home"))
        trail.go(Place("amount").with("consumer", "BHG-0002").with("paise", 26_000L))
        val again = requireNotNull(Trail.from(trail.save()))
        assertEquals("BHG-0002", again.here.facts.getString("consumer"))
        assertEquals(26_000L, again.here.facts.getLong("paise"))
        assertTrue(again.back())
        assertEquals("home", again.here.screen)
        assertFalse(again.back())
    }
}
