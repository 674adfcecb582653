// A printer, however it is reached. It moves bytes and answers; what they mean and what follows is the core's.
package app.raseed.print

import app.raseed.bridge.PrinterState
import java.io.Closeable
import java.io.IOException

/** Everything here blocks and is called on one background thread; only [close] may come from another, and ends what waits. */
interface Printer : Closeable {
    /** @throws CannotConnect with the reason. */
    fun connect()

    /** Hands over all of [bytes]. @throws IOException when the printer is gone. */
    fun send(bytes: ByteArray)

    /**
     * Throws away what lies unread, asks, and waits at most [patience] ms; null: it said nothing. [whenDone]: the answer is to come
     * only when all before it is on paper. @throws IOException when the printer is gone.
     */
    fun ask(question: ByteArray, whenDone: Boolean, patience: Long): Answer?

    /** Waits for more, without asking again. */
    fun listen(patience: Long): Answer?
}

/** What a printer said: bytes that the core reads, or a state from a maker's service. */
sealed class Answer {
    class Bytes(val bytes: ByteArray) : Answer()

    class State(val state: PrinterState) : Answer()
}

/** Why there is no connection; nothing was printed. */
class CannotConnect(val why: NoConnection, cause: Throwable? = null) : IOException(why.name, cause)

enum class NoConnection {
    /** This device has none of that kind (no Bluetooth, no USB, no such service). */
    NOT_ON_THIS_DEVICE,

    /** Bluetooth is switched off. */
    SWITCHED_OFF,

    /** The person has not allowed it. */
    NOT_ALLOWED,

    /** The chosen printer is not paired, or not plugged in. */
    NOT_THERE,

    /** It is known, but does not take the connection: switched off, too far away, or in use by another phone. */
    NO_ANSWER,
}
