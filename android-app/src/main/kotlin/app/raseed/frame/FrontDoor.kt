// Which front door this device has, and whether the staff is inside. Most devices are in the staff's hands and have no other side;
// a kiosk has: what lies behind its door is shown to nobody else.
package app.raseed.frame

import android.content.Context
import android.os.SystemClock
import app.raseed.bridge.Profile

/** Main thread only. The staff is inside only as long as the process lives: after a power cut the door is shut. */
class FrontDoor(context: Context) {
    private val kept = context.getSharedPreferences("front-door", Context.MODE_PRIVATE)
    private var openUntil = 0L

    /** As the core said last: screens must know it before the core can be asked. */
    var profile: Profile = Profile.values().firstOrNull { it.name == kept.getString(PROFILE, null) } ?: Profile.COLLECTOR
        private set

    /** How long the staff may still stay, in milliseconds; 0 with the door shut. */
    val left: Long get() = maxOf(0L, openUntil - SystemClock.elapsedRealtime())

    val isKiosk: Boolean get() = profile == Profile.KIOSK

    /** True: a stranger stands before this device. */
    val isShut: Boolean get() = isKiosk && left == 0L

    /** What the core says. True if that is news: then the first screen is another one. Who has just enrolled it is staff. */
    fun learn(profile: Profile): Boolean {
        if (profile == this.profile) return false
        this.profile = profile
        // At once: the next start must not show what this device does not have.
        kept.edit().putString(PROFILE, profile.name).commit()
        open()
        return true
    }

    fun open() {
        openUntil = SystemClock.elapsedRealtime() + STAY
    }

    fun shut() {
        openUntil = 0L
    }

    companion object {
        private const val PROFILE = "profile"

        /** Five minutes, in milliseconds, whatever is done in them. */
        const val STAY = 300_000L
    }
}
