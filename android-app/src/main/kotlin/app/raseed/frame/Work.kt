// One thread for calls that must not hold up the screen. It holds no rule and knows no screen.
package app.raseed.frame

import android.os.Handler
import android.os.Looper
import java.util.concurrent.Executors

/**
 * A background thread: one task after another, each answer on the main thread. Everything here is called on the main thread only.
 */
class Work(name: String) {
    private val main = Handler(Looper.getMainLooper())
    private val thread = Executors.newSingleThreadExecutor { task -> Thread(task, name) }
    private var asked = 0
    private val sayBusy = Runnable { say(true) }
    private var busy = false

    /** Told at once how it is, then `true` when something takes longer than [PATIENCE] milliseconds, `false` when all is done. */
    var onBusy: ((Boolean) -> Unit)? = null
        set(listener) {
            field = listener
            listener?.invoke(busy)
        }

    /** Nothing is being done and every answer was given. */
    val idle: Boolean get() = asked == 0

    /** Does [task] in the background, then [done] on the main thread unless the asking was called off. */
    fun <T> ask(task: () -> T, done: (Result<T>) -> Unit): Asking {
        val asking = Asking()
        if (asked++ == 0) main.postDelayed(sayBusy, PATIENCE)
        thread.execute {
            val answer = runCatching(task)
            main.post {
                if (--asked == 0) rest()
                if (!asking.calledOff) done(answer)
            }
        }
        return asking
    }

    private fun rest() {
        main.removeCallbacks(sayBusy)
        say(false)
    }

    private fun say(yes: Boolean) {
        busy = yes
        onBusy?.invoke(yes)
    }

    /** For tests: waits until the thread has done all it was asked for; the answers then wait on the main thread. */
    fun finish() {
        thread.submit {}.get()
    }

    /** For tests, which have one process for many lives of the app: nothing more will be asked. */
    fun end() {
        thread.shutdown()
    }

    /** What was asked. Calling it off does not stop the task (the core finishes what it began), only the answer. */
    class Asking {
        var calledOff = false
            private set

        fun callOff() {
            calledOff = true
        }
    }

    companion object {
        const val PATIENCE = 100L
    }
}
