// How the newest sync ended, in words: the core's stable short names, each with what a person can do. A name that is not known
// here (a newer library's) falls back to a plain sentence.
package app.raseed.screen

import android.content.Context
import app.raseed.R
import app.raseed.bridge.Age
import app.raseed.bridge.AgeUnit
import app.raseed.bridge.AttemptView
import app.raseed.look.Banner

object AttemptWords {
    /** A line about one that failed; calm, unless somebody has to do something. */
    fun of(context: Context, attempt: AttemptView): Banner {
        val code = attempt.code.orEmpty()
        val why = words(code)?.let(context::getString) ?: context.getString(R.string.attempt_other, code)
        val (kind, icon) = when (code) {
            in STOP -> Banner.Kind.Stop to R.drawable.ic_stop
            in LOOK -> Banner.Kind.Wait to R.drawable.ic_warning
            else -> Banner.Kind.Calm to R.drawable.ic_cloud_off
        }
        return Banner(context, kind, icon, context.getString(R.string.queue_last, attempt.`when`, why))
    }

    private fun words(code: String): Int? = when (code) {
        "unreachable" -> R.string.attempt_unreachable
        "interrupted" -> R.string.attempt_interrupted
        "nonsense" -> R.string.attempt_nonsense
        "refused" -> R.string.attempt_refused
        "forked" -> R.string.attempt_forked
        "not-taken" -> R.string.attempt_not_taken
        "behind" -> R.string.attempt_behind
        "replaced" -> R.string.attempt_replaced
        "office-lost" -> R.string.attempt_office_lost
        "not-the-office" -> R.string.attempt_not_the_office
        "disk-full" -> R.string.attempt_disk_full
        else -> null
    }

    private val STOP = setOf("forked", "behind", "replaced", "office-lost", "not-the-office")
    private val LOOK = setOf("nonsense", "refused", "not-taken", "disk-full")
}

/** `2 h`: how long ago, as people say it. */
fun Context.age(age: Age): String = when (age.unit) {
    AgeUnit.MINUTES -> if (age.count == 0) getString(R.string.age_now) else getString(R.string.age_minutes, age.count.toString())
    AgeUnit.HOURS -> getString(R.string.age_hours, age.count.toString())
    AgeUnit.DAYS -> getString(R.string.age_days, age.count.toString())
}
