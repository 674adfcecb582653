// A device with a payment app: what a sale is asked of, and how its answer gets to the activity of that moment.
package app.raseed.card

import android.app.Activity
import android.content.Intent
import app.raseed.House
import app.raseed.bridge.CardAcquirer
import app.raseed.bridge.CardAsk
import app.raseed.bridge.CardOutcome
import app.raseed.bridge.CardSaleView
import app.raseed.bridge.cardQueryAsk
import app.raseed.bridge.cardRead
import app.raseed.bridge.cardReadQuery
import app.raseed.bridge.cardSaleAsk
import org.junit.Before
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowActivity.IntentForResult
import org.robolectric.shadows.ShadowLooper
import java.time.Duration

abstract class CardHouse(kind: String, byService: Boolean = false) : House() {
    protected val acquirer =
        CardAcquirer(kind, "app.raseed.pos", "a1b2", "9814200001", byService, null, emptyList(), emptyList())
    protected val sale = CardSaleView(REFERENCE, 26_000, "BHG-0002")
    protected val card: CardTerminal get() = pos.card

    /** What the core would be told, oldest first. */
    protected val returns = ArrayList<CardReturn>()

    @Before
    fun paymentApp() {
        card.lose()
        SimulatedCardActivity.charges.clear()
        SimulatedCardActivity.says = "approved"
        listen()
    }

    protected fun listen() {
        card.onReturn = { returns += it }
    }

    protected fun askSale(ask: CardAsk = cardSaleAsk(acquirer, sale), reference: String = REFERENCE): CardStart =
        card.ask(activity, reference, CardQuestion.SALE, ask)

    protected fun askAfter(): CardStart =
        card.ask(activity, REFERENCE, CardQuestion.QUERY, requireNotNull(cardQueryAsk(acquirer, sale)))

    /** What the core makes of a return. */
    protected fun read(back: CardReturn): CardOutcome = when (back.asked.question) {
        CardQuestion.SALE -> cardRead(acquirer, sale, back.answered)
        CardQuestion.QUERY -> cardReadQuery(acquirer, sale, back.answered)
    }

    protected fun started(): IntentForResult = requireNotNull(shadowOf(activity).nextStartedActivityForResult) { "nothing was started" }

    protected fun nothingStarted(): Boolean = shadowOf(activity).peekNextStartedActivityForResult() == null

    /** The payment app does its work; its result goes to the activity that is there now. */
    protected fun pay(started: IntentForResult) {
        val app = Robolectric.buildActivity(SimulatedCardActivity::class.java, started.intent).create().get()
        val shadow = shadowOf(app)
        returned(started.requestCode, shadow.resultCode, shadow.resultIntent)
    }

    protected fun returned(request: Int, result: Int = Activity.RESULT_CANCELED, data: Intent? = null) {
        shadowOf(activity).internalCallDispatchActivityResult(null, request, result, data)
        idle()
    }

    protected fun pass(milliseconds: Long) = ShadowLooper.shadowMainLooper().idleFor(Duration.ofMillis(milliseconds))

    companion object {
        const val REFERENCE = "SAS07-1-42-WMMKB6GK3CUAI"
    }
}
