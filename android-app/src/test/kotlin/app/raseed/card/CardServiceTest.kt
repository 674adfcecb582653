// Pine Labs' service at the other end of a messenger: one message, one reply, and never a second sale because the service came back.
package app.raseed.card

import android.content.ComponentName
import android.content.Intent
import android.os.Bundle
import android.os.Handler
import android.os.Looper
import android.os.Message
import android.os.Messenger
import app.raseed.bridge.CardApproved
import app.raseed.bridge.CardUnknown
import org.json.JSONObject
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

class CardServiceTest : CardHouse("pine-labs", byService = true) {
    private val requests = ArrayList<Message>()
    private val app = ComponentName("com.pinelabs.masterapp", "com.pinelabs.masterapp.Server")
    private val service = Messenger(Handler(Looper.getMainLooper()) { requests.add(Message.obtain(it)) })
    private val device = shadowOf(RuntimeEnvironment.getApplication())

    @Test
    fun `a sale goes to the service and comes back approved`() {
        begin()
        val request = requests.single()
        assertEquals(1001, request.what)
        val detail = JSONObject(requireNotNull(request.data.getString("MASTERAPPREQUEST"))).getJSONObject("Detail")
        assertEquals("26000", detail.getString("PaymentAmount"))
        reply(request)
        assertTrue(read(returns.single()) is CardApproved)
        assertTrue("it is unbound", device.boundServiceConnections.isEmpty())
        reply(request)
        pass(CardTerminal.PATIENCE_MS)
        assertEquals("nothing is told twice", 1, returns.size)
    }

    @Test
    fun `a service that breaks and comes back is not told again`() {
        begin()
        val connection = device.boundServiceConnections.single()
        connection.onServiceConnected(app, service.binder)
        idle()
        assertEquals(1, requests.size)
        connection.onServiceDisconnected(app)
        connection.onServiceConnected(app, service.binder)
        idle()
        assertEquals(1, requests.size)
        assertTrue(read(returns.single()) is CardUnknown)
        assertEquals(CardStart.ALREADY_STARTED, askSale())
    }

    @Test
    fun `nothing came in time, and then it came after all`() {
        begin()
        card.seen()
        pass(CardTerminal.PATIENCE_MS - 1)
        assertTrue("a service answers while this app is in front", returns.isEmpty())
        pass(1)
        assertTrue(read(returns.single()) is CardUnknown)
        reply(requests.single())
        assertTrue(read(returns.last()) is CardApproved)
    }

    @Test
    fun `what the service said is lost with the process`() {
        begin()
        die()
        listen()
        pass(CardTerminal.GRACE_MS)
        assertTrue(read(returns.single()) is CardUnknown)
        assertEquals(CardStart.ALREADY_STARTED, askSale())
    }

    @Test
    fun `a link is not the word of a service`() {
        begin()
        assertTrue(card.linked(Intent(CardTerminal.LINK)))
        assertTrue(returns.isEmpty())
        reply(requests.single())
        assertTrue(read(returns.single()) is CardApproved)
    }

    @Test
    fun `without the service nothing is started`() {
        open()
        device.declareActionUnbindable("com.pinelabs.masterapp.SERVER")
        assertEquals(CardStart.NO_PAYMENT_APP, askSale())
        assertTrue(card.waiting.isEmpty())
    }

    private fun begin() {
        device.setComponentNameAndServiceForBindService(app, service.binder)
        open()
        assertEquals(CardStart.STARTED, askSale())
        idle()
    }

    private fun reply(request: Message) {
        val text = """{"Response":{"ResponseCode":"00","ResponseMsg":"Success"},""" +
            """"Detail":{"BillingRefNo":"$REFERENCE","HostResponse":"APPROVED","RetrievalReferenceNumber":"532611480219"}}"""
        val answer = Message.obtain(null, 1001)
        answer.data = Bundle().apply {
            putString("MASTERAPPRESPONSE", text)
            putString("more", "not asked for")
        }
        request.replyTo.send(answer)
        idle()
    }
}
