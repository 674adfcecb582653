// Syncing while nobody looks, against a real head office: when it asks to be called again, and when not.
package app.raseed.sync

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.content.Context
import app.raseed.House
import app.raseed.Office
import app.raseed.begin
import app.raseed.take
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadow.api.Shadow

class SyncJobTest : House() {
    @Test
    fun `it is asked for once, needs a network, lets pauses grow and outlives a restart`() {
        SyncSchedule.soon(pos)
        SyncSchedule.soon(pos)
        val job = (pos.getSystemService(Context.JOB_SCHEDULER_SERVICE) as JobScheduler).allPendingJobs.single()
        assertEquals(JobInfo.NETWORK_TYPE_ANY, job.networkType)
        assertEquals(JobInfo.BACKOFF_POLICY_EXPONENTIAL, job.backoffPolicy)
        assertTrue(job.isPersisted)
    }

    @Test
    fun `what was written reaches the head office when it answers`() {
        begin(office, "SAS01")
        take("BHG-0002")
        office.stop()
        assertTrue("nobody answered: again later", run())
        assertTrue(unsent() > 0u)
        office.serve()
        assertFalse("all is done", run())
        assertEquals(0u, unsent())
    }

    @Test
    fun `what only a person can mend is not tried again`() = assertFalse(run())

    @Test
    fun `Android may take its time back`() {
        val service = Robolectric.buildService(SyncJob::class.java).create().get()
        val parameters = Shadow.newInstanceOf(JobParameters::class.java)
        service.onStartJob(parameters)
        assertTrue(service.onStopJob(parameters))
        idle()
        assertFalse("a job that was stopped says nothing more", shadowOf(service).isJobFinished)
    }

    /** A run of the job to its end; whether it wants to be called again. */
    private fun run(): Boolean {
        val service = Robolectric.buildService(SyncJob::class.java).create().get()
        assertTrue(service.onStartJob(Shadow.newInstanceOf(JobParameters::class.java)))
        idle()
        assertTrue(shadowOf(service).isJobFinished)
        return shadowOf(service).isRescheduleNeeded
    }

    private fun unsent() = pos.core.sync().queue(0u).unsent

    private companion object {
        @JvmField
        @ClassRule
        val office = Office()
    }
}
