// The ways to a payment app: an activity that is started for its result or answers by a link, and a service that takes one message.
package app.raseed.card

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.content.ServiceConnection
import android.net.Uri
import android.os.Bundle
import android.os.Handler
import android.os.IBinder
import android.os.Looper
import android.os.Message
import android.os.Messenger
import android.os.RemoteException
import app.raseed.bridge.ActivityAsk
import app.raseed.bridge.CardAnswered
import app.raseed.bridge.ServiceAsk

/** One way. It starts what it was told to and hands back what came. */
internal interface CardDoor {
    /** Starts it, once; false: it is not on this device. */
    fun start(): Boolean
}

/** What the launcher would start has no result. */
internal val ActivityAsk.answersByLink: Boolean get() = action == null && uri == null

/** The result comes to the activity of that time, which may be another one than [activity]: see [CardTerminal.result]. */
internal class ActivityDoor(
    private val activity: Activity,
    private val ask: ActivityAsk,
    private val request: Int,
) : CardDoor {
    override fun start(): Boolean = try {
        val action = ask.action
        val uri = ask.uri
        if (ask.answersByLink) launch() else activity.startActivityForResult(intent(action, uri), request)
        true
    } catch (e: ActivityNotFoundException) {
        false
    } catch (e: SecurityException) {
        // An activity of another app that is not for us is as good as none.
        false
    }

    private fun intent(action: String?, uri: String?) = Intent(action).apply {
        ask.`package`?.let(::setPackage)
        uri?.let { data = Uri.parse(it) }
        fill(this)
    }

    /** What the launcher would start runs in a task of its own: it has no result, and answers by a link. */
    private fun launch() {
        val intent = ask.`package`?.let(activity.packageManager::getLaunchIntentForPackage)
        activity.startActivity(fill(intent ?: throw ActivityNotFoundException("there is no ${ask.`package`}")))
    }

    private fun fill(intent: Intent) = intent.apply { ask.extras.forEach { putExtra(it.name, it.text) } }
}

/** The answer goes to [tell] on the main thread; that nothing came, too, when the service goes away. */
internal class ServiceDoor(
    private val context: Context,
    private val ask: ServiceAsk,
    private val tell: (CardAnswered) -> Unit,
) : CardDoor {
    private var bound = false
    private var sent = false

    private val replies = Messenger(
        Handler(Looper.getMainLooper()) { message ->
            if (bound) finish(reply(message))
            true
        },
    )

    private val connection = object : ServiceConnection {
        override fun onServiceConnected(name: ComponentName?, binder: IBinder) {
            // A service that comes back after it broke is not told again: it may have charged the first time.
            if (sent || !bound) return
            sent = true
            try {
                Messenger(binder).send(request())
            } catch (e: RemoteException) {
                finish(NOTHING_CAME)
            }
        }

        override fun onServiceDisconnected(name: ComponentName?) = finish(NOTHING_CAME)

        override fun onBindingDied(name: ComponentName?) = finish(NOTHING_CAME)

        override fun onNullBinding(name: ComponentName?) = finish(NOTHING_CAME)
    }

    override fun start(): Boolean {
        val service = Intent(ask.action).setPackage(ask.`package`)
        bound = try {
            context.bindService(service, connection, Context.BIND_AUTO_CREATE)
        } catch (e: SecurityException) {
            false
        }
        // Android wants it unbound even so.
        if (!bound) context.unbindService(connection)
        return bound
    }

    /** Gives up waiting; what was asked goes on. */
    fun close() {
        if (bound) context.unbindService(connection)
        bound = false
    }

    private fun finish(answered: CardAnswered) {
        if (!bound) return
        close()
        tell(answered)
    }

    private fun request(): Message = Message.obtain(null, ask.what).apply {
        data = Bundle().apply { putString(ask.bundleIn, ask.text) }
        replyTo = replies
    }

    /** Only the one text that was asked for. */
    private fun reply(message: Message): CardAnswered {
        val all = answered(null, message.peekData())
        return CardAnswered(null, all.extras.filter { it.name == ask.bundleOut })
    }
}
