// When to sync by itself: soon after something was written, as soon as there is a network, and again with growing pauses.
package app.raseed.sync

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context

object SyncSchedule {
    /** The one job: asking for it again while it waits changes nothing. */
    const val JOB = 1

    private const val FIRST_PAUSE_MS = 30_000L

    /**
     * Something was written. To be called after each receipt and shift, and cheap enough for it: whether it is sent at once or
     * tomorrow is Android's to choose, by network and battery.
     */
    fun soon(context: Context) {
        val jobs = context.applicationContext.getSystemService(Context.JOB_SCHEDULER_SERVICE) as? JobScheduler ?: return
        // One that waits stays, with the pauses it has earned.
        if (jobs.getPendingJob(JOB) == null) jobs.schedule(job(context))
    }

    private fun job(context: Context): JobInfo = JobInfo.Builder(JOB, ComponentName(context, SyncJob::class.java))
        .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
        .setBackoffCriteria(FIRST_PAUSE_MS, JobInfo.BACKOFF_POLICY_EXPONENTIAL)
        .setPersisted(true)
        .build()
}
