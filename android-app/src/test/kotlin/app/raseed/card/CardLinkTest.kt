// A payment app that runs in a task of its own and answers by a link: to the activity as it is, or to one begun by the answer.
package app.raseed.card

import android.app.Activity
import android.content.ComponentName
import android.content.Intent
import android.content.IntentFilter
import app.raseed.MainActivity
import app.raseed.bridge.CardApproved
import app.raseed.bridge.CardUnknown
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.util.ReflectionHelpers
import org.robolectric.util.ReflectionHelpers.ClassParameter

class CardLinkTest : CardHouse("paytm-edc") {
    @Before
    fun inTheLauncher() {
        val packages = shadowOf(RuntimeEnvironment.getApplication().packageManager)
        val app = ComponentName("com.paytm.pos", "com.paytm.pos.Launcher")
        packages.addActivityIfNotPresent(app)
        packages.addIntentFilterForActivity(app, IntentFilter(Intent.ACTION_MAIN).apply { addCategory(Intent.CATEGORY_LAUNCHER) })
    }

    @Test
    fun `what the launcher shows is started with the link of the core`() {
        open()
        assertEquals(CardStart.STARTED, askSale())
        val started = started()
        assertEquals("it has no result", -1, started.requestCode)
        assertEquals("com.paytm.pos", started.intent.component?.packageName)
        val link = requireNotNull(started.intent.getStringExtra("deeplink"))
        assertTrue(link, link.startsWith("paytmedc://paymentV2?callbackAction=${CardTerminal.LINK}&"))
        assertTrue(link, link.contains("&amount=26000"))
    }

    @Test
    fun `the answer comes as a new intent`() {
        open()
        askSale()
        answer(link())
        assertTrue(read(returns.single()) is CardApproved)
        pass(CardTerminal.PATIENCE_MS)
        assertEquals(1, returns.size)
    }

    @Test
    fun `the answer comes after the process died`() {
        open()
        askSale()
        die()
        listen()
        answer(link())
        assertTrue(read(returns.single()) is CardApproved)
    }

    @Test
    fun `the answer begins the app anew`() {
        open()
        askSale()
        close()
        card.lose()
        listen()
        Robolectric.buildActivity(MainActivity::class.java, link()).setup().use {
            idle()
            assertTrue(read(returns.single()) is CardApproved)
            it.recreate()
            assertEquals("read once", 1, returns.size)
        }
    }

    @Test
    fun `back without an answer`() {
        open()
        askSale()
        card.seen()
        pass(CardTerminal.GRACE_MS)
        assertTrue(read(returns.single()) is CardUnknown)
        card.seen()
        pass(CardTerminal.PATIENCE_MS)
        assertEquals("told once", 1, returns.size)
        answer(link())
        assertTrue(read(returns.last()) is CardApproved)
    }

    @Test
    fun `a link that nobody waits for says nothing`() {
        open()
        answer(link())
        askSale()
        card.settled(REFERENCE)
        answer(link())
        listen()
        assertTrue(returns.isEmpty())
    }

    private fun link() = Intent(CardTerminal.LINK)
        .putExtra("deeplink", "raseed://card-sale?orderId=$REFERENCE&amount=26000&status=SUCCESS&rrn=532611480219")

    private fun answer(link: Intent) {
        ReflectionHelpers.callInstanceMethod<Any>(
            Activity::class.java, activity, "onNewIntent", ClassParameter.from(Intent::class.java, link),
        )
        idle()
    }
}
