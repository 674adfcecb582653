// A paired Bluetooth printer, over the serial port profile. It never pairs and never searches: that is Android's own screen.
package app.raseed.print

import android.annotation.SuppressLint
import android.bluetooth.BluetoothAdapter
import android.bluetooth.BluetoothManager
import android.bluetooth.BluetoothSocket
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import java.io.Closeable
import java.io.IOException
import java.util.UUID
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit.MILLISECONDS

/** The paired devices, and a line to one of them. */
class Bluetooth(private val context: Context) {
    private val adapter: BluetoothAdapter? =
        (context.getSystemService(Context.BLUETOOTH_SERVICE) as? BluetoothManager)?.adapter

    /** A paired device; which of them is a printer only the person knows. */
    data class Paired(val name: String, val address: String, val looksLikePrinter: Boolean)

    /** Paired devices, printers first. @throws CannotConnect when they cannot be seen. */
    @SuppressLint("MissingPermission")
    fun paired(): List<Paired> = ready().bondedDevices
        .map { Paired(it.name ?: it.address, it.address, it.bluetoothClass?.majorDeviceClass == IMAGING) }
        .sortedWith(compareByDescending<Paired> { it.looksLikePrinter }.thenBy { it.name })

    fun printer(address: String): Printer = StreamPrinter { waitsOn -> open(address, waitsOn) }

    @SuppressLint("MissingPermission")
    private fun open(address: String, waitsOn: (Closeable) -> Unit): Line {
        val device = ready().bondedDevices.find { it.address == address } ?: throw CannotConnect(NoConnection.NOT_THERE)
        // A search that runs would slow the connection down or break it.
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.S) adapter?.cancelDiscovery()
        val socket = try {
            device.createRfcommSocketToServiceRecord(SERIAL_PORT)
        } catch (e: IOException) {
            throw CannotConnect(NoConnection.NO_ANSWER, e)
        }
        waitsOn(socket)
        connect(socket)
        return Line(socket.inputStream, socket.outputStream, socket)
    }

    /** `connect` waits as long as it likes; closing the socket is the only thing that ends it. */
    @SuppressLint("MissingPermission")
    private fun connect(socket: BluetoothSocket) {
        val watch = Executors.newSingleThreadScheduledExecutor { task -> Thread(task, "bluetooth-watch").apply { isDaemon = true } }
        watch.schedule({ socket.close() }, CONNECT_MS, MILLISECONDS)
        try {
            socket.connect()
        } catch (e: IOException) {
            runCatching { socket.close() }
            throw CannotConnect(NoConnection.NO_ANSWER, e)
        } finally {
            watch.shutdownNow()
        }
    }

    private fun ready(): BluetoothAdapter {
        val adapter = adapter ?: throw CannotConnect(NoConnection.NOT_ON_THIS_DEVICE)
        if (!allowed(context)) throw CannotConnect(NoConnection.NOT_ALLOWED)
        if (!adapter.isEnabled) throw CannotConnect(NoConnection.SWITCHED_OFF)
        return adapter
    }

    companion object {
        /** Asked for at run time from Android 12 on; before, it comes with the installation. */
        const val PERMISSION = "android.permission.BLUETOOTH_CONNECT"

        fun allowed(context: Context): Boolean =
            Build.VERSION.SDK_INT < Build.VERSION_CODES.S || context.checkSelfPermission(PERMISSION) == PERMISSION_GRANTED

        /** The serial port profile (Bluetooth assigned numbers, service class 0x1101). */
        private val SERIAL_PORT: UUID = UUID.fromString("00001101-0000-1000-8000-00805F9B34FB")

        /** `BluetoothClass.Device.Major.IMAGING`. */
        private const val IMAGING = 0x0600
        private const val CONNECT_MS = 10_000L
    }
}
