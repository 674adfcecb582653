// Sunmi's service as its AIDL describes it, at the other end of a binder: methods are found by their place, as on the device.
package app.raseed.print

import android.os.Binder
import android.os.IBinder
import android.os.Parcel
import app.raseed.bridge.PrintSent
import app.raseed.bridge.PrintTrouble
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.util.ReflectionHelpers
import java.io.IOException

@RunWith(RobolectricTestRunner::class)
class SunmiTest {
    private val bands = arrayOf(byteArrayOf(1, 2), byteArrayOf(3))

    @Test
    fun whatIsSentIsPrintedWhenTheTransactionSaysSo() {
        val service = Service(state = 1, result = 0)
        assertEquals(PrintState.Printed(paperLow = false), run(service))
        assertArrayEquals(byteArrayOf(1, 2, 3), service.paper)
    }

    @Test
    fun aTransactionThatFailedIsNotPrintedWhateverElseIsSaid() {
        assertEquals(PrintState.Stopped(PrintTrouble.OFFLINE, PrintSent.EVERYTHING), run(Service(state = 1, result = 1)))
        assertEquals(PrintState.Stopped(PrintTrouble.PAPER_OUT, PrintSent.NOTHING), run(Service(state = 4, result = 0)))
        assertEquals(PrintState.Stopped(PrintTrouble.COVER_OPEN, PrintSent.NOTHING), run(Service(state = 6, result = 0)))
        assertEquals(PrintState.Stopped(PrintTrouble.NOT_UNDERSTOOD, PrintSent.NOTHING), run(Service(state = 77, result = 0)))
    }

    @Test
    fun onlyTheHandHeldSeriesIsTakenForKnown() {
        val context = RuntimeEnvironment.getApplication()
        assertFalse(Sunmi.isHere(context))
        ReflectionHelpers.setStaticField(android.os.Build::class.java, "MANUFACTURER", "SUNMI")
        for ((model, here) in listOf("V2_PRO" to true, "P2lite" to true, "T2mini" to false, "" to false)) {
            ReflectionHelpers.setStaticField(android.os.Build::class.java, "MODEL", model)
            assertEquals(model, here, Sunmi.isHere(context))
        }
    }

    private fun run(service: Service): PrintState = PrintRun(Bound(SunmiService(service)), answers = true).print(bands) {}

    /** What [VendorPrinter] does once it is bound. */
    private class Bound(private val service: VendorService) : Printer {
        override fun connect() = Unit

        override fun send(bytes: ByteArray) = service.send(bytes)

        override fun ask(question: ByteArray, whenDone: Boolean, patience: Long): Answer? =
            if (whenDone) service.finish(1_000) else service.state()

        override fun listen(patience: Long): Answer? = throw IOException("there are no bytes here")

        override fun close() = Unit
    }

    private class Service(private val state: Int, private val result: Int) : Binder() {
        var paper = byteArrayOf()
        private var kept = byteArrayOf()
        private var keeps = false

        override fun onTransact(code: Int, data: Parcel, reply: Parcel?, flags: Int): Boolean {
            data.enforceInterface("woyou.aidlservice.jiuiv5.IWoyouService")
            requireNotNull(reply).writeNoException()
            when (AIDL[code - IBinder.FIRST_CALL_TRANSACTION]) {
                "enterPrinterBuffer" -> {
                    keeps = true
                    if (data.readInt() != 0) kept = byteArrayOf()
                }
                "sendRAWData" -> {
                    val bytes = requireNotNull(data.createByteArray())
                    data.readStrongBinder()
                    if (keeps) kept += bytes else paper += bytes
                }
                "exitPrinterBufferWithCallback" -> {
                    keeps = false
                    if (data.readInt() != 0 && result == 0) paper += kept
                    callBack(requireNotNull(data.readStrongBinder()))
                }
                "updatePrinterState" -> reply.writeInt(state)
                else -> throw AssertionError("method $code is not used by us")
            }
            return true
        }

        /** `oneway`: first how the call went (well, always), then what came of it. */
        private fun callBack(callback: IBinder) {
            call(callback, 1) { it.writeInt(1) }
            call(callback, 4) {
                it.writeInt(result)
                it.writeString("")
            }
        }

        private fun call(callback: IBinder, method: Int, write: (Parcel) -> Unit) {
            val data = Parcel.obtain()
            data.writeInterfaceToken("woyou.aidlservice.jiuiv5.ICallback")
            write(data)
            callback.transact(method, data, null, IBinder.FLAG_ONEWAY)
            data.recycle()
        }
    }

    private companion object {
        /** The methods of the AIDL in their order ("SunmiPrinterDemoP&V1s"). */
        val AIDL = """
            updateFirmware getFirmwareStatus getServiceVersion printerInit printerSelfChecking getPrinterSerialNo
            getPrinterVersion getPrinterModal getPrintedLength lineWrap sendRAWData setAlignment setFontName setFontSize
            printText printTextWithFont printColumnsText printBitmap printBarCode printQRCode printOriginalText commitPrint
            commitPrinterBuffer enterPrinterBuffer exitPrinterBuffer tax getPrinterFactory clearBuffer
            commitPrinterBufferWithCallback exitPrinterBufferWithCallback printColumnsString updatePrinterState
            printBitmapCustom
        """.trim().split(Regex("\\s+"))
    }
}
