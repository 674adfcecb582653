// A printer on USB: the printer class, two pipes. It asks for the permission, and prints only when the person gave it.
package app.raseed.print

import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.hardware.usb.UsbConstants
import android.hardware.usb.UsbDevice
import android.hardware.usb.UsbDeviceConnection
import android.hardware.usb.UsbEndpoint
import android.hardware.usb.UsbInterface
import android.hardware.usb.UsbManager
import android.os.Build
import java.io.IOException

/** [device] is one that [plugged] gave. */
class UsbPrinter(private val context: Context, private val device: UsbDevice) : Printer {
    private var pipes: Pipes? = null

    override fun connect() {
        val manager = manager(context) ?: throw CannotConnect(NoConnection.NOT_ON_THIS_DEVICE)
        if (!manager.hasPermission(device)) throw CannotConnect(NoConnection.NOT_ALLOWED)
        val port = printerInterface(device) ?: throw CannotConnect(NoConnection.NOT_THERE)
        val out = endpoint(port, UsbConstants.USB_DIR_OUT) ?: throw CannotConnect(NoConnection.NOT_THERE)
        val connection = manager.openDevice(device) ?: throw CannotConnect(NoConnection.NO_ANSWER)
        if (!connection.claimInterface(port, true)) {
            connection.close()
            throw CannotConnect(NoConnection.NO_ANSWER)
        }
        pipes = Pipes(connection, port, out, endpoint(port, UsbConstants.USB_DIR_IN))
    }

    override fun send(bytes: ByteArray) {
        val pipes = pipes()
        var at = 0
        while (at < bytes.size) {
            // Android 8 and before take 16 KiB at once; a band is less.
            val count = pipes.connection.bulkTransfer(pipes.out, bytes, at, bytes.size - at, SEND_MS)
            if (count <= 0) throw IOException("the printer takes no more")
            at += count
        }
    }

    override fun ask(question: ByteArray, whenDone: Boolean, patience: Long): Answer? {
        // What lies unread is old; one empty read means that there is no more.
        while (listen(1) != null) Unit
        send(question)
        return listen(patience)
    }

    override fun listen(patience: Long): Answer? {
        val pipes = pipes()
        val input = pipes.input ?: return null
        val buffer = ByteArray(64)
        val end = System.nanoTime() + patience * 1_000_000
        do {
            val left = ((end - System.nanoTime()) / 1_000_000).coerceIn(1, 500).toInt()
            val count = pipes.connection.bulkTransfer(input, buffer, buffer.size, left)
            if (count > 0) return Answer.Bytes(buffer.copyOf(count))
        } while (System.nanoTime() < end && this.pipes != null)
        // A time-out and a pulled plug look alike here; the next thing that is sent tells them apart.
        return null
    }

    override fun close() {
        val open = pipes ?: return
        pipes = null
        open.connection.releaseInterface(open.port)
        open.connection.close()
    }

    private fun pipes() = pipes ?: throw IOException("not connected")

    private class Pipes(
        val connection: UsbDeviceConnection,
        val port: UsbInterface,
        val out: UsbEndpoint,
        /** Null: a printer that cannot answer. */
        val input: UsbEndpoint?,
    )

    companion object {
        private const val SEND_MS = 40_000

        /** Broadcast to this app when the person has answered. */
        const val PERMISSION = "app.raseed.pos.USB_PERMISSION"

        /** Everything that is plugged in and says that it is a printer. */
        fun plugged(context: Context): List<UsbDevice> =
            manager(context)?.deviceList?.values.orEmpty().filter { printerInterface(it) != null }

        /** A name that stays the same when it is plugged in again. */
        fun address(device: UsbDevice): String = "${device.vendorId}:${device.productId}"

        /** Shows Android's question; the answer comes as the broadcast [PERMISSION]. */
        fun askPermission(context: Context, device: UsbDevice) {
            // Android writes the answer into the intent, so it must be open to change; being explicit keeps it ours.
            val change = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) PendingIntent.FLAG_MUTABLE else 0
            val answer = Intent(PERMISSION).setPackage(context.packageName)
            manager(context)?.requestPermission(device, PendingIntent.getBroadcast(context, 0, answer, change))
        }

        private fun manager(context: Context) = context.getSystemService(Context.USB_SERVICE) as? UsbManager

        private fun printerInterface(device: UsbDevice): UsbInterface? = (0 until device.interfaceCount)
            .map(device::getInterface)
            .find { it.interfaceClass == UsbConstants.USB_CLASS_PRINTER }

        private fun endpoint(port: UsbInterface, direction: Int): UsbEndpoint? = (0 until port.endpointCount)
            .map(port::getEndpoint)
            .find { it.type == UsbConstants.USB_ENDPOINT_XFER_BULK && it.direction == direction }
    }
}
