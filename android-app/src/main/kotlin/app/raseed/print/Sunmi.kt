// Sunmi's hand-held terminals. Binder finds a method by its place in the maker's AIDL, so the places are written down here.
//
// Source: github.com/shangmisunmi/SunmiPrinterDemo, "SunmiPrinterDemoP&V1s", woyou/aidlservice/jiuiv5/IWoyouService.aidl and
// ICallback.aidl. The desktop series (T, S, D, K) have other methods in between, so only P and V are taken for known.
package app.raseed.print

import android.content.Context
import android.content.Intent
import android.os.Binder
import android.os.Build
import android.os.IBinder
import android.os.Parcel
import app.raseed.bridge.PrinterState
import app.raseed.bridge.sunmiState
import java.util.Locale
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.MILLISECONDS

object Sunmi : Vendor {
    override val id = "sunmi"
    override val name = "Sunmi"

    override fun isHere(context: Context): Boolean {
        val sunmi = Build.MANUFACTURER.equals("sunmi", ignoreCase = true)
        return sunmi && Build.MODEL.uppercase(Locale.ROOT).firstOrNull().let { it == 'P' || it == 'V' }
    }

    override fun intent(): Intent = Intent("$PACKAGE.IWoyouService").setPackage(PACKAGE)

    override fun service(binder: IBinder): VendorService = SunmiService(binder)

    internal const val PACKAGE = "woyou.aidlservice.jiuiv5"
}

/** Everything is sent inside a transaction, because only its end tells what came of it on paper; a call's own answer does not. */
internal class SunmiService(private val binder: IBinder) : VendorService {
    private var inTransaction = false

    override fun send(bytes: ByteArray) {
        if (!inTransaction) call(ENTER_BUFFER) { it.writeInt(TRUE) }
        inTransaction = true
        call(SEND_RAW) {
            it.writeByteArray(bytes)
            it.writeStrongBinder(null)
        }
    }

    override fun state(): Answer.State = Answer.State(sunmiState(call(UPDATE_STATE, Parcel::readInt) {}))

    override fun finish(patience: Long): Answer.State? {
        val results = LinkedBlockingQueue<Int>()
        call(EXIT_BUFFER_WITH_CALLBACK) {
            it.writeInt(TRUE)
            it.writeStrongBinder(PrintResult(results))
        }
        inTransaction = false
        val result = results.poll(patience, MILLISECONDS) ?: return null
        if (result == PRINTED) return Answer.State(PrinterState.READY)
        // It says that it failed; if the printer finds nothing wrong with itself, nobody knows why.
        return state().takeUnless { it.state == PrinterState.READY } ?: Answer.State(PrinterState.OFFLINE)
    }

    private fun call(method: Int, write: (Parcel) -> Unit) = call(method, {}, write)

    private fun <T> call(method: Int, read: (Parcel) -> T, write: (Parcel) -> Unit): T {
        val data = Parcel.obtain()
        val reply = Parcel.obtain()
        try {
            data.writeInterfaceToken("${Sunmi.PACKAGE}.IWoyouService")
            write(data)
            binder.transact(IBinder.FIRST_CALL_TRANSACTION + method - 1, data, reply, 0)
            reply.readException()
            return read(reply)
        } finally {
            reply.recycle()
            data.recycle()
        }
    }

    /** `ICallback`; of its four methods only the last, `onPrintResult(int code, String message)`, speaks of paper. */
    private class PrintResult(private val results: LinkedBlockingQueue<Int>) : Binder() {
        init {
            attachInterface(null, DESCRIPTOR)
        }

        override fun onTransact(code: Int, data: Parcel, reply: Parcel?, flags: Int): Boolean {
            if (code !in 1..ON_PRINT_RESULT) return super.onTransact(code, data, reply, flags)
            data.enforceInterface(DESCRIPTOR)
            if (code == ON_PRINT_RESULT) results.add(data.readInt())
            return true
        }

        private companion object {
            const val DESCRIPTOR = "${Sunmi.PACKAGE}.ICallback"
            const val ON_PRINT_RESULT = 4
        }
    }

    internal companion object {
        // Places in the AIDL, from 1.
        const val SEND_RAW = 11
        const val ENTER_BUFFER = 24
        const val EXIT_BUFFER_WITH_CALLBACK = 30
        const val UPDATE_STATE = 32

        const val TRUE = 1
        const val PRINTED = 0
    }
}
