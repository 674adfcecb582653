// What a screen is: it builds its view once, is told when it is seen, and asks the core through the frame.
package app.raseed.frame

import android.app.Activity
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import app.raseed.Pos

/** What a screen may ask of the activity around it. */
interface Frame {
    val activity: Activity
    val pos: Pos

    /** Opens a place; "back" returns here. */
    fun go(place: Place)

    /** Opens a place instead of this one. */
    fun replace(place: Place)

    /** Opens a place and forgets the way to it. */
    fun restart(place: Place)

    fun back()

    /** Changes the language of the screens, and goes on at [then] in it. */
    fun speak(language: Language, then: Place)
}

/**
 * One place as a person sees it. What must outlive it stands in [facts]; a screen that comes back is a new object with the same
 * facts.
 */
abstract class Screen(protected val frame: Frame, val place: Place) {
    private val askings = ArrayList<Work.Asking>()

    protected val context: Context get() = frame.activity
    protected val facts: Bundle get() = place.facts

    /** The view; called once. */
    abstract fun build(): View

    /** It can be seen; now is the time to ask the core. Called again when the person returns to the app. */
    open fun shown() {}

    /** It can no longer be seen, though it may be again. */
    open fun hidden() {}

    /** Last moment to write into [facts] what is not there yet (where a list was, say). */
    open fun keep() {}

    /** True if the screen dealt with "back" by itself. */
    open fun back(): Boolean = false

    /** An answer of another app, asked for with `frame.activity.startActivityForResult`. */
    open fun onResult(request: Int, result: Int, data: Intent?) {}

    /** An answer to `frame.activity.requestPermissions`. */
    open fun onPermission(request: Int, granted: Boolean) {}

    /** What the core refused. A screen says what to do next; what no screen expects must be seen. */
    open fun failed(error: Throwable): Unit = throw error

    protected fun text(id: Int, vararg arguments: Any): String = context.getString(id, *arguments)

    /** Asks the core; the answer comes unless the screen was left meanwhile. */
    protected fun <T> ask(task: () -> T, done: (T) -> Unit) = ask(frame.pos.work, task, done)

    /** As [ask], for what waits for a network or a printer: the core stays free for others. */
    protected fun <T> askSlowly(task: () -> T, done: (T) -> Unit) = ask(frame.pos.slowWork, task, done)

    private fun <T> ask(work: Work, task: () -> T, done: (T) -> Unit) {
        askings.removeAll { it.calledOff }
        askings += work.ask(task) { answer -> answer.fold(done, ::failed) }
    }

    /** The frame has taken the view away. */
    internal fun left() {
        askings.forEach(Work.Asking::callOff)
        askings.clear()
    }
}
