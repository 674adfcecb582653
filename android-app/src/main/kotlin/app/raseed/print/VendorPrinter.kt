// Printers built into a terminal, reached through a service that its maker put there. Another maker is one more [Vendor].
package app.raseed.print

import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.content.ServiceConnection
import android.os.IBinder
import android.os.RemoteException
import java.io.IOException
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit.MILLISECONDS

/** A maker's printer service. */
interface Vendor {
    /** What the choice of a printer is kept under; never changes. */
    val id: String

    /** As on the housing. */
    val name: String

    /** Whether this terminal has it. */
    fun isHere(context: Context): Boolean

    /** Names the service. */
    fun intent(): Intent

    /** Speaks to the service that was bound. */
    fun service(binder: IBinder): VendorService

    companion object {
        val ALL: List<Vendor> = listOf(Sunmi)
    }
}

/** What every maker's service can do in some way. [RemoteException]: the service is gone. */
interface VendorService {
    /** Takes one band; it may keep it back until [finish]. */
    fun send(bytes: ByteArray)

    /** How the printer is. */
    fun state(): Answer.State

    /** Waits until all is on paper, at most [patience] ms; null: it did not say so. */
    fun finish(patience: Long): Answer.State?
}

/** Binds the service of [vendor] while it prints. */
class VendorPrinter(private val context: Context, private val vendor: Vendor) : Printer {
    private val bound = CountDownLatch(1)
    private var connected = false

    @Volatile private var service: VendorService? = null

    private val connection = object : ServiceConnection {
        override fun onServiceConnected(name: ComponentName, binder: IBinder) {
            service = vendor.service(binder)
            bound.countDown()
        }

        override fun onServiceDisconnected(name: ComponentName) {
            service = null
        }

        override fun onNullBinding(name: ComponentName) = bound.countDown()
    }

    override fun connect() {
        if (!vendor.isHere(context)) throw CannotConnect(NoConnection.NOT_ON_THIS_DEVICE)
        connected = context.bindService(vendor.intent(), connection, Context.BIND_AUTO_CREATE)
        if (!connected) throw CannotConnect(NoConnection.NOT_ON_THIS_DEVICE)
        if (!bound.await(CONNECT_MS, MILLISECONDS) || service == null) throw CannotConnect(NoConnection.NO_ANSWER)
    }

    override fun send(bytes: ByteArray) = withService { it.send(bytes) }

    override fun ask(question: ByteArray, whenDone: Boolean, patience: Long): Answer? =
        withService { if (whenDone) it.finish(patience) else it.state() }

    override fun listen(patience: Long): Answer? = null

    override fun close() {
        if (connected) context.unbindService(connection)
        connected = false
        service = null
    }

    private fun <T> withService(call: (VendorService) -> T): T {
        val service = service ?: throw IOException("the printer service is gone")
        return try {
            call(service)
        } catch (e: RemoteException) {
            throw IOException("the printer service is gone", e)
        }
    }

    private companion object {
        const val CONNECT_MS = 5_000L
    }
}
