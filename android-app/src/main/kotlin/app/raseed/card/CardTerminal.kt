// The way to the acquirer's payment app and back, whatever becomes of the screen or the process meanwhile. It reads no answer and
// counts no money: what to start comes from the core, and what came back goes to it.
package app.raseed.card

import android.app.Activity
import android.content.Context
import android.content.Intent
import android.os.Handler
import android.os.Looper
import app.raseed.bridge.ActivityAsk
import app.raseed.bridge.CardAnswered
import app.raseed.bridge.CardAsk
import app.raseed.bridge.ServiceAsk

/**
 * Used on the main thread only. An asking can have more than one return: that nothing came in time, and what came after all. It is
 * known until [settled], so the core can be told again.
 */
class CardTerminal(private val context: Context) {
    private val notes = CardNotes(context)
    private val main = Handler(Looper.getMainLooper())
    private val timers = HashMap<Int, Runnable>()
    private val services = HashMap<Int, ServiceDoor>()
    private val returned = HashSet<Int>()
    private val kept = ArrayList<CardReturn>()

    /** Who tells the core. What came while nobody listened is told at once. */
    var onReturn: ((CardReturn) -> Unit)? = null
        set(listener) {
            field = listener
            val all = kept.toList()
            kept.clear()
            all.forEach(::tell)
        }

    /** What was asked and not settled, oldest first. */
    val waiting: List<CardAsked> get() = notes.all()

    /**
     * Starts what the core said, for the sale under [reference]. The core must have recorded before that it will be started. A sale is
     * started once: asked for again, it is not. Throws if it cannot be noted; then nothing was started.
     */
    fun ask(activity: Activity, reference: String, question: CardQuestion, ask: CardAsk): CardStart {
        val sale = question == CardQuestion.SALE
        if (sale && waiting.any { it.reference == reference && it.question == question }) return CardStart.ALREADY_STARTED
        val asked = notes.add(question, reference, byLink = ask is ActivityAsk && ask.answersByLink)
        val door = when (ask) {
            is ActivityAsk -> ActivityDoor(activity, ask, asked.request)
            is ServiceAsk -> ServiceDoor(context, ask) { arrived(asked, it) }
        }
        if (!door.start()) {
            notes.remove { it == asked }
            return CardStart.NO_PAYMENT_APP
        }
        if (door is ServiceDoor) services[asked.request] = door
        returned.remove(asked.request)
        arm(asked, PATIENCE_MS)
        return CardStart.STARTED
    }

    /** From `onActivityResult`; true if it was ours. */
    fun result(request: Int, result: Int, data: Intent?): Boolean {
        val asked = waiting.find { it.request == request } ?: return false
        arrived(asked, answered(result == Activity.RESULT_OK, data?.extras))
        return true
    }

    /**
     * From `onNewIntent`, or from `onCreate` where the activity was begun by it; true if it was an answer by link. Any app can send one:
     * what it says is for the core to judge, and it answers nothing that is answered otherwise.
     */
    fun linked(intent: Intent?): Boolean {
        if (intent?.action != LINK) return false
        val asked = waiting.lastOrNull()?.takeIf { it.byLink } ?: return true
        arrived(asked, answered(null, intent.extras))
        return true
    }

    /**
     * The person is back in this app. A result has come by then, a link comes in a moment; after a restart, what a service would have
     * said is lost.
     */
    fun seen() {
        val asked = waiting.lastOrNull() ?: return
        if (asked.request !in returned && asked.request !in services) arm(asked, GRACE_MS)
    }

    /** The core has recorded how it ended: nothing more is to be told of it. */
    fun settled(reference: String) {
        waiting.filter { it.reference == reference }.forEach {
            forget(it.request)
            returned.remove(it.request)
        }
        notes.remove { it.reference == reference }
        kept.removeAll { it.asked.reference == reference }
    }

    /** For tests: what is lost with the process. */
    internal fun lose() {
        (timers.keys + services.keys).toList().forEach(::forget)
        returned.clear()
        kept.clear()
        onReturn = null
    }

    private fun arrived(asked: CardAsked, answered: CardAnswered) {
        forget(asked.request)
        returned.add(asked.request)
        tell(CardReturn(asked, answered))
    }

    /** The service stays bound: what comes late is told too. */
    private fun timeUp(asked: CardAsked) {
        timers.remove(asked.request)
        returned.add(asked.request)
        tell(CardReturn(asked, NOTHING_CAME))
    }

    private fun tell(back: CardReturn) {
        val listener = onReturn
        if (listener == null) kept.add(back) else listener(back)
    }

    private fun arm(asked: CardAsked, patience: Long) {
        timers.remove(asked.request)?.let(main::removeCallbacks)
        timers[asked.request] = Runnable { timeUp(asked) }.also { main.postDelayed(it, patience) }
    }

    private fun forget(request: Int) {
        timers.remove(request)?.let(main::removeCallbacks)
        services.remove(request)?.close()
    }

    companion object {
        /** The action of an answer by link; it stands in the manifest and in what the core asks. */
        const val LINK = "app.raseed.CARD_RESULT"

        /** A card, a PIN, a bank that thinks, a charge slip. */
        const val PATIENCE_MS = 300_000L

        /** Between being back and hearing by link. */
        const val GRACE_MS = 10_000L
    }
}
