// A thermal printer at the other end of a socket: it reads real ESC/POS bytes, keeps the paper, answers as the reference says, and
// breaks in the ways that printers do. It shares nothing with the library that writes the bytes.
package app.raseed.print

import android.graphics.Bitmap
import android.graphics.Color
import java.io.Closeable
import java.io.EOFException
import java.io.IOException
import java.io.InputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket

/** What goes wrong, and after how many bands. */
sealed class Fault {
    object None : Fault()

    data class PaperOut(val after: Int) : Fault()

    data class CoverOpen(val after: Int) : Fault()

    /** Recovers when it was asked for its errors [asks] times. */
    data class Hot(val after: Int, val asks: Int) : Fault()

    data class Gone(val after: Int) : Fault()

    /** Says nothing any more. */
    data class Silent(val after: Int) : Fault()

    /** Never could say anything. */
    object Mute : Fault()

    /** Answers at once, but not in its turn (`GS r`). */
    object NotInTurn : Fault()

    /** Sends flow control and status that nobody asked for between its answers. */
    object Noisy : Fault()
}

class PaperPrinter(private val fault: Fault = Fault.None) : Closeable {
    private val server = ServerSocket(0, 1, InetAddress.getLoopbackAddress())
    private val paper = mutableListOf<ByteArray>()
    private var bands = 0
    private var asks = 0

    /** Bytes across, as the last band said. */
    private var width = 0

    /** What was asked for at the end. */
    var cuts = 0
        private set

    private val thread = Thread({ serve() }, "paper-printer").apply { start() }

    /** How an app reaches it. */
    fun line(): Line {
        val socket = Socket(server.inetAddress, server.localPort).apply { tcpNoDelay = true }
        return Line(socket.getInputStream(), socket.getOutputStream(), socket)
    }

    override fun close() {
        server.close()
        thread.join()
    }

    val rows: Int get() = synchronized(paper) { paper.size }

    /** The paper as it came out. */
    fun picture(): Bitmap = synchronized(paper) {
        val dots = width * 8
        val pixels = IntArray(dots * paper.size) { at ->
            val black = paper[at / dots][at % dots / 8].toInt() and (0x80 shr (at % 8)) != 0
            if (black) Color.BLACK else Color.WHITE
        }
        Bitmap.createBitmap(pixels, dots, paper.size, Bitmap.Config.ARGB_8888)
    }

    private fun serve() {
        try {
            server.accept().use { socket -> Session(socket).run() }
        } catch (_: IOException) {
            // The other side hung up, or the test is over.
        }
    }

    private inner class Session(private val socket: Socket) {
        private val input: InputStream = socket.getInputStream().buffered()

        fun run() {
            while (true) {
                if (fault is Fault.Gone && bands >= fault.after) return
                when (val command = next()) {
                    0x10 -> realTime()
                    else -> if (!stopped()) obey(command)
                }
            }
        }

        /** A printer that stands still leaves everything but real-time commands where it is. */
        private fun obey(command: Int) {
            when (command) {
                0x0a -> Unit
                0x1b -> when (val letter = next().toChar()) {
                    '@' -> Unit
                    'd' -> next()
                    else -> throw AssertionError("ESC $letter")
                }
                0x1d -> when (val letter = next().toChar()) {
                    'v' -> band()
                    'V' -> cut()
                    'r' -> inTurn()
                    else -> throw AssertionError("GS $letter")
                }
                else -> throw AssertionError("byte $command begins no command")
            }
        }

        private fun band() {
            check(next() == '0'.code && next() == 0) { "GS v 0, in its size" }
            width = next() + 256 * next()
            val rows = next() + 256 * next()
            repeat(rows) {
                val row = ByteArray(width) { next().toByte() }
                synchronized(paper) { paper.add(row) }
            }
            bands++
        }

        private fun cut() {
            check(next() == 66) { "GS V 66: feed and cut" }
            next()
            cuts++
        }

        private fun inTurn() {
            check(next() == 1)
            if (fault != Fault.NotInTurn) say(0)
        }

        private fun realTime() {
            check(next() == 4)
            val query = next()
            if (fault is Fault.Noisy) say(0x13, 0x11)
            say(0x12 or if (stopped()) trouble(query) else 0)
        }

        private fun trouble(query: Int): Int = when (query) {
            1 -> 0x08
            2 -> if (fault is Fault.CoverOpen) 0x04 else if (fault is Fault.PaperOut) 0x20 else 0x40
            3 -> if (fault is Fault.Hot) 0x40.also { asks++ } else 0
            else -> if (fault is Fault.PaperOut) 0x60 else 0
        }

        private fun stopped() = when (fault) {
            is Fault.PaperOut -> bands >= fault.after
            is Fault.CoverOpen -> bands >= fault.after
            is Fault.Hot -> bands >= fault.after && asks < fault.asks
            else -> false
        }

        private fun say(vararg bytes: Int) {
            val silent = fault == Fault.Mute || fault is Fault.Silent && bands >= fault.after
            if (!silent) socket.getOutputStream().write(ByteArray(bytes.size) { bytes[it].toByte() })
        }

        private fun next(): Int = input.read().also { if (it < 0) throw EOFException() }
    }
}
