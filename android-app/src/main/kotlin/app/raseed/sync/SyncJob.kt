// Syncing while nobody looks: Android starts it when there is a network, and may take its time back at any moment.
package app.raseed.sync

import android.app.job.JobParameters
import android.app.job.JobService
import app.raseed.Pos
import app.raseed.bridge.Refused
import app.raseed.bridge.passes
import app.raseed.frame.Work

/** One run of the core's sync. Whatever happens to it, nothing is lost: the next run goes on where this one stopped. */
class SyncJob : JobService() {
    private val pos: Pos get() = application as Pos
    private var running: Work.Asking? = null

    @Volatile private var stopped = false

    override fun onStartJob(parameters: JobParameters): Boolean {
        stopped = false
        running = pos.slowWork.ask(::sync) { answer ->
            running = null
            jobFinished(parameters, answer.getOrElse { it is Refused && it.passes })
        }
        return true
    }

    /** Android wants its time back: the network went, or the time is up. It comes again when it is better. */
    override fun onStopJob(parameters: JobParameters): Boolean {
        stopped = true
        running?.callOff()
        running = null
        // Off the main thread: the first touch of the core loads the library.
        pos.work.ask({ pos.core.sync().stop() }) {}
        return true
    }

    /** True if something was written meanwhile that this run did not see. What only a person can mend is not tried again. */
    private fun sync(): Boolean {
        if (stopped) return true
        val sync = pos.core.sync()
        sync.run()
        return sync.queue(0u).unsent > 0u
    }
}
