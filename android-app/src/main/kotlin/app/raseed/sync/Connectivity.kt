// Is there a network? Only to say so: whether the head office answers is found out by asking it.
package app.raseed.sync

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import android.os.Handler
import android.os.Looper

/** Used on the main thread; what it is told arrives there. */
class Connectivity(context: Context) {
    private val manager = context.getSystemService(Context.CONNECTIVITY_SERVICE) as ConnectivityManager
    private val main = Handler(Looper.getMainLooper())
    private var listener: ConnectivityManager.NetworkCallback? = null

    /** A network that leads somewhere; a head office may be on one that has no internet behind it. */
    val isThere: Boolean
        get() = manager.getNetworkCapabilities(manager.activeNetwork)?.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET) == true

    /** Tells how it is now, and whenever that changes, until [rest]. */
    fun listen(tell: (Boolean) -> Unit) {
        rest()
        tell(isThere)
        val changed = object : ConnectivityManager.NetworkCallback() {
            override fun onAvailable(network: Network) = now(true)

            override fun onLost(network: Network) = now(false)

            private fun now(there: Boolean) {
                main.post { if (listener === this) tell(there) }
            }
        }
        listener = changed
        manager.registerDefaultNetworkCallback(changed)
    }

    fun rest() {
        listener?.let(manager::unregisterNetworkCallback)
        listener = null
    }
}
