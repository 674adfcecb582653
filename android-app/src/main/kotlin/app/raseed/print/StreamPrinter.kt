// A printer at the end of two streams. Reading has a thread of its own, because a stream cannot be read with a time limit.
package app.raseed.print

import java.io.Closeable
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.ScheduledThreadPoolExecutor
import java.util.concurrent.TimeUnit.MILLISECONDS

/** An open line to a printer. Closing it ends every call that waits on it. */
class Line(val input: InputStream, val output: OutputStream, private val end: Closeable) : Closeable by end

/**
 * [open] gives the line, or throws [CannotConnect]; before it waits, it hands over what ends the waiting when it is closed.
 * [mostForSending]: so long may one band take, in ms.
 */
class StreamPrinter(private val mostForSending: Long = 40_000, private val open: ((Closeable) -> Unit) -> Line) : Printer {
    private val heard = LinkedBlockingQueue<ByteArray>()
    private val watch = ScheduledThreadPoolExecutor(1) { task -> Thread(task, "printer-watch").apply { isDaemon = true } }

    @Volatile private var waiting: Closeable? = null

    @Volatile private var line: Line? = null

    @Volatile private var closed = false

    override fun connect() {
        val opened = open(::waitsOn)
        line = opened
        if (closed) opened.close()
        Thread({ read(opened) }, "printer-reader").apply { isDaemon = true }.start()
    }

    /** A printer that is out of paper takes no more bytes and says nothing: after a while the line is given up. */
    override fun send(bytes: ByteArray) {
        val output = line?.output ?: throw IOException("not connected")
        val guard = try {
            watch.schedule({ line?.close() }, mostForSending, MILLISECONDS)
        } catch (e: RejectedExecutionException) {
            throw IOException("closed", e)
        }
        try {
            output.write(bytes)
            output.flush()
        } finally {
            guard.cancel(false)
        }
    }

    override fun ask(question: ByteArray, whenDone: Boolean, patience: Long): Answer? {
        val unread = generateSequence { heard.poll() }.toList()
        if (unread.any { it === END }) throw gone()
        send(question)
        return listen(patience)
    }

    override fun listen(patience: Long): Answer? {
        val bytes = heard.poll(patience, MILLISECONDS) ?: return null
        if (bytes === END) throw gone()
        return Answer.Bytes(bytes)
    }

    override fun close() {
        closed = true
        watch.shutdownNow()
        waiting?.close()
        line?.close()
    }

    /** Whoever closes sees what waits, or what waits sees that it was closed. */
    private fun waitsOn(end: Closeable) {
        waiting = end
        if (closed) end.close()
    }

    /** The end stays to be found again. */
    private fun gone(): IOException {
        heard.add(END)
        return IOException("the printer is gone")
    }

    private fun read(line: Line) {
        val buffer = ByteArray(64)
        try {
            while (true) {
                val count = line.input.read(buffer)
                if (count < 0) break
                heard.add(buffer.copyOf(count))
            }
        } catch (_: IOException) {
            // Closed, here or there.
        }
        heard.add(END)
    }

    private companion object {
        /** Stands for the end of the stream; told from bytes by being this very array. */
        val END = ByteArray(0)
    }
}
